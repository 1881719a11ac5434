// SPDX-License-Identifier: Apache-2.0
// QM31: (c0 + c1 i) + (c2 + c3 i) u over M31, i^2 = -1, u^2 = 2 + i, packed 36 bits a coordinate.
#include "vm/interpreter/typed_operations.hpp"

#include <array>
#include <string>

namespace blockexecd::vm {

namespace {

constexpr std::uint64_t kM31 = (std::uint64_t{1} << 31) - 1;
constexpr unsigned kCoordinateBits = 36;

using Qm31 = std::array<std::uint64_t, 4>;  // coordinates below kM31
using Cm31 = std::array<std::uint64_t, 2>;

std::uint64_t add31(std::uint64_t a, std::uint64_t b) {
    return (a + b) % kM31;
}
std::uint64_t sub31(std::uint64_t a, std::uint64_t b) {
    return (a + kM31 - b) % kM31;
}
std::uint64_t mul31(std::uint64_t a, std::uint64_t b) {
    return a * b % kM31;
}
std::uint64_t pow31(std::uint64_t base, std::uint64_t exponent) {
    std::uint64_t result = 1;
    for (; exponent != 0; exponent >>= 1, base = mul31(base, base))
        if ((exponent & 1) != 0)
            result = mul31(result, base);
    return result;
}

Cm31 add_c(const Cm31& a, const Cm31& b) {
    return {add31(a[0], b[0]), add31(a[1], b[1])};
}
Cm31 sub_c(const Cm31& a, const Cm31& b) {
    return {sub31(a[0], b[0]), sub31(a[1], b[1])};
}
Cm31 mul_c(const Cm31& a, const Cm31& b) {
    return {sub31(mul31(a[0], b[0]), mul31(a[1], b[1])),
            add31(mul31(a[0], b[1]), mul31(a[1], b[0]))};
}
// (2 + i) a, that is u^2 a.
Cm31 mul_u2(const Cm31& a) {
    return mul_c(a, {2, 1});
}

Cm31 low(const Qm31& a) {
    return {a[0], a[1]};
}
Cm31 high(const Qm31& a) {
    return {a[2], a[3]};
}
Qm31 join(const Cm31& a, const Cm31& b) {
    return {a[0], a[1], b[0], b[1]};
}

Qm31 mul_q(const Qm31& a, const Qm31& b) {
    return join(add_c(mul_c(low(a), low(b)), mul_u2(mul_c(high(a), high(b)))),
                add_c(mul_c(low(a), high(b)), mul_c(high(a), low(b))));
}

// Precondition: not zero.
Qm31 inverse_q(const Qm31& a) {
    const Cm31 norm = sub_c(mul_c(low(a), low(a)), mul_u2(mul_c(high(a), high(a))));
    const std::uint64_t scale =
        pow31(add31(mul31(norm[0], norm[0]), mul31(norm[1], norm[1])), kM31 - 2);
    const Cm31 inverse{mul31(norm[0], scale), mul31(sub31(0, norm[1]), scale)};
    return join(mul_c(low(a), inverse), mul_c(sub_c({0, 0}, high(a)), inverse));
}

Result<Qm31> unpack(const Felt& felt) {
    const auto& limbs = felt.limbs();
    const auto coordinate = [&limbs](unsigned index) {
        const unsigned bit = index * kCoordinateBits;
        const unsigned limb = bit / 64;
        const unsigned shift = bit % 64;
        std::uint64_t value = limbs[limb] >> shift;
        if (shift + kCoordinateBits > 64)
            value |= limbs[limb + 1] << (64 - shift);
        return value & ((std::uint64_t{1} << kCoordinateBits) - 1);
    };
    const Qm31 q{coordinate(0), coordinate(1), coordinate(2), coordinate(3)};
    bool reduced = felt.bit_length() <= 4 * kCoordinateBits;
    for (const std::uint64_t c : q)
        reduced = reduced && c < kM31;
    if (!reduced)
        return Error(ErrorKind::math, "Number is not a packing of a QM31 in reduced form: " +
                                          felt.to_decimal() + ")");
    return q;
}

Felt pack(const Qm31& q) {
    return Felt::from_canonical(
        {q[0] | q[1] << 36, q[1] >> 28 | q[2] << 8 | q[3] << 44, q[3] >> 20, 0});
}

Error invalid_extension(const char* operation) {
    return {ErrorKind::virtual_machine,
            "Failed to compute operand, attempted to use " + std::string(operation) +
                " for an OpcodeExtension that is neither Stone nor QM31Operation"};
}

}  // namespace

Result<Value> typed_add(const Value& a, const Value& b, OpcodeExtension extension) {
    if (extension == OpcodeExtension::stone)
        return add(a, b);
    if (extension != OpcodeExtension::qm31)
        return invalid_extension("typed_add");
    if (!a.is_felt() || !b.is_felt())
        return Error(ErrorKind::math, "Operation failed: " + a.to_string() + " - " + b.to_string() +
                                          ", can't add a relocatable value as a QM31 element");
    BX_TRY(const Qm31 x, unpack(a.felt()));
    BX_TRY(const Qm31 y, unpack(b.felt()));
    return Value(pack(join(add_c(low(x), low(y)), add_c(high(x), high(y)))));
}

Result<Value> typed_sub(const Value& a, const Value& b, OpcodeExtension extension) {
    if (extension == OpcodeExtension::stone)
        return sub(a, b);
    if (extension != OpcodeExtension::qm31)
        return invalid_extension("typed_sub");
    if (!a.is_felt() || !b.is_felt())
        return Error(ErrorKind::math, "Operation failed: " + a.to_string() + " - " + b.to_string() +
                                          ", can't subtract a relocatable value or from a "
                                          "relocatable value as a QM31 element");
    BX_TRY(const Qm31 x, unpack(a.felt()));
    BX_TRY(const Qm31 y, unpack(b.felt()));
    return Value(pack(join(sub_c(low(x), low(y)), sub_c(high(x), high(y)))));
}

Result<Value> typed_mul(const Value& a, const Value& b, OpcodeExtension extension) {
    if (!a.is_felt() || !b.is_felt() || extension == OpcodeExtension::stone)
        return mul(a, b);
    if (extension != OpcodeExtension::qm31)
        return invalid_extension("typed_mul");
    BX_TRY(const Qm31 x, unpack(a.felt()));
    BX_TRY(const Qm31 y, unpack(b.felt()));
    return Value(pack(mul_q(x, y)));
}

Felt remembered_inverse(const Felt& value) {
    struct Entry {
        Felt value;
        Felt inverse;
    };
    constexpr unsigned kIndexBits = 6;
    static thread_local std::array<Entry, std::size_t{1} << kIndexBits> table;
    Entry& entry = table[std::hash<Felt>{}(value) >> (64 - kIndexBits)];
    if (entry.value != value)
        entry = {value, *value.inverse()};
    return entry.inverse;
}

Result<Felt> typed_div(const Felt& a, const Felt& b, OpcodeExtension extension) {
    if (extension == OpcodeExtension::stone) {
        // Lengths over the sizes of structs: what divides in the integers has the same quotient.
        if (a.fits_u64() && b.fits_u64() && !b.is_zero() && a.limbs()[0] % b.limbs()[0] == 0)
            return Felt(a.limbs()[0] / b.limbs()[0]);
        if (b.is_zero())
            return Error(ErrorKind::math, "Attempted to divide by zero");
        return a * remembered_inverse(b);
    }
    if (extension != OpcodeExtension::qm31)
        return invalid_extension("typed_div");
    BX_TRY(const Qm31 x, unpack(a));
    BX_TRY(const Qm31 y, unpack(b));
    if (y == Qm31{})
        return Error(ErrorKind::math, "Attempted to divide by zero");
    return pack(mul_q(x, inverse_q(y)));
}

}  // namespace blockexecd::vm
