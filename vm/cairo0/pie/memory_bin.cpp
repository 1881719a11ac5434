// SPDX-License-Identifier: Apache-2.0
// Never in memory as a whole: pieces of the unpacked entry become cells, and cells become pieces.
#include "vm/cairo0/pie/memory_bin.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <unordered_map>
#include <vector>

#include "vm/cairo0/program/json.hpp"

namespace blockexecd::vm::cairo0 {

namespace {

constexpr std::size_t kEntryBytes = 40;
constexpr unsigned kOffsetBits = 47;
constexpr std::uint64_t kOffsetMask = (std::uint64_t{1} << kOffsetBits) - 1;
constexpr std::uint64_t kSegmentMask = 0xffff;
constexpr std::uint64_t kTopBit = std::uint64_t{1} << 63;
constexpr std::size_t kPieceEntries = 1024;
// A segment may have gaps, but not be one: cells of all segments with their holes, against those
// that are there.
constexpr std::uint64_t kFreeHoles = std::uint64_t{1} << 22;
constexpr std::uint64_t kSpanPerCell = 8;

std::uint64_t encode(const Relocatable& address) {
    return (static_cast<std::uint64_t>(address.segment) << kOffsetBits) + address.offset;
}

// Of more than 2^17 segments the number goes on in the next word.
Felt::Limbs encode_value(const Relocatable& address) {
    return {encode(address), static_cast<std::uint64_t>(address.segment) >> (64 - kOffsetBits), 0,
            kTopBit};
}

Relocatable decode(std::uint64_t word) {
    return {static_cast<std::int32_t>(word >> kOffsetBits & kSegmentMask), word & kOffsetMask};
}

Relocatable moved(const Relocatable& address, const SegmentPlaces& places) {
    const auto place = places.find(address.segment);
    return place == places.end() ? address : place->second + address.offset;
}

struct Entry {
    std::uint64_t address;
    Felt::Limbs value;

    [[nodiscard]] Value decoded() const {
        if ((value[3] & kTopBit) != 0)
            return decode(value[0]);
        return Felt::from_limbs_mod_p(value);
    }
};
static_assert(sizeof(Entry) == kEntryBytes);

// Pieces end anywhere; entries do not.
class EntryReader {
  public:
    template <class Use>
    Result<void> take(std::span<const std::byte> piece, Use&& use) {
        while (!piece.empty()) {
            const std::size_t part = std::min(kEntryBytes - filled_, piece.size());
            std::memcpy(reinterpret_cast<std::byte*>(&entry_) + filled_, piece.data(), part);
            piece = piece.subspan(part);
            filled_ += part;
            if (filled_ < kEntryBytes)
                break;
            filled_ = 0;
            BX_CHECK(use(entry_));
        }
        return {};
    }
    [[nodiscard]] bool complete() const { return filled_ == 0; }

  private:
    Entry entry_{};
    std::size_t filled_ = 0;
};

// The cells seen so far.
class SeenCells {
  public:
    SeenCells(const PieMetadata& metadata, std::uint64_t limit)
        : sizes_(segment_sizes_of(metadata)), limit_(limit) {}

    Result<void> add(const Relocatable& address) {
        const auto size = sizes_.find(address.segment);
        if (size == sizes_.end() || address.offset >= size->second)
            return Error(ErrorKind::runner, "Invalid address");
        std::vector<bool>& seen = seen_[address.segment];
        if (address.offset >= seen.size()) {
            span_ += address.offset + 1 - seen.size();
            if (span_ > limit_)
                return program_error("Cairo PIE: the memory takes more than " +
                                     std::to_string(limit_) + " cells");
            seen.resize(address.offset + 1);
        }
        if (seen[address.offset])
            return program_error("Cairo PIE: the memory has two cells at " + address.to_string());
        seen[address.offset] = true;
        ++count_;
        return {};
    }

    [[nodiscard]] Result<std::uint64_t> finish() const {
        if (span_ > kFreeHoles + kSpanPerCell * count_)
            return program_error("Cairo PIE: " + std::to_string(count_) +
                                 " cells are spread over " + std::to_string(span_));
        return count_;
    }

  private:
    std::map<std::int64_t, std::uint64_t> sizes_;
    std::uint64_t limit_;
    std::unordered_map<std::int32_t, std::vector<bool>> seen_;
    std::uint64_t span_ = 0;
    std::uint64_t count_ = 0;
};

template <class Use>
void for_each_cell(const Memory& memory, Use&& use) {
    const auto segments = static_cast<std::int32_t>(memory.segment_count());
    for (std::int32_t segment = 0; segment < segments; ++segment) {
        const std::uint64_t size = memory.segment_size(segment);
        for (std::uint64_t offset = 0; offset < size; ++offset) {
            const Cell* const cell = memory.cell({segment, offset});
            if (!cell->is_empty())
                use(Relocatable{segment, offset}, *cell);
        }
    }
}

}  // namespace

std::uint64_t count_cells(const Memory& memory) {
    std::uint64_t count = 0;
    for_each_cell(memory, [&count](const Relocatable&, const Cell&) { ++count; });
    return count;
}

void write_memory_bin(const Memory& memory, const SegmentPlaces& places,
                      PieArchiveWriter& archive) {
    archive.begin("memory.bin", count_cells(memory) * kEntryBytes);
    std::array<Entry, kPieceEntries> piece;
    std::size_t filled = 0;
    const auto hand_on = [&] {
        archive.write(std::as_bytes(std::span(piece).first(filled)));
        filled = 0;
    };
    for_each_cell(memory, [&](const Relocatable& address, const Cell& cell) {
        Entry& entry = piece[filled++];
        entry.address = kTopBit + encode(moved(address, places));
        entry.value = cell.is_relocatable() ? encode_value(moved(cell.relocatable(), places))
                                            : cell.felt().limbs();
        if (filled == piece.size())
            hand_on();
    });
    hand_on();
}

Result<std::uint64_t> check_memory_bin(const PieArchiveReader& archive, const PieMetadata& metadata,
                                       const PieLimits& limits) {
    EntryReader entries;
    SeenCells seen(metadata, limits.cells);
    BX_CHECK(archive.stream("memory.bin", [&](std::span<const std::byte> piece) {
        return entries.take(piece,
                            [&](const Entry& entry) { return seen.add(decode(entry.address)); });
    }));
    if (!entries.complete())
        return program_error("Cairo PIE: the length of memory.bin is no multiple of 40");
    return seen.finish();
}

Result<void> load_memory_bin(const PieArchiveReader& archive, Memory& memory) {
    EntryReader entries;
    return archive.stream("memory.bin", [&](std::span<const std::byte> piece) {
        return entries.take(piece, [&](const Entry& entry) {
            return memory.insert(decode(entry.address), entry.decoded());
        });
    });
}

}  // namespace blockexecd::vm::cairo0
