func main() {
    %{ vm_exit_scope() %}
    return ();
}
