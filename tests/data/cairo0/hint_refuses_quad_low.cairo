func check(scalar_u, scalar_v, m) {
    alloc_locals;
    local quad_bit;
    %{
        ids.quad_bit = (
            8 * ((ids.scalar_v >> ids.m) & 1)
            + 4 * ((ids.scalar_u >> ids.m) & 1)
            + 2 * ((ids.scalar_v >> (ids.m - 1)) & 1)
            + ((ids.scalar_u >> (ids.m - 1)) & 1)
        )
    %}
    ap += 0;
    return ();
}

func main() {
    alloc_locals;
    check(1, 2, 0);
    return ();
}
