func check(x) {
    alloc_locals;
    local carry_low;
    %{
        sum_low = ids.a.low + ids.b.low
        ids.carry_low = 1 if sum_low >= ids.SHIFT else 0
    %}
    ap += 0;
    return ();
}

func main() {
    alloc_locals;
    check(5);
    return ();
}
