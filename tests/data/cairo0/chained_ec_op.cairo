%builtins ec_op

from starkware.cairo.common.cairo_builtins import EcOpBuiltin
from starkware.cairo.common.ec import StarkCurve, chained_ec_op, ec_double
from starkware.cairo.common.ec_point import EcPoint
from starkware.cairo.common.alloc import alloc

func main{ec_op_ptr: EcOpBuiltin*}() {
    alloc_locals;
    let g = EcPoint(StarkCurve.GEN_X, StarkCurve.GEN_Y);
    let (d) = ec_double(g);
    let (local m: felt*) = alloc();
    let (local q: EcPoint*) = alloc();
    assert m[0] = 5;
    assert m[1] = 2 ** 200 + 1;
    assert q[0] = g;
    assert q[1] = d;
    let (r) = chained_ec_op(p=d, m=m, q=q, len=2);
    return ();
}
