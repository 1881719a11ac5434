// SPDX-License-Identifier: Apache-2.0
// How panic data reads in a revert reason.
#include "executor/calls/panic_data.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace blockexecd::executor {
namespace {

const Felt kMagic =
    *Felt::from_hex("0x46a6158a16a947e5916b2a2ca68501a45e93d7110e81aa2d6438b1c57c879a3");

std::string format(std::vector<Felt> felts) {
    return format_panic_data(felts);
}

TEST(PanicDataTest, NothingIsAnEmptyList) {
    EXPECT_EQ(format({}), "()");
}

TEST(PanicDataTest, OneItemStandsBareAndSeveralInParentheses) {
    EXPECT_EQ(format({Felt::from_ascii("oops")}), "0x6f6f7073 ('oops')");
    EXPECT_EQ(format({Felt::from_ascii("a"), Felt(1)}), "(0x61 ('a'), 0x1)");
}

TEST(PanicDataTest, ZeroIsAnEmptyShortString) {
    EXPECT_EQ(format({Felt(0)}), "0x0 ('')");
}

TEST(PanicDataTest, AShortStringMayEndInZerosButNotHoldThem) {
    EXPECT_EQ(format({Felt(0x616200)}), "0x616200 ('ab')");
    EXPECT_EQ(format({Felt(0x610062)}), "0x610062");
}

TEST(PanicDataTest, UnprintableBytesMakeANumber) {
    EXPECT_EQ(format({Felt(0x61ff)}), "0x61ff");
    EXPECT_EQ(format({Felt(0x7f)}), "0x7f");
    EXPECT_EQ(format({Felt(0x0b)}), "0xb");
    EXPECT_EQ(format({Felt(0x610a)}), "0x610a ('a\n')");
}

TEST(PanicDataTest, AByteArrayIsQuoted) {
    EXPECT_EQ(format({kMagic, Felt(0), Felt::from_ascii("hello"), Felt(5)}), "\"hello\"");
    EXPECT_EQ(format({kMagic, Felt(1), Felt::from_ascii("0123456789012345678901234567890"), Felt(0),
                      Felt(0)}),
              "\"0123456789012345678901234567890\"");
}

TEST(PanicDataTest, AByteArrayEscapesZerosAndUnprintableBytes) {
    EXPECT_EQ(format({kMagic, Felt(0), Felt(0x6100ff), Felt(4)}), "\"\\0a\\0\\xff\"");
}

TEST(PanicDataTest, ItemsFollowAByteArray) {
    EXPECT_EQ(format({kMagic, Felt(0), Felt::from_ascii("x"), Felt(1), Felt(2)}), "(\"x\", 0x2)");
}

TEST(PanicDataTest, AMalformedByteArrayIsPrintedFeltByFelt) {
    const auto magic = kMagic.to_hex();
    EXPECT_EQ(format({kMagic}), magic);
    EXPECT_EQ(format({kMagic, Felt(2), Felt(1), Felt(1)}), "(" + magic + ", 0x2, 0x1, 0x1)");
    EXPECT_EQ(format({kMagic, Felt(0), Felt(0x6162), Felt(1)}),
              "(" + magic + ", 0x0 (''), 0x6162 ('ab'), 0x1)");
    EXPECT_EQ(format({kMagic, Felt(0), Felt(1), Felt(0)}),
              "(" + magic + ", 0x0 (''), 0x1, 0x0 (''))");
    EXPECT_EQ(format({kMagic, Felt(0), Felt(1), Felt(32)}),
              "(" + magic + ", 0x0 (''), 0x1, 0x20 (' '))");
}

}  // namespace
}  // namespace blockexecd::executor
