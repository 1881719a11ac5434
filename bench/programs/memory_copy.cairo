// memcpy of 200 words, again and again: a loop with one small hint an iteration.
%builtins output

from starkware.cairo.common.alloc import alloc
from starkware.cairo.common.memcpy import memcpy
from starkware.cairo.common.memset import memset

func copy(source: felt*, n) {
    if (n == 0) {
        return ();
    }
    let (target) = alloc();
    memcpy(target, source, 200);
    return copy(source, n - 1);
}

func main{output_ptr: felt*}() {
    alloc_locals;
    let (local source) = alloc();
    memset(source, 77, 200);
    copy(source, 7000);
    assert output_ptr[0] = source[199];
    let output_ptr = output_ptr + 1;
    return ();
}
