func fib(a, b, n) -> (res: felt) {
    if (n == 0) {
        return (res=b);
    }
    return fib(b, a + b, n - 1);
}

func main() {
    let (res) = fib(1, 1, 300);
    assert res = res;
    return ();
}
