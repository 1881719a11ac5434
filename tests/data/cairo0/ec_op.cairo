%builtins output ec_op

from starkware.cairo.common.cairo_builtins import EcOpBuiltin
from starkware.cairo.common.ec import (
    StarkCurve,
    assert_on_curve,
    ec_add,
    ec_double,
    ec_mul,
    ec_op,
    recover_y,
)
from starkware.cairo.common.ec_point import EcPoint

func main{output_ptr: felt*, ec_op_ptr: EcOpBuiltin*}() {
    alloc_locals;
    let g = EcPoint(StarkCurve.GEN_X, StarkCurve.GEN_Y);
    assert_on_curve(g);
    let (d) = ec_double(g);
    let (t) = ec_add(d, g);
    let (m) = ec_mul(m=123456789, p=g);
    let (p) = ec_op(p=d, m=77, q=g);
    let (y) = recover_y(StarkCurve.GEN_X);
    assert output_ptr[0] = t.x;
    assert output_ptr[1] = m.y;
    assert output_ptr[2] = p.x;
    assert output_ptr[3] = y.y;
    let output_ptr = output_ptr + 4;
    return ();
}
