struct Int3 {
    d0: felt,
    d1: felt,
    d2: felt,
}

struct Int5 {
    d0: felt,
    d1: felt,
    d2: felt,
    d3: felt,
    d4: felt,
}

func external_n(a: Int3, b: Int3) {
    alloc_locals;
    local res: Int3;
    %{
        from starkware.cairo.common.cairo_secp.secp256r1_utils import SECP256R1_N as N
    %}
    ap += 0;
    %{
        from starkware.cairo.common.cairo_secp.secp_utils import pack
        from starkware.python.math_utils import div_mod, safe_div

        a = pack(ids.a, PRIME)
        b = pack(ids.b, PRIME)
        value = res = div_mod(a, b, N)
    %}
    ap += 0;
    %{
        from starkware.cairo.common.cairo_secp.secp_utils import split

        segments.write_arg(ids.res.address_, split(value))
    %}
    ap += 0;
    return ();
}

func plus_one(a: Int3, b: Int3) {
    alloc_locals;
    local res: Int3;
    %{
        from starkware.cairo.common.cairo_secp.secp_utils import N, pack
        from starkware.python.math_utils import div_mod, safe_div

        a = pack(ids.a, PRIME)
        b = pack(ids.b, PRIME)
        value = res = div_mod(a, b, N)
    %}
    ap += 0;
    %{
        value = k_plus_one = safe_div(res * b - a, N) + 1
    %}
    ap += 0;
    %{
        from starkware.cairo.common.cairo_secp.secp_utils import split

        segments.write_arg(ids.res.address_, split(value))
    %}
    ap += 0;
    return ();
}

func modn(x: Int3, s: Int3) {
    alloc_locals;
    local res: Int3;
    %{
        from starkware.cairo.common.cairo_secp.secp_utils import pack
        from starkware.python.math_utils import div_mod, safe_div

        N = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141
        x = pack(ids.x, PRIME) % N
        s = pack(ids.s, PRIME) % N
        value = res = div_mod(x, s, N)
    %}
    ap += 0;
    %{
        from starkware.cairo.common.cairo_secp.secp_utils import split

        segments.write_arg(ids.res.address_, split(value))
    %}
    ap += 0;
    return ();
}

func xs(x: Int3, s: Int3) {
    alloc_locals;
    local res: Int3;
    %{
        from starkware.cairo.common.cairo_secp.secp_utils import pack
        from starkware.python.math_utils import div_mod, safe_div

        N = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141
        x = pack(ids.x, PRIME) % N
        s = pack(ids.s, PRIME) % N
        value = res = div_mod(x, s, N)
    %}
    ap += 0;
    %{
        value = k = safe_div(res * s - x, N)
    %}
    ap += 0;
    %{
        from starkware.cairo.common.cairo_secp.secp_utils import split

        segments.write_arg(ids.res.address_, split(value))
    %}
    ap += 0;
    return ();
}

func pack_div(P: Int3, x: Int5, y: Int3) {
    alloc_locals;
    local res: Int3;
    local flag;
    %{
        from starkware.cairo.common.cairo_secp.secp_utils import pack
        from starkware.cairo.common.math_utils import as_int
        from starkware.python.math_utils import div_mod, safe_div

        p = pack(ids.P, PRIME)
        x = pack(ids.x, PRIME) + as_int(ids.x.d3, PRIME) * ids.BASE ** 3 + as_int(ids.x.d4, PRIME) * ids.BASE ** 4
        y = pack(ids.y, PRIME)

        value = res = div_mod(x, y, p)
    %}
    ap += 0;
    %{
        k = safe_div(res * y - x, p)
        value = k if k > 0 else 0 - k
        ids.flag = 1 if k > 0 else 0
    %}
    ap += 0;
    %{
        from starkware.cairo.common.cairo_secp.secp_utils import split

        segments.write_arg(ids.res.address_, split(value))
    %}
    ap += 0;
    return ();
}

func recover_div(n: Int3, x: Int3, s: Int3) {
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
    %{
        from starkware.cairo.common.cairo_secp.secp_utils import split

        segments.write_arg(ids.res.address_, split(value))
    %}
    ap += 0;
    return ();
}

func recover_sub(a: Int3, b: Int3) {
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

func recover_product(a: Int3, b: Int3, m: Int3) {
    alloc_locals;
    local res: Int3;
    %{
        from starkware.cairo.common.cairo_secp.secp_utils import pack
        from starkware.python.math_utils import div_mod, safe_div

        a = pack(ids.a, PRIME)
        b = pack(ids.b, PRIME)
        product = a * b
        m = pack(ids.m, PRIME)

        value = res = product % m
    %}
    ap += 0;
    %{
        from starkware.cairo.common.cairo_secp.secp_utils import split

        segments.write_arg(ids.res.address_, split(value))
    %}
    ap += 0;
    return ();
}

func recover_div_m(a: Int3, b: Int3, m: Int3) {
    alloc_locals;
    local res: Int3;
    %{
        from starkware.cairo.common.cairo_secp.secp_utils import pack
        from starkware.python.math_utils import div_mod, safe_div

        a = pack(ids.a, PRIME)
        b = pack(ids.b, PRIME)
        product = a * b
        m = pack(ids.m, PRIME)

        value = res = product % m
    %}
    ap += 0;
    %{
        value = k = product // m
    %}
    ap += 0;
    %{
        from starkware.cairo.common.cairo_secp.secp_utils import split

        segments.write_arg(ids.res.address_, split(value))
    %}
    ap += 0;
    return ();
}

func r1_point(x: Int3, v) {
    alloc_locals;
    local res: Int3;
    local is_on_curve;
    %{
        from starkware.cairo.common.cairo_secp.secp_utils import SECP256R1, pack
        from starkware.python.math_utils import y_squared_from_x

        y_square_int = y_squared_from_x(
            x=pack(ids.x, SECP256R1.prime),
            alpha=SECP256R1.alpha,
            beta=SECP256R1.beta,
            field_prime=SECP256R1.prime,
        )

        # Note that (y_square_int ** ((SECP256R1.prime + 1) / 4)) ** 2 =
        #   = y_square_int ** ((SECP256R1.prime + 1) / 2) =
        #   = y_square_int ** ((SECP256R1.prime - 1) / 2 + 1) =
        #   = y_square_int * y_square_int ** ((SECP256R1.prime - 1) / 2) = y_square_int * {+/-}1.
        y = pow(y_square_int, (SECP256R1.prime + 1) // 4, SECP256R1.prime)

        # We need to decide whether to take y or prime - y.
        if ids.v % 2 == y % 2:
            value = y
        else:
            value = (-y) % SECP256R1.prime
    %}
    ap += 0;
    %{
        ids.is_on_curve = (y * y) % SECP256R1.prime == y_square_int
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
    external_n(Int3(0, 0, 268435456), Int3(12345, 0, 0));
    external_n(Int3(-1, 5, 7), Int3(3, -3, 9));
    plus_one(Int3(0, 0, 268435456), Int3(12345, 0, 302231454903657293676544));
    modn(Int3(10428087374290690730508616, 77371252455330678278691517, 19342813113834066795298815), Int3(99, 0, 0));
    modn(Int3(-1, 5, 7), Int3(3, -3, 9));
    xs(Int3(10428087374290690730508602, 77371252455330678278691517, 19342813113834066795298815), Int3(3, 0, 9671406556917033397649408));
    pack_div(Int3(77371252455336262886226991, 77371252455336267181195263, 19342813113834066795298815), Int5(2, -2, 7, 8, -5), Int3(77, 0, 0));
    pack_div(Int3(77371252455336267181195263, 1023, 19342813109330467168976896), Int5(1, 2, 3, 4, 0), Int3(1, 0, 295147905179352825856));
    recover_div(Int3(10428087374290690730508609, 77371252455330678278691517, 19342813113834066795298815), Int3(5, 0, 0), Int3(3, 0, 0));
    recover_div(Int3(177, 0, 0), Int3(25, 0, 0), Int3(5, 0, 0));
    recover_sub(Int3(500, 0, 0), Int3(3, 0, 0));
    recover_product(Int3(60, 0, 0), Int3(0, 16384, 0), Int3(77, 0, 0));
    recover_div_m(Int3(60, 0, 0), Int3(0, 16384, 0), Int3(77, 0, 0));
    r1_point(Int3(5, 0, 0), 1);
    r1_point(Int3(0, 0, 268435456), 0);
    return ();
}
