from starkware.cairo.common.invoke import invoke
from starkware.cairo.common.registers import get_ap, get_fp_and_pc, get_label_location
from starkware.cairo.common.alloc import alloc

func add(a, b) -> (res: felt) {
    return (res=a + b);
}

func main() {
    alloc_locals;
    let (f) = get_label_location(add);
    let (local args: felt*) = alloc();
    assert args[0] = 3;
    assert args[1] = 4;
    invoke(f, 2, args);
    assert [ap - 1] = 7;
    let (fp_value, pc_value) = get_fp_and_pc();
    local here: felt* = fp_value;
    let (ap_value) = get_ap();
    return ();
}
