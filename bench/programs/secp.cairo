// Sums, doublings and products of points of secp256k1, in big integers by hints.
%builtins output range_check

from starkware.cairo.common.cairo_secp.bigint import BigInt3
from starkware.cairo.common.cairo_secp.ec import ec_add, ec_double, ec_mul
from starkware.cairo.common.cairo_secp.ec_point import EcPoint
from starkware.cairo.common.cairo_secp.signature import div_mod_n, get_generator_point

func work{range_check_ptr}(point: EcPoint, n) -> EcPoint {
    alloc_locals;
    if (n == 0) {
        return point;
    }
    let (twice) = ec_double(point);
    let (sum) = ec_add(twice, point);
    let (product) = ec_mul(sum, BigInt3(n * n + 3, n + 1, 5));
    let (quotient) = div_mod_n(BigInt3(product.x.d0, n, 9), BigInt3(n + 3, 2, 1));
    return work(product, n - 1);
}

func main{output_ptr: felt*, range_check_ptr}() {
    let (generator) = get_generator_point();
    let point = work(generator, 40);
    assert output_ptr[0] = point.x.d0;
    assert output_ptr[1] = point.y.d1;
    let output_ptr = output_ptr + 2;
    return ();
}
