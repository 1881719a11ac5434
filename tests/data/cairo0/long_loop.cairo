// 40,000 steps or so: beyond the 2^15 that the smallest diluted pool needs.
func loop(n: felt) -> felt {
    if (n == 0) {
        return 1;
    }
    let rest = loop(n - 1);
    return rest + n;
}

func main() {
    loop(5000);
    return ();
}
