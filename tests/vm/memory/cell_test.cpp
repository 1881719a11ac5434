// SPDX-License-Identifier: Apache-2.0
// What every cell layout promises: values survive, flags are kept apart, fast arithmetic agrees
// with the table.
#include <gtest/gtest.h>

#include <cstdlib>
#include <cstring>
#include <map>
#include <string_view>
#include <utility>
#include <vector>

#include "vm/memory/cell.hpp"
#include "vm/memory/cell_arithmetic.hpp"

namespace blockexecd::vm {
namespace {

const std::vector<Value> kValues{
    Felt(0),
    Felt(1),
    Felt(5),
    Felt((std::uint64_t{1} << 61) - 1),
    Felt(std::uint64_t{1} << 61),
    Felt(std::uint64_t{1} << 63),
    Felt(UINT64_MAX),
    Felt::from_u128(0, 1),
    Felt::from_u128(UINT64_MAX, UINT64_MAX),
    Felt::from_canonical({0, 0, 1, 0}),
    Felt::from_canonical({1, 2, 3, 0x07ffffffffffffffULL}),
    -Felt(1),
    -Felt(UINT64_MAX),
    Relocatable{0, 0},
    Relocatable{1, 7},
    Relocatable{1, 9},
    Relocatable{2, UINT64_MAX},
    Relocatable{70000, (std::uint64_t{1} << 40) - 1},
    Relocatable{70000, std::uint64_t{1} << 40},
    Relocatable{-1, 3},
    Relocatable{-70000, 0},
    Relocatable{INT32_MAX, 3},
    Relocatable{-INT32_MAX, 3},
};

// Below these, every layout answers in its quick forms.
const Felt kAlwaysSmall(std::uint64_t{1} << 61);
bool always_near(const Relocatable& address) {
    return address.offset < std::uint64_t{1} << 40 && std::abs(address.segment) < 1 << 20;
}

class CellTest : public testing::Test {
  protected:
    Arena arena_{std::size_t{1} << 24};
};

TEST_F(CellTest, KeepsValuesAndFlags) {
    for (const Value& value : kValues) {
        for (const bool accessed : {false, true}) {
            Cell cell;
            cell.store(value, arena_, accessed);
            EXPECT_FALSE(cell.is_empty());
            EXPECT_EQ(cell.is_accessed(), accessed);
            EXPECT_EQ(cell.is_relocatable(), value.is_relocatable());
            EXPECT_EQ(cell.load(), value) << value.to_string();
            EXPECT_EQ(cell.is_zero(), value == Value(Felt(0)));
            if (value.is_felt()) {
                EXPECT_EQ(cell.is_u128(), value.felt().fits_u128());
                EXPECT_FALSE(cell.is_address());
                EXPECT_TRUE(cell.is_small() || !(value.felt() < kAlwaysSmall));
                if (cell.is_small()) {
                    EXPECT_TRUE(value.felt().fits_u64());
                    EXPECT_EQ(cell.small(), value.felt().limbs()[0]);
                }
            } else {
                EXPECT_FALSE(cell.is_small());
                EXPECT_FALSE(cell.is_u128());
                EXPECT_EQ(cell.relocatable(), value.relocatable());
                EXPECT_TRUE(cell.is_address() || !always_near(value.relocatable()));
                if (cell.is_address()) {
                    EXPECT_EQ(cell.segment(), value.relocatable().segment);
                    EXPECT_EQ(cell.offset(), value.relocatable().offset);
                }
            }
            Cell copy;
            copy.copy(cell, arena_);
            EXPECT_FALSE(copy.is_accessed());
            EXPECT_EQ(copy.load(), value);
            copy.copy_accessed(cell, arena_);
            EXPECT_TRUE(copy.is_accessed());
            EXPECT_EQ(copy.load(), value);
            EXPECT_TRUE(Cell::same_value(copy, cell));
            EXPECT_EQ(Cell::same_raw(copy, cell), accessed);
            cell.mark_accessed();
            EXPECT_TRUE(Cell::same_raw(copy, cell));
        }
    }
    Cell empty;
    empty.clear();
    EXPECT_TRUE(empty.is_empty());
    EXPECT_FALSE(empty.is_small());
    EXPECT_FALSE(empty.is_address());
    EXPECT_FALSE(empty.is_u128());
}

// Cells are copied as bytes when a segment grows, and copies may share a box: what is written to
// one later is not seen in the other.
TEST_F(CellTest, CopiesAreIndependent) {
    for (const Value& value : kValues) {
        Cell cell, copy, bytes;
        cell.store(value, arena_);
        copy.copy_accessed(cell, arena_);
        std::memcpy(&bytes, &cell, sizeof cell);
        cell.store(Felt::from_canonical({9, 8, 7, 6}), arena_);
        EXPECT_EQ(copy.load(), value);
        EXPECT_EQ(bytes.load(), value);
        EXPECT_FALSE(bytes.is_accessed());
        cell.clear();
        EXPECT_TRUE(cell.is_empty());
        EXPECT_EQ(copy.load(), value);
    }
}

// What a nested run took is given back whole, and takes nothing of the outer run's with it.
TEST_F(CellTest, ValuesLiveAsLongAsTheirPartOfTheArena) {
    std::vector<Cell> outer(kValues.size());
    for (std::size_t i = 0; i < kValues.size(); ++i)
        outer[i].store(kValues[i], arena_);
    const std::size_t used = arena_.used();
    for (int run = 0; run < 3; ++run) {
        const Arena::Mark mark = arena_.mark();
        for (const Value& value : kValues) {
            Cell inner, sum;
            inner.store(value, arena_);
            (void)add_small(sum, inner, 1, arena_);
        }
        arena_.rewind(mark);
        EXPECT_EQ(arena_.used(), used);
    }
    for (std::size_t i = 0; i < kValues.size(); ++i)
        EXPECT_EQ(outer[i].load(), kValues[i]);
}

TEST_F(CellTest, HasTheSizeOfItsLayout) {
    const std::map<std::string_view, std::pair<std::size_t, std::size_t>> layouts{
        {"bigint40", {40, 8}}, {"limbs48", {48, 8}}, {"packed32", {32, 32}}, {"compact", {8, 8}}};
    EXPECT_EQ(layouts.at(Cell::kName), (std::pair{sizeof(Cell), alignof(Cell)}));
}

TEST_F(CellTest, SameValueTellsAllValuesApart) {
    for (std::size_t i = 0; i < kValues.size(); ++i)
        for (std::size_t j = 0; j < kValues.size(); ++j) {
            Cell a, b;
            a.store(kValues[i], arena_);
            b.store(kValues[j], arena_, true);
            EXPECT_EQ(Cell::same_value(a, b), i == j);
        }
}

// A fast operation either agrees with the table or says nothing; small operands are always its own.
TEST_F(CellTest, ArithmeticAgreesWithTheTable) {
    const auto check = [](bool done, const Cell& out, const Result<Value>& expected, bool must) {
        if (expected.has_error()) {
            EXPECT_FALSE(done);
            return;
        }
        EXPECT_TRUE(done || !must);
        if (done) {
            EXPECT_EQ(out.load(), *expected);
            EXPECT_TRUE(out.is_accessed());
        }
    };
    for (const Value& a : kValues)
        for (const Value& b : kValues) {
            Cell x, y, out;
            x.store(a, arena_);
            y.store(b, arena_, true);
            const bool felts = a.is_felt() && b.is_felt();
            bool done = add_cells(out, x, y, arena_);
            check(done, out, add(a, b), felts);
            done = sub_cells(out, x, y, arena_);
            check(done, out, sub(a, b), felts);
            done = mul_cells(out, x, y, arena_);
            check(done, out, mul(a, b), felts);
            if (b.is_felt() && b.felt().fits_u64()) {
                const std::uint64_t integer = b.felt().limbs()[0];
                done = add_small(out, x, integer, arena_);
                check(done, out, add(a, b), true);
                done = sub_small(out, x, integer, arena_);
                check(done, out, sub(a, b), true);
                done = mul_small(out, x, integer, arena_);
                check(done, out, mul(a, b), true);
            }
        }
}

}  // namespace
}  // namespace blockexecd::vm
