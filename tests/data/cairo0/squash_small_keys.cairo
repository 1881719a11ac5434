%builtins output range_check

from starkware.cairo.common.default_dict import default_dict_finalize, default_dict_new
from starkware.cairo.common.dict import dict_read, dict_write
from starkware.cairo.common.dict_access import DictAccess

func fill{dict_ptr: DictAccess*}(n) {
    if (n == 0) {
        return ();
    }
    dict_write(n * n, n);
    dict_write(7, n);
    return fill(n - 1);
}

func main{output_ptr: felt*, range_check_ptr}() {
    alloc_locals;
    let (local start: DictAccess*) = default_dict_new(0);
    let dict_ptr = start;
    fill{dict_ptr=dict_ptr}(12);
    let (s, e) = default_dict_finalize(start, dict_ptr, 0);
    assert output_ptr[0] = (e - s) / DictAccess.SIZE;
    let output_ptr = output_ptr + 1;
    return ();
}
