// SPDX-License-Identifier: Apache-2.0
// The column families. One table: what each holds, its key and its value; numbers in keys are
// big-endian and felts are 32 big-endian bytes, so that order is by block or by address. `~n` is
// the complement of a block number: newest first.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace blockexecd::storage {

// Raised whenever a key or a value changes shape; a database with another number is refused.
inline constexpr std::uint32_t kSchemaVersion = 3;

// How a column family is tuned: `point`: single keys; `ordered`: keys in the order of blocks, big
// values; `by_contract`, `by_slot`: history, looked up by the first 32 or 64 bytes of the key
// (prefix bloom filters).
enum class ColumnKind : std::uint8_t { point, ordered, by_contract, by_slot };

// X(name, kind)
// meta:                 name -> value (schema number, chain, range of blocks, watermarks)
// headers:              block -> header, number of transactions
// transactions:         block -> transactions
// blocks_by_hash:       block hash -> block
// receipts:             block -> recorded receipts
// state_updates:        block -> recorded state update
// classes:              class hash -> compact binary class
// class_sources:        class hash | part -> the class's JSON file as the archive had it (for
// export) recorded_*, computed_*: the two histories, from the chain's state updates and from our
// own results:
//   storage:              contract | slot | ~block -> felt
//   nonces:               contract | ~block -> felt
//   class_hashes:         contract | ~block -> felt
//   compiled_class_hashes: class hash | ~block -> felt (Sierra: declared or migrated)
//   declarations:         class hash | ~block -> kind
// results:              mode | block | part -> verdict, computed receipts, computed state diff;
//                       done keys
// timings:              mode | block -> times and placements; left out of the digest
// access_sets:          block -> what each transaction read and wrote in the last run, of whichever
//                       mode; left out of the digest, since it outlives the results that it came
//                       with: it is no result but a hint to the next run
#define BLOCKEXECD_COLUMNS(X)                      \
    X(meta, point)                                 \
    X(headers, ordered)                            \
    X(transactions, ordered)                       \
    X(blocks_by_hash, point)                       \
    X(receipts, ordered)                           \
    X(state_updates, ordered)                      \
    X(classes, point)                              \
    X(class_sources, point)                        \
    X(recorded_storage, by_slot)                   \
    X(recorded_nonces, by_contract)                \
    X(recorded_class_hashes, by_contract)          \
    X(recorded_compiled_class_hashes, by_contract) \
    X(recorded_declarations, by_contract)          \
    X(computed_storage, by_slot)                   \
    X(computed_nonces, by_contract)                \
    X(computed_class_hashes, by_contract)          \
    X(computed_compiled_class_hashes, by_contract) \
    X(computed_declarations, by_contract)          \
    X(results, ordered)                            \
    X(timings, ordered)                            \
    X(access_sets, ordered)

enum class Column : std::uint8_t {
#define X(name, kind) name,
    BLOCKEXECD_COLUMNS(X)
#undef X
};

struct ColumnTraits {
    std::string_view name;
    ColumnKind kind;
};

inline constexpr std::array kColumns{
#define X(name, kind) ColumnTraits{#name, ColumnKind::kind},
    BLOCKEXECD_COLUMNS(X)
#undef X
};
inline constexpr std::size_t kColumnCount = kColumns.size();

constexpr std::string_view column_name(Column column) {
    return kColumns[static_cast<std::size_t>(column)].name;
}

// What a block starts from: the state that the chain's state updates record, or what we computed
// ourselves.
enum class StateMode : std::uint8_t { recorded, computed };
inline constexpr std::array<std::string_view, 2> kStateModeNames{"recorded", "computed"};
constexpr std::string_view state_mode_name(StateMode mode) {
    return kStateModeNames[static_cast<std::size_t>(mode)];
}

// The same five kinds of history for both modes.
enum class HistoryKind : std::uint8_t {
    storage,
    nonces,
    class_hashes,
    compiled_class_hashes,
    declarations
};
inline constexpr std::size_t kHistoryKindCount = 5;
constexpr Column history_column(StateMode mode, HistoryKind kind) {
    const auto first =
        mode == StateMode::recorded ? Column::recorded_storage : Column::computed_storage;
    return static_cast<Column>(static_cast<std::uint8_t>(first) + static_cast<std::uint8_t>(kind));
}
static_assert(history_column(StateMode::recorded, HistoryKind::declarations) ==
              Column::recorded_declarations);
static_assert(history_column(StateMode::computed, HistoryKind::declarations) ==
              Column::computed_declarations);

}  // namespace blockexecd::storage
