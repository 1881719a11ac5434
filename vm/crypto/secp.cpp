// SPDX-License-Identifier: Apache-2.0
// Groups are shared and read-only; the scratch numbers are the thread's own.
#include "vm/crypto/secp.hpp"

#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/obj_mac.h>

#include <memory>
#include <stdexcept>

namespace blockexecd::vm {
namespace {

template <auto kFree>
struct Free {
    template <class T>
    void operator()(T* object) const {
        kFree(object);
    }
};
using Number = std::unique_ptr<BIGNUM, Free<BN_free>>;
using Point = std::unique_ptr<EC_POINT, Free<EC_POINT_free>>;
using Group = std::unique_ptr<EC_GROUP, Free<EC_GROUP_free>>;
using Context = std::unique_ptr<BN_CTX, Free<BN_CTX_free>>;

constexpr std::array<U256, 2> kModuli{
    U256{0xfffffffefffffc2fULL, 0xffffffffffffffffULL, 0xffffffffffffffffULL,
         0xffffffffffffffffULL},
    U256{0xffffffffffffffffULL, 0x00000000ffffffffULL, 0x0000000000000000ULL,
         0xffffffff00000001ULL},
};

// Out of memory is OpenSSL's only other failure where the input was checked.
void require(bool success) {
    if (!success)
        throw std::runtime_error("OpenSSL failed on a curve operation");
}

const EC_GROUP* group(SecpCurve curve) {
    static const std::array<Group, 2> groups{
        Group(EC_GROUP_new_by_curve_name(NID_secp256k1)),
        Group(EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1))};
    const EC_GROUP* found = groups[static_cast<std::size_t>(curve)].get();
    require(found != nullptr);
    return found;
}

BN_CTX* context() {
    thread_local const Context instance(BN_CTX_new());
    return instance.get();
}

Number to_number(const U256& value) {
    std::array<std::uint8_t, 32> bytes{};
    for (std::size_t i = 0; i < bytes.size(); ++i)
        bytes[i] = static_cast<std::uint8_t>(value[i / 8] >> (8 * (i % 8)));
    Number number(BN_lebin2bn(bytes.data(), static_cast<int>(bytes.size()), nullptr));
    require(number != nullptr);
    return number;
}

U256 to_u256(const BIGNUM* number) {
    std::array<std::uint8_t, 32> bytes{};
    require(BN_bn2lebinpad(number, bytes.data(), static_cast<int>(bytes.size())) >= 0);
    U256 value{};
    for (std::size_t i = 0; i < bytes.size(); ++i)
        value[i / 8] |= static_cast<std::uint64_t>(bytes[i]) << (8 * (i % 8));
    return value;
}

Point new_point(const EC_GROUP* on) {
    Point point(EC_POINT_new(on));
    require(point != nullptr);
    return point;
}

// Null for a point off the curve.
Point to_point(const EC_GROUP* on, const SecpPoint& value) {
    Point point = new_point(on);
    if (value == SecpPoint())
        require(EC_POINT_set_to_infinity(on, point.get()) == 1);
    else if (EC_POINT_set_affine_coordinates(on, point.get(), to_number(value.x).get(),
                                             to_number(value.y).get(), context()) != 1) {
        ERR_clear_error();
        return nullptr;
    }
    return point;
}

SecpPoint from_point(const EC_GROUP* on, const Point& point) {
    if (EC_POINT_is_at_infinity(on, point.get()) == 1)
        return {};
    const Number x(BN_new()), y(BN_new());
    require(x != nullptr && y != nullptr &&
            EC_POINT_get_affine_coordinates(on, point.get(), x.get(), y.get(), context()) == 1);
    return {to_u256(x.get()), to_u256(y.get())};
}

}  // namespace

bool secp_in_field(SecpCurve curve, const U256& value) {
    return limbs::less(value, kModuli[static_cast<std::size_t>(curve)]);
}

std::optional<SecpPoint> secp_new(SecpCurve curve, const U256& x, const U256& y) {
    const SecpPoint value{x, y};
    if (to_point(group(curve), value) == nullptr)
        return std::nullopt;
    return value;
}

std::optional<SecpPoint> secp_from_x(SecpCurve curve, const U256& x, bool y_is_odd) {
    const EC_GROUP* on = group(curve);
    const Point point = new_point(on);
    if (EC_POINT_set_compressed_coordinates(on, point.get(), to_number(x).get(), y_is_odd ? 1 : 0,
                                            context()) != 1) {
        ERR_clear_error();
        return std::nullopt;
    }
    return from_point(on, point);
}

SecpPoint secp_add(SecpCurve curve, const SecpPoint& a, const SecpPoint& b) {
    const EC_GROUP* on = group(curve);
    const Point sum = new_point(on), left = to_point(on, a), right = to_point(on, b);
    require(left != nullptr && right != nullptr &&
            EC_POINT_add(on, sum.get(), left.get(), right.get(), context()) == 1);
    return from_point(on, sum);
}

SecpPoint secp_mul(SecpCurve curve, const SecpPoint& point, const U256& scalar) {
    const EC_GROUP* on = group(curve);
    const Point product = new_point(on), factor = to_point(on, point);
    require(factor != nullptr && EC_POINT_mul(on, product.get(), nullptr, factor.get(),
                                              to_number(scalar).get(), context()) == 1);
    return from_point(on, product);
}

}  // namespace blockexecd::vm
