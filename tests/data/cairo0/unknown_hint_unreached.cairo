func main() {
    tempvar x = 0;
    if (x == 1) {
        %{ print("no such hint") %}
        tempvar y = 1;
    }
    return ();
}
