from starkware.cairo.common.default_dict import default_dict_new
from starkware.cairo.common.dict import dict_update, dict_write
from starkware.cairo.common.dict_access import DictAccess

func main() {
    alloc_locals;
    let (local dict: DictAccess*) = default_dict_new(0);
    let dict_ptr = dict;
    dict_write{dict_ptr=dict_ptr}(2, 5);
    dict_update{dict_ptr=dict_ptr}(2, 3, 4);
    return ();
}
