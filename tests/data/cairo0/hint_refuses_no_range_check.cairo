func check(a) {
    alloc_locals;
    %{
        memory[ap] = 0 if 0 <= (ids.a % PRIME) < range_check_builtin.bound else 1
    %}
    ap += 1;
    return ();
}

func main() {
    alloc_locals;
    check(5);
    return ();
}
