struct Uint256 {
    low: felt,
    high: felt,
}

func check(x) {
    alloc_locals;
    local p: Uint256;
    %{
        from starkware.crypto.signature.signature import ALPHA, BETA, FIELD_PRIME
        from starkware.python.math_utils import recover_y
        ids.p.x = ids.x
        # This raises an exception if `x` is not on the curve.
        ids.p.y = recover_y(ids.x, ALPHA, BETA, FIELD_PRIME)
    %}
    ap += 0;
    return ();
}

func main() {
    alloc_locals;
    check(5);
    return ();
}
