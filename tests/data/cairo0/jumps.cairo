func main() {
    tempvar x = 5;
    loop:
    [ap] = [ap - 1] - 1, ap++;
    jmp loop if [ap - 1] != 0;
    jmp rel 2;
    [ap] = 1, ap++;
    call double;
    ap += 3;
    ret;

    double:
    [ap] = [fp - 1], ap++;
    ret;
}
