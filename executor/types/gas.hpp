// SPDX-License-Identifier: Apache-2.0
// Gas amounts and prices of the three kinds of gas.
#pragma once

#include <cstdint>

#include "executor/types/ids.hpp"

namespace blockexecd::executor {

// Amounts.
struct GasVector {
    std::uint64_t l1_gas = 0;
    std::uint64_t l1_data_gas = 0;
    std::uint64_t l2_gas = 0;
    friend bool operator==(const GasVector&, const GasVector&) = default;
};

// Prices in one currency (wei or fri), never zero during execution.
struct GasPrices {
    u128 l1_gas = 1;
    u128 l1_data_gas = 1;
    u128 l2_gas = 1;
    friend bool operator==(const GasPrices&, const GasPrices&) = default;
};

enum class FeeType : std::uint8_t { eth, strk };

}  // namespace blockexecd::executor
