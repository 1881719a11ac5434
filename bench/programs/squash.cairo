// A dictionary of many keys, each written once or twice, large ones among them: the squash is the work.
%builtins output range_check

from starkware.cairo.common.default_dict import default_dict_finalize, default_dict_new
from starkware.cairo.common.dict import dict_write
from starkware.cairo.common.dict_access import DictAccess

func fill{dict_ptr: DictAccess*}(key, n) {
    if (n == 0) {
        return ();
    }
    dict_write(key, n);
    return fill(key * 3, n - 1);
}

func main{output_ptr: felt*, range_check_ptr}() {
    alloc_locals;
    let (local start: DictAccess*) = default_dict_new(0);
    let dict_ptr = start;
    fill{dict_ptr=dict_ptr}(5, 40000);
    fill{dict_ptr=dict_ptr}(5, 20000);
    let (squashed, end) = default_dict_finalize(start, dict_ptr, 0);
    assert output_ptr[0] = (end - squashed) / DictAccess.SIZE;
    assert output_ptr[1] = squashed.key;
    let output_ptr = output_ptr + 2;
    return ();
}
