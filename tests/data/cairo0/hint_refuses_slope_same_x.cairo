struct Int3 {
    d0: felt,
    d1: felt,
    d2: felt,
}

struct Point {
    x: Int3,
    y: Int3,
}

func check(point0: Point, point1: Point) {
    alloc_locals;
    local res: Int3;
    %{
        from starkware.cairo.common.cairo_secp.secp_utils import SECP_P, pack
        from starkware.python.math_utils import line_slope

        # Compute the slope.
        x0 = pack(ids.point0.x, PRIME)
        y0 = pack(ids.point0.y, PRIME)
        x1 = pack(ids.point1.x, PRIME)
        y1 = pack(ids.point1.y, PRIME)
        value = slope = line_slope(point1=(x0, y0), point2=(x1, y1), p=SECP_P)
    %}
    ap += 0;
    return ();
}

func main() {
    alloc_locals;
    check(Point(Int3(17117865558768631194064792, 12501176021340589225372855, 9198697782662356105779718), Int3(6441780312434748884571320, 57953919405111227542741658, 5457536640262350763842127)), Point(Int3(17117865558768631194064792, 12501176021340589225372855, 9198697782662356105779718), Int3(6441780312434748884571320, 57953919405111227542741658, 5457536640262350763842127)));
    return ();
}
