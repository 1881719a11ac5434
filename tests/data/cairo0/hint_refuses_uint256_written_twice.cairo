struct Uint256 {
    low: felt,
    high: felt,
}

func check(a: Uint256, b: Uint256, res: Uint256) {
    alloc_locals;
    %{
        def split(num: int, num_bits_shift: int = 128, length: int = 2):
            a = []
            for _ in range(length):
                a.append( num & ((1 << num_bits_shift) - 1) )
                num = num >> num_bits_shift
            return tuple(a)

        def pack(z, num_bits_shift: int = 128) -> int:
            limbs = (z.low, z.high)
            return sum(limb << (num_bits_shift * i) for i, limb in enumerate(limbs))

        a = pack(ids.a)
        b = pack(ids.b)
        res = (a - b)%2**256
        res_split = split(res)
        ids.res.low = res_split[0]
        ids.res.high = res_split[1]
    %}
    ap += 0;
    return ();
}

func main() {
    alloc_locals;
    check(Uint256(5, 6), Uint256(1, 2), Uint256(7, 8));
    return ();
}
