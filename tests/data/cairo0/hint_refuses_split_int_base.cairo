func check(value, base, bound, output: felt*) {
    alloc_locals;
    %{
        memory[ids.output] = res = (int(ids.value) % PRIME) % ids.base
        assert res < ids.bound, f'split_int(): Limb {res} is out of range.'
    %}
    ap += 0;
    return ();
}

func main() {
    alloc_locals;
    check(77, 0, 50, cast(0, felt*));
    return ();
}
