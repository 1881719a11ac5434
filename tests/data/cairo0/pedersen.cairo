%builtins output pedersen

from starkware.cairo.common.cairo_builtins import HashBuiltin
from starkware.cairo.common.hash import hash2
from starkware.cairo.common.hash_chain import hash_chain
from starkware.cairo.common.hash_state import (
    hash_finalize,
    hash_init,
    hash_update,
    hash_update_single,
)
from starkware.cairo.common.registers import get_label_location

func main{output_ptr: felt*, pedersen_ptr: HashBuiltin*}() {
    alloc_locals;
    let (h) = hash2{hash_ptr=pedersen_ptr}(1, 2);
    assert output_ptr[0] = h;
    let (data) = get_label_location(words);
    let (chain) = hash_chain{hash_ptr=pedersen_ptr}(data);
    assert output_ptr[1] = chain;
    let (state) = hash_init();
    let (state) = hash_update{hash_ptr=pedersen_ptr}(state, data, 4);
    let (state) = hash_update_single{hash_ptr=pedersen_ptr}(state, -1);
    let (final) = hash_finalize{hash_ptr=pedersen_ptr}(state);
    assert output_ptr[2] = final;
    let output_ptr = output_ptr + 3;
    return ();

    words:
    dw 3;
    dw 10;
    dw 20;
    dw 30;
}
