struct Uint256 {
    low: felt,
    high: felt,
}

func check(n: Uint256) {
    alloc_locals;
    local root: Uint256;
    %{
        from starkware.python.math_utils import isqrt
        n = (ids.n.high << 128) + ids.n.low
        root = isqrt(n)
        assert 0 <= root < 2 ** 128
        ids.root.low = root
        ids.root.high = 0
    %}
    ap += 0;
    return ();
}

func main() {
    alloc_locals;
    check(Uint256(0, -1));
    return ();
}
