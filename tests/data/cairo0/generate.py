#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes the hint_*.cairo programs: hints that cairo-lang's own library does not carry (any more).

Each program has one function for each hint (or chain of hints), called with several arguments. The
hints' texts come from vm/cairo0/hints/hint_texts.inc. usage: generate.py
"""
import json
import pathlib
import re

HERE = pathlib.Path(__file__).resolve().parent
TABLE = (HERE / "../../../vm/cairo0/hints/hint_texts.inc").read_text()
TEXTS = {
    m.group(1): "".join(json.loads('"' + l.strip()[1:-1] + '"') for l in m.group(2).strip().split("\n"))
    for m in re.finditer(r'X\((\w+),\n((?:  ".*"\n?)+?)\)', TABLE)
}

STRUCTS = {
    "Uint256": "low high",
    "Int3": "d0 d1 d2",
    "Int4": "d0 d1 d2 d3",
    "Int5": "d0 d1 d2 d3 d4",
    "Int6": "d0 d1 d2 d3 d4 d5",
    "Expanded": "b0 b01 b12 b23",
}
P = 2**251 + 17 * 2**192 + 1
K1 = 2**256 - 2**32 - 977
K1_N = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141
R1 = 2**256 - 2**224 + 2**192 + 2**96 - 1
ED = 2**255 - 19
G = (
    0x79BE667EF9DCBBAC55A06295CE870B07029BFCDB2DCE28D959F2815B16F81798,
    0x483ADA7726A3C4655DA4FBFC0E1108A8FD17B448A68554199C47D08FFB10D4B8,
)
G2 = (
    0xC6047F9441ED7D6D3045406E95C07CD85C778E4B8CEF3CA7ABAC09B95C709EE5,
    0x1AE168FEA63DC339A3C58419466CEAEEF7F632653266D0E1236431A950CFE52A,
)


def limbs(value, bits, count):
    return [value >> (bits * i) & ((1 << bits) - 1) for i in range(count)]


def struct(name, values):
    return f"{name}({', '.join(map(str, values))})"


def u256(v):
    return struct("Uint256", limbs(v, 128, 2))


def i3(v, bits=128):
    return struct("Int3", limbs(v, bits, 3))


def b3(v):
    return i3(v, 86)


def point(p):
    return f"Point({b3(p[0])}, {b3(p[1])})"


class Program:
    def __init__(self, name, builtins="", imports=(), consts=()):
        self.name, self.builtins, self.imports, self.consts = name, builtins.split(), imports, consts
        self.functions, self.calls = [], []

    def implicit(self):
        types = {"range_check": "range_check_ptr", "bitwise": "bitwise_ptr: felt*"}
        inner = ", ".join(types[b] for b in self.builtins)
        return "{" + inner + "}" if inner else ""

    def fn(self, name, arguments, locals_, hints, calls, result=True):
        """A function around hints; `ap` hints store into a temporary."""
        lines = [f"func {name}{self.implicit()}({arguments}) {{", "    alloc_locals;"]
        lines += [f"    local {l};" for l in filter(None, locals_.split("; "))]
        for hint in hints:
            text = TEXTS[hint]
            body = "\n".join("        " + l if l else l for l in text.split("\n"))
            if text.startswith("memory[ap] ="):
                lines += [f"    %{{\n{body}\n    %}}", "    ap += 1;"]
            else:
                lines += [f"    %{{\n{body}\n    %}}", "    ap += 0;"]
        lines += ["    return ();", "}", ""]
        self.functions.append("\n".join(lines))
        self.calls += [f"    {name}({call});" for call in calls]

    def write(self):
        out = []
        if self.builtins:
            out += ["%builtins " + " ".join(self.builtins), ""]
        out += list(self.imports) + ([""] if self.imports else [])
        out += [f"const {c};" for c in self.consts] + ([""] if self.consts else [])
        body = "\n".join(self.functions)
        for name, members in STRUCTS.items():
            if re.search(rf"\b{name}\b", body + "".join(self.calls)):
                out += [f"struct {name} {{"] + [f"    {m}: felt," for m in members.split()] + ["}", ""]
        if "Point" in body:
            if "struct Int3" not in "\n".join(out):
                out += ["struct Int3 {", "    d0: felt,", "    d1: felt,", "    d2: felt,", "}", ""]
            out += ["struct Point {", "    x: Int3,", "    y: Int3,", "}", ""]
        out += [body]
        out += [f"func main{self.implicit()}() {{", "    alloc_locals;"] + self.calls + ["    return ();", "}", ""]
        (HERE / f"hint_{self.name}.cairo").write_text("\n".join(out))


def uint256():
    p = Program("uint256")
    big = [2**256 - 1, 2**255 + 77, 5, 2**130]
    pairs = [f"{u256(a)}, {u256(b)}" for a in big for b in big]
    p.fn("sub", "a: Uint256, b: Uint256", "res: Uint256", ["UINT256_SUB"], pairs)
    p.fn("sub_wide", "a: Uint256, b: Uint256", "res: Uint256", ["UINT256_SUB"],
         ["Uint256(5, -1), Uint256(7, 3)", "Uint256(5, 3), Uint256(7, -1)", "Uint256(5, 3), Uint256(9, 2 ** 128)"])
    p.fn("add_low", "a: Uint256, b: Uint256", "carry_low", ["UINT256_ADD_LOW"], pairs[:6])
    p.fn("add128", "a, b", "carry", ["UINT128_ADD"], ["2 ** 127, 2 ** 127", "2 ** 127, 2 ** 127 - 1", "-1, 1"])
    p.fn("sqrt_felt", "n: Uint256", "root", ["UINT256_SQRT_FELT"], [u256(v) for v in big + [0]])
    p.fn("expanded", "a: Uint256, div: Expanded", "quotient: Uint256; remainder: Uint256",
         ["UINT256_EXPANDED_UNSIGNED_DIV_REM"],
         [f"{u256(2**255 + 9)}, Expanded(0, 77, 0, 3)", f"{u256(7)}, Expanded(0, 9, 0, 0)"])
    p.fn("div512", "x: Int4, div: Uint256", "quotient: Int4; remainder: Uint256", ["UINT512_UNSIGNED_DIV_REM"],
         [f"{struct('Int4', limbs(2**500 + 2**300 + 1, 128, 4))}, {u256(d)}" for d in (1, 2**200 + 7, 2**256 - 1)])
    p.fn("inverse256", "a: Uint256, b: Uint256, p: Uint256", "b_inverse_mod_p: Uint256", ["INV_MOD_P_UINT256"],
         [f"{u256(1)}, {u256(b)}, {u256(q)}" for b, q in ((5, ED), (2**255 + 3, K1), (7, 12))])
    p.fn("inverse512", "x: Int4, p: Uint256", "x_inverse_mod_p: Uint256", ["INV_MOD_P_UINT512"],
         [f"{struct('Int4', limbs(v, 128, 4))}, {u256(q)}" for v, q in ((2**400 + 1, ED), (3, K1), (2**128, 101))])
    p.fn("roots", "generator: Uint256, x: Uint256, p: Uint256", "success_x; success_gx; sqrt_x: Uint256; sqrt_gx: Uint256",
         ["UINT256_GET_SQUARE_ROOT"],
         [f"{u256(g)}, {u256(x)}, {u256(q)}" for g, x, q in
          ((3, 4, 7), (2, 3, 13), (2, 10, 13), (3, 5, 17), (2, 5, ED), (2, 4, ED), (3, 10, P), (3, 6, P), (5, 0, 23), (R1 - 1, 2, R1))])
    p.fn("split64", "a", "low; high", ["SPLIT_64"], ["-1", "2 ** 64", "5"])
    p.fn("split_xx", "xx: Uint256", "x: Uint256", ["SPLIT_XX"], [u256(v) for v in (4, 2, 3, 2**254 + 11, 0)])
    p.write()


def uint384():
    p = Program("uint384", consts=["SHIFT = 2 ** 128"])
    values = [2**383 + 5, 2**200 + 2**100, 3, 2**384 - 1]
    p.fn("div", "a: Int3, div: Int3", "quotient: Int3; remainder: Int3", ["UINT384_UNSIGNED_DIV_REM"],
         [f"{i3(a)}, {i3(b)}" for a in values for b in values[1:]])
    p.fn("split", "a", "low; high", ["UINT384_SPLIT_128"], ["-1", "2 ** 128", "7"])
    p.fn("add", "a: Int3, b: Int3", "carry_d0; carry_d1; carry_d2", ["ADD_NO_UINT384_CHECK"],
         [f"{i3(a)}, {i3(b)}" for a in values for b in values])
    p.fn("sqrt", "a: Int3", "root: Int3", ["UINT384_SQRT"], [i3(v) for v in values])
    p.fn("sub_mod", "a: Int3, b: Int3, p: Int3", "res: Int3", ["SUB_REDUCED_A_AND_REDUCED_B"],
         [f"{i3(a)}, {i3(b)}, {i3(2**383 + 187)}" for a, b in ((5, 3), (3, 5), (7, 7), (2**300, 2**310))])
    p.fn("div768", "a: Int6, div: Int3", "quotient: Int6; remainder: Int3", ["UNSIGNED_DIV_REM_UINT768_BY_UINT384"],
         [f"{struct('Int6', limbs(2**760 + 2**500 + 9, 128, 6))}, {i3(d)}" for d in values])
    p.fn("div768_stripped", "a: Int6, div: Int3", "quotient: Int6; remainder: Int3",
         ["UNSIGNED_DIV_REM_UINT768_BY_UINT384_STRIPPED"],
         [f"{struct('Int6', limbs(2**700 + 1, 128, 6))}, {i3(d)}" for d in values[:2]])
    p.fn("signed_nn", "a: Int3", "", ["UINT384_SIGNED_NN"], ["Int3(0, 0, 2 ** 127)", "Int3(0, 0, 2 ** 127 - 1)", "Int3(0, 0, 0)"])
    p.fn("roots", "generator: Int3, x: Int3, p: Int3", "success_x; success_gx; sqrt_x: Int3; sqrt_gx: Int3",
         ["UINT384_GET_SQUARE_ROOT"],
         [f"{i3(g)}, {i3(x)}, {i3(q)}" for g, x, q in ((3, 4, 7), (2, 3, 13), (3, 5, 17), (2**127 - 2, 9, 2**127 - 1), (3, 10, P), (R1 - 1, 2, R1), (K1 - 1, 2, K1))])
    p.fn("inverse", "a: Int3, b: Int3, p: Int3", "b_inverse_mod_p: Int3", ["UINT384_DIV"],
         [f"{i3(1)}, {i3(b)}, {i3(q)}" for b, q in ((5, ED), (2**255 + 3, K1), (6, 9))])
    p.write()


def secp():
    p = Program("secp_field")
    x = [b3(K1 + 5), "Int3(-1, 2, -3)", b3(0), b3(2**255), "Int3(2 ** 100, -(2 ** 90), 2 ** 80)"]
    for name, chain in (
        ("reduce_v2", ["IMPORT_SECP256R1_P", "REDUCE_V2", "NONDET_BIGINT3_V2"]),
        ("reduce_ed", ["REDUCE_ED25519", "NONDET_BIGINT3_V1"]),
    ):
        p.fn(name, "x: Int3", "res: Int3", chain, x)
    for name, q, chain in (
        ("zero_v2", K1, ["VERIFY_ZERO_V2"]),
        ("zero_v3", ED, ["VERIFY_ZERO_V3"]),
        ("zero_external", R1, ["IMPORT_SECP256R1_P", "VERIFY_ZERO_EXTERNAL_SECP"]),
    ):
        p.fn(name, "val: Int3", "q", chain, [b3(q * 3), b3(0), struct("Int3", [-v for v in limbs(q * 3, 86, 3)])])
    for name, chain in (
        ("is_zero_v2", ["IS_ZERO_PACK_V2", "IS_ZERO_INT"]),
        ("is_zero_ed", ["IS_ZERO_PACK_ED25519", "IS_ZERO_NONDET"]),
        ("is_zero_external_v1", ["IMPORT_SECP256R1_P", "IS_ZERO_PACK_EXTERNAL_SECP_V1", "IS_ZERO_NONDET"]),
        ("is_zero_external_v2", ["IMPORT_SECP256R1_P", "IS_ZERO_PACK_EXTERNAL_SECP_V2", "IS_ZERO_INT"]),
    ):
        p.fn(name, "x: Int3", "", chain, x)
    for name, chain in (
        ("inverse_external", ["IMPORT_SECP256R1_P", "IS_ZERO_PACK_EXTERNAL_SECP_V1", "IS_ZERO_ASSIGN_SCOPE_VARS_EXTERNAL_SECP", "NONDET_BIGINT3_V1"]),
        ("inverse_ed", ["IS_ZERO_PACK_ED25519", "IS_ZERO_ASSIGN_SCOPE_VARS_ED25519", "NONDET_BIGINT3_V1"]),
    ):
        p.fn(name, "x: Int3", "res: Int3", chain, [x[0], x[1], x[3]])
    p.fn("bits", "scalar_u: Int3, scalar_v: Int3", "len_hi", ["HI_MAX_BITLEN"],
         ["Int3(0, 0, 5), Int3(0, 0, 2 ** 80)", "Int3(1, 1, 0), Int3(1, 1, 0)"])
    p.fn("divmod_segment", "a: Int3, b: Int3", "q: Int3; res: Int3", ["WRITE_DIVMOD_SEGMENT"],
         [f"{b3(2**250)}, {b3(2**251 + 9)}", "Int3(-5, 3, -1), Int3(7, -8, 2 ** 70)", "Int3(0, 0, 0), Int3(1, 1, 1)"])
    p.write()

    p = Program("secp_signature")
    p.fn("external_n", "a: Int3, b: Int3", "res: Int3",
         ["IMPORT_SECP256R1_N", "DIV_MOD_N_PACKED_DIVMOD_EXTERNAL_N", "NONDET_BIGINT3_V1"],
         [f"{b3(2**200)}, {b3(12345)}", "Int3(-1, 5, 7), Int3(3, -3, 9)"])
    p.fn("plus_one", "a: Int3, b: Int3", "res: Int3",
         ["DIV_MOD_N_PACKED_DIVMOD_V1", "DIV_MOD_N_SAFE_DIV_PLUS_ONE", "NONDET_BIGINT3_V1"],
         [f"{b3(2**200)}, {b3(2**250 + 12345)}"])
    p.fn("modn", "x: Int3, s: Int3", "res: Int3", ["PACK_MODN_DIV_MODN", "NONDET_BIGINT3_V1"],
         [f"{b3(K1_N + 7)}, {b3(99)}", "Int3(-1, 5, 7), Int3(3, -3, 9)"])
    p.fn("xs", "x: Int3, s: Int3", "res: Int3", ["PACK_MODN_DIV_MODN", "XS_SAFE_DIV", "NONDET_BIGINT3_V1"],
         [f"{b3(K1_N - 7)}, {b3(2**255 + 3)}"])
    p.fn("pack_div", "P: Int3, x: Int5, y: Int3", "res: Int3; flag",
         ["BIGINT_PACK_DIV_MOD", "BIGINT_SAFE_DIV", "NONDET_BIGINT3_V1"],
         [f"{b3(K1)}, Int5(2, -2, 7, 8, -5), {b3(77)}", f"{b3(R1)}, Int5(1, 2, 3, 4, 0), {b3(2**240 + 1)}"])
    p.fn("recover_div", "n: Int3, x: Int3, s: Int3", "res: Int3", ["EC_RECOVER_DIV_MOD_N_PACKED", "NONDET_BIGINT3_V1"],
         [f"{b3(K1_N)}, {b3(5)}, {b3(3)}", "Int3(177, 0, 0), Int3(25, 0, 0), Int3(5, 0, 0)"])
    p.fn("recover_sub", "a: Int3, b: Int3", "res: Int3", ["EC_RECOVER_SUB_A_B", "NONDET_BIGINT3_V1"], [f"{b3(500)}, {b3(3)}"])
    p.fn("recover_product", "a: Int3, b: Int3, m: Int3", "res: Int3",
         ["EC_RECOVER_PRODUCT_MOD", "NONDET_BIGINT3_V1"], [f"{b3(60)}, {b3(2**100)}, {b3(77)}"])
    p.fn("recover_div_m", "a: Int3, b: Int3, m: Int3", "res: Int3",
         ["EC_RECOVER_PRODUCT_MOD", "EC_RECOVER_PRODUCT_DIV_M", "NONDET_BIGINT3_V1"], [f"{b3(60)}, {b3(2**100)}, {b3(77)}"])
    p.fn("r1_point", "x: Int3, v", "res: Int3; is_on_curve",
         ["SECP_R1_GET_POINT_FROM_X", "IS_ON_CURVE_2", "NONDET_BIGINT3_V1"], [f"{b3(5)}, 1", f"{b3(2**200)}, 0"])
    p.write()

    p = Program("secp_curve")
    g, g2 = point(G), point(G2)
    p.fn("negate_ed", "point: Point", "res: Int3", ["EC_NEGATE_EMBEDDED_SECP", "NONDET_BIGINT3_V1"], [g])
    for name, argument, hint in (
        ("double_v2", "point", "EC_DOUBLE_SLOPE_V2"),
        ("double_v3", "pt", "EC_DOUBLE_SLOPE_V3"),
        ("double_v4", "point", "EC_DOUBLE_SLOPE_V4"),
    ):
        p.fn(name, f"{argument}: Point", "res: Int3", [hint, "NONDET_BIGINT3_V1"], [g, g2])
    p.fn("double_external", "point: Point", "res: Int3",
         ["IMPORT_SECP256R1_P", "IMPORT_SECP256R1_ALPHA", "EC_DOUBLE_SLOPE_EXTERNAL_CONSTS", "NONDET_BIGINT3_V1"], [g])
    p.fn("slope_v2", "point0: Point, point1: Point", "res: Int3", ["COMPUTE_SLOPE_V2", "NONDET_BIGINT3_V1"], [f"{g}, {g2}"])
    p.fn("slope_r1", "point0: Point, point1: Point", "res: Int3",
         ["IMPORT_SECP256R1_P", "COMPUTE_SLOPE_SECP256R1_V1", "NONDET_BIGINT3_V1"], [f"{g}, {g2}"])
    p.fn("slope_whitelist", "pt0: Point, pt1: Point", "res: Int3", ["COMPUTE_SLOPE_WHITELIST", "NONDET_BIGINT3_V1"], [f"{g}, {g2}"])
    s = b3(2**254 + 17)
    p.fn("new_x_v2", "slope: Int3, point: Point", "res: Int3",
         ["IMPORT_SECP256R1_P", "EC_DOUBLE_ASSIGN_NEW_X_V2", "NONDET_BIGINT3_V1"], [f"{s}, {g}"])
    p.fn("new_x_v3", "slope: Int3, point: Point", "res: Int3", ["EC_DOUBLE_ASSIGN_NEW_X_V3", "NONDET_BIGINT3_V1"], [f"{s}, {g}"])
    p.fn("new_xy_v4", "slope: Int3, pt: Point", "res: Int3",
         ["EC_DOUBLE_ASSIGN_NEW_X_V4", "EC_DOUBLE_ASSIGN_NEW_Y", "NONDET_BIGINT3_V1"], [f"{s}, {g}"])
    p.fn("add_x_v2", "slope: Int3, point0: Point, point1: Point", "res: Int3",
         ["FAST_EC_ADD_ASSIGN_NEW_X_V2", "NONDET_BIGINT3_V1"], [f"{s}, {g}, {g2}"])
    p.fn("add_xy_v3", "slope: Int3, pt0: Point, pt1: Point", "res: Int3",
         ["FAST_EC_ADD_ASSIGN_NEW_X_V3", "FAST_EC_ADD_ASSIGN_NEW_Y", "NONDET_BIGINT3_V1"], [f"{s}, {g}, {g2}"])
    p.fn("square_slope", "slope: Int3, point0: Point, point1: Point", "res: Int3",
         ["IMPORT_SECP256R1_P", "SQUARE_SLOPE_X_MOD_P", "NONDET_BIGINT3_V1"], [f"{s}, {g}, {g2}"])
    p.fn("r1_new_x", "slope: Int3, point: Point", "res: Int3", ["SECP_DOUBLE_ASSIGN_NEW_X", "NONDET_BIGINT3_V1"], [f"{s}, {g}"])
    bits = ["2 ** 200 + 5, 2 ** 201 + 2 ** 200, 200", "-1, -1, 252", "7, 5, 300", "1, 3, 1"]
    p.fn("quad", "scalar_u, scalar_v, m", "quad_bit", ["QUAD_BIT"], bits)
    p.fn("di", "scalar_u, scalar_v, m", "dibit", ["DI_BIT"], bits + ["3, 2, 0"])
    p.write()


def felts():
    p = Program("felt", "range_check")
    p.fn("le_v_0_6", "a, b", "", ["ASSERT_LE_FELT_V_0_6"], ["1, 2", "3, 3", "5, -1"])
    p.fn("le_v_0_8", "a, b", "small_inputs", ["ASSERT_LE_FELT_V_0_8"], ["1, 2", "3, 2 ** 128", "2 ** 128, 2 ** 128", "5, -1"])
    p.fn("bit_length", "x", "bit_length", ["GET_FELT_BIT_LENGTH"], ["0", "1", "-1", "2 ** 200"])
    p.fn("lowest_bits", "a, b", "a_lsb; b_lsb", ["A_B_BITAND_1"], ["5, 6", "-1, -2"])
    p.fn("n_over", "n", "", ["NONDET_N_GREATER_THAN_10", "NONDET_N_GREATER_THAN_2"], ["1", "2", "9", "10", "-1"])
    p.fn("full_word", "n_bytes", "full_word", ["CAIRO_KECCAK_INPUT_IS_FULL_WORD"], ["7", "8", "-1"])
    p.fn("output_1", "output1", "output1_high; output1_low", ["SPLIT_OUTPUT_1"], ["-1", "2 ** 128 + 3"])
    p.write()


def hashes():
    keccak = "starkware.cairo.common.cairo_keccak"
    p = Program(
        "keccak",
        imports=(
            "from starkware.cairo.common.alloc import alloc",
            f"from {keccak}.keccak import KECCAK_STATE_SIZE_FELTS",
            f"from {keccak}.packed_keccak import BLOCK_SIZE",
            "from starkware.cairo.common.memset import memset",
        ),
    )
    p.fn("whitelist_v1", "keccak_ptr: felt*", "", ["BLOCK_PERMUTATION_WHITELIST_V1"], [])
    p.fn("whitelist_v2", "keccak_ptr_start: felt*, output: felt*", "", ["BLOCK_PERMUTATION_WHITELIST_V2"], [])
    p.fn("finalize_v2", "keccak_ptr_end: felt*", "", ["CAIRO_KECCAK_FINALIZE_V2"], [])
    p.calls = [
        "    let (local state: felt*) = alloc();",
        "    memset(state, 2 ** 63 + 9, 25);",
        "    whitelist_v1(state + 25);",
        "    whitelist_v2(state, state + 50);",
        "    finalize_v2(state + 75);",
    ]
    p.write()

    p = Program(
        "words",
        imports=(
            "from starkware.cairo.common.alloc import alloc",
            "from starkware.cairo.common.memset import memset",
        ),
    )
    p.fn("sha256_finalize", "sha256_ptr_end: felt*", "", ["SHA256_FINALIZE"], [])
    p.fn("blake_finalize_v2", "blake2s_ptr_end: felt*", "", ["BLAKE2S_FINALIZE_V2"], [])
    p.fn("blake_finalize_v3", "blake2s_ptr_end: felt*", "", ["BLAKE2S_FINALIZE_V3"], [])
    p.fn("compress", "blake2s_start: felt*, output: felt*, n_bytes", "", ["EXAMPLE_BLAKE2S_COMPRESS"], [])
    p.fn("short", "end: felt*, packed_values: felt*", "", ["IS_LESS_THAN_63_BITS_AND_NOT_END"], [])
    p.fn("unpack", "packed_values_len, packed_values: felt*, unpacked_u32s: felt*", "", ["BLAKE2S_UNPACK_FELTS"], [])
    p.calls = [
        "    let (local a: felt*) = alloc();",
        "    sha256_finalize(a);",
        "    let (local b: felt*) = alloc();",
        "    blake_finalize_v2(b);",
        "    let (local c: felt*) = alloc();",
        "    blake_finalize_v3(c);",
        "    let (local d: felt*) = alloc();",
        "    memset(d, 0x12345678, 16);",
        "    compress(d, d + 16, 64);",
        "    let (local e: felt*) = alloc();",
        "    assert e[0] = 2 ** 63 - 1;",
        "    assert e[1] = 2 ** 63;",
        "    assert e[2] = -1;",
        "    assert e[3] = 0;",
        "    short(e, e);",
        "    short(e + 1, e);",
        "    short(e + 4, e + 1);",
        "    unpack(4, e, e + 4);",
    ]
    p.write()


def errors():
    """One program for each way in which a hint refuses its input."""
    rows = [
        # name, builtins, arguments, locals, hints, call
        ("sqrt_range", "range_check", "value", "root", ["SQRT"], "2 ** 250 + 1"),
        ("sqrt_limit", "range_check", "value", "root", ["SQRT"], "2 ** 250"),
        ("assert_not_zero", "", "value", "", ["ASSERT_NOT_ZERO"], "0"),
        ("assert_not_equal", "", "a, b", "", ["ASSERT_NOT_EQUAL"], "5, 5"),
        ("assert_lt_felt", "", "a, b", "", ["ASSERT_LT_FELT"], "5, 5"),
        ("assert_le_v_0_6", "", "a, b", "", ["ASSERT_LE_FELT_V_0_6"], "-1, 5"),
        ("no_range_check", "", "a", "", ["IS_NN"], "5"),
        ("split_int_value", "", "value", "", ["SPLIT_INT_ASSERT_RANGE"], "5"),
        ("split_int_limb", "", "value, base, bound, output: felt*", "", ["SPLIT_INT"], "77, 100, 50, cast(0, felt*)"),
        ("split_int_base", "", "value, base, bound, output: felt*", "", ["SPLIT_INT"], "77, 0, 50, cast(0, felt*)"),
        ("is_positive", "range_check", "value", "is_positive", ["IS_POSITIVE"], "2 ** 128"),
        ("div_too_large", "range_check", "value, div", "q; r", ["UNSIGNED_DIV_REM"], "5, 2 ** 130"),
        ("signed_bound", "range_check", "value, div, bound", "r; biased_q", ["SIGNED_DIV_REM"], "5, 2, 2 ** 127 + 1"),
        ("signed_quotient", "range_check", "value, div, bound", "r; biased_q", ["SIGNED_DIV_REM"], "-500, 2, 10"),
        ("missing_constant", "", "value", "high; low", ["SPLIT_FELT"], "5"),
        ("missing_path", "", "addr", "is_small", ["IS_ADDR_BOUNDED"], "5"),
        ("unknown_identifier", "", "x", "", ["IS_250_BITS"], "5"),
        ("excluded", "", "x", "", ["ASSERT_LE_FELT_EXCLUDED_2"], "5"),
        ("n_not_in_scope", "", "x", "continue_loop", ["MEMSET_CONTINUE_LOOP"], "5"),
        ("set_size", "", "set_ptr: felt*, elm_size, elm_ptr: felt*, set_end_ptr: felt*", "index; is_elm_in_set",
         ["SET_ADD"], "cast(0, felt*), 0, cast(0, felt*), cast(0, felt*)"),
        ("no_dict_manager", "", "key, dict_ptr: felt*", "value", ["DICT_READ"], "5, cast(0, felt*)"),
        ("uint256_sqrt_wide", "", "n: Uint256", "root: Uint256", ["UINT256_SQRT"], "Uint256(0, -1)"),
        ("uint256_written_twice", "", "a: Uint256, b: Uint256, res: Uint256", "", ["UINT256_SUB"], "Uint256(5, 6), Uint256(1, 2), Uint256(7, 8)"),
        ("uint384_div_zero", "", "a: Int3, div: Int3", "quotient: Int3; remainder: Int3", ["UINT384_UNSIGNED_DIV_REM"], f"{i3(5)}, {i3(0)}"),
        ("uint384_sqrt_zero", "", "a: Int3", "root: Int3", ["UINT384_SQRT"], i3(0)),
        ("uint512_div_zero", "", "x: Int4, div: Uint256", "quotient: Int4; remainder: Uint256", ["UINT512_UNSIGNED_DIV_REM"], "Int4(1, 2, 3, 4), Uint256(0, 0)"),
        ("no_inverse", "", "a: Uint256, b: Uint256, p: Uint256", "b_inverse_mod_p: Uint256", ["INV_MOD_P_UINT256"], f"{u256(1)}, {u256(6)}, {u256(9)}"),
        ("no_root_prime", "", "generator: Uint256, x: Uint256, p: Uint256", "success_x; success_gx; sqrt_x: Uint256; sqrt_gx: Uint256",
         ["UINT256_GET_SQUARE_ROOT"], f"{u256(4)}, {u256(2)}, {u256(7)}"),
        ("no_root_zero_prime", "", "generator: Uint256, x: Uint256, p: Uint256", "success_x; success_gx; sqrt_x: Uint256; sqrt_gx: Uint256",
         ["UINT256_GET_SQUARE_ROOT"], f"{u256(4)}, {u256(2)}, {u256(0)}"),
        ("verify_zero", "", "val: Int3", "q", ["VERIFY_ZERO_V1"], "Int3(5, -6, 7)"),
        ("no_secp_p", "", "val: Int3", "q", ["VERIFY_ZERO_EXTERNAL_SECP"], "Int3(5, -6, 7)"),
        ("negative_split", "", "a: Int3, b: Int3", "res: Int3", ["EC_RECOVER_SUB_A_B", "NONDET_BIGINT3_V1"], f"{b3(3)}, {b3(500)}"),
        ("wide_split", "", "a: Int3, b: Int3", "res: Int3", ["EC_RECOVER_SUB_A_B", "NONDET_BIGINT3_V1"], "Int3(0, 0, 2 ** 90), Int3(0, 0, 0)"),
        ("recover_zero", "", "n: Int3, x: Int3, s: Int3", "res: Int3", ["EC_RECOVER_DIV_MOD_N_PACKED"], f"{b3(0)}, {b3(5)}, {b3(3)}"),
        ("quad_low", "", "scalar_u, scalar_v, m", "quad_bit", ["QUAD_BIT"], "1, 2, 0"),
        ("slope_same_x", "", "point0: Point, point1: Point", "res: Int3", ["COMPUTE_SLOPE_V1"], f"{point(G)}, {point(G)}"),
        ("keccak_word", "", "data: felt*, length", "high; low", ["UNSAFE_KECCAK"], None),
        ("chained_len", "", "len", "", ["CHAINED_EC_OP_RANDOM_EC_POINT"], "0"),
        ("recover_y", "", "x", "p: Uint256", ["RECOVER_Y"], "5"),
        ("empty_nibbles", "", "x", "", ["WRITE_NIBBLES_TO_MEM"], "5"),
        ("member_missing", "", "x", "carry_low", ["UINT256_ADD_LOW"], "5"),
        ("bls_split", "", "a: Int3, b: Int3", "q: Int3; res: Int3", ["WRITE_DIVMOD_SEGMENT"],
         "Int3(0, 0, 2 ** 250), Int3(0, 0, 2 ** 250)"),
    ]
    for name, builtins, arguments, locals_, hints, call in rows:
        p = Program("refuses_" + name, builtins)
        if call is None:
            p.imports = ("from starkware.cairo.common.alloc import alloc",)
            p.fn("check", arguments, locals_, hints, [])
            p.calls = ["    let (local data: felt*) = alloc();", "    assert data[0] = 2 ** 128;", "    check(data, 16);"]
        else:
            p.fn("check", arguments, locals_, hints, [call])
        p.write()


uint256()
uint384()
secp()
felts()
hashes()
errors()
