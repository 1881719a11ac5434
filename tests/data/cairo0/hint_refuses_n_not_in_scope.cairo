func check(x) {
    alloc_locals;
    local continue_loop;
    %{
        n -= 1
        ids.continue_loop = 1 if n > 0 else 0
    %}
    ap += 0;
    return ();
}

func main() {
    alloc_locals;
    check(5);
    return ();
}
