func main() {
    %{ vm_enter_scope() %}
    return ();
}
