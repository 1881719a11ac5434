from starkware.cairo.common.alloc import alloc

func main() {
    alloc_locals;
    local gap;
    let (array: felt*) = alloc();
    assert array[7] = 1;
    assert array[3] = 2;
    ap += 5;
    local last = array[7] + array[3];
    return ();
}
