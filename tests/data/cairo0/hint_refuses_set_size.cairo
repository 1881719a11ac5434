func check(set_ptr: felt*, elm_size, elm_ptr: felt*, set_end_ptr: felt*) {
    alloc_locals;
    local index;
    local is_elm_in_set;
    %{
        assert ids.elm_size > 0
        assert ids.set_ptr <= ids.set_end_ptr
        elm_list = memory.get_range(ids.elm_ptr, ids.elm_size)
        for i in range(0, ids.set_end_ptr - ids.set_ptr, ids.elm_size):
            if memory.get_range(ids.set_ptr + i, ids.elm_size) == elm_list:
                ids.index = i // ids.elm_size
                ids.is_elm_in_set = 1
                break
        else:
            ids.is_elm_in_set = 0
    %}
    ap += 0;
    return ();
}

func main() {
    alloc_locals;
    check(cast(0, felt*), 0, cast(0, felt*), cast(0, felt*));
    return ();
}
