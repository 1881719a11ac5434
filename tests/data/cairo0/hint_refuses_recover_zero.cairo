struct Int3 {
    d0: felt,
    d1: felt,
    d2: felt,
}

func check(n: Int3, x: Int3, s: Int3) {
    alloc_locals;
    local res: Int3;
    %{
        from starkware.cairo.common.cairo_secp.secp_utils import pack
        from starkware.python.math_utils import div_mod, safe_div

        N = pack(ids.n, PRIME)
        x = pack(ids.x, PRIME) % N
        s = pack(ids.s, PRIME) % N
        value = res = div_mod(x, s, N)
    %}
    ap += 0;
    return ();
}

func main() {
    alloc_locals;
    check(Int3(0, 0, 0), Int3(5, 0, 0), Int3(3, 0, 0));
    return ();
}
