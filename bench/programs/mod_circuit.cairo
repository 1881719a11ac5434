// Circuits of 384-bit additions and products by the builtins add_mod and mul_mod.
%builtins output range_check range_check96 add_mod mul_mod

from starkware.cairo.common.cairo_builtins import ModBuiltin, UInt384
from starkware.cairo.common.modulo import run_mod_p_circuit
from starkware.cairo.common.registers import get_label_location

// The modulus is the prime of secp256k1. values: x, y, x + y, (x + y) * y, and an inverse of y.
func work{range_check_ptr, range_check96_ptr: felt*, add_mod_ptr: ModBuiltin*, mul_mod_ptr: ModBuiltin*}(sum, n) -> felt {
    alloc_locals;
    if (n == 0) {
        return sum;
    }
    let p = UInt384(d0=0xfffffffffffffffefffffc2f, d1=0xffffffffffffffffffffffff, d2=0xffffffffffffffff, d3=0);
    local values: UInt384* = cast(range_check96_ptr, UInt384*);
    assert values[0] = UInt384(n, n * n, 3, 0);
    assert values[1] = UInt384(2 ** 95 + n, 7, 5, 0);
    assert values[4] = UInt384(1, 0, 0, 0);
    let (add_offsets) = get_label_location(adds);
    let (mul_offsets) = get_label_location(muls);
    run_mod_p_circuit(
        p=p,
        values_ptr=values,
        add_mod_offsets_ptr=cast(add_offsets, felt*),
        add_mod_n=1,
        mul_mod_offsets_ptr=cast(mul_offsets, felt*),
        mul_mod_n=2,
    );
    let range_check96_ptr = range_check96_ptr + 24;
    return work(sum + values[3].d0, n - 1);

    adds:
    dw 0;
    dw 4;
    dw 8;

    muls:
    dw 8;
    dw 4;
    dw 12;
    dw 4;
    dw 20;
    dw 16;
}

func main{
    output_ptr: felt*,
    range_check_ptr,
    range_check96_ptr: felt*,
    add_mod_ptr: ModBuiltin*,
    mul_mod_ptr: ModBuiltin*,
}() {
    let result = work(0, 12000);
    assert output_ptr[0] = result;
    let output_ptr = output_ptr + 1;
    return ();
}
