// SPDX-License-Identifier: Apache-2.0
// A slow, obvious model of the machine: memory is a map, every step follows the specification's
// list. It knows range checks and bitwise, no hints and no opcode extensions.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "vm/memory/value.hpp"
#include "vm/program/instruction.hpp"

namespace blockexecd::vm {

struct MachineModel {
    std::map<std::pair<std::int32_t, std::uint64_t>, Value> cells;
    std::set<std::pair<std::int32_t, std::uint64_t>> accessed;
    std::int32_t segments = 0;
    std::optional<std::int32_t> range_check;
    std::optional<std::int32_t> bitwise;
    Relocatable pc;
    std::uint64_t ap = 0;
    std::uint64_t fp = 0;
    std::uint64_t steps = 0;

    [[nodiscard]] std::optional<Value> get(const Relocatable& at) const {
        const auto found = cells.find({at.segment, at.offset});
        return found == cells.end() ? std::nullopt : std::optional(found->second);
    }

    // Empty when the step was made, else the error's text.
    std::string step();
    // Cells up to the last one of a segment.
    [[nodiscard]] std::uint64_t size(std::int32_t segment) const;

  private:
    std::string insert(const Relocatable& at, const Value& value);
    [[nodiscard]] std::optional<Value> deduce(const Relocatable& at, std::string& error) const;
};

}  // namespace blockexecd::vm
