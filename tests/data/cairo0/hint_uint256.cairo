struct Uint256 {
    low: felt,
    high: felt,
}

struct Int4 {
    d0: felt,
    d1: felt,
    d2: felt,
    d3: felt,
}

struct Expanded {
    b0: felt,
    b01: felt,
    b12: felt,
    b23: felt,
}

func sub(a: Uint256, b: Uint256) {
    alloc_locals;
    local res: Uint256;
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

func sub_wide(a: Uint256, b: Uint256) {
    alloc_locals;
    local res: Uint256;
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

func add_low(a: Uint256, b: Uint256) {
    alloc_locals;
    local carry_low;
    %{
        sum_low = ids.a.low + ids.b.low
        ids.carry_low = 1 if sum_low >= ids.SHIFT else 0
    %}
    ap += 0;
    return ();
}

func add128(a, b) {
    alloc_locals;
    local carry;
    %{
        res = ids.a + ids.b
        ids.carry = 1 if res >= ids.SHIFT else 0
    %}
    ap += 0;
    return ();
}

func sqrt_felt(n: Uint256) {
    alloc_locals;
    local root;
    %{
        from starkware.python.math_utils import isqrt
        n = (ids.n.high << 128) + ids.n.low
        root = isqrt(n)
        assert 0 <= root < 2 ** 128
        ids.root = root
    %}
    ap += 0;
    return ();
}

func expanded(a: Uint256, div: Expanded) {
    alloc_locals;
    local quotient: Uint256;
    local remainder: Uint256;
    %{
        a = (ids.a.high << 128) + ids.a.low
        div = (ids.div.b23 << 128) + ids.div.b01
        quotient, remainder = divmod(a, div)

        ids.quotient.low = quotient & ((1 << 128) - 1)
        ids.quotient.high = quotient >> 128
        ids.remainder.low = remainder & ((1 << 128) - 1)
        ids.remainder.high = remainder >> 128
    %}
    ap += 0;
    return ();
}

func div512(x: Int4, div: Uint256) {
    alloc_locals;
    local quotient: Int4;
    local remainder: Uint256;
    %{
        def split(num: int, num_bits_shift: int, length: int):
            a = []
            for _ in range(length):
                a.append( num & ((1 << num_bits_shift) - 1) )
                num = num >> num_bits_shift
            return tuple(a)

        def pack(z, num_bits_shift: int) -> int:
            limbs = (z.low, z.high)
            return sum(limb << (num_bits_shift * i) for i, limb in enumerate(limbs))

        def pack_extended(z, num_bits_shift: int) -> int:
            limbs = (z.d0, z.d1, z.d2, z.d3)
            return sum(limb << (num_bits_shift * i) for i, limb in enumerate(limbs))

        x = pack_extended(ids.x, num_bits_shift = 128)
        div = pack(ids.div, num_bits_shift = 128)

        quotient, remainder = divmod(x, div)

        quotient_split = split(quotient, num_bits_shift=128, length=4)

        ids.quotient.d0 = quotient_split[0]
        ids.quotient.d1 = quotient_split[1]
        ids.quotient.d2 = quotient_split[2]
        ids.quotient.d3 = quotient_split[3]

        remainder_split = split(remainder, num_bits_shift=128, length=2)
        ids.remainder.low = remainder_split[0]
        ids.remainder.high = remainder_split[1]
    %}
    ap += 0;
    return ();
}

func inverse256(a: Uint256, b: Uint256, p: Uint256) {
    alloc_locals;
    local b_inverse_mod_p: Uint256;
    %{
        from starkware.python.math_utils import div_mod

        def split(a: int):
            return (a & ((1 << 128) - 1), a >> 128)

        def pack(z, num_bits_shift: int) -> int:
            limbs = (z.low, z.high)
            return sum(limb << (num_bits_shift * i) for i, limb in enumerate(limbs))

        a = pack(ids.a, 128)
        b = pack(ids.b, 128)
        p = pack(ids.p, 128)
        # For python3.8 and above the modular inverse can be computed as follows:
        # b_inverse_mod_p = pow(b, -1, p)
        # Instead we use the python3.7-friendly function div_mod from starkware.python.math_utils
        b_inverse_mod_p = div_mod(1, b, p)

        b_inverse_mod_p_split = split(b_inverse_mod_p)

        ids.b_inverse_mod_p.low = b_inverse_mod_p_split[0]
        ids.b_inverse_mod_p.high = b_inverse_mod_p_split[1]
    %}
    ap += 0;
    return ();
}

func inverse512(x: Int4, p: Uint256) {
    alloc_locals;
    local x_inverse_mod_p: Uint256;
    %{
        def pack_512(u, num_bits_shift: int) -> int:
            limbs = (u.d0, u.d1, u.d2, u.d3)
            return sum(limb << (num_bits_shift * i) for i, limb in enumerate(limbs))

        x = pack_512(ids.x, num_bits_shift = 128)
        p = ids.p.low + (ids.p.high << 128)
        x_inverse_mod_p = pow(x,-1, p)

        x_inverse_mod_p_split = (x_inverse_mod_p & ((1 << 128) - 1), x_inverse_mod_p >> 128)

        ids.x_inverse_mod_p.low = x_inverse_mod_p_split[0]
        ids.x_inverse_mod_p.high = x_inverse_mod_p_split[1]
    %}
    ap += 0;
    return ();
}

func roots(generator: Uint256, x: Uint256, p: Uint256) {
    alloc_locals;
    local success_x;
    local success_gx;
    local sqrt_x: Uint256;
    local sqrt_gx: Uint256;
    %{
        from starkware.python.math_utils import is_quad_residue, sqrt

        def split(a: int):
            return (a & ((1 << 128) - 1), a >> 128)

        def pack(z) -> int:
            return z.low + (z.high << 128)

        generator = pack(ids.generator)
        x = pack(ids.x)
        p = pack(ids.p)

        success_x = is_quad_residue(x, p)
        root_x = sqrt(x, p) if success_x else None
        success_gx = is_quad_residue(generator*x, p)
        root_gx = sqrt(generator*x, p) if success_gx else None

        # Check that one is 0 and the other is 1
        if x != 0:
            assert success_x + success_gx == 1

        # `None` means that no root was found, but we need to transform these into a felt no matter what
        if root_x == None:
            root_x = 0
        if root_gx == None:
            root_gx = 0
        ids.success_x = int(success_x)
        ids.success_gx = int(success_gx)
        split_root_x = split(root_x)
        # print('split root x', split_root_x)
        split_root_gx = split(root_gx)
        ids.sqrt_x.low = split_root_x[0]
        ids.sqrt_x.high = split_root_x[1]
        ids.sqrt_gx.low = split_root_gx[0]
        ids.sqrt_gx.high = split_root_gx[1]
    %}
    ap += 0;
    return ();
}

func split64(a) {
    alloc_locals;
    local low;
    local high;
    %{
        ids.low = ids.a & ((1<<64) - 1)
        ids.high = ids.a >> 64
    %}
    ap += 0;
    return ();
}

func split_xx(xx: Uint256) {
    alloc_locals;
    local x: Uint256;
    %{
        PRIME = 2**255 - 19
        II = pow(2, (PRIME - 1) // 4, PRIME)

        xx = ids.xx.low + (ids.xx.high<<128)
        x = pow(xx, (PRIME + 3) // 8, PRIME)
        if (x * x - xx) % PRIME != 0:
            x = (x * II) % PRIME
        if x % 2 != 0:
            x = PRIME - x
        ids.x.low = x & ((1<<128)-1)
        ids.x.high = x >> 128
    %}
    ap += 0;
    return ();
}

func main() {
    alloc_locals;
    sub(Uint256(340282366920938463463374607431768211455, 340282366920938463463374607431768211455), Uint256(340282366920938463463374607431768211455, 340282366920938463463374607431768211455));
    sub(Uint256(340282366920938463463374607431768211455, 340282366920938463463374607431768211455), Uint256(77, 170141183460469231731687303715884105728));
    sub(Uint256(340282366920938463463374607431768211455, 340282366920938463463374607431768211455), Uint256(5, 0));
    sub(Uint256(340282366920938463463374607431768211455, 340282366920938463463374607431768211455), Uint256(0, 4));
    sub(Uint256(77, 170141183460469231731687303715884105728), Uint256(340282366920938463463374607431768211455, 340282366920938463463374607431768211455));
    sub(Uint256(77, 170141183460469231731687303715884105728), Uint256(77, 170141183460469231731687303715884105728));
    sub(Uint256(77, 170141183460469231731687303715884105728), Uint256(5, 0));
    sub(Uint256(77, 170141183460469231731687303715884105728), Uint256(0, 4));
    sub(Uint256(5, 0), Uint256(340282366920938463463374607431768211455, 340282366920938463463374607431768211455));
    sub(Uint256(5, 0), Uint256(77, 170141183460469231731687303715884105728));
    sub(Uint256(5, 0), Uint256(5, 0));
    sub(Uint256(5, 0), Uint256(0, 4));
    sub(Uint256(0, 4), Uint256(340282366920938463463374607431768211455, 340282366920938463463374607431768211455));
    sub(Uint256(0, 4), Uint256(77, 170141183460469231731687303715884105728));
    sub(Uint256(0, 4), Uint256(5, 0));
    sub(Uint256(0, 4), Uint256(0, 4));
    sub_wide(Uint256(5, -1), Uint256(7, 3));
    sub_wide(Uint256(5, 3), Uint256(7, -1));
    sub_wide(Uint256(5, 3), Uint256(9, 2 ** 128));
    add_low(Uint256(340282366920938463463374607431768211455, 340282366920938463463374607431768211455), Uint256(340282366920938463463374607431768211455, 340282366920938463463374607431768211455));
    add_low(Uint256(340282366920938463463374607431768211455, 340282366920938463463374607431768211455), Uint256(77, 170141183460469231731687303715884105728));
    add_low(Uint256(340282366920938463463374607431768211455, 340282366920938463463374607431768211455), Uint256(5, 0));
    add_low(Uint256(340282366920938463463374607431768211455, 340282366920938463463374607431768211455), Uint256(0, 4));
    add_low(Uint256(77, 170141183460469231731687303715884105728), Uint256(340282366920938463463374607431768211455, 340282366920938463463374607431768211455));
    add_low(Uint256(77, 170141183460469231731687303715884105728), Uint256(77, 170141183460469231731687303715884105728));
    add128(2 ** 127, 2 ** 127);
    add128(2 ** 127, 2 ** 127 - 1);
    add128(-1, 1);
    sqrt_felt(Uint256(340282366920938463463374607431768211455, 340282366920938463463374607431768211455));
    sqrt_felt(Uint256(77, 170141183460469231731687303715884105728));
    sqrt_felt(Uint256(5, 0));
    sqrt_felt(Uint256(0, 4));
    sqrt_felt(Uint256(0, 0));
    expanded(Uint256(9, 170141183460469231731687303715884105728), Expanded(0, 77, 0, 3));
    expanded(Uint256(7, 0), Expanded(0, 9, 0, 0));
    div512(Int4(1, 0, 17592186044416, 83076749736557242056487941267521536), Uint256(1, 0));
    div512(Int4(1, 0, 17592186044416, 83076749736557242056487941267521536), Uint256(7, 4722366482869645213696));
    div512(Int4(1, 0, 17592186044416, 83076749736557242056487941267521536), Uint256(340282366920938463463374607431768211455, 340282366920938463463374607431768211455));
    inverse256(Uint256(1, 0), Uint256(5, 0), Uint256(340282366920938463463374607431768211437, 170141183460469231731687303715884105727));
    inverse256(Uint256(1, 0), Uint256(3, 170141183460469231731687303715884105728), Uint256(340282366920938463463374607427473243183, 340282366920938463463374607431768211455));
    inverse256(Uint256(1, 0), Uint256(7, 0), Uint256(12, 0));
    inverse512(Int4(1, 0, 0, 65536), Uint256(340282366920938463463374607431768211437, 170141183460469231731687303715884105727));
    inverse512(Int4(3, 0, 0, 0), Uint256(340282366920938463463374607427473243183, 340282366920938463463374607431768211455));
    inverse512(Int4(0, 1, 0, 0), Uint256(101, 0));
    roots(Uint256(3, 0), Uint256(4, 0), Uint256(7, 0));
    roots(Uint256(2, 0), Uint256(3, 0), Uint256(13, 0));
    roots(Uint256(2, 0), Uint256(10, 0), Uint256(13, 0));
    roots(Uint256(3, 0), Uint256(5, 0), Uint256(17, 0));
    roots(Uint256(2, 0), Uint256(5, 0), Uint256(340282366920938463463374607431768211437, 170141183460469231731687303715884105727));
    roots(Uint256(2, 0), Uint256(4, 0), Uint256(340282366920938463463374607431768211437, 170141183460469231731687303715884105727));
    roots(Uint256(3, 0), Uint256(10, 0), Uint256(1, 10633823966279327296825105735305134080));
    roots(Uint256(3, 0), Uint256(6, 0), Uint256(1, 10633823966279327296825105735305134080));
    roots(Uint256(5, 0), Uint256(0, 0), Uint256(23, 0));
    roots(Uint256(79228162514264337593543950334, 340282366841710300967557013911933812736), Uint256(2, 0), Uint256(79228162514264337593543950335, 340282366841710300967557013911933812736));
    split64(-1);
    split64(2 ** 64);
    split64(5);
    split_xx(Uint256(4, 0));
    split_xx(Uint256(2, 0));
    split_xx(Uint256(3, 0));
    split_xx(Uint256(11, 85070591730234615865843651857942052864));
    split_xx(Uint256(0, 0));
    return ();
}
