struct Int3 {
    d0: felt,
    d1: felt,
    d2: felt,
}

func check(a: Int3, b: Int3) {
    alloc_locals;
    local q: Int3;
    local res: Int3;
    %{
        from starkware.starknet.core.os.data_availability.bls_utils import BLS_PRIME, pack, split

        a = pack(ids.a, PRIME)
        b = pack(ids.b, PRIME)

        q, r = divmod(a * b, BLS_PRIME)

        # By the assumption: |a|, |b| < 2**104 * ((2**86) ** 2 + 2**86 + 1) < 2**276.001.
        # Therefore |q| <= |ab| / BLS_PRIME < 2**299.
        # Hence the absolute value of the high limb of split(q) < 2**127.
        segments.write_arg(ids.q.address_, split(q))
        segments.write_arg(ids.res.address_, split(r))
    %}
    ap += 0;
    return ();
}

func main() {
    alloc_locals;
    check(Int3(0, 0, 2 ** 250), Int3(0, 0, 2 ** 250));
    return ();
}
