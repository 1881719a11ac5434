// SPDX-License-Identifier: Apache-2.0
// Requests are read field by field.
#include "executor/syscalls/syscall_memory.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "executor/syscalls/read_only_segments.hpp"

namespace blockexecd::executor {
namespace {

using testing::ElementsAre;

class SyscallMemoryTest : public testing::Test {
  protected:
    SyscallMemoryTest() {
        EXPECT_TRUE(
            memory.load(data, std::span<const Felt>(std::array{Felt(1), Felt(2), Felt(3)})));
    }
    // A cursor over these cells.
    SyscallCursor cursor(const std::vector<vm::Value>& cells) {
        const auto start = memory.add_segment();
        EXPECT_TRUE(memory.load(start, std::span<const vm::Value>(cells)));
        return {memory, start};
    }

    vm::Arena arena;
    vm::Memory memory{arena};
    vm::Relocatable data = memory.add_segment();
};

TEST_F(SyscallMemoryTest, AnArrayIsStartAndEnd) {
    auto at = cursor({data, data + 2, Felt(9)});
    EXPECT_THAT(*at.read_array(), ElementsAre(Felt(1), Felt(2)));
    EXPECT_EQ(*at.read_felt(), Felt(9));
}

TEST_F(SyscallMemoryTest, EqualCellsAreAnEmptyArrayWhateverTheyAre) {
    auto at = cursor({Felt(0), Felt(0), data, data, Felt(9)});
    EXPECT_THAT(*at.read_array(), ElementsAre());
    EXPECT_THAT(*at.read_array(), ElementsAre());
    EXPECT_EQ(*at.read_felt(), Felt(9));
}

TEST_F(SyscallMemoryTest, ADeprecatedArrayIsLengthAndStart) {
    auto at = cursor({Felt(3), data, Felt(0), Felt(0), Felt(9)});
    EXPECT_THAT(*at.read_deprecated_array(), ElementsAre(Felt(1), Felt(2), Felt(3)));
    EXPECT_THAT(*at.read_deprecated_array(), ElementsAre());
    EXPECT_EQ(*at.read_felt(), Felt(9));
}

TEST_F(SyscallMemoryTest, AnArrayStaysInItsSegmentAndRunsForward) {
    const auto other = memory.add_segment();
    EXPECT_EQ(cells_between(data, other).error().message(),
              "Operation failed: " + other.to_string() + " - " + data.to_string() +
                  ", can't subtract two relocatable values with different segment indexes");
    EXPECT_EQ(cells_between(data + 2, data + 1).error().message(),
              "Operation failed: " + (data + 1).to_string() + " - 2, offsets cant be negative");
}

TEST_F(SyscallMemoryTest, MissingMemoryIsAnError) {
    auto at = cursor({data, data + 4});
    EXPECT_TRUE(at.read_array().has_error());
}

TEST_F(SyscallMemoryTest, ReadOnlySegmentsNoticeWhatIsWrittenBehindThem) {
    ReadOnlySegments segments;
    const auto segment =
        segments.allocate(memory, std::span<const Felt>(std::array{Felt(1), Felt(2)}));
    memory.compute_used_sizes();
    EXPECT_TRUE(segments.sizes_unchanged(memory));
    ASSERT_TRUE(memory.insert(segment->end(), Felt(3)));
    memory.compute_used_sizes();
    EXPECT_FALSE(segments.sizes_unchanged(memory));
}

}  // namespace
}  // namespace blockexecd::executor
