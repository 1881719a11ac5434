struct Int3 {
    d0: felt,
    d1: felt,
    d2: felt,
}

struct Point {
    x: Int3,
    y: Int3,
}

func negate_ed(point: Point) {
    alloc_locals;
    local res: Int3;
    %{
        from starkware.cairo.common.cairo_secp.secp_utils import pack
        SECP_P = 2**255-19

        y = pack(ids.point.y, PRIME) % SECP_P
        # The modulo operation in python always returns a nonnegative number.
        value = (-y) % SECP_P
    %}
    ap += 0;
    %{
        from starkware.cairo.common.cairo_secp.secp_utils import split

        segments.write_arg(ids.res.address_, split(value))
    %}
    ap += 0;
    return ();
}

func double_v2(point: Point) {
    alloc_locals;
    local res: Int3;
    %{
        from starkware.python.math_utils import ec_double_slope
        from starkware.cairo.common.cairo_secp.secp_utils import pack
        SECP_P = 2**255-19

        # Compute the slope.
        x = pack(ids.point.x, PRIME)
        y = pack(ids.point.y, PRIME)
        value = slope = ec_double_slope(point=(x, y), alpha=42204101795669822316448953119945047945709099015225996174933988943478124189485, p=SECP_P)
    %}
    ap += 0;
    %{
        from starkware.cairo.common.cairo_secp.secp_utils import split

        segments.write_arg(ids.res.address_, split(value))
    %}
    ap += 0;
    return ();
}

func double_v3(pt: Point) {
    alloc_locals;
    local res: Int3;
    %{
        from starkware.cairo.common.cairo_secp.secp_utils import SECP_P, pack
        from starkware.python.math_utils import div_mod

        # Compute the slope.
        x = pack(ids.pt.x, PRIME)
        y = pack(ids.pt.y, PRIME)
        value = slope = div_mod(3 * x ** 2, 2 * y, SECP_P)
    %}
    ap += 0;
    %{
        from starkware.cairo.common.cairo_secp.secp_utils import split

        segments.write_arg(ids.res.address_, split(value))
    %}
    ap += 0;
    return ();
}

func double_v4(point: Point) {
    alloc_locals;
    local res: Int3;
    %{
        from starkware.cairo.common.cairo_secp.secp256r1_utils import SECP256R1_ALPHA, SECP256R1_P
        from starkware.cairo.common.cairo_secp.secp_utils import pack
        from starkware.python.math_utils import ec_double_slope

        # Compute the slope.
        x = pack(ids.point.x, SECP256R1_P)
        y = pack(ids.point.y, SECP256R1_P)
        value = slope = ec_double_slope(point=(x, y), alpha=SECP256R1_ALPHA, p=SECP256R1_P)
    %}
    ap += 0;
    %{
        from starkware.cairo.common.cairo_secp.secp_utils import split

        segments.write_arg(ids.res.address_, split(value))
    %}
    ap += 0;
    return ();
}

func double_external(point: Point) {
    alloc_locals;
    local res: Int3;
    %{
        from starkware.cairo.common.cairo_secp.secp256r1_utils import SECP256R1_P as SECP_P
    %}
    ap += 0;
    %{
        from starkware.cairo.common.cairo_secp.secp256r1_utils import SECP256R1_ALPHA as ALPHA
    %}
    ap += 0;
    %{
        from starkware.cairo.common.cairo_secp.secp_utils import pack
        from starkware.python.math_utils import ec_double_slope

        # Compute the slope.
        x = pack(ids.point.x, PRIME)
        y = pack(ids.point.y, PRIME)
        value = slope = ec_double_slope(point=(x, y), alpha=ALPHA, p=SECP_P)
    %}
    ap += 0;
    %{
        from starkware.cairo.common.cairo_secp.secp_utils import split

        segments.write_arg(ids.res.address_, split(value))
    %}
    ap += 0;
    return ();
}

func slope_v2(point0: Point, point1: Point) {
    alloc_locals;
    local res: Int3;
    %{
        from starkware.python.math_utils import line_slope
        from starkware.cairo.common.cairo_secp.secp_utils import pack
        SECP_P = 2**255-19
        # Compute the slope.
        x0 = pack(ids.point0.x, PRIME)
        y0 = pack(ids.point0.y, PRIME)
        x1 = pack(ids.point1.x, PRIME)
        y1 = pack(ids.point1.y, PRIME)
        value = slope = line_slope(point1=(x0, y0), point2=(x1, y1), p=SECP_P)
    %}
    ap += 0;
    %{
        from starkware.cairo.common.cairo_secp.secp_utils import split

        segments.write_arg(ids.res.address_, split(value))
    %}
    ap += 0;
    return ();
}

func slope_r1(point0: Point, point1: Point) {
    alloc_locals;
    local res: Int3;
    %{
        from starkware.cairo.common.cairo_secp.secp256r1_utils import SECP256R1_P as SECP_P
    %}
    ap += 0;
    %{
        from starkware.cairo.common.cairo_secp.secp_utils import pack
        from starkware.python.math_utils import line_slope

        # Compute the slope.
        x0 = pack(ids.point0.x, PRIME)
        y0 = pack(ids.point0.y, PRIME)
        x1 = pack(ids.point1.x, PRIME)
        y1 = pack(ids.point1.y, PRIME)
        value = slope = line_slope(point1=(x0, y0), point2=(x1, y1), p=SECP_P)
    %}
    ap += 0;
    %{
        from starkware.cairo.common.cairo_secp.secp_utils import split

        segments.write_arg(ids.res.address_, split(value))
    %}
    ap += 0;
    return ();
}

func slope_whitelist(pt0: Point, pt1: Point) {
    alloc_locals;
    local res: Int3;
    %{
        from starkware.cairo.common.cairo_secp.secp_utils import SECP_P, pack
        from starkware.python.math_utils import div_mod

        # Compute the slope.
        x0 = pack(ids.pt0.x, PRIME)
        y0 = pack(ids.pt0.y, PRIME)
        x1 = pack(ids.pt1.x, PRIME)
        y1 = pack(ids.pt1.y, PRIME)
        value = slope = div_mod(y0 - y1, x0 - x1, SECP_P)
    %}
    ap += 0;
    %{
        from starkware.cairo.common.cairo_secp.secp_utils import split

        segments.write_arg(ids.res.address_, split(value))
    %}
    ap += 0;
    return ();
}

func new_x_v2(slope: Int3, point: Point) {
    alloc_locals;
    local res: Int3;
    %{
        from starkware.cairo.common.cairo_secp.secp256r1_utils import SECP256R1_P as SECP_P
    %}
    ap += 0;
    %{
        from starkware.cairo.common.cairo_secp.secp_utils import pack

        slope = pack(ids.slope, PRIME)
        x = pack(ids.point.x, PRIME)
        y = pack(ids.point.y, PRIME)

        value = new_x = (pow(slope, 2, SECP_P) - 2 * x) % SECP_P
    %}
    ap += 0;
    %{
        from starkware.cairo.common.cairo_secp.secp_utils import split

        segments.write_arg(ids.res.address_, split(value))
    %}
    ap += 0;
    return ();
}

func new_x_v3(slope: Int3, point: Point) {
    alloc_locals;
    local res: Int3;
    %{
        from starkware.cairo.common.cairo_secp.secp_utils import pack
        SECP_P = 2**255-19

        slope = pack(ids.slope, PRIME)
        x = pack(ids.point.x, PRIME)
        y = pack(ids.point.y, PRIME)

        value = new_x = (pow(slope, 2, SECP_P) - 2 * x) % SECP_P
    %}
    ap += 0;
    %{
        from starkware.cairo.common.cairo_secp.secp_utils import split

        segments.write_arg(ids.res.address_, split(value))
    %}
    ap += 0;
    return ();
}

func new_xy_v4(slope: Int3, pt: Point) {
    alloc_locals;
    local res: Int3;
    %{
        from starkware.cairo.common.cairo_secp.secp_utils import SECP_P, pack

        slope = pack(ids.slope, PRIME)
        x = pack(ids.pt.x, PRIME)
        y = pack(ids.pt.y, PRIME)

        value = new_x = (pow(slope, 2, SECP_P) - 2 * x) % SECP_P
    %}
    ap += 0;
    %{
        value = new_y = (slope * (x - new_x) - y) % SECP_P
    %}
    ap += 0;
    %{
        from starkware.cairo.common.cairo_secp.secp_utils import split

        segments.write_arg(ids.res.address_, split(value))
    %}
    ap += 0;
    return ();
}

func add_x_v2(slope: Int3, point0: Point, point1: Point) {
    alloc_locals;
    local res: Int3;
    %{
        from starkware.cairo.common.cairo_secp.secp_utils import pack
        SECP_P = 2**255-19

        slope = pack(ids.slope, PRIME)
        x0 = pack(ids.point0.x, PRIME)
        x1 = pack(ids.point1.x, PRIME)
        y0 = pack(ids.point0.y, PRIME)

        value = new_x = (pow(slope, 2, SECP_P) - x0 - x1) % SECP_P
    %}
    ap += 0;
    %{
        from starkware.cairo.common.cairo_secp.secp_utils import split

        segments.write_arg(ids.res.address_, split(value))
    %}
    ap += 0;
    return ();
}

func add_xy_v3(slope: Int3, pt0: Point, pt1: Point) {
    alloc_locals;
    local res: Int3;
    %{
        from starkware.cairo.common.cairo_secp.secp_utils import SECP_P, pack

        slope = pack(ids.slope, PRIME)
        x0 = pack(ids.pt0.x, PRIME)
        x1 = pack(ids.pt1.x, PRIME)
        y0 = pack(ids.pt0.y, PRIME)

        value = new_x = (pow(slope, 2, SECP_P) - x0 - x1) % SECP_P
    %}
    ap += 0;
    %{
        value = new_y = (slope * (x0 - new_x) - y0) % SECP_P
    %}
    ap += 0;
    %{
        from starkware.cairo.common.cairo_secp.secp_utils import split

        segments.write_arg(ids.res.address_, split(value))
    %}
    ap += 0;
    return ();
}

func square_slope(slope: Int3, point0: Point, point1: Point) {
    alloc_locals;
    local res: Int3;
    %{
        from starkware.cairo.common.cairo_secp.secp256r1_utils import SECP256R1_P as SECP_P
    %}
    ap += 0;
    %{
        from starkware.cairo.common.cairo_secp.secp_utils import pack

        slope = pack(ids.slope, PRIME)
        x0 = pack(ids.point0.x, PRIME)
        x1 = pack(ids.point1.x, PRIME)
        y0 = pack(ids.point0.y, PRIME)

        value = new_x = (pow(slope, 2, SECP_P) - x0 - x1) % SECP_P
    %}
    ap += 0;
    %{
        from starkware.cairo.common.cairo_secp.secp_utils import split

        segments.write_arg(ids.res.address_, split(value))
    %}
    ap += 0;
    return ();
}

func r1_new_x(slope: Int3, point: Point) {
    alloc_locals;
    local res: Int3;
    %{
        from starkware.cairo.common.cairo_secp.secp256r1_utils import SECP256R1_P
        from starkware.cairo.common.cairo_secp.secp_utils import pack

        slope = pack(ids.slope, SECP256R1_P)
        x = pack(ids.point.x, SECP256R1_P)
        y = pack(ids.point.y, SECP256R1_P)

        value = new_x = (pow(slope, 2, SECP256R1_P) - 2 * x) % SECP256R1_P
    %}
    ap += 0;
    %{
        from starkware.cairo.common.cairo_secp.secp_utils import split

        segments.write_arg(ids.res.address_, split(value))
    %}
    ap += 0;
    return ();
}

func quad(scalar_u, scalar_v, m) {
    alloc_locals;
    local quad_bit;
    %{
        ids.quad_bit = (
            8 * ((ids.scalar_v >> ids.m) & 1)
            + 4 * ((ids.scalar_u >> ids.m) & 1)
            + 2 * ((ids.scalar_v >> (ids.m - 1)) & 1)
            + ((ids.scalar_u >> (ids.m - 1)) & 1)
        )
    %}
    ap += 0;
    return ();
}

func di(scalar_u, scalar_v, m) {
    alloc_locals;
    local dibit;
    %{
        ids.dibit = ((ids.scalar_u >> ids.m) & 1) + 2 * ((ids.scalar_v >> ids.m) & 1)
    %}
    ap += 0;
    return ();
}

func main() {
    alloc_locals;
    negate_ed(Point(Int3(17117865558768631194064792, 12501176021340589225372855, 9198697782662356105779718), Int3(6441780312434748884571320, 57953919405111227542741658, 5457536640262350763842127)));
    double_v2(Point(Int3(17117865558768631194064792, 12501176021340589225372855, 9198697782662356105779718), Int3(6441780312434748884571320, 57953919405111227542741658, 5457536640262350763842127)));
    double_v2(Point(Int3(57105948487393027623526117, 2088890992725950981549619, 14961784698075395646489684), Int3(46925586441427271765976362, 19820246243853867596485833, 2031033786214458435714136)));
    double_v3(Point(Int3(17117865558768631194064792, 12501176021340589225372855, 9198697782662356105779718), Int3(6441780312434748884571320, 57953919405111227542741658, 5457536640262350763842127)));
    double_v3(Point(Int3(57105948487393027623526117, 2088890992725950981549619, 14961784698075395646489684), Int3(46925586441427271765976362, 19820246243853867596485833, 2031033786214458435714136)));
    double_v4(Point(Int3(17117865558768631194064792, 12501176021340589225372855, 9198697782662356105779718), Int3(6441780312434748884571320, 57953919405111227542741658, 5457536640262350763842127)));
    double_v4(Point(Int3(57105948487393027623526117, 2088890992725950981549619, 14961784698075395646489684), Int3(46925586441427271765976362, 19820246243853867596485833, 2031033786214458435714136)));
    double_external(Point(Int3(17117865558768631194064792, 12501176021340589225372855, 9198697782662356105779718), Int3(6441780312434748884571320, 57953919405111227542741658, 5457536640262350763842127)));
    slope_v2(Point(Int3(17117865558768631194064792, 12501176021340589225372855, 9198697782662356105779718), Int3(6441780312434748884571320, 57953919405111227542741658, 5457536640262350763842127)), Point(Int3(57105948487393027623526117, 2088890992725950981549619, 14961784698075395646489684), Int3(46925586441427271765976362, 19820246243853867596485833, 2031033786214458435714136)));
    slope_r1(Point(Int3(17117865558768631194064792, 12501176021340589225372855, 9198697782662356105779718), Int3(6441780312434748884571320, 57953919405111227542741658, 5457536640262350763842127)), Point(Int3(57105948487393027623526117, 2088890992725950981549619, 14961784698075395646489684), Int3(46925586441427271765976362, 19820246243853867596485833, 2031033786214458435714136)));
    slope_whitelist(Point(Int3(17117865558768631194064792, 12501176021340589225372855, 9198697782662356105779718), Int3(6441780312434748884571320, 57953919405111227542741658, 5457536640262350763842127)), Point(Int3(57105948487393027623526117, 2088890992725950981549619, 14961784698075395646489684), Int3(46925586441427271765976362, 19820246243853867596485833, 2031033786214458435714136)));
    new_x_v2(Int3(17, 0, 4835703278458516698824704), Point(Int3(17117865558768631194064792, 12501176021340589225372855, 9198697782662356105779718), Int3(6441780312434748884571320, 57953919405111227542741658, 5457536640262350763842127)));
    new_x_v3(Int3(17, 0, 4835703278458516698824704), Point(Int3(17117865558768631194064792, 12501176021340589225372855, 9198697782662356105779718), Int3(6441780312434748884571320, 57953919405111227542741658, 5457536640262350763842127)));
    new_xy_v4(Int3(17, 0, 4835703278458516698824704), Point(Int3(17117865558768631194064792, 12501176021340589225372855, 9198697782662356105779718), Int3(6441780312434748884571320, 57953919405111227542741658, 5457536640262350763842127)));
    add_x_v2(Int3(17, 0, 4835703278458516698824704), Point(Int3(17117865558768631194064792, 12501176021340589225372855, 9198697782662356105779718), Int3(6441780312434748884571320, 57953919405111227542741658, 5457536640262350763842127)), Point(Int3(57105948487393027623526117, 2088890992725950981549619, 14961784698075395646489684), Int3(46925586441427271765976362, 19820246243853867596485833, 2031033786214458435714136)));
    add_xy_v3(Int3(17, 0, 4835703278458516698824704), Point(Int3(17117865558768631194064792, 12501176021340589225372855, 9198697782662356105779718), Int3(6441780312434748884571320, 57953919405111227542741658, 5457536640262350763842127)), Point(Int3(57105948487393027623526117, 2088890992725950981549619, 14961784698075395646489684), Int3(46925586441427271765976362, 19820246243853867596485833, 2031033786214458435714136)));
    square_slope(Int3(17, 0, 4835703278458516698824704), Point(Int3(17117865558768631194064792, 12501176021340589225372855, 9198697782662356105779718), Int3(6441780312434748884571320, 57953919405111227542741658, 5457536640262350763842127)), Point(Int3(57105948487393027623526117, 2088890992725950981549619, 14961784698075395646489684), Int3(46925586441427271765976362, 19820246243853867596485833, 2031033786214458435714136)));
    r1_new_x(Int3(17, 0, 4835703278458516698824704), Point(Int3(17117865558768631194064792, 12501176021340589225372855, 9198697782662356105779718), Int3(6441780312434748884571320, 57953919405111227542741658, 5457536640262350763842127)));
    quad(2 ** 200 + 5, 2 ** 201 + 2 ** 200, 200);
    quad(-1, -1, 252);
    quad(7, 5, 300);
    quad(1, 3, 1);
    di(2 ** 200 + 5, 2 ** 201 + 2 ** 200, 200);
    di(-1, -1, 252);
    di(7, 5, 300);
    di(1, 3, 1);
    di(3, 2, 0);
    return ();
}
