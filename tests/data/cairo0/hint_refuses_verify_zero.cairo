struct Int3 {
    d0: felt,
    d1: felt,
    d2: felt,
}

func check(val: Int3) {
    alloc_locals;
    local q;
    %{
        from starkware.cairo.common.cairo_secp.secp_utils import SECP_P, pack

        q, r = divmod(pack(ids.val, PRIME), SECP_P)
        assert r == 0, f"verify_zero: Invalid input {ids.val.d0, ids.val.d1, ids.val.d2}."
        ids.q = q % PRIME
    %}
    ap += 0;
    return ();
}

func main() {
    alloc_locals;
    check(Int3(5, -6, 7));
    return ();
}
