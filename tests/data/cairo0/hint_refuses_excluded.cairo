func check(x) {
    alloc_locals;
    %{
        assert excluded == 2
    %}
    ap += 0;
    return ();
}

func main() {
    alloc_locals;
    check(5);
    return ();
}
