func check(x) {
    alloc_locals;
    %{
        memory[fp + 0] = to_felt_or_relocatable(nibbles.pop())
    %}
    ap += 0;
    return ();
}

func main() {
    alloc_locals;
    check(5);
    return ();
}
