// SPDX-License-Identifier: Apache-2.0
// What the CASM hints of one run keep between them: dictionaries, the squash under way, the
// excluded arc, the segment that constant-size objects are carved from.
#pragma once

#include <boost/unordered/unordered_flat_map.hpp>
#include <cstdint>
#include <optional>
#include <vector>

#include "vm/felt/felt.hpp"
#include "vm/interpreter/virtual_machine.hpp"
#include "vm/memory/value.hpp"

namespace blockexecd::vm {

struct DictTracker {
    boost::unordered_flat_map<Felt, Value, std::hash<Felt>> data;
    std::uint64_t index = 0;  // in the segment arena's infos
};

// The accesses of one dictionary by key; keys are taken from the smallest up.
struct SquashState {
    boost::unordered_flat_map<Felt, std::vector<std::uint64_t>, std::hash<Felt>>
        access_indices;      // each descending
    std::vector<Felt> keys;  // descending
    // Null when every key was taken.
    std::vector<std::uint64_t>* current() {
        if (keys.empty())
            return nullptr;
        const auto found = access_indices.find(keys.back());
        return found == access_indices.end() ? nullptr : &found->second;
    }
};

struct CasmState final : HintState {
    boost::unordered_flat_map<std::int32_t, DictTracker> dicts;  // by segment
    std::optional<SquashState> squash;
    std::optional<std::uint32_t> excluded_arc;
    std::optional<Relocatable> next_constant;  // the first free address of the constants' segment
    std::uint64_t random_points = 0;           // taken so far
    // Of an executable: each parameter's array of felts.
    std::vector<std::vector<Felt>> run_parameters;
    // Dictionaries but the first get temporary segments, which the program puts behind each other
    // when it is done with them, as executables do.
    bool temporary_dictionaries = false;
};

}  // namespace blockexecd::vm
