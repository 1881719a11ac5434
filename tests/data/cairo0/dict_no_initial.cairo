from starkware.cairo.common.dict import dict_new

func main() {
    let (d) = dict_new();
    return ();
}
