func main() {
    %{ print("no such hint") %}
    return ();
}
