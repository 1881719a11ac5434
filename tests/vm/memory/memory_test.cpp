// SPDX-License-Identifier: Apache-2.0
// Segments, write-once inserts, validation, marks, temporary segments.
#include "vm/memory/memory.hpp"

#include <gtest/gtest.h>

namespace blockexecd::vm {
namespace {

template <class T>
std::string text(const Result<T>& result) {
    return result.has_error() ? result.error().message() : "no error";
}

class MemoryTest : public testing::Test {
  protected:
    Arena arena_{std::size_t{1} << 28};
    Memory memory_{arena_};
};

TEST_F(MemoryTest, ArenaReusesWhatIsRewound) {
    const Arena::Mark mark = arena_.mark();
    void* const first = arena_.allocate(100);
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(first) % 64, 0U);
    arena_.rewind(mark);
    EXPECT_EQ(arena_.allocate(64), first);
    auto* const grown = arena_.grow(first, 64, 64, 4096);
    EXPECT_EQ(grown, first);
    (void)arena_.allocate(1);
    EXPECT_NE(arena_.grow(first, 4096, 64, 8192), first);
}

TEST_F(MemoryTest, WritesOnce) {
    const Relocatable base = memory_.add_segment();
    EXPECT_EQ(base, (Relocatable{0, 0}));
    ASSERT_TRUE(memory_.insert(base + 3, Value(Felt(5))).has_value());
    EXPECT_TRUE(memory_.insert(base + 3, Value(Felt(5))).has_value());
    EXPECT_EQ(text(memory_.insert(base + 3, Value(Relocatable{1, 2}))),
              "Inconsistent memory assignment at address Relocatable { segment_index: 0, offset: 3 "
              "}. Int(5) != "
              "RelocatableValue(Relocatable { segment_index: 1, offset: 2 })");
    EXPECT_EQ(memory_.segment_size(0), 4U);
    EXPECT_EQ(memory_.get(base + 2), std::nullopt);
    EXPECT_EQ(memory_.get(base + 3), Value(Felt(5)));
    EXPECT_EQ(text(memory_.insert({4, 0}, Value(Felt(1)))),
              "Can't insert into segment #4; memory only has 1 segment");
    EXPECT_EQ(text(memory_.insert({-2, 0}, Value(Felt(1)))),
              "Can't insert into segment #1; memory only has 0 segment");
    EXPECT_EQ(text(memory_.insert({0, UINT64_MAX}, Value(Felt(1)))), "Vector capacity exceeded");
}

TEST_F(MemoryTest, ReadsInKind) {
    const Relocatable base = memory_.add_segment();
    const std::vector<Value> values{Felt(7), Relocatable{0, 1}, -Felt(1)};
    EXPECT_EQ(*memory_.load(base, values), base + 3);
    EXPECT_EQ(*memory_.get_felt(base), Felt(7));
    EXPECT_EQ(*memory_.get_relocatable(base + 1), (Relocatable{0, 1}));
    EXPECT_EQ(text(memory_.get_felt(base + 1)), "Expected integer at address 0:1");
    EXPECT_EQ(text(memory_.get_relocatable(base)), "Expected relocatable at address 0:0");
    EXPECT_EQ(text(memory_.get_felt(base + 9)), "Unknown memory cell at address 0:9");
    EXPECT_EQ(*memory_.get_u32(base), 7U);
    EXPECT_EQ(text(memory_.get_u32(base + 2)),
              "Conversion to u32 failed for Felt252 " + (-Felt(1)).to_decimal());
    EXPECT_EQ(text(memory_.get_usize(base + 2)),
              "Conversion to usize failed for Felt252 " + (-Felt(1)).to_decimal());
    EXPECT_EQ(*memory_.get_continuous_range(base, 3), values);
    EXPECT_EQ(text(memory_.get_continuous_range(base, 4)),
              "Found a memory gap when calling get_continuous_range with base:0:0 and size: 4");
}

TEST_F(MemoryTest, SegmentsGrowAndKeepTheirCells) {
    const Relocatable a = memory_.add_segment();
    for (int i = 0; i < 200; ++i)
        (void)memory_.add_segment();
    const Relocatable b = memory_.add_segment();
    for (std::uint64_t i = 0; i < 1000; ++i) {
        ASSERT_TRUE(memory_.insert(a + i, Value(Felt(i))).has_value());
        ASSERT_TRUE(memory_.insert(b + 2 * i, Value(Felt(3 * i))).has_value());
    }
    for (std::uint64_t i = 0; i < 1000; ++i) {
        EXPECT_EQ(memory_.get(a + i), Value(Felt(i)));
        EXPECT_EQ(memory_.get(b + 2 * i), Value(Felt(3 * i)));
    }
    EXPECT_EQ(memory_.get(b + 1), std::nullopt);
    EXPECT_EQ(memory_.segment_size(b.segment), 1999U);
}

TEST_F(MemoryTest, RangeChecksValidateAfterTheInsert) {
    const Relocatable full = memory_.add_segment();
    const Relocatable part = memory_.add_segment();
    memory_.set_rule(full.segment, SegmentRule::range_check);
    memory_.set_rule(part.segment, SegmentRule::range_check96);
    EXPECT_TRUE(memory_.insert(full, Value(Felt::from_u128(UINT64_MAX, UINT64_MAX))).has_value());
    EXPECT_EQ(text(memory_.insert(full + 1, Value(Felt::from_canonical({0, 0, 1, 0})))),
              "Range-check validation failed, number 340282366920938463463374607431768211456 is "
              "out of valid range [0, "
              "340282366920938463463374607431768211456]");
    EXPECT_TRUE(memory_.get(full + 1).has_value());
    EXPECT_EQ(text(memory_.insert(full + 2, Value(Relocatable{0, 0}))),
              "Range-check validation failed, encountered non-int value at address 0:2");
    EXPECT_TRUE(memory_.insert(part, Value(Felt::from_u128(UINT64_MAX, 0xffffffff))).has_value());
    EXPECT_EQ(text(memory_.insert(part + 1, Value(Felt::from_u128(0, std::uint64_t{1} << 32)))),
              "Range-check validation failed, number 79228162514264337593543950336 is out of valid "
              "range [0, "
              "79228162514264337593543950336]");
}

TEST_F(MemoryTest, InsertsTheValueOfACellUnmarked) {
    memory_.add_segment();
    const Relocatable plain = memory_.add_segment();
    const Relocatable checked = memory_.add_segment();
    memory_.set_rule(checked.segment, SegmentRule::range_check);
    const Value large(Felt::from_canonical({1, 2, 3, 4}));
    for (const Value& value : {Value(Felt(5)), large, Value(Relocatable{1, 2})}) {
        Cell cell;
        cell.store(value, arena_, true);
        const Relocatable at = plain + memory_.segment_size(plain.segment) + 1;
        EXPECT_TRUE(memory_.insert(at, cell).has_value());
        EXPECT_TRUE(memory_.insert(at, cell).has_value());
        EXPECT_EQ(memory_.get(at), value);
        EXPECT_FALSE(memory_.is_accessed(at));
        EXPECT_TRUE(memory_.insert(at, Value(Felt(6))).has_error());
        EXPECT_EQ(memory_.insert(checked + at.offset, cell).has_value(), value == Value(Felt(5)));
    }
}

TEST_F(MemoryTest, MarksCountOnCellsThatExist) {
    const Relocatable base = memory_.add_segment();
    ASSERT_TRUE(memory_.insert(base + 2, Value(Felt(1))).has_value());
    memory_.mark_accessed(base, 5);
    EXPECT_EQ(memory_.accessed_count(0), 1U);
    EXPECT_TRUE(memory_.is_accessed(base + 2));
    EXPECT_FALSE(memory_.is_accessed(base + 1));
    EXPECT_EQ(text(memory_.delete_unaccessed(base + 2)),
              "Cell 0:2 has already been accessed; it cannot be removed.");
    EXPECT_EQ(text(memory_.delete_unaccessed(base + 3)),
              "Cell 0:3 is not allocated; it cannot be removed.");
    ASSERT_TRUE(memory_.insert(base + 3, Value(Felt(1))).has_value());
    ASSERT_TRUE(memory_.delete_unaccessed(base + 3).has_value());
    EXPECT_EQ(memory_.get(base + 3), std::nullopt);
}

TEST_F(MemoryTest, SharedProgramIsReadOnlyWithAPrivateTail) {
    std::vector<Cell> shared(3);
    for (std::size_t i = 0; i < shared.size(); ++i)
        shared[i].store(Value(Felt(i)), arena_, true);
    memory_.add_shared_program_segment(shared.data(), shared.size());
    EXPECT_EQ(memory_.segment_size(0), 3U);
    EXPECT_TRUE(memory_.insert({0, 1}, Value(Felt(1))).has_value());
    EXPECT_TRUE(memory_.insert({0, 1}, Value(Felt(2))).has_error());
    ASSERT_TRUE(memory_.insert({0, 4}, Value(Relocatable{1, 1})).has_value());
    EXPECT_EQ(memory_.segment_size(0), 5U);
    EXPECT_EQ(memory_.get({0, 3}), std::nullopt);
    EXPECT_EQ(memory_.get({0, 4}), Value(Relocatable{1, 1}));
    EXPECT_EQ(memory_.accessed_count(0), 3U);
    memory_.mark_accessed({0, 4});
    EXPECT_EQ(memory_.accessed_count(0), 4U);
}

TEST_F(MemoryTest, RawComparisonSeesMarks) {
    const Relocatable a = memory_.add_segment();
    const Relocatable b = memory_.add_segment();
    const std::vector<Value> values{Felt(1), Felt(2)};
    ASSERT_TRUE(memory_.load(a, values).has_value());
    ASSERT_TRUE(memory_.load(b, values).has_value());
    EXPECT_TRUE(memory_.raw_equal(a, b, 2));
    // A range that reaches behind the end counts only as far as both go.
    EXPECT_TRUE(memory_.raw_equal(a, b, 5));
    EXPECT_FALSE(memory_.raw_equal(a, b + 1, 2));
    memory_.mark_accessed(a);
    EXPECT_FALSE(memory_.raw_equal(a, b, 2));
    EXPECT_TRUE(memory_.raw_equal(a + 1, b + 1, 1));
}

TEST_F(MemoryTest, RelocationRulesApplyToReadsAtOnceAndToCellsAtTheEnd) {
    const Relocatable real = memory_.add_segment();
    const Relocatable temporary = memory_.add_temporary_segment();
    EXPECT_EQ(temporary, (Relocatable{-1, 0}));
    ASSERT_TRUE(memory_.insert(real, Value(temporary + 1)).has_value());
    ASSERT_TRUE(memory_.insert(temporary + 1, Value(Felt(9))).has_value());
    memory_.mark_accessed(temporary + 1);
    EXPECT_EQ(text(memory_.add_relocation_rule(real, real)),
              "Memory addresses must be in a TemporarySegment, segment: 0");
    EXPECT_EQ(text(memory_.add_relocation_rule(temporary + 1, real)),
              "The TemporarySegment: 1 doesn't have a relocation address");
    ASSERT_TRUE(memory_.add_relocation_rule(temporary, real + 5).has_value());
    EXPECT_EQ(text(memory_.add_relocation_rule(temporary, real)),
              "Attempt to overwrite a relocation rule, segment: -1");
    EXPECT_EQ(memory_.get(real), Value(real + 6));
    EXPECT_EQ(memory_.get(real + 6), std::nullopt);
    ASSERT_TRUE(memory_.relocate_temporary_segments().has_value());
    EXPECT_EQ(memory_.temporary_segment_count(), 0U);
    EXPECT_EQ(memory_.get(real), Value(real + 6));
    EXPECT_EQ(memory_.get(real + 6), Value(Felt(9)));
    EXPECT_TRUE(memory_.is_accessed(real + 6));
}

TEST_F(MemoryTest, RelocationFollowsChainsAndReportsWhatCannotBe) {
    const Relocatable real = memory_.add_segment();
    const Relocatable first = memory_.add_temporary_segment();
    const Relocatable second = memory_.add_temporary_segment();
    ASSERT_TRUE(memory_.insert(second, Value(Felt(3))).has_value());
    ASSERT_TRUE(memory_.add_relocation_rule(second, first + 2).has_value());
    EXPECT_EQ(text(memory_.relocate_temporary_segments()),
              "Temporary segment -1 has no relocation mapping (unmapped temporary segment).");
    ASSERT_TRUE(memory_.add_relocation_rule(first, real + 1).has_value());
    ASSERT_TRUE(memory_.relocate_temporary_segments().has_value());
    EXPECT_EQ(memory_.get(real + 3), Value(Felt(3)));
}

TEST_F(MemoryTest, UsedSizesAreWhatTheyWere) {
    const Relocatable base = memory_.add_segment();
    ASSERT_TRUE(memory_.insert(base + 2, Value(Felt(1))).has_value());
    memory_.compute_used_sizes();
    ASSERT_TRUE(memory_.insert(base + 9, Value(Felt(1))).has_value());
    EXPECT_EQ(memory_.used_size(0), 3U);
    EXPECT_EQ(memory_.segment_size(0), 10U);
    memory_.set_used_size(0, 7);
    EXPECT_EQ(memory_.used_size(0), 7U);
}

}  // namespace
}  // namespace blockexecd::vm
