// SPDX-License-Identifier: Apache-2.0
// An address is a point's number in disguise.
#include "executor/syscalls/secp_points.hpp"

#include "executor/syscalls/syscall_frame.hpp"

namespace blockexecd::executor {

namespace {

constexpr std::uint64_t kPointCells = 6;

}  // namespace

vm::Relocatable SecpPoints::add(vm::Memory& memory, vm::SecpCurve curve,
                                const vm::SecpPoint& point) {
    if (!base_)
        base_ = memory.add_segment();
    points_.push_back({curve, point});
    return *base_ + kPointCells * (points_.size() - 1);
}

vm::Result<vm::SecpPoint> SecpPoints::find(vm::SecpCurve curve,
                                           const vm::Relocatable& address) const {
    const auto index = address.offset / kPointCells;
    if (!base_ || address.segment != base_->segment || address.offset % kPointCells != 0 ||
        index >= points_.size() || points_[index].curve != curve)
        return invalid_syscall_input(Felt::from_i64(address.segment), "Invalid Secp point address");
    return points_[index].point;
}

}  // namespace blockexecd::executor
