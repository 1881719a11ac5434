// debug_info
func check(x: felt, y: felt) {
    with_attr error_message("x is {x}, y is {y}, z is {z}") {
        tempvar z = x + y;
        assert z = 100;
    }
    return ();
}

func outer(n) {
    with_attr error_message("in outer") {
        check(n, n + 1);
    }
    return ();
}

func main() {
    outer(7);
    return ();
}
