// SPDX-License-Identifier: Apache-2.0
// The operation table of values, with its error texts.
#include "vm/memory/value.hpp"

#include <gtest/gtest.h>

namespace blockexecd::vm {
namespace {

const Value kRel = Relocatable{1, 5};

template <class T>
std::string text(const Result<T>& result) {
    return result.has_error() ? result.error().message() : "no error";
}

TEST(Value, Texts) {
    EXPECT_EQ(kRel.to_string(), "1:5");
    EXPECT_EQ(Value(Felt(31)).to_string(), "31");
    EXPECT_EQ(kRel.to_debug_string(),
              "RelocatableValue(Relocatable { segment_index: 1, offset: 5 })");
    EXPECT_EQ(Value(Felt(31)).to_debug_string(), "Int(31)");
    EXPECT_EQ(Value(Relocatable{-2, 0}).to_string(), "-2:0");
}

TEST(Value, AddressesMoveByFelts) {
    EXPECT_EQ(*add(kRel, Value(Felt(3))), Value(Relocatable{1, 8}));
    EXPECT_EQ(*add(Value(Felt(3)), kRel), Value(Relocatable{1, 8}));
    EXPECT_EQ(*add(kRel, Value(-Felt(1))), Value(Relocatable{1, 4}));
    EXPECT_EQ(*sub(kRel, Value(Felt(5))), Value(Relocatable{1, 0}));
    EXPECT_EQ(*sub(kRel, Value(-Felt(1))), Value(Relocatable{1, 6}));
    EXPECT_EQ(*sub(kRel, Value(Relocatable{1, 7})), Value(-Felt(2)));
    EXPECT_EQ(*sub(kRel, Value(Relocatable{1, 2})), Value(Felt(3)));
}

TEST(Value, WhatCannotBe) {
    EXPECT_EQ(text(add(kRel, Value(-Felt(6)))),
              "Operation failed: 1:5 + "
              "3618502788666131213697322783095070105623107215331596699973092056135872020475, "
              "maximum offset value "
              "exceeded");
    EXPECT_EQ(text(add(kRel, Value(Felt(UINT64_MAX)))),
              "Operation failed: 1:5 + 18446744073709551615, maximum offset value exceeded");
    EXPECT_EQ(text(sub(kRel, Value(Felt(6)))),
              "Operation failed: 1:5 - 6, offsets cant be negative");
    EXPECT_EQ(text(add(kRel, kRel)),
              "Operation failed: 1:5 + 1:5, can't add two relocatable values");
    EXPECT_EQ(text(sub(Value(Felt(1)), kRel)),
              "Operation failed 1 - 1:5, can't subtract a relocatable value from an integer");
    EXPECT_EQ(text(sub(kRel, Value(Relocatable{2, 5}))),
              "Operation failed: 1:5 - 2:5, can't subtract two relocatable values with different "
              "segment indexes");
    EXPECT_EQ(
        text(mul(kRel, Value(Felt(2)))),
        "Failed to compute Res.MUL: Could not complete computation of non pure values 1:5 * 2");
    EXPECT_EQ(text(add_usize({1, UINT64_MAX}, 1)),
              "Operation failed: 1:18446744073709551615 + 1, maximum offset value exceeded");
    EXPECT_EQ(text(sub_usize({1, 1}, 2)), "Operation failed: 1:1 - 2, offsets cant be negative");
    EXPECT_EQ(text(distance({1, 1}, {1, 2})),
              "Operation failed: 1:1 - 2, offsets cant be negative");
    EXPECT_EQ(*distance({1, 7}, {1, 2}), 5U);
}

}  // namespace
}  // namespace blockexecd::vm
