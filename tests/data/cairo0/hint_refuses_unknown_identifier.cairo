func check(x) {
    alloc_locals;
    %{
        ids.is_250 = 1 if ids.addr < 2**250 else 0
    %}
    ap += 0;
    return ();
}

func main() {
    alloc_locals;
    check(5);
    return ();
}
