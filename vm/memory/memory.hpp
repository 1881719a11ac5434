// SPDX-License-Identifier: Apache-2.0
// Write-once segmented memory of one VM. Segments are contiguous cells from the worker's arena, which is rewound and not
// freed between runs, so that no run pays for fresh pages.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "vm/error.hpp"
#include "vm/memory/arena.hpp"
#include "vm/memory/cell.hpp"
#include "vm/memory/value.hpp"

namespace blockexecd::vm {

class Memory {
  public:
    explicit Memory(Arena& arena);

    Relocatable add_segment();
    // Negative index; data moves to its relocation target at the end of the run.
    Relocatable add_temporary_segment();
    [[nodiscard]] std::size_t segment_count() const;
    // Cells up to the last one written, holes included (the reference's used size).
    [[nodiscard]] std::uint64_t segment_size(std::int32_t segment) const;

    // Nothing for an empty or unallocated cell.
    [[nodiscard]] std::optional<Value> get(const Relocatable& address) const;
    // Errors: UnknownMemoryCell, ExpectedInteger, ExpectedRelocatable, in the reference's words.
    [[nodiscard]] Result<Value> get_value(const Relocatable& address) const;
    [[nodiscard]] Result<Felt> get_felt(const Relocatable& address) const;
    [[nodiscard]] Result<Relocatable> get_relocatable(const Relocatable& address) const;
    [[nodiscard]] Result<std::vector<Felt>> get_felt_range(const Relocatable& start, std::uint64_t size) const;

    // Write-once: equal values may be written again. Runs the segment's validation rule.
    // Errors: InconsistentMemory, UnallocatedSegment, range-check and signature validation.
    Result<void> insert(const Relocatable& address, const Value& value);
    // Writes values from start; returns the address behind the last.
    Result<Relocatable> load(const Relocatable& start, std::span<const Value> values);
    Result<Relocatable> load(const Relocatable& start, std::span<const Felt> values);

    // Access marks count memory holes; marking an empty cell has no effect.
    void mark_accessed(const Relocatable& address);
    void mark_accessed(const Relocatable& start, std::uint64_t size);
};

}  // namespace blockexecd::vm
