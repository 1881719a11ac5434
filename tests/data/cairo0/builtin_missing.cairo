%builtins output keccak

from starkware.cairo.common.cairo_builtins import KeccakBuiltin

func main{output_ptr: felt*, keccak_ptr: KeccakBuiltin*}() {
    assert output_ptr[0] = cast(keccak_ptr, felt);
    let output_ptr = output_ptr + 1;
    return ();
}
