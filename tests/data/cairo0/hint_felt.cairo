%builtins range_check

func le_v_0_6{range_check_ptr}(a, b) {
    alloc_locals;
    %{
        from starkware.cairo.common.math_utils import assert_integer
        assert_integer(ids.a)
        assert_integer(ids.b)
        assert (ids.a % PRIME) <= (ids.b % PRIME), \
            f'a = {ids.a % PRIME} is not less than or equal to b = {ids.b % PRIME}.'
    %}
    ap += 0;
    return ();
}

func le_v_0_8{range_check_ptr}(a, b) {
    alloc_locals;
    local small_inputs;
    %{
        from starkware.cairo.common.math_utils import assert_integer
        assert_integer(ids.a)
        assert_integer(ids.b)
        a = ids.a % PRIME
        b = ids.b % PRIME
        assert a <= b, f'a = {a} is not less than or equal to b = {b}.'

        ids.small_inputs = int(
            a < range_check_builtin.bound and (b - a) < range_check_builtin.bound)
    %}
    ap += 0;
    return ();
}

func bit_length{range_check_ptr}(x) {
    alloc_locals;
    local bit_length;
    %{
        x = ids.x
        ids.bit_length = x.bit_length()
    %}
    ap += 0;
    return ();
}

func lowest_bits{range_check_ptr}(a, b) {
    alloc_locals;
    local a_lsb;
    local b_lsb;
    %{
        ids.a_lsb = ids.a & 1
        ids.b_lsb = ids.b & 1
    %}
    ap += 0;
    return ();
}

func n_over{range_check_ptr}(n) {
    alloc_locals;
    %{
        memory[ap] = to_felt_or_relocatable(ids.n >= 10)
    %}
    ap += 1;
    %{
        memory[ap] = to_felt_or_relocatable(ids.n >= 2)
    %}
    ap += 1;
    return ();
}

func full_word{range_check_ptr}(n_bytes) {
    alloc_locals;
    local full_word;
    %{
        ids.full_word = int(ids.n_bytes >= 8)
    %}
    ap += 0;
    return ();
}

func output_1{range_check_ptr}(output1) {
    alloc_locals;
    local output1_high;
    local output1_low;
    %{
        ids.output1_low = ids.output1 & ((1 << 128) - 1)
        ids.output1_high = ids.output1 >> 128
    %}
    ap += 0;
    return ();
}

func main{range_check_ptr}() {
    alloc_locals;
    le_v_0_6(1, 2);
    le_v_0_6(3, 3);
    le_v_0_6(5, -1);
    le_v_0_8(1, 2);
    le_v_0_8(3, 2 ** 128);
    le_v_0_8(2 ** 128, 2 ** 128);
    le_v_0_8(5, -1);
    bit_length(0);
    bit_length(1);
    bit_length(-1);
    bit_length(2 ** 200);
    lowest_bits(5, 6);
    lowest_bits(-1, -2);
    n_over(1);
    n_over(2);
    n_over(9);
    n_over(10);
    n_over(-1);
    full_word(7);
    full_word(8);
    full_word(-1);
    output_1(-1);
    output_1(2 ** 128 + 3);
    return ();
}
