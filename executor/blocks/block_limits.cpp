// SPDX-License-Identifier: Apache-2.0
#include "executor/blocks/block_limits.hpp"

#include <algorithm>

namespace blockexecd::executor {
namespace {

// What `capacity` leaves beside `used` is enough for `more`.
bool has_room(const BlockWeights& capacity, const BlockWeights& used, const BlockWeights& more) {
    return std::ranges::all_of(kBlockWeightFields, [&](const BlockWeightField& field) {
        return more.*field.value <= capacity.*field.value - used.*field.value;
    });
}

}  // namespace

BlockRoom::BlockRoom(const BlockLimits& limits, const VersionedConstants& constants)
    : limits_(limits) {
    if (limits.capacity)
        scales_.emplace(constants, limits.capacity->proving_gas);
}

vm::Result<bool> BlockRoom::take(const TransactionExecutionInfo& info, const StateMaps& writes,
                                 StateReader& state) {
    if (limits_.halted != nullptr && limits_.halted->load(std::memory_order_acquire))
        return false;
    if (!limits_.capacity)
        return true;
    const auto& capacity = *limits_.capacity;
    const TouchedKeys touched(info, writes);
    BX_TRY(const auto alone, scales_->weigh(info, touched.beside({}), state));
    if (!has_room(capacity, {}, alone))
        return vm::Error(vm::ErrorKind::host,
                         "Transaction size exceeds the maximum block capacity. Max block "
                         "capacity: " +
                             to_text(capacity) + ", transaction size: " + to_text(alone) + ".");
    BX_TRY(const auto weights, scales_->weigh(info, touched.beside(touched_), state));
    if (!has_room(capacity, used_, weights))
        return false;
    for (const auto& field : kBlockWeightFields)
        used_.*field.value += weights.*field.value;
    touched_.add(touched);
    return true;
}

}  // namespace blockexecd::executor
