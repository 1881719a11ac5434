// SPDX-License-Identifier: Apache-2.0
// Felts as text and bytes.
#include <gtest/gtest.h>

#include <vector>

#include "tests/vm/felt/felt_samples.hpp"
#include "vm/felt/felt.hpp"

namespace blockexecd::vm {
namespace {

constexpr auto kPrimeHex = "0x800000000000011000000000000000000000000000000000000000000000001";
constexpr auto kPrimeDecimal =
    "3618502788666131213697322783095070105623107215331596699973092056135872020481";

TEST(FeltText, HexIsShortAndLowerCase) {
    EXPECT_EQ(Felt(0).to_hex(), "0x0");
    EXPECT_EQ(Felt(0x1f).to_hex(), "0x1f");
    EXPECT_EQ(Felt::from_u128(0, 1).to_hex(), "0x10000000000000000");
    EXPECT_EQ((-Felt(1)).to_hex(),
              "0x800000000000011000000000000000000000000000000000000000000000000");
    EXPECT_EQ(Felt(0xab).to_hex_padded(),
              "0x00000000000000000000000000000000000000000000000000000000000000ab");
}

TEST(FeltText, HexReadsBothCasesBelowThePrime) {
    EXPECT_EQ(Felt::from_hex("0xAbC"), Felt(0xabc));
    EXPECT_EQ(Felt::from_hex("0X1"), Felt(1));
    EXPECT_EQ(Felt::from_hex("0x" + std::string(63, '0') + "7"), Felt(7));
    for (const std::string text : {"", "0x", "abc", "0xg", "0x 1", "-0x1", kPrimeHex})
        EXPECT_FALSE(Felt::from_hex(text).has_value()) << text;
    EXPECT_FALSE(Felt::from_hex("0x" + std::string(65, '0')).has_value());
}

TEST(FeltText, HexReadsEveryLengthAndFindsEveryBadDigit) {
    const std::string digits = "0123456789abcdefFEDCBA9876543210";
    for (std::size_t size = 1; size <= digits.size(); ++size) {
        const std::string text = digits.substr(0, size);
        Felt expected;
        for (const char c : text)
            expected = expected * Felt(16) + Felt(std::stoull(std::string(1, c), nullptr, 16));
        EXPECT_EQ(Felt::from_hex("0x" + text), expected) << text;
        for (std::size_t at = 0; at < size; ++at)
            for (const char bad : {'g', 'G', '/', ':', '@', '`', 'x', '\0', '\x80', '\xff'}) {
                std::string wrong = text;
                wrong[at] = bad;
                EXPECT_FALSE(Felt::from_hex("0x" + wrong).has_value()) << size << " " << at;
            }
    }
}

TEST(FeltText, DecimalReadsBelowThePrime) {
    EXPECT_EQ(Felt::from_decimal("0"), Felt(0));
    EXPECT_EQ(Felt::from_decimal("00018446744073709551616"), Felt::from_u128(0, 1));
    for (const std::string text : {"", "-1", "1a", kPrimeDecimal})
        EXPECT_FALSE(Felt::from_decimal(text).has_value()) << text;
    EXPECT_FALSE(Felt::from_decimal(std::string(90, '9')).has_value());
}

TEST(FeltText, TextRoundTrips) {
    test::RandomFelts random;
    auto felts = test::edge_felts();
    felts.push_back(*Felt::from_decimal("100000000000000000000000000000000000000"));
    felts.push_back(*Felt::from_decimal("10000000000000000000"));
    for (int i = 0; i < 1000; ++i)
        felts.push_back(random.next_of_any_size());
    for (const Felt& felt : felts) {
        EXPECT_EQ(felt.to_decimal(), test::to_int(felt).str());
        EXPECT_EQ(Felt::from_decimal(felt.to_decimal()), felt);
        EXPECT_EQ(Felt::from_hex(felt.to_hex()), felt);
        EXPECT_EQ(Felt::from_hex(felt.to_hex_padded()), felt);
        EXPECT_EQ(Felt::from_bytes_be(felt.to_bytes_be()), felt);
    }
}

TEST(FeltText, SignedDecimalIsNegativeAboveHalf) {
    EXPECT_EQ(Felt(0).to_signed_decimal(), "0");
    EXPECT_EQ((-Felt(1)).to_signed_decimal(), "-1");
    const test::cpp_int half = test::prime() / 2;
    EXPECT_EQ(test::to_felt(half).to_signed_decimal(), half.str());
    EXPECT_EQ(test::to_felt(half + 1).to_signed_decimal(), "-" + half.str());
}

TEST(FeltText, BytesReduceModuloThePrime) {
    std::array<std::uint8_t, 32> bytes{};
    bytes.fill(0xff);
    EXPECT_EQ(test::to_int(Felt::from_bytes_be(bytes)),
              ((test::cpp_int(1) << 256) - 1) % test::prime());
    EXPECT_EQ(Felt::from_bytes_be_any(std::vector<std::uint8_t>{}), Felt(0));
    EXPECT_EQ(Felt::from_bytes_be_any(std::vector<std::uint8_t>{1, 2}), Felt(0x0102));
    EXPECT_EQ(Felt(0x0102).to_bytes_le()[0], 2);
}

TEST(FeltText, ShortStringsAreBigEndian) {
    EXPECT_EQ(Felt::from_ascii(""), Felt(0));
    EXPECT_EQ(Felt::from_ascii("SN_MAIN").to_hex(), "0x534e5f4d41494e");
    EXPECT_EQ(
        Felt::from_ascii(std::string(31, 'z')).to_hex(), "0x" + [] {
            std::string digits;
            for (int i = 0; i < 31; ++i)
                digits += "7a";
            return digits;
        }());
}

}  // namespace
}  // namespace blockexecd::vm
