struct Int3 {
    d0: felt,
    d1: felt,
    d2: felt,
}

func check(a: Int3, b: Int3) {
    alloc_locals;
    local res: Int3;
    %{
        from starkware.cairo.common.cairo_secp.secp_utils import pack
        from starkware.python.math_utils import div_mod, safe_div

        a = pack(ids.a, PRIME)
        b = pack(ids.b, PRIME)

        value = res = a - b
    %}
    ap += 0;
    %{
        from starkware.cairo.common.cairo_secp.secp_utils import split

        segments.write_arg(ids.res.address_, split(value))
    %}
    ap += 0;
    return ();
}

func main() {
    alloc_locals;
    check(Int3(3, 0, 0), Int3(500, 0, 0));
    return ();
}
