func main() {
    alloc_locals;
    local temporary_array: felt*;
    %{ ids.temporary_array = segments.add_temp_segment() %}
    assert temporary_array[0] = 5;
    return ();
}
