// SPDX-License-Identifier: Apache-2.0
// Arithmetic of gas vectors. Sums are kept in 128 bits and narrowed once: where the reference would
// panic on an overflow, we return an error.
#pragma once

#include <cstdint>

#include "executor/constants/versioned_constants.hpp"
#include "executor/types/gas.hpp"
#include "executor/types/transaction.hpp"
#include "vm/error.hpp"

namespace blockexecd::executor {

// Whether a transaction pays for L2 resources in L2 gas, or converts them to L1 gas.
enum class GasVectorComputationMode : std::uint8_t { all, no_l2_gas };

// `all` for all-resources bounds and for L1 handlers (which pay nothing, but are bounded).
GasVectorComputationMode gas_mode(const Transaction& transaction);

// A gas vector in the making. Invariant: the components cannot overflow, since each addend is a
// product of at most two 64-bit values and there are far less than 2^32 of them; a factor on top
// must stay small.
struct GasSum {
    u128 l1_gas = 0;
    u128 l1_data_gas = 0;
    u128 l2_gas = 0;

    GasSum& operator+=(const GasSum& other) {
        l1_gas += other.l1_gas;
        l1_data_gas += other.l1_data_gas;
        l2_gas += other.l2_gas;
        return *this;
    }
    friend GasSum operator+(GasSum a, const GasSum& b) { return a += b; }
    // An amount of an L2 resource: L2 gas, or L1 gas in the mode without L2 gas.
    static GasSum of_l2_resource(u128 gas, GasVectorComputationMode mode) {
        return mode == GasVectorComputationMode::all ? GasSum{.l2_gas = gas}
                                                     : GasSum{.l1_gas = gas};
    }
    static GasSum times(const GasVector& gas, std::uint64_t factor) {
        return {.l1_gas = static_cast<u128>(gas.l1_gas) * factor,
                .l1_data_gas = static_cast<u128>(gas.l1_data_gas) * factor,
                .l2_gas = static_cast<u128>(gas.l2_gas) * factor};
    }
    // Error: a component that does not fit 64 bits.
    [[nodiscard]] vm::Result<GasVector> narrow() const;
};

// l1 * p1 + l1_data * pd + l2 * (p2 + tip). Error: more than 128 bits.
vm::Result<u128> fee_of(const GasVector& gas, const GasPrices& prices, std::uint64_t tip);

// The L1 gas that a transaction with L1 bounds alone pays for: data gas at its price relative to L1
// gas, L2 gas at the versions' ratio, both rounded up (specification 4.8). Error: more than 64
// bits.
vm::Result<std::uint64_t> to_l1_gas_for_fee(const GasVector& gas, const GasPrices& prices,
                                            const VersionedConstants& constants);

}  // namespace blockexecd::executor
