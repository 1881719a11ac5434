// SPDX-License-Identifier: Apache-2.0
// Write-once segmented memory of one VM. Segments are contiguous cells from the worker's arena,
// which is rewound and not freed between runs, so that no run pays for fresh pages. Cells behind a
// segment's size are never read, so nothing is cleared in advance either.
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

class Memory;

// What an insert into a segment must check, and whether a missing cell may be deduced.
enum class SegmentRule : std::uint8_t {
    none,
    range_check,    // felts below 2^128
    range_check96,  // felts below 2^96
    signature,      // ecdsa: pairs are verified when complete
    deduced,        // pedersen, bitwise, ec_op, keccak, poseidon
};

// Checks a cell of a segment with the rule `signature` after an insert.
class SignatureValidator {
  public:
    virtual ~SignatureValidator() = default;
    virtual Result<void> validate(const Memory& memory, const Relocatable& address) = 0;
};

struct Segment {
    Cell* cells = nullptr;
    std::uint64_t size = 0;       // cells up to the last one written, holes included
    std::uint64_t capacity = 0;   // cells allocated
    std::uint64_t used_size = 0;  // what size was when compute_used_sizes was called
    SegmentRule rule = SegmentRule::none;
};

class Memory {
  public:
    explicit Memory(Arena& arena);
    Memory(const Memory&) = delete;
    Memory& operator=(const Memory&) = delete;

    [[nodiscard]] Arena& arena() { return arena_; }

    Relocatable add_segment();
    // The same with room for so many cells, to save copies when the size is known.
    Relocatable add_segment(std::uint64_t capacity);
    // Segment 0 as somebody else's read-only cells, all marked accessed. What is written behind
    // them stays in this memory. Precondition: no segment exists.
    void add_shared_program_segment(const Cell* cells, std::uint64_t size);
    // Negative index; data moves to its relocation target at the end of the run.
    Relocatable add_temporary_segment();
    [[nodiscard]] std::size_t segment_count() const { return segment_count_; }
    [[nodiscard]] std::size_t temporary_segment_count() const { return temporary_.size(); }
    // Cells up to the last one written, holes included (the length of the reference's cell vector);
    // 0 for an unknown one.
    [[nodiscard]] std::uint64_t segment_size(std::int32_t segment) const;

    // Nothing for an empty or unallocated cell. Relocation rules apply to the value read.
    [[nodiscard]] std::optional<Value> get(const Relocatable& address) const;
    // Errors: UnknownMemoryCell, ExpectedInteger, ExpectedRelocatable, in the reference's words.
    [[nodiscard]] Result<Value> get_value(const Relocatable& address) const;
    [[nodiscard]] Result<Felt> get_felt(const Relocatable& address) const;
    [[nodiscard]] Result<Relocatable> get_relocatable(const Relocatable& address) const;
    // Also: the felt does not fit (Felt252ToU32Conversion, Felt252ToUsizeConversion).
    [[nodiscard]] Result<std::uint32_t> get_u32(const Relocatable& address) const;
    [[nodiscard]] Result<std::uint64_t> get_usize(const Relocatable& address) const;
    [[nodiscard]] Result<std::vector<Felt>> get_felt_range(const Relocatable& start,
                                                           std::uint64_t size) const;
    // Error: GetRangeMemoryGap.
    [[nodiscard]] Result<std::vector<Value>> get_continuous_range(const Relocatable& start,
                                                                  std::uint64_t size) const;

    // Write-once: equal values may be written again. Runs the segment's validation rule.
    // Errors: InconsistentMemory, UnallocatedSegment, range-check and signature validation.
    Result<void> insert(const Relocatable& address, const Value& value);
    Result<void> insert(const Relocatable& address, const Felt& value);
    Result<void> insert(const Relocatable& address, const Relocatable& value);
    // The value of a cell of this run, which is not empty.
    Result<void> insert(const Relocatable& address, const Cell& value);
    Result<void> insert(const Relocatable& address, std::uint64_t value) {
        return insert(address, Felt(value));
    }
    Result<void> insert_as_accessed(const Relocatable& address, const Value& value);
    // Writes values from start, the last one first; returns the address behind the last.
    Result<Relocatable> load(const Relocatable& start, std::span<const Value> values);
    Result<Relocatable> load(const Relocatable& start, std::span<const Felt> values);
    // Errors: UnsetUnallocatedCell, UnsetAccessedCell.
    Result<void> delete_unaccessed(const Relocatable& address);

    // Access marks count memory holes; marking an empty cell has no effect.
    void mark_accessed(const Relocatable& address);
    void mark_accessed(const Relocatable& start, std::uint64_t size);
    // False for an empty or unallocated cell.
    [[nodiscard]] bool is_accessed(const Relocatable& address) const;
    // Non-empty cells of the segment that are marked.
    [[nodiscard]] std::uint64_t accessed_count(std::int32_t segment) const;

    // Ranges equal cell by cell, access marks and holes included (the reference's mem_eq).
    [[nodiscard]] bool raw_equal(const Relocatable& a, const Relocatable& b,
                                 std::uint64_t size) const;

    // Source: a temporary segment at offset 0 without a rule. Errors: AddressNotInTemporarySegment,
    // NonZeroOffset, DuplicatedRelocation. The rule applies at once to values read, to cells only
    // in relocate_temporary_segments.
    Result<void> add_relocation_rule(const Relocatable& source, const Relocatable& destination);
    [[nodiscard]] bool has_relocation_rules() const { return has_rules_; }
    // Flattens the rules, rewrites values, moves the cells of mapped temporary segments. No-op
    // without rules.
    Result<void> relocate_temporary_segments();

    // Remembers every segment's size: the end of a run does, and resources count with it whatever
    // is written later.
    void compute_used_sizes();
    [[nodiscard]] std::uint64_t used_size(std::int32_t segment) const;
    void set_used_size(std::int32_t segment, std::uint64_t size);

    // Sets empty cells [from, to) so that the segment has the size `to`; used to pad builtin
    // segments.
    void extend_with_holes(std::int32_t segment, std::uint64_t to);
    // Writes without any check, for deductions that fill holes.
    void overwrite(const Relocatable& address, const Value& value);

    void set_rule(std::int32_t segment, SegmentRule rule);
    [[nodiscard]] SegmentRule rule(std::int32_t segment) const;
    void set_signature_validator(SignatureValidator* validator) {
        signature_validator_ = validator;
    }

    // The cell, or null when it is beyond the segment's size. Temporary segments too; rules are not
    // applied.
    [[nodiscard]] const Cell* cell(const Relocatable& address) const {
        if (address.segment <= 0 || static_cast<std::size_t>(address.segment) >= segment_count_)
            return cell_elsewhere(address);
        const Segment& segment = segments_[address.segment];
        return address.offset < segment.size ? segment.cells + address.offset : nullptr;
    }

    // The table of real segments, for the interpreter; a pointer into it is valid until the next
    // added segment.
    [[nodiscard]] Segment* segments() { return segments_; }
    [[nodiscard]] const Segment* segments() const { return segments_; }
    // Makes room for cell `offset` of a segment and fills the gap up to it with empty cells; size
    // becomes offset + 1. Error: VecCapacityExceeded. Precondition: offset >= size, not the shared
    // program segment.
    Result<void> extend(Segment& segment, std::uint64_t offset);
    // Segments that grow large are given room for millions of cells, to save copies.
    void expect_long_run() { expects_long_run_ = true; }
    // Enough capacity for so many cells.
    Result<void> reserve(Segment& segment, std::uint64_t capacity);

  private:
    friend class MemoryInspector;
    [[nodiscard]] const Segment* find(std::int32_t segment) const;
    // Of the program, or of a temporary segment.
    [[nodiscard]] const Cell* cell_elsewhere(const Relocatable& address) const;
    [[nodiscard]] Cell* mutable_cell(const Relocatable& address);
    // What most inserts go to: a cell that is empty, or behind a segment's end, where the segment's
    // rule takes the value. Null: the long way must decide.
    template <class T>
    [[nodiscard]] Cell* free_cell(const Relocatable& address, const T& value);
    Result<void> insert_checked(const Relocatable& address, const Value& value);
    Result<Cell*> cell_for_insert(const Relocatable& address, bool& fresh);
    Result<void> validate(const Relocatable& address, const Cell& cell);
    [[nodiscard]] Value relocated(const Value& value) const;
    // What a segment of that capacity grows to.
    [[nodiscard]] std::uint64_t next_capacity(std::uint64_t capacity) const;

    Arena& arena_;
    Segment* segments_ = nullptr;
    std::size_t segment_count_ = 0;
    std::size_t segment_capacity_ = 0;
    // Cells of segment 0 behind the shared ones.
    Segment program_tail_;
    bool shared_program_ = false;
    bool has_rules_ = false;
    bool expects_long_run_ = false;
    std::vector<Segment> temporary_;
    std::vector<std::optional<Relocatable>> rules_;  // by temporary segment
    SignatureValidator* signature_validator_ = nullptr;
};

}  // namespace blockexecd::vm
