%builtins range_check

from starkware.starknet.common.storage import normalize_address

func main{range_check_ptr}() {
    let (a) = normalize_address(5);
    let (b) = normalize_address(2 ** 250 + 1);
    let (c) = normalize_address(2 ** 251 - 300);
    let (d) = normalize_address(-1);
    return ();
}
