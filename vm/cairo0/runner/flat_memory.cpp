// SPDX-License-Identifier: Apache-2.0
// Segments are written in order, so that addresses ascend; the rare overlap goes through a copy in
// the reference's order of writes.
#include "vm/cairo0/runner/flat_memory.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <memory>

namespace blockexecd::vm::cairo0 {

namespace {

static_assert(std::endian::native == std::endian::little);
constexpr std::size_t kEntryBytes = 40;
constexpr std::size_t kBufferBytes = std::size_t{256} << 10;

std::byte* put(std::byte* to, std::uint64_t address, const Felt& value) {
    std::memcpy(to, &address, sizeof(address));
    std::memcpy(to + sizeof(address), value.limbs().data(), sizeof(Felt::Limbs));
    return to + kEntryBytes;
}

// The cells from there on that lie behind each other: the program's own cells and what was written
// behind them are apart.
std::span<const Cell> cells_from(const Memory& memory, std::int32_t segment, std::uint64_t offset) {
    const std::uint64_t first = memory.segments()[segment].size;
    const std::uint64_t end = offset < first ? first : memory.segment_size(segment);
    return {memory.cell({segment, offset}), end - offset};
}

}  // namespace

std::vector<std::uint64_t> relocation_table(std::span<const std::uint64_t> segment_sizes) {
    std::vector<std::uint64_t> table{1};
    for (const std::uint64_t size : segment_sizes)
        table.push_back(table.back() + size);
    table.pop_back();
    return table;
}

FlatMemory::FlatMemory(const Memory& memory, std::span<const std::uint64_t> segment_sizes)
    : memory_(&memory), table_(relocation_table(segment_sizes)) {
    for (std::size_t i = 0; i < table_.size(); ++i) {
        const std::uint64_t cells = memory.segment_size(static_cast<std::int32_t>(i));
        overlaps_ = overlaps_ || (cells > segment_sizes[i] && i + 1 < table_.size());
        if (cells != 0)
            size_ = std::max(size_, table_[i] + cells);
    }
}

Result<FlatMemory> FlatMemory::make(const Memory& memory,
                                    std::span<const std::uint64_t> segment_sizes,
                                    bool addresses_from_outside) {
    FlatMemory flat(memory, segment_sizes);
    if (addresses_from_outside || memory.temporary_segment_count() != 0)
        BX_CHECK(flat.check_addresses());
    if (flat.overlaps_)
        flat.copy_overlapping();
    return flat;
}

Result<void> FlatMemory::check_addresses() const {
    const auto count = static_cast<std::int64_t>(table_.size());
    for (std::int32_t segment = 0; segment < count; ++segment) {
        const std::uint64_t size = memory_->segment_size(segment);
        for (std::uint64_t offset = 0; offset < size; ++offset) {
            const Cell* const cell = memory_->cell({segment, offset});
            if (cell->is_empty() || !cell->is_relocatable()) [[likely]]
                continue;
            const std::int32_t target = cell->relocatable().segment;
            if (target < 0)
                return Error(ErrorKind::memory,
                             "Temporary segment found while relocating (flattening), segment: " +
                                 std::to_string(target));
            if (target >= count)
                return Error(ErrorKind::memory, "Inconsistent Relocation");
        }
    }
    return {};
}

// A hole only lengthens the array, as in the reference.
void FlatMemory::copy_overlapping() {
    copy_.resize(1);
    for (std::size_t i = 0; i < table_.size(); ++i) {
        const auto segment = static_cast<std::int32_t>(i);
        for (std::uint64_t offset = 0; offset < memory_->segment_size(segment); ++offset) {
            const Cell* const cell = memory_->cell({segment, offset});
            if (cell->is_empty()) {
                copy_.emplace_back();
                continue;
            }
            const std::uint64_t address = table_[i] + offset;
            if (copy_.size() <= address)
                copy_.resize(address + 1);
            copy_[address] = flat_value(*cell);
        }
    }
    size_ = copy_.size();
}

std::optional<Felt> FlatMemory::at(std::uint64_t address) const {
    if (overlaps_)
        return address < copy_.size() ? copy_[address] : std::nullopt;
    // The last segment that starts at or before the address and is not empty there.
    auto next = std::upper_bound(table_.begin(), table_.end(), address);
    if (next == table_.begin())
        return std::nullopt;
    const auto segment = static_cast<std::int32_t>(next - table_.begin() - 1);
    const Cell* const cell =
        memory_->cell({segment, address - table_[static_cast<std::size_t>(segment)]});
    if (cell == nullptr || cell->is_empty())
        return std::nullopt;
    return flat_value(*cell);
}

void FlatMemory::write(ByteSink& out) const {
    const auto buffer = std::make_unique_for_overwrite<std::byte[]>(kBufferBytes);
    std::byte* to = buffer.get();
    const auto hand_on = [&] {
        out.write({buffer.get(), to});
        to = buffer.get();
    };
    if (overlaps_) {
        for (std::uint64_t address = 0; address < copy_.size(); ++address) {
            if (!copy_[address])
                continue;
            to = put(to, address, *copy_[address]);
            hand_on();
        }
        return;
    }
    for (std::size_t i = 0; i < table_.size(); ++i) {
        const auto segment = static_cast<std::int32_t>(i);
        const std::uint64_t size = memory_->segment_size(segment);
        for (std::uint64_t start = 0; start < size;) {
            const std::span<const Cell> cells = cells_from(*memory_, segment, start);
            const auto room =
                static_cast<std::size_t>(buffer.get() + kBufferBytes - to) / kEntryBytes;
            const std::size_t part = std::min(room, cells.size());
            std::uint64_t address = table_[i] + start;
            for (const Cell& cell : cells.first(part)) {
                if (!cell.is_empty())
                    to = put(to, address, flat_value(cell));
                ++address;
            }
            start += part;
            if (part == room)
                hand_on();
        }
    }
    hand_on();
}

}  // namespace blockexecd::vm::cairo0
