func main() {
    assert 1 = 2;
    return ();
}

func other() {
    return ();
}
