func main() {
    return ();
}
