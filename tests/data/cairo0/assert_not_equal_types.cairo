%builtins output

from starkware.cairo.common.math import assert_not_equal

func main{output_ptr: felt*}() {
    assert_not_equal(cast(output_ptr, felt), 3);
    return ();
}
