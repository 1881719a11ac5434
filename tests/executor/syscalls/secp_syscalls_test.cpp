// SPDX-License-Identifier: Apache-2.0
// Points by address, and what is no point.
#include "executor/syscalls/secp_syscalls.hpp"

#include <gmock/gmock.h>

#include "tests/executor/syscalls/cairo1_fixture.hpp"

namespace blockexecd::executor::test {
namespace {

Felt hex(const char* text) {
    return *Felt::from_hex(text);
}

// secp256k1's generator: x and y as low and high halves.
const std::vector<vm::Value> kGenerator{
    hex("0x29bfcdb2dce28d959f2815b16f81798"), hex("0x79be667ef9dcbbac55a06295ce870b07"),
    hex("0xfd17b448a68554199c47d08ffb10d4b8"), hex("0x483ada7726a3c4655da4fbfc0e1108a8")};

class SecpSyscalls : public Cairo1Syscalls {
  protected:
    vm::Relocatable generator() {
        EXPECT_TRUE(call("Secp256k1New", kGenerator));
        EXPECT_EQ(response(2), vm::Value(Felt(0)));
        return response(3).relocatable();
    }
    std::vector<vm::Value> coordinates(const vm::Relocatable& point) {
        EXPECT_TRUE(call("Secp256k1GetXy", {point}));
        return {response(2), response(3), response(4), response(5)};
    }
};

TEST_F(SecpSyscalls, PointsStandSixCellsApart) {
    begin();
    const auto first = generator();
    const auto second = generator();
    EXPECT_EQ(first.offset, 0U);
    EXPECT_EQ(second, first + 6);
    EXPECT_EQ(coordinates(second), kGenerator);
}

TEST_F(SecpSyscalls, AddingTwiceIsMultiplyingByTwo) {
    begin();
    const auto point = generator();
    ASSERT_TRUE(call("Secp256k1Add", {point, point}));
    const auto sum = coordinates(response(2).relocatable());
    ASSERT_TRUE(call("Secp256k1Mul", {point, Felt(2), Felt(0)}));
    EXPECT_EQ(coordinates(response(2).relocatable()), sum);
    EXPECT_NE(sum, kGenerator);
}

TEST_F(SecpSyscalls, ZeroZeroIsInfinityAndReadsAsSuch) {
    begin();
    ASSERT_TRUE(call("Secp256r1New", {Felt(0), Felt(0), Felt(0), Felt(0)}));
    EXPECT_EQ(response(2), vm::Value(Felt(0)));
    ASSERT_TRUE(call("Secp256r1GetXy", {response(3)}));
    EXPECT_EQ(response(2), vm::Value(Felt(0)));
    EXPECT_EQ(response(5), vm::Value(Felt(0)));
}

TEST_F(SecpSyscalls, OffTheCurveThereIsNone) {
    begin();
    ASSERT_TRUE(call("Secp256k1New", {Felt(1), Felt(0), Felt(1), Felt(0)}));
    EXPECT_EQ(response(2), vm::Value(Felt(1)));
    EXPECT_EQ(response(3), vm::Value(Felt(0)));
}

TEST_F(SecpSyscalls, TheParityChoosesY) {
    begin();
    ASSERT_TRUE(call("Secp256k1GetPointFromX", {kGenerator[0], kGenerator[1], Felt(0)}));
    EXPECT_EQ(coordinates(response(3).relocatable()), kGenerator);
    ASSERT_TRUE(call("Secp256k1GetPointFromX", {kGenerator[0], kGenerator[1], Felt(1)}));
    EXPECT_NE(coordinates(response(3).relocatable()), kGenerator);
}

TEST_F(SecpSyscalls, AParityIsZeroOrOne) {
    begin();
    EXPECT_EQ(error_of("Secp256k1GetPointFromX", {kGenerator[0], kGenerator[1], Felt(2)}),
              "Invalid syscall input: 0x2; Invalid y parity");
}

TEST_F(SecpSyscalls, CoordinatesOutOfTheFieldFail) {
    begin();
    const auto top = hex("0xffffffffffffffffffffffffffffffff");
    EXPECT_EQ(failure_of("Secp256k1New", {top, top, Felt(0), Felt(0)}), "Invalid argument");
    EXPECT_EQ(failure_of("Secp256k1GetPointFromX", {top, top, Felt(0)}), "Invalid argument");
}

TEST_F(SecpSyscalls, OtherAddressesAreNoPoints) {
    begin();
    const auto point = generator();
    const std::string text = "; Invalid Secp point address";
    EXPECT_EQ(error_of("Secp256k1GetXy", {point + 1}),
              "Invalid syscall input: " + Felt(static_cast<std::uint64_t>(point.segment)).to_hex() +
                  text);
    EXPECT_THAT(error_of("Secp256r1GetXy", {point}), testing::HasSubstr(text));
}

TEST_F(SecpSyscalls, WordsAreOf128Bits) {
    begin();
    EXPECT_EQ(
        error_of("Secp256k1New", {Felt::from_canonical({0, 0, 1, 0}), Felt(0), Felt(0), Felt(0)}),
        "Out of range Felt 340282366920938463463374607431768211456 is too big to convert to "
        "'u128'.");
}

}  // namespace
}  // namespace blockexecd::executor::test
