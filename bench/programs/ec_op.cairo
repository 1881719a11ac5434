// The ec_op builtin: nearly all instructions are in the curve operation.
%builtins output ec_op

from starkware.cairo.common.cairo_builtins import EcOpBuiltin
from starkware.cairo.common.ec import StarkCurve, ec_op
from starkware.cairo.common.ec_point import EcPoint

func work{ec_op_ptr: EcOpBuiltin*}(p: EcPoint, q: EcPoint, n) -> EcPoint {
    alloc_locals;
    if (n == 0) {
        return p;
    }
    let (sum) = ec_op(p=p, m=p.x, q=q);
    return work(sum, q, n - 1);
}

func main{output_ptr: felt*, ec_op_ptr: EcOpBuiltin*}() {
    alloc_locals;
    let generator = EcPoint(StarkCurve.GEN_X, StarkCurve.GEN_Y);
    let (start) = ec_op(p=generator, m=77, q=generator);
    let result = work(start, generator, 14000);
    assert output_ptr[0] = result.x;
    let output_ptr = output_ptr + 1;
    return ();
}
