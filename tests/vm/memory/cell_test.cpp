// SPDX-License-Identifier: Apache-2.0
// What every cell layout promises: values survive, flags are kept apart, fast arithmetic agrees
// with the table.
#include <gtest/gtest.h>

#include <vector>

#include "vm/memory/cell.hpp"
#include "vm/memory/cell_arithmetic.hpp"

namespace blockexecd::vm {
namespace {

const std::vector<Value> kValues{
    Felt(0),
    Felt(1),
    Felt(5),
    Felt(UINT64_MAX),
    Felt(std::uint64_t{1} << 63),
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
    Relocatable{70000, std::uint64_t{1} << 40},
    Relocatable{-1, 3},
};

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
            EXPECT_EQ(cell.is_address(), value.is_relocatable());
            EXPECT_EQ(cell.load(), value) << value.to_string();
            EXPECT_EQ(cell.is_zero(), value == Value(Felt(0)));
            if (value.is_felt()) {
                EXPECT_EQ(cell.is_small(), value.felt().fits_u64());
                EXPECT_EQ(cell.is_u128(), value.felt().fits_u128());
                if (cell.is_small()) {
                    EXPECT_EQ(cell.low(), value.felt().limbs()[0]);
                }
            } else {
                EXPECT_FALSE(cell.is_small());
                EXPECT_FALSE(cell.is_u128());
                EXPECT_EQ(cell.segment(), value.relocatable().segment);
                EXPECT_EQ(cell.low(), value.relocatable().offset);
            }
            Cell copy;
            copy.copy_accessed(cell);
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
    const auto check = [this](bool done, const Cell& out, const Result<Value>& expected,
                              bool must) {
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
                done = add_small(out, x, y.low(), arena_);
                check(done, out, add(a, b), true);
                done = sub_small(out, x, y.low(), arena_);
                check(done, out, sub(a, b), true);
                done = mul_small(out, x, y.low(), arena_);
                check(done, out, mul(a, b), true);
            }
        }
}

}  // namespace
}  // namespace blockexecd::vm
