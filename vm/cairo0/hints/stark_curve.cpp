// SPDX-License-Identifier: Apache-2.0
// Hints on the STARK curve itself: ec_op's random point, point recovery, ECDSA signatures.
#include <openssl/sha.h>

#include <array>
#include <string>

#include "vm/cairo0/hints/functions.hpp"

namespace blockexecd::vm::cairo0 {

namespace {

std::array<std::uint8_t, SHA256_DIGEST_LENGTH> sha256(std::span<const std::uint8_t> bytes) {
    std::array<std::uint8_t, SHA256_DIGEST_LENGTH> digest;
    SHA256(bytes.data(), bytes.size(), digest.data());
    return digest;
}

struct CurvePoint {
    Felt x;
    Felt y;
};

Result<CurvePoint> read_point(HintContext& h, ids::Name name) {
    BX_TRY(const Relocatable address, h.address(name));
    BX_TRY(const Felt x, h.member(address, 0, ids::name_text(name), "x"));
    BX_TRY(const Felt y, h.member(address, 1, ids::name_text(name), "y"));
    return CurvePoint{x, y};
}

// The smaller root of x^3 + x + beta.
std::optional<Felt> recover_y_of(const Felt& x) {
    static const Felt beta = *Felt::from_decimal(
        "3141592653589793238462643383279502884197169399375105820974944592307816406665");
    return (x * x * x + x + beta).sqrt();
}

void append(std::vector<std::uint8_t>& bytes, const Felt& felt) {
    const auto encoded = felt.to_bytes_be();
    bytes.insert(bytes.end(), encoded.begin(), encoded.end());
}

// The first of SHA-256(seed[1..] i 0…) that is the x of a point; seed's first byte chooses the sign
// of y.
Result<CurvePoint> random_point(const std::vector<std::uint8_t>& input) {
    const auto seed = sha256(input);
    for (unsigned i = 0; i < 100; ++i) {
        std::array<std::uint8_t, 41> attempt{};
        std::copy(seed.begin() + 1, seed.end(), attempt.begin());
        attempt[31] = static_cast<std::uint8_t>(i);
        const Felt x = Felt::from_bytes_be(sha256(attempt));
        if (const auto y = recover_y_of(x))
            return CurvePoint{x, (seed[0] & 1) != 0 ? -*y : *y};
    }
    return hint_error("random_ec_point: Could not find a point on the curve.");
}

Result<void> set_point(HintContext& h, const CurvePoint& point) {
    BX_TRY(const Relocatable address, h.address(ids::s));
    BX_CHECK(h.memory.insert(address, point.x));
    return h.memory.insert(address + 1, point.y);
}

}  // namespace

Result<void> random_ec_point(HintContext& h) {
    BX_TRY(const CurvePoint p, read_point(h, ids::p));
    BX_TRY(const CurvePoint q, read_point(h, ids::q));
    BX_TRY(const Felt m, h.integer(ids::m));
    std::vector<std::uint8_t> input;
    for (const Felt& felt : {p.x, p.y, m, q.x, q.y})
        append(input, felt);
    BX_TRY(const CurvePoint point, random_point(input));
    return set_point(h, point);
}

Result<void> chained_ec_op_random_ec_point(HintContext& h) {
    BX_TRY(const Felt len, h.integer(ids::len));
    const auto count = len.to_u64();
    if (!count || *count == 0)
        return hint_error("Invalid value for len. Got: " + len.to_decimal() + ".");
    BX_TRY(const CurvePoint p, read_point(h, ids::p));
    BX_TRY(const Relocatable m, h.pointer(ids::m));
    BX_TRY(const Relocatable q, h.pointer(ids::q));
    BX_TRY(const std::vector<Felt> scalars, h.memory.get_felt_range(m, *count));
    BX_TRY(const std::vector<Felt> points, h.memory.get_felt_range(q, *count * 2));
    std::vector<std::uint8_t> input;
    append(input, p.x);
    append(input, p.y);
    for (const Felt& felt : scalars)
        append(input, felt);
    for (const Felt& felt : points)
        append(input, felt);
    BX_TRY(const CurvePoint point, random_point(input));
    return set_point(h, point);
}

Result<void> recover_y(HintContext& h) {
    BX_TRY(const Felt x, h.integer(ids::x));
    BX_TRY(const Relocatable p, h.address(ids::p));
    BX_CHECK(h.memory.insert(p, x));
    const auto y = recover_y_of(x);
    if (!y)
        return hint_error("recover_y: " + x.to_decimal() +
                          " does not represent the x coordinate of a point on the curve.");
    return h.memory.insert(p + 1, *y);
}

Result<void> verify_ecdsa_signature(HintContext& h) {
    BX_TRY(const Felt r, h.integer(ids::signature_r));
    BX_TRY(const Felt s, h.integer(ids::signature_s));
    BX_TRY(const Relocatable ecdsa_ptr, h.pointer(ids::ecdsa_ptr));
    const Builtin* const ecdsa = h.vm.builtins().find(BuiltinName::ecdsa);
    if (ecdsa == nullptr)
        return Error(ErrorKind::virtual_machine, "Expected ecdsa builtin to be present");
    if (ecdsa_ptr.segment != ecdsa->segment)
        return hint_error("Signature hint must point to the signature builtin segment, not " +
                          ecdsa_ptr.to_string() + ".");
    if (ecdsa_ptr.offset % builtin_shape(BuiltinName::ecdsa).cells != 0)
        return hint_error("Signature hint must point to the public key cell, not " +
                          ecdsa_ptr.to_string() + ".");
    h.vm.builtins().add_signature(ecdsa_ptr, r, s);
    return {};
}

}  // namespace blockexecd::vm::cairo0
