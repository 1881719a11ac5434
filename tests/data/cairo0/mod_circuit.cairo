%builtins range_check range_check96 add_mod mul_mod

from starkware.cairo.common.cairo_builtins import ModBuiltin, UInt384
from starkware.cairo.common.modulo import run_mod_p_circuit
from starkware.cairo.common.registers import get_fp_and_pc, get_label_location

// values: x, y, x + y, (x + y) * y, and an inverse of y.
func main{range_check_ptr, range_check96_ptr: felt*, add_mod_ptr: ModBuiltin*, mul_mod_ptr: ModBuiltin*}() {
    alloc_locals;
    let p = UInt384(d0=2 ** 96 - 17, d1=2 ** 96 - 1, d2=5, d3=0);
    let values = cast(range_check96_ptr, UInt384*);
    assert values[0] = UInt384(1, 2, 3, 0);
    assert values[1] = UInt384(2 ** 95 + 1, 7, 5, 0);
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
    return ();

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
