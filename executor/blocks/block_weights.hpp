// SPDX-License-Identifier: Apache-2.0
// What a transaction takes of a block's room (blockifier bouncer.rs): cells, classes and contracts
// count once a block, for the first transaction that touches them.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "executor/gas/os_work.hpp"
#include "executor/state/state_maps.hpp"
#include "executor/state/state_reader.hpp"
#include "executor/transactions/execution_info.hpp"
#include "executor/types/flat_map.hpp"

namespace blockexecd::executor {

struct BlockWeights {
    std::uint64_t l1_gas = 0;                  // of messages, for Starknet's contract on L1
    std::uint64_t message_segment_length = 0;  // felts
    std::uint64_t n_events = 0;                // those that count for the fee
    std::uint64_t n_txs = 0;
    std::uint64_t state_diff_size = 0;  // felts of data availability
    std::uint64_t sierra_gas = 0;   // of steps, builtins, and the OS's work for classes and tries
    std::uint64_t proving_gas = 0;  // so, with builtins at the prices of InstanceLimits
    std::uint64_t receipt_l2_gas = 0;
    friend bool operator==(const BlockWeights&, const BlockWeights&) = default;
};

struct BlockWeightField {
    std::string_view name;
    std::uint64_t BlockWeights::*value;
};
// In the order of the reference's texts.
inline constexpr std::array kBlockWeightFields{
    BlockWeightField{"l1_gas", &BlockWeights::l1_gas},
    BlockWeightField{"message_segment_length", &BlockWeights::message_segment_length},
    BlockWeightField{"n_events", &BlockWeights::n_events},
    BlockWeightField{"n_txs", &BlockWeights::n_txs},
    BlockWeightField{"state_diff_size", &BlockWeights::state_diff_size},
    BlockWeightField{"sierra_gas", &BlockWeights::sierra_gas},
    BlockWeightField{"proving_gas", &BlockWeights::proving_gas},
    BlockWeightField{"receipt_l2_gas", &BlockWeights::receipt_l2_gas}};

// "BouncerWeights { l1_gas: 0, … }", as in the reference's errors.
std::string to_text(const BlockWeights& weights);

// Instances of each builtin that a block can prove; a block's proving gas divided by one of these
// is that builtin's price.
BuiltinGasCosts proving_prices(std::uint64_t proving_gas_of_block);

// What a transaction, or a block so far, touched.
class TouchedKeys {
  public:
    TouchedKeys() = default;
    // Of one transaction.
    TouchedKeys(const TransactionExecutionInfo& info, const StateMaps& writes);

    struct Added {
        std::vector<ClassHash> executed_classes;
        std::uint64_t visited_cells = 0;
        StateChangesCount changes;
    };
    // What is here and not in `known`.
    [[nodiscard]] Added beside(const TouchedKeys& known) const;
    void add(const TouchedKeys& other);

  private:
    FlatSet<ClassHash> executed_classes_;
    FlatSet<StorageCell> visited_cells_;
    FlatSet<StorageCell> changed_cells_;
    FlatSet<ContractAddress> contracts_;
    FlatSet<ContractAddress> class_hashes_;
    FlatSet<ClassHash> compiled_class_hashes_;
};

// Weighs transactions; remembers what it learns of classes. One thread at a time.
class BlockScales {
  public:
    BlockScales(const VersionedConstants& constants, std::uint64_t proving_gas_of_block)
        : constants_(constants), proving_prices_(proving_prices(proving_gas_of_block)) {}

    // `state` is the one that the transaction leaves. Error: it cannot be read.
    vm::Result<BlockWeights> weigh(const TransactionExecutionInfo& info,
                                   const TouchedKeys::Added& added, StateReader& state);

  private:
    struct ClassWork {
        OsWork hash;
        std::optional<OsWork> migration;  // nothing when it does not migrate
    };
    vm::Result<const ClassWork*> work_of(const ClassHash& class_hash, StateReader& state);

    const VersionedConstants& constants_;
    BuiltinGasCosts proving_prices_;
    FlatMap<ClassHash, ClassWork> classes_;
};

}  // namespace blockexecd::executor
