// SPDX-License-Identifier: Apache-2.0
// The memory as one array of felts, the way provers see it: segments behind each other from address
// 1, addresses as numbers. Nothing is copied as long as no segment reaches into the next.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "vm/cairo0/runner/byte_sink.hpp"
#include "vm/error.hpp"
#include "vm/memory/memory.hpp"

namespace blockexecd::vm::cairo0 {

class FlatMemory {
  public:
    // `segment_sizes`: what each segment takes. Every cell is looked at only where an address could
    // have no flat form: when temporary segments are left, or addresses came from outside. Errors:
    // TemporarySegmentInRelocation, Relocation.
    static Result<FlatMemory> make(const Memory& memory,
                                   std::span<const std::uint64_t> segment_sizes,
                                   bool addresses_from_outside = false);

    // First address of each segment.
    [[nodiscard]] std::span<const std::uint64_t> table() const { return table_; }
    // Behind the last address that has a cell or a hole.
    [[nodiscard]] std::uint64_t size() const { return size_; }
    // Nothing for a hole.
    [[nodiscard]] std::optional<Felt> at(std::uint64_t address) const;
    // Each cell that is not empty: its address in 8 and its value in 32 bytes, little-endian.
    void write(ByteSink& out) const;
    // Addresses are machine words, which wrap for offsets at the end of their range. Precondition:
    // not a temporary address and of a segment that exists.
    [[nodiscard]] Felt flat_value(const Cell& cell) const {
        return cell.is_relocatable()
                   ? Felt(table_[static_cast<std::size_t>(cell.relocatable().segment)] +
                          cell.relocatable().offset)
                   : cell.felt();
    }

  private:
    FlatMemory(const Memory& memory, std::span<const std::uint64_t> segment_sizes);
    [[nodiscard]] Result<void> check_addresses() const;
    void copy_overlapping();

    const Memory* memory_;
    std::vector<std::uint64_t> table_;
    std::uint64_t size_ = 1;
    // Only where segments overlap: every address, later segments over earlier ones.
    bool overlaps_ = false;
    std::vector<std::optional<Felt>> copy_;
};

// First flat address of each segment; the first segment starts at 1.
[[nodiscard]] std::vector<std::uint64_t> relocation_table(
    std::span<const std::uint64_t> segment_sizes);

}  // namespace blockexecd::vm::cairo0
