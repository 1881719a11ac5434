%builtins output range_check

from starkware.cairo.common.default_dict import default_dict_finalize, default_dict_new
from starkware.cairo.common.dict import dict_read, dict_squash, dict_update, dict_write
from starkware.cairo.common.dict_access import DictAccess

func main{output_ptr: felt*, range_check_ptr}() {
    alloc_locals;
    let (local dict: DictAccess*) = default_dict_new(17);
    local start: DictAccess* = dict;
    with dict {
        let dict_ptr = dict;
        let (a) = dict_read{dict_ptr=dict_ptr}(5);
        dict_write{dict_ptr=dict_ptr}(5, 100);
        dict_write{dict_ptr=dict_ptr}(-1, 9);
        dict_update{dict_ptr=dict_ptr}(5, 100, 200);
        dict_write{dict_ptr=dict_ptr}(2, 3);
        let (b) = dict_read{dict_ptr=dict_ptr}(5);
    }
    let (s, e) = default_dict_finalize(start, dict_ptr, 17);
    let (s2, e2) = dict_squash(s, e);
    assert output_ptr[0] = a;
    assert output_ptr[1] = b;
    assert output_ptr[2] = e - s;
    assert output_ptr[3] = s.new_value;
    let output_ptr = output_ptr + 4;
    return ();
}
