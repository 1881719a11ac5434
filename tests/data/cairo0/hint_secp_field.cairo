struct Int3 {
    d0: felt,
    d1: felt,
    d2: felt,
}

func reduce_v2(x: Int3) {
    alloc_locals;
    local res: Int3;
    %{
        from starkware.cairo.common.cairo_secp.secp256r1_utils import SECP256R1_P as SECP_P
    %}
    ap += 0;
    %{
        from starkware.cairo.common.cairo_secp.secp_utils import pack
        value = pack(ids.x, PRIME) % SECP_P
    %}
    ap += 0;
    %{
        from starkware.cairo.common.cairo_secp.secp_utils import split
        segments.write_arg(ids.res.address_, split(value))
    %}
    ap += 0;
    return ();
}

func reduce_ed(x: Int3) {
    alloc_locals;
    local res: Int3;
    %{
        from starkware.cairo.common.cairo_secp.secp_utils import pack
        SECP_P=2**255-19

        value = pack(ids.x, PRIME) % SECP_P
    %}
    ap += 0;
    %{
        from starkware.cairo.common.cairo_secp.secp_utils import split

        segments.write_arg(ids.res.address_, split(value))
    %}
    ap += 0;
    return ();
}

func zero_v2(val: Int3) {
    alloc_locals;
    local q;
    %{
        from starkware.cairo.common.cairo_secp.secp_utils import SECP_P
        q, r = divmod(pack(ids.val, PRIME), SECP_P)
        assert r == 0, f"verify_zero: Invalid input {ids.val.d0, ids.val.d1, ids.val.d2}."
        ids.q = q % PRIME
    %}
    ap += 0;
    return ();
}

func zero_v3(val: Int3) {
    alloc_locals;
    local q;
    %{
        from starkware.cairo.common.cairo_secp.secp_utils import pack
        SECP_P = 2**255-19
        to_assert = pack(ids.val, PRIME)
        q, r = divmod(pack(ids.val, PRIME), SECP_P)
        assert r == 0, f"verify_zero: Invalid input {ids.val.d0, ids.val.d1, ids.val.d2}."
        ids.q = q % PRIME
    %}
    ap += 0;
    return ();
}

func zero_external(val: Int3) {
    alloc_locals;
    local q;
    %{
        from starkware.cairo.common.cairo_secp.secp256r1_utils import SECP256R1_P as SECP_P
    %}
    ap += 0;
    %{
        from starkware.cairo.common.cairo_secp.secp_utils import pack

        q, r = divmod(pack(ids.val, PRIME), SECP_P)
        assert r == 0, f"verify_zero: Invalid input {ids.val.d0, ids.val.d1, ids.val.d2}."
        ids.q = q % PRIME
    %}
    ap += 0;
    return ();
}

func is_zero_v2(x: Int3) {
    alloc_locals;
    %{
        from starkware.cairo.common.cairo_secp.secp_utils import SECP_P, pack
        x = pack(ids.x, PRIME) % SECP_P
    %}
    ap += 0;
    %{
        memory[ap] = int(x == 0)
    %}
    ap += 1;
    return ();
}

func is_zero_ed(x: Int3) {
    alloc_locals;
    %{
        from starkware.cairo.common.cairo_secp.secp_utils import pack
        SECP_P=2**255-19

        x = pack(ids.x, PRIME) % SECP_P
    %}
    ap += 0;
    %{
        memory[ap] = to_felt_or_relocatable(x == 0)
    %}
    ap += 1;
    return ();
}

func is_zero_external_v1(x: Int3) {
    alloc_locals;
    %{
        from starkware.cairo.common.cairo_secp.secp256r1_utils import SECP256R1_P as SECP_P
    %}
    ap += 0;
    %{
        from starkware.cairo.common.cairo_secp.secp_utils import pack

        x = pack(ids.x, PRIME) % SECP_P
    %}
    ap += 0;
    %{
        memory[ap] = to_felt_or_relocatable(x == 0)
    %}
    ap += 1;
    return ();
}

func is_zero_external_v2(x: Int3) {
    alloc_locals;
    %{
        from starkware.cairo.common.cairo_secp.secp256r1_utils import SECP256R1_P as SECP_P
    %}
    ap += 0;
    %{
        from starkware.cairo.common.cairo_secp.secp_utils import pack
        x = pack(ids.x, PRIME) % SECP_P
    %}
    ap += 0;
    %{
        memory[ap] = int(x == 0)
    %}
    ap += 1;
    return ();
}

func inverse_external(x: Int3) {
    alloc_locals;
    local res: Int3;
    %{
        from starkware.cairo.common.cairo_secp.secp256r1_utils import SECP256R1_P as SECP_P
    %}
    ap += 0;
    %{
        from starkware.cairo.common.cairo_secp.secp_utils import pack

        x = pack(ids.x, PRIME) % SECP_P
    %}
    ap += 0;
    %{
        from starkware.python.math_utils import div_mod

        value = x_inv = div_mod(1, x, SECP_P)
    %}
    ap += 0;
    %{
        from starkware.cairo.common.cairo_secp.secp_utils import split

        segments.write_arg(ids.res.address_, split(value))
    %}
    ap += 0;
    return ();
}

func inverse_ed(x: Int3) {
    alloc_locals;
    local res: Int3;
    %{
        from starkware.cairo.common.cairo_secp.secp_utils import pack
        SECP_P=2**255-19

        x = pack(ids.x, PRIME) % SECP_P
    %}
    ap += 0;
    %{
        SECP_P=2**255-19
        from starkware.python.math_utils import div_mod

        value = x_inv = div_mod(1, x, SECP_P)
    %}
    ap += 0;
    %{
        from starkware.cairo.common.cairo_secp.secp_utils import split

        segments.write_arg(ids.res.address_, split(value))
    %}
    ap += 0;
    return ();
}

func bits(scalar_u: Int3, scalar_v: Int3) {
    alloc_locals;
    local len_hi;
    %{
        ids.len_hi = max(ids.scalar_u.d2.bit_length(), ids.scalar_v.d2.bit_length())-1
    %}
    ap += 0;
    return ();
}

func divmod_segment(a: Int3, b: Int3) {
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
    reduce_v2(Int3(77371252455336262886226996, 77371252455336267181195263, 19342813113834066795298815));
    reduce_v2(Int3(-1, 2, -3));
    reduce_v2(Int3(0, 0, 0));
    reduce_v2(Int3(0, 0, 9671406556917033397649408));
    reduce_v2(Int3(2 ** 100, -(2 ** 90), 2 ** 80));
    reduce_ed(Int3(77371252455336262886226996, 77371252455336267181195263, 19342813113834066795298815));
    reduce_ed(Int3(-1, 2, -3));
    reduce_ed(Int3(0, 0, 0));
    reduce_ed(Int3(0, 0, 9671406556917033397649408));
    reduce_ed(Int3(2 ** 100, -(2 ** 90), 2 ** 80));
    zero_v2(Int3(77371252455336254296290445, 77371252455336267181195263, 58028439341502200385896447));
    zero_v2(Int3(0, 0, 0));
    zero_v2(Int3(-77371252455336254296290445, -77371252455336267181195263, -58028439341502200385896447));
    zero_v3(Int3(77371252455336267181195207, 77371252455336267181195263, 29014219670751100192948223));
    zero_v3(Int3(0, 0, 0));
    zero_v3(Int3(-77371252455336267181195207, -77371252455336267181195263, -29014219670751100192948223));
    zero_external(Int3(77371252455336267181195261, 3071, 58028439327991401506930688));
    zero_external(Int3(0, 0, 0));
    zero_external(Int3(-77371252455336267181195261, -3071, -58028439327991401506930688));
    is_zero_v2(Int3(77371252455336262886226996, 77371252455336267181195263, 19342813113834066795298815));
    is_zero_v2(Int3(-1, 2, -3));
    is_zero_v2(Int3(0, 0, 0));
    is_zero_v2(Int3(0, 0, 9671406556917033397649408));
    is_zero_v2(Int3(2 ** 100, -(2 ** 90), 2 ** 80));
    is_zero_ed(Int3(77371252455336262886226996, 77371252455336267181195263, 19342813113834066795298815));
    is_zero_ed(Int3(-1, 2, -3));
    is_zero_ed(Int3(0, 0, 0));
    is_zero_ed(Int3(0, 0, 9671406556917033397649408));
    is_zero_ed(Int3(2 ** 100, -(2 ** 90), 2 ** 80));
    is_zero_external_v1(Int3(77371252455336262886226996, 77371252455336267181195263, 19342813113834066795298815));
    is_zero_external_v1(Int3(-1, 2, -3));
    is_zero_external_v1(Int3(0, 0, 0));
    is_zero_external_v1(Int3(0, 0, 9671406556917033397649408));
    is_zero_external_v1(Int3(2 ** 100, -(2 ** 90), 2 ** 80));
    is_zero_external_v2(Int3(77371252455336262886226996, 77371252455336267181195263, 19342813113834066795298815));
    is_zero_external_v2(Int3(-1, 2, -3));
    is_zero_external_v2(Int3(0, 0, 0));
    is_zero_external_v2(Int3(0, 0, 9671406556917033397649408));
    is_zero_external_v2(Int3(2 ** 100, -(2 ** 90), 2 ** 80));
    inverse_external(Int3(77371252455336262886226996, 77371252455336267181195263, 19342813113834066795298815));
    inverse_external(Int3(-1, 2, -3));
    inverse_external(Int3(0, 0, 9671406556917033397649408));
    inverse_ed(Int3(77371252455336262886226996, 77371252455336267181195263, 19342813113834066795298815));
    inverse_ed(Int3(-1, 2, -3));
    inverse_ed(Int3(0, 0, 9671406556917033397649408));
    bits(Int3(0, 0, 5), Int3(0, 0, 2 ** 80));
    bits(Int3(1, 1, 0), Int3(1, 1, 0));
    divmod_segment(Int3(0, 0, 302231454903657293676544), Int3(9, 0, 604462909807314587353088));
    divmod_segment(Int3(-5, 3, -1), Int3(7, -8, 2 ** 70));
    divmod_segment(Int3(0, 0, 0), Int3(1, 1, 1));
    return ();
}
