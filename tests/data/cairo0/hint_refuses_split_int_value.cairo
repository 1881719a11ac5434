func check(value) {
    alloc_locals;
    %{
        assert ids.value == 0, 'split_int(): value is out of range.'
    %}
    ap += 0;
    return ();
}

func main() {
    alloc_locals;
    check(5);
    return ();
}
