func check(key, dict_ptr: felt*) {
    alloc_locals;
    local value;
    %{
        dict_tracker = __dict_manager.get_tracker(ids.dict_ptr)
        dict_tracker.current_ptr += ids.DictAccess.SIZE
        ids.value = dict_tracker.data[ids.key]
    %}
    ap += 0;
    return ();
}

func main() {
    alloc_locals;
    check(5, cast(0, felt*));
    return ();
}
