// SPDX-License-Identifier: Apache-2.0
// The gas of builtin instances.
#pragma once

#include <array>
#include <cstdint>
#include <utility>

#include "executor/constants/versioned_constants.hpp"
#include "vm/builtin_name.hpp"

namespace blockexecd::executor {

// Output and segment arena have no price.
inline std::uint64_t builtins_gas(const vm::BuiltinCounters& instances,
                                  const BuiltinGasCosts& costs) {
    using enum vm::BuiltinName;
    const std::array<std::pair<vm::BuiltinName, std::uint64_t>, 10> prices{{
        {range_check, costs.range_check},
        {range_check96, costs.range_check96},
        {keccak, costs.keccak},
        {pedersen, costs.pedersen},
        {bitwise, costs.bitwise},
        {ec_op, costs.ecop},
        {poseidon, costs.poseidon},
        {add_mod, costs.add_mod},
        {mul_mod, costs.mul_mod},
        {ecdsa, costs.ecdsa},
    }};
    std::uint64_t gas = 0;
    for (const auto& [builtin, price] : prices)
        gas += instances[static_cast<std::size_t>(builtin)] * price;
    return gas;
}

}  // namespace blockexecd::executor
