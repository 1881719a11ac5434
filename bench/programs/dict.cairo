// Reads, writes and updates of a dictionary of 500 keys, then its squash.
%builtins output range_check

from starkware.cairo.common.default_dict import default_dict_finalize, default_dict_new
from starkware.cairo.common.dict import dict_read, dict_update, dict_write
from starkware.cairo.common.dict_access import DictAccess

func work{dict_ptr: DictAccess*}(key, n) {
    if (n == 0) {
        return ();
    }
    if (key == 0) {
        return work(500, n);
    }
    let (value) = dict_read(key);
    dict_write(key, value + n);
    dict_update(key, value + n, value * n + key);
    return work(key - 1, n - 1);
}

func main{output_ptr: felt*, range_check_ptr}() {
    alloc_locals;
    let (local start: DictAccess*) = default_dict_new(7);
    let dict_ptr = start;
    work{dict_ptr=dict_ptr}(500, 60000);
    let (squashed, end) = default_dict_finalize(start, dict_ptr, 7);
    assert output_ptr[0] = (end - squashed) / DictAccess.SIZE;
    assert output_ptr[1] = squashed.new_value;
    let output_ptr = output_ptr + 2;
    return ();
}
