// SPDX-License-Identifier: Apache-2.0
// The stored records that the executor has no type for.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "executor/types/block.hpp"
#include "executor/types/verdict.hpp"

namespace blockexecd::storage {

// All blocks from first to last are stored. The first is a bare state update without transactions:
// it is given, not executed, and is the state that all other blocks build on in both modes.
struct BlockRange {
    executor::BlockNumber first = 0;
    executor::BlockNumber last = 0;
    friend bool operator==(const BlockRange&, const BlockRange&) = default;
};

struct StoredHeader {
    executor::BlockHeader header;
    std::uint64_t transactions = 0;
    friend bool operator==(const StoredHeader&, const StoredHeader&) = default;
};

// Where and how long; differs from run to run, so it lives in a column family that the digest
// leaves out.
struct BlockTimings {
    std::uint64_t started_unix_ms = 0;
    std::uint64_t execute_ns = 0;
    std::uint64_t verify_ns = 0;
    // Instructions of the executions that count, not of those that were thrown away.
    std::uint64_t executed_steps = 0;
    struct Placement {
        std::uint32_t vm = 0;
        std::int32_t cpu = -1;   // -1: not pinned
        std::int32_t node = -1;  // NUMA node
        friend bool operator==(const Placement&, const Placement&) = default;
    };
    std::vector<Placement> placements;  // the VMs that took part
    friend bool operator==(const BlockTimings&, const BlockTimings&) = default;
};

struct OutcomeRecord {
    std::uint64_t transactions = 0;
    executor::Verdict verdict;
    std::optional<std::string> failure;  // the block could not be executed, and why
    friend bool operator==(const OutcomeRecord&, const OutcomeRecord&) = default;
};

// How a class came: as Cairo 0, or as Sierra with its CASM.
enum class ClassForm : std::uint8_t { cairo0, sierra };

struct DeclarationRecord {
    ClassForm form = ClassForm::sierra;
    friend bool operator==(const DeclarationRecord&, const DeclarationRecord&) = default;
};

}  // namespace blockexecd::storage
