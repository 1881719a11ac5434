const SHIFT = 2 ** 128;

struct Int3 {
    d0: felt,
    d1: felt,
    d2: felt,
}

struct Int6 {
    d0: felt,
    d1: felt,
    d2: felt,
    d3: felt,
    d4: felt,
    d5: felt,
}

func div(a: Int3, div: Int3) {
    alloc_locals;
    local quotient: Int3;
    local remainder: Int3;
    %{
        def split(num: int, num_bits_shift: int, length: int):
            a = []
            for _ in range(length):
                a.append( num & ((1 << num_bits_shift) - 1) )
                num = num >> num_bits_shift
            return tuple(a)

        def pack(z, num_bits_shift: int) -> int:
            limbs = (z.d0, z.d1, z.d2)
            return sum(limb << (num_bits_shift * i) for i, limb in enumerate(limbs))

        a = pack(ids.a, num_bits_shift = 128)
        div = pack(ids.div, num_bits_shift = 128)
        quotient, remainder = divmod(a, div)

        quotient_split = split(quotient, num_bits_shift=128, length=3)
        assert len(quotient_split) == 3

        ids.quotient.d0 = quotient_split[0]
        ids.quotient.d1 = quotient_split[1]
        ids.quotient.d2 = quotient_split[2]

        remainder_split = split(remainder, num_bits_shift=128, length=3)
        ids.remainder.d0 = remainder_split[0]
        ids.remainder.d1 = remainder_split[1]
        ids.remainder.d2 = remainder_split[2]
    %}
    ap += 0;
    return ();
}

func split(a) {
    alloc_locals;
    local low;
    local high;
    %{
        ids.low = ids.a & ((1<<128) - 1)
        ids.high = ids.a >> 128
    %}
    ap += 0;
    return ();
}

func add(a: Int3, b: Int3) {
    alloc_locals;
    local carry_d0;
    local carry_d1;
    local carry_d2;
    %{
        sum_d0 = ids.a.d0 + ids.b.d0
        ids.carry_d0 = 1 if sum_d0 >= ids.SHIFT else 0
        sum_d1 = ids.a.d1 + ids.b.d1 + ids.carry_d0
        ids.carry_d1 = 1 if sum_d1 >= ids.SHIFT else 0
        sum_d2 = ids.a.d2 + ids.b.d2 + ids.carry_d1
        ids.carry_d2 = 1 if sum_d2 >= ids.SHIFT else 0
    %}
    ap += 0;
    return ();
}

func sqrt(a: Int3) {
    alloc_locals;
    local root: Int3;
    %{
        from starkware.python.math_utils import isqrt

        def split(num: int, num_bits_shift: int, length: int):
            a = []
            for _ in range(length):
                a.append( num & ((1 << num_bits_shift) - 1) )
                num = num >> num_bits_shift
            return tuple(a)

        def pack(z, num_bits_shift: int) -> int:
            limbs = (z.d0, z.d1, z.d2)
            return sum(limb << (num_bits_shift * i) for i, limb in enumerate(limbs))

        a = pack(ids.a, num_bits_shift=128)
        root = isqrt(a)
        assert 0 <= root < 2 ** 192
        root_split = split(root, num_bits_shift=128, length=3)
        ids.root.d0 = root_split[0]
        ids.root.d1 = root_split[1]
        ids.root.d2 = root_split[2]
    %}
    ap += 0;
    return ();
}

func sub_mod(a: Int3, b: Int3, p: Int3) {
    alloc_locals;
    local res: Int3;
    %{
        def split(num: int, num_bits_shift: int, length: int):
            a = []
            for _ in range(length):
                a.append( num & ((1 << num_bits_shift) - 1) )
                num = num >> num_bits_shift
            return tuple(a)

        def pack(z, num_bits_shift: int) -> int:
            limbs = (z.d0, z.d1, z.d2)
            return sum(limb << (num_bits_shift * i) for i, limb in enumerate(limbs))

        a = pack(ids.a, num_bits_shift = 128)
        b = pack(ids.b, num_bits_shift = 128)
        p = pack(ids.p, num_bits_shift = 128)

        res = (a - b) % p


        res_split = split(res, num_bits_shift=128, length=3)

        ids.res.d0 = res_split[0]
        ids.res.d1 = res_split[1]
        ids.res.d2 = res_split[2]
    %}
    ap += 0;
    return ();
}

func div768(a: Int6, div: Int3) {
    alloc_locals;
    local quotient: Int6;
    local remainder: Int3;
    %{
        def split(num: int, num_bits_shift: int, length: int):
            a = []
            for _ in range(length):
                a.append( num & ((1 << num_bits_shift) - 1) )
                num = num >> num_bits_shift 
            return tuple(a)

        def pack(z, num_bits_shift: int) -> int:
            limbs = (z.d0, z.d1, z.d2)
            return sum(limb << (num_bits_shift * i) for i, limb in enumerate(limbs))
            
        def pack_extended(z, num_bits_shift: int) -> int:
            limbs = (z.d0, z.d1, z.d2, z.d3, z.d4, z.d5)
            return sum(limb << (num_bits_shift * i) for i, limb in enumerate(limbs))

        a = pack_extended(ids.a, num_bits_shift = 128)
        div = pack(ids.div, num_bits_shift = 128)

        quotient, remainder = divmod(a, div)

        quotient_split = split(quotient, num_bits_shift=128, length=6)

        ids.quotient.d0 = quotient_split[0]
        ids.quotient.d1 = quotient_split[1]
        ids.quotient.d2 = quotient_split[2]
        ids.quotient.d3 = quotient_split[3]
        ids.quotient.d4 = quotient_split[4]
        ids.quotient.d5 = quotient_split[5]

        remainder_split = split(remainder, num_bits_shift=128, length=3)
        ids.remainder.d0 = remainder_split[0]
        ids.remainder.d1 = remainder_split[1]
        ids.remainder.d2 = remainder_split[2]
    %}
    ap += 0;
    return ();
}

func div768_stripped(a: Int6, div: Int3) {
    alloc_locals;
    local quotient: Int6;
    local remainder: Int3;
    %{
        def split(num: int, num_bits_shift: int, length: int):
            a = []
            for _ in range(length):
                a.append( num & ((1 << num_bits_shift) - 1) )
                num = num >> num_bits_shift
            return tuple(a)

        def pack(z, num_bits_shift: int) -> int:
            limbs = (z.d0, z.d1, z.d2)
            return sum(limb << (num_bits_shift * i) for i, limb in enumerate(limbs))

        def pack_extended(z, num_bits_shift: int) -> int:
            limbs = (z.d0, z.d1, z.d2, z.d3, z.d4, z.d5)
            return sum(limb << (num_bits_shift * i) for i, limb in enumerate(limbs))

        a = pack_extended(ids.a, num_bits_shift = 128)
        div = pack(ids.div, num_bits_shift = 128)

        quotient, remainder = divmod(a, div)

        quotient_split = split(quotient, num_bits_shift=128, length=6)

        ids.quotient.d0 = quotient_split[0]
        ids.quotient.d1 = quotient_split[1]
        ids.quotient.d2 = quotient_split[2]
        ids.quotient.d3 = quotient_split[3]
        ids.quotient.d4 = quotient_split[4]
        ids.quotient.d5 = quotient_split[5]

        remainder_split = split(remainder, num_bits_shift=128, length=3)
        ids.remainder.d0 = remainder_split[0]
        ids.remainder.d1 = remainder_split[1]
        ids.remainder.d2 = remainder_split[2]
    %}
    ap += 0;
    return ();
}

func signed_nn(a: Int3) {
    alloc_locals;
    %{
        memory[ap] = 1 if 0 <= (ids.a.d2 % PRIME) < 2 ** 127 else 0
    %}
    ap += 1;
    return ();
}

func roots(generator: Int3, x: Int3, p: Int3) {
    alloc_locals;
    local success_x;
    local success_gx;
    local sqrt_x: Int3;
    local sqrt_gx: Int3;
    %{
        from starkware.python.math_utils import is_quad_residue, sqrt

        def split(num: int, num_bits_shift: int = 128, length: int = 3):
            a = []
            for _ in range(length):
                a.append( num & ((1 << num_bits_shift) - 1) )
                num = num >> num_bits_shift
            return tuple(a)

        def pack(z, num_bits_shift: int = 128) -> int:
            limbs = (z.d0, z.d1, z.d2)
            return sum(limb << (num_bits_shift * i) for i, limb in enumerate(limbs))


        generator = pack(ids.generator)
        x = pack(ids.x)
        p = pack(ids.p)

        success_x = is_quad_residue(x, p)
        root_x = sqrt(x, p) if success_x else None

        success_gx = is_quad_residue(generator*x, p)
        root_gx = sqrt(generator*x, p) if success_gx else None

        # Check that one is 0 and the other is 1
        if x != 0:
            assert success_x + success_gx ==1

        # `None` means that no root was found, but we need to transform these into a felt no matter what
        if root_x == None:
            root_x = 0
        if root_gx == None:
            root_gx = 0
        ids.success_x = int(success_x)
        ids.success_gx = int(success_gx)
        split_root_x = split(root_x)
        split_root_gx = split(root_gx)
        ids.sqrt_x.d0 = split_root_x[0]
        ids.sqrt_x.d1 = split_root_x[1]
        ids.sqrt_x.d2 = split_root_x[2]
        ids.sqrt_gx.d0 = split_root_gx[0]
        ids.sqrt_gx.d1 = split_root_gx[1]
        ids.sqrt_gx.d2 = split_root_gx[2]
    %}
    ap += 0;
    return ();
}

func inverse(a: Int3, b: Int3, p: Int3) {
    alloc_locals;
    local b_inverse_mod_p: Int3;
    %{
        from starkware.python.math_utils import div_mod

        def split(num: int, num_bits_shift: int, length: int):
            a = []
            for _ in range(length):
                a.append( num & ((1 << num_bits_shift) - 1) )
                num = num >> num_bits_shift
            return tuple(a)

        def pack(z, num_bits_shift: int) -> int:
            limbs = (z.d0, z.d1, z.d2)
            return sum(limb << (num_bits_shift * i) for i, limb in enumerate(limbs))

        a = pack(ids.a, num_bits_shift = 128)
        b = pack(ids.b, num_bits_shift = 128)
        p = pack(ids.p, num_bits_shift = 128)
        # For python3.8 and above the modular inverse can be computed as follows:
        # b_inverse_mod_p = pow(b, -1, p)
        # Instead we use the python3.7-friendly function div_mod from starkware.python.math_utils
        b_inverse_mod_p = div_mod(1, b, p)


        b_inverse_mod_p_split = split(b_inverse_mod_p, num_bits_shift=128, length=3)

        ids.b_inverse_mod_p.d0 = b_inverse_mod_p_split[0]
        ids.b_inverse_mod_p.d1 = b_inverse_mod_p_split[1]
        ids.b_inverse_mod_p.d2 = b_inverse_mod_p_split[2]
    %}
    ap += 0;
    return ();
}

func main() {
    alloc_locals;
    div(Int3(5, 0, 170141183460469231731687303715884105728), Int3(1267650600228229401496703205376, 4722366482869645213696, 0));
    div(Int3(5, 0, 170141183460469231731687303715884105728), Int3(3, 0, 0));
    div(Int3(5, 0, 170141183460469231731687303715884105728), Int3(340282366920938463463374607431768211455, 340282366920938463463374607431768211455, 340282366920938463463374607431768211455));
    div(Int3(1267650600228229401496703205376, 4722366482869645213696, 0), Int3(1267650600228229401496703205376, 4722366482869645213696, 0));
    div(Int3(1267650600228229401496703205376, 4722366482869645213696, 0), Int3(3, 0, 0));
    div(Int3(1267650600228229401496703205376, 4722366482869645213696, 0), Int3(340282366920938463463374607431768211455, 340282366920938463463374607431768211455, 340282366920938463463374607431768211455));
    div(Int3(3, 0, 0), Int3(1267650600228229401496703205376, 4722366482869645213696, 0));
    div(Int3(3, 0, 0), Int3(3, 0, 0));
    div(Int3(3, 0, 0), Int3(340282366920938463463374607431768211455, 340282366920938463463374607431768211455, 340282366920938463463374607431768211455));
    div(Int3(340282366920938463463374607431768211455, 340282366920938463463374607431768211455, 340282366920938463463374607431768211455), Int3(1267650600228229401496703205376, 4722366482869645213696, 0));
    div(Int3(340282366920938463463374607431768211455, 340282366920938463463374607431768211455, 340282366920938463463374607431768211455), Int3(3, 0, 0));
    div(Int3(340282366920938463463374607431768211455, 340282366920938463463374607431768211455, 340282366920938463463374607431768211455), Int3(340282366920938463463374607431768211455, 340282366920938463463374607431768211455, 340282366920938463463374607431768211455));
    split(-1);
    split(2 ** 128);
    split(7);
    add(Int3(5, 0, 170141183460469231731687303715884105728), Int3(5, 0, 170141183460469231731687303715884105728));
    add(Int3(5, 0, 170141183460469231731687303715884105728), Int3(1267650600228229401496703205376, 4722366482869645213696, 0));
    add(Int3(5, 0, 170141183460469231731687303715884105728), Int3(3, 0, 0));
    add(Int3(5, 0, 170141183460469231731687303715884105728), Int3(340282366920938463463374607431768211455, 340282366920938463463374607431768211455, 340282366920938463463374607431768211455));
    add(Int3(1267650600228229401496703205376, 4722366482869645213696, 0), Int3(5, 0, 170141183460469231731687303715884105728));
    add(Int3(1267650600228229401496703205376, 4722366482869645213696, 0), Int3(1267650600228229401496703205376, 4722366482869645213696, 0));
    add(Int3(1267650600228229401496703205376, 4722366482869645213696, 0), Int3(3, 0, 0));
    add(Int3(1267650600228229401496703205376, 4722366482869645213696, 0), Int3(340282366920938463463374607431768211455, 340282366920938463463374607431768211455, 340282366920938463463374607431768211455));
    add(Int3(3, 0, 0), Int3(5, 0, 170141183460469231731687303715884105728));
    add(Int3(3, 0, 0), Int3(1267650600228229401496703205376, 4722366482869645213696, 0));
    add(Int3(3, 0, 0), Int3(3, 0, 0));
    add(Int3(3, 0, 0), Int3(340282366920938463463374607431768211455, 340282366920938463463374607431768211455, 340282366920938463463374607431768211455));
    add(Int3(340282366920938463463374607431768211455, 340282366920938463463374607431768211455, 340282366920938463463374607431768211455), Int3(5, 0, 170141183460469231731687303715884105728));
    add(Int3(340282366920938463463374607431768211455, 340282366920938463463374607431768211455, 340282366920938463463374607431768211455), Int3(1267650600228229401496703205376, 4722366482869645213696, 0));
    add(Int3(340282366920938463463374607431768211455, 340282366920938463463374607431768211455, 340282366920938463463374607431768211455), Int3(3, 0, 0));
    add(Int3(340282366920938463463374607431768211455, 340282366920938463463374607431768211455, 340282366920938463463374607431768211455), Int3(340282366920938463463374607431768211455, 340282366920938463463374607431768211455, 340282366920938463463374607431768211455));
    sqrt(Int3(5, 0, 170141183460469231731687303715884105728));
    sqrt(Int3(1267650600228229401496703205376, 4722366482869645213696, 0));
    sqrt(Int3(3, 0, 0));
    sqrt(Int3(340282366920938463463374607431768211455, 340282366920938463463374607431768211455, 340282366920938463463374607431768211455));
    sub_mod(Int3(5, 0, 0), Int3(3, 0, 0), Int3(187, 0, 170141183460469231731687303715884105728));
    sub_mod(Int3(3, 0, 0), Int3(5, 0, 0), Int3(187, 0, 170141183460469231731687303715884105728));
    sub_mod(Int3(7, 0, 0), Int3(7, 0, 0), Int3(187, 0, 170141183460469231731687303715884105728));
    sub_mod(Int3(0, 0, 17592186044416), Int3(0, 0, 18014398509481984), Int3(187, 0, 170141183460469231731687303715884105728));
    div768(Int6(9, 0, 0, 83076749736557242056487941267521536, 0, 1329227995784915872903807060280344576), Int3(5, 0, 170141183460469231731687303715884105728));
    div768(Int6(9, 0, 0, 83076749736557242056487941267521536, 0, 1329227995784915872903807060280344576), Int3(1267650600228229401496703205376, 4722366482869645213696, 0));
    div768(Int6(9, 0, 0, 83076749736557242056487941267521536, 0, 1329227995784915872903807060280344576), Int3(3, 0, 0));
    div768(Int6(9, 0, 0, 83076749736557242056487941267521536, 0, 1329227995784915872903807060280344576), Int3(340282366920938463463374607431768211455, 340282366920938463463374607431768211455, 340282366920938463463374607431768211455));
    div768_stripped(Int6(1, 0, 0, 0, 0, 1152921504606846976), Int3(5, 0, 170141183460469231731687303715884105728));
    div768_stripped(Int6(1, 0, 0, 0, 0, 1152921504606846976), Int3(1267650600228229401496703205376, 4722366482869645213696, 0));
    signed_nn(Int3(0, 0, 2 ** 127));
    signed_nn(Int3(0, 0, 2 ** 127 - 1));
    signed_nn(Int3(0, 0, 0));
    roots(Int3(3, 0, 0), Int3(4, 0, 0), Int3(7, 0, 0));
    roots(Int3(2, 0, 0), Int3(3, 0, 0), Int3(13, 0, 0));
    roots(Int3(3, 0, 0), Int3(5, 0, 0), Int3(17, 0, 0));
    roots(Int3(170141183460469231731687303715884105726, 0, 0), Int3(9, 0, 0), Int3(170141183460469231731687303715884105727, 0, 0));
    roots(Int3(3, 0, 0), Int3(10, 0, 0), Int3(1, 10633823966279327296825105735305134080, 0));
    roots(Int3(79228162514264337593543950334, 340282366841710300967557013911933812736, 0), Int3(2, 0, 0), Int3(79228162514264337593543950335, 340282366841710300967557013911933812736, 0));
    roots(Int3(340282366920938463463374607427473243182, 340282366920938463463374607431768211455, 0), Int3(2, 0, 0), Int3(340282366920938463463374607427473243183, 340282366920938463463374607431768211455, 0));
    inverse(Int3(1, 0, 0), Int3(5, 0, 0), Int3(340282366920938463463374607431768211437, 170141183460469231731687303715884105727, 0));
    inverse(Int3(1, 0, 0), Int3(3, 170141183460469231731687303715884105728, 0), Int3(340282366920938463463374607427473243183, 340282366920938463463374607431768211455, 0));
    inverse(Int3(1, 0, 0), Int3(6, 0, 0), Int3(9, 0, 0));
    return ();
}
