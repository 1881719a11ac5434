// SPDX-License-Identifier: Apache-2.0
// Coordinates out of the field are failures that programs handle; unknown points are hard errors.
#include "executor/syscalls/secp_syscalls.hpp"

#include "executor/constants/versioned_constants.hpp"

namespace blockexecd::executor {

namespace {

Felt low_half(const vm::U256& value) {
    return Felt::from_u128(value[0], value[1]);
}
Felt high_half(const vm::U256& value) {
    return Felt::from_u128(value[2], value[3]);
}

void fail_invalid_argument(const SyscallHandler& handler, SyscallResponse& response) {
    response.fail({handler.frame.constants().os_constants.error_invalid_argument});
}

// Cairo's Option: 0 and the value, or 1 and nothing.
void add_optional_point(SyscallHandler& handler, vm::SecpCurve curve,
                        const std::optional<vm::SecpPoint>& point, SyscallResponse& response) {
    response.add(std::uint64_t{!point.has_value()});
    if (point)
        response.add(handler.secp_points.add(handler.cursor.memory(), curve, *point));
    else
        response.add(Felt{});
}

}  // namespace

template <vm::SecpCurve curve>
vm::Result<SecpNew<curve>> SecpNew<curve>::read(SyscallCursor& cursor) {
    BX_TRY(const auto x, cursor.read_u256());
    BX_TRY(const auto y, cursor.read_u256());
    return SecpNew{x, y};
}

template <vm::SecpCurve curve>
vm::Result<void> SecpNew<curve>::run(SyscallHandler& handler, SyscallResponse& response,
                                     std::uint64_t&) && {
    if (vm::secp_in_field(curve, x) && vm::secp_in_field(curve, y))
        add_optional_point(handler, curve, vm::secp_new(curve, x, y), response);
    else
        fail_invalid_argument(handler, response);
    return {};
}

template <vm::SecpCurve curve>
vm::Result<SecpGetPointFromX<curve>> SecpGetPointFromX<curve>::read(SyscallCursor& cursor) {
    BX_TRY(const auto x, cursor.read_u256());
    BX_TRY(const bool y_is_odd, cursor.read_bool("Invalid y parity"));
    return SecpGetPointFromX{x, y_is_odd};
}

template <vm::SecpCurve curve>
vm::Result<void> SecpGetPointFromX<curve>::run(SyscallHandler& handler, SyscallResponse& response,
                                               std::uint64_t&) && {
    if (vm::secp_in_field(curve, x))
        add_optional_point(handler, curve, vm::secp_from_x(curve, x, y_is_odd), response);
    else
        fail_invalid_argument(handler, response);
    return {};
}

template <vm::SecpCurve curve>
vm::Result<SecpAdd<curve>> SecpAdd<curve>::read(SyscallCursor& cursor) {
    BX_TRY(const auto a, cursor.read_pointer());
    BX_TRY(const auto b, cursor.read_pointer());
    return SecpAdd{a, b};
}

template <vm::SecpCurve curve>
vm::Result<void> SecpAdd<curve>::run(SyscallHandler& handler, SyscallResponse& response,
                                     std::uint64_t&) && {
    BX_TRY(const auto left, handler.secp_points.find(curve, a));
    BX_TRY(const auto right, handler.secp_points.find(curve, b));
    response.add(
        handler.secp_points.add(handler.cursor.memory(), curve, vm::secp_add(curve, left, right)));
    return {};
}

template <vm::SecpCurve curve>
vm::Result<SecpMul<curve>> SecpMul<curve>::read(SyscallCursor& cursor) {
    BX_TRY(const auto point, cursor.read_pointer());
    BX_TRY(const auto scalar, cursor.read_u256());
    return SecpMul{point, scalar};
}

template <vm::SecpCurve curve>
vm::Result<void> SecpMul<curve>::run(SyscallHandler& handler, SyscallResponse& response,
                                     std::uint64_t&) && {
    BX_TRY(const auto factor, handler.secp_points.find(curve, point));
    response.add(handler.secp_points.add(handler.cursor.memory(), curve,
                                         vm::secp_mul(curve, factor, scalar)));
    return {};
}

template <vm::SecpCurve curve>
vm::Result<SecpGetXy<curve>> SecpGetXy<curve>::read(SyscallCursor& cursor) {
    BX_TRY(const auto point, cursor.read_pointer());
    return SecpGetXy{point};
}

template <vm::SecpCurve curve>
vm::Result<void> SecpGetXy<curve>::run(SyscallHandler& handler, SyscallResponse& response,
                                       std::uint64_t&) && {
    BX_TRY(const auto found, handler.secp_points.find(curve, point));
    response.add(low_half(found.x));
    response.add(high_half(found.x));
    response.add(low_half(found.y));
    response.add(high_half(found.y));
    return {};
}

template struct SecpNew<vm::SecpCurve::k1>;
template struct SecpNew<vm::SecpCurve::r1>;
template struct SecpGetPointFromX<vm::SecpCurve::k1>;
template struct SecpGetPointFromX<vm::SecpCurve::r1>;
template struct SecpAdd<vm::SecpCurve::k1>;
template struct SecpAdd<vm::SecpCurve::r1>;
template struct SecpMul<vm::SecpCurve::k1>;
template struct SecpMul<vm::SecpCurve::r1>;
template struct SecpGetXy<vm::SecpCurve::k1>;
template struct SecpGetXy<vm::SecpCurve::r1>;

}  // namespace blockexecd::executor
