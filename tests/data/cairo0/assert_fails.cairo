func main() {
    let x = 5;
    tempvar y = 3;
    assert y = x;
    return ();
}
