func main() {
    loop:
    jmp loop;
}
