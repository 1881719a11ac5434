%builtins output pedersen bitwise poseidon

from starkware.cairo.common.cairo_builtins import BitwiseBuiltin, HashBuiltin, PoseidonBuiltin

// Instances whose outputs are never read: holes that proof mode fills.
func main{output_ptr: felt*, pedersen_ptr: HashBuiltin*, bitwise_ptr: BitwiseBuiltin*, poseidon_ptr: PoseidonBuiltin*}() {
    assert pedersen_ptr[0].x = 1;
    assert pedersen_ptr[0].y = 2;
    assert pedersen_ptr[1].x = 3;
    assert pedersen_ptr[1].y = 4;
    assert [output_ptr] = pedersen_ptr[0].result;
    assert bitwise_ptr[0].x = 12;
    assert bitwise_ptr[0].y = 10;
    assert [output_ptr + 1] = bitwise_ptr[0].x_xor_y;
    assert poseidon_ptr[0].input.s0 = 1;
    assert poseidon_ptr[0].input.s1 = 2;
    assert poseidon_ptr[0].input.s2 = 3;
    let output_ptr = output_ptr + 2;
    let pedersen_ptr = pedersen_ptr + 2 * HashBuiltin.SIZE;
    let bitwise_ptr = bitwise_ptr + BitwiseBuiltin.SIZE;
    let poseidon_ptr = poseidon_ptr + PoseidonBuiltin.SIZE;
    return ();
}
