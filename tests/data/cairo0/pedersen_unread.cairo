%builtins pedersen

from starkware.cairo.common.cairo_builtins import HashBuiltin

func main{pedersen_ptr: HashBuiltin*}() {
    assert pedersen_ptr.x = 5;
    let pedersen_ptr = pedersen_ptr + HashBuiltin.SIZE;
    return ();
}
