// SPDX-License-Identifier: Apache-2.0
// memory.bin of a PIE: 40 bytes a cell. The address in 8 bytes, 2^63 + segment * 2^47 + offset; the
// value in 32, a felt or 2^255 + segment * 2^47 + offset; all little-endian.
#pragma once

#include <cstdint>
#include <map>

#include "vm/cairo0/pie/archive.hpp"
#include "vm/cairo0/pie/pie.hpp"
#include "vm/error.hpp"
#include "vm/memory/memory.hpp"

namespace blockexecd::vm::cairo0 {

// Segments that become one: where the cells of each go.
using SegmentPlaces = std::map<std::int64_t, Relocatable>;

// Cells that are not empty, in all real segments.
[[nodiscard]] std::uint64_t count_cells(const Memory& memory);
// All of them in the order of their addresses, those of moved segments and their pointers changed.
void write_memory_bin(const Memory& memory, const SegmentPlaces& places, PieArchiveWriter& archive);

// Reads through the entry. Errors: its length is no multiple of 40; InvalidAddress for a cell
// outside of its segment; a cell that comes twice; more cells, or larger gaps, than the limits
// allow. Returns the number of cells.
[[nodiscard]] Result<std::uint64_t> check_memory_bin(const PieArchiveReader& archive,
                                                     const PieMetadata& metadata,
                                                     const PieLimits& limits);
// Inserts every cell. Precondition: the entry was checked. Errors: those of Memory::insert.
Result<void> load_memory_bin(const PieArchiveReader& archive, Memory& memory);

}  // namespace blockexecd::vm::cairo0
