// The Stark curve without the builtin (slopes by hints) and with it.
%builtins output ec_op

from starkware.cairo.common.cairo_builtins import EcOpBuiltin
from starkware.cairo.common.ec import StarkCurve, ec_add, ec_double, ec_mul, ec_op
from starkware.cairo.common.ec_point import EcPoint

func work{ec_op_ptr: EcOpBuiltin*}(point: EcPoint, n) -> EcPoint {
    alloc_locals;
    if (n == 0) {
        return point;
    }
    let (double) = ec_double(point);
    let (sum) = ec_add(double, point);
    let (next) = ec_double(sum);
    let (last) = ec_add(next, point);
    return work(last, n - 1);
}

func multiply{ec_op_ptr: EcOpBuiltin*}(point: EcPoint, n) -> EcPoint {
    alloc_locals;
    if (n == 0) {
        return point;
    }
    let (product) = ec_mul(m=n * 12345678901234567890, p=point);
    return multiply(product, n - 1);
}

func main{output_ptr: felt*, ec_op_ptr: EcOpBuiltin*}() {
    alloc_locals;
    let generator = EcPoint(StarkCurve.GEN_X, StarkCurve.GEN_Y);
    let a = work(generator, 13000);
    let b = multiply(a, 160);
    assert output_ptr[0] = b.x;
    let output_ptr = output_ptr + 1;
    return ();
}
