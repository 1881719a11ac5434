// One deep recursion: the stack grows, then every product of full felts on the way back.
%builtins output

func factorial(n) -> felt {
    if (n == 0) {
        return 1;
    }
    let rest = factorial(n - 1);
    return n * rest;
}

func main{output_ptr: felt*}() {
    let result = factorial(1200000);
    assert output_ptr[0] = result;
    let output_ptr = output_ptr + 1;
    return ();
}
