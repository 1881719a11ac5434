// SPDX-License-Identifier: Apache-2.0
// Every stored type survives the codec, and bytes that no encoder writes are refused.
#include "storage/schema/codec.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "storage/schema/records.hpp"
#include "tests/storage/support/random_values.hpp"

namespace blockexecd::storage::test {
namespace {

using namespace executor;

// Also that each byte counts: every cut of the encoding is refused, and so is one byte more.
template <class T>
void expect_round_trip(const T& value) {
    const auto bytes = encode(value);
    const auto back = decode<T>(bytes, "value");
    ASSERT_TRUE(back) << back.error().message;
    EXPECT_EQ(*back, value);
    EXPECT_EQ(encode(*back), bytes);
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        const auto cut = decode<T>(std::string_view(bytes).substr(0, size), "value");
        ASSERT_FALSE(cut) << "cut to " << size << " of " << bytes.size();
        EXPECT_EQ(cut.error().code, ErrorCode::corrupt);
    }
    EXPECT_FALSE(decode<T>(bytes + '\0', "value"));
}

TEST(Codec, RoundTripsRandomValues) {
    Random random(1);
    for (int i = 0; i < 60; ++i) {
        expect_round_trip(StoredHeader{random_header(random), random()});
        expect_round_trip(
            std::vector<Transaction>{random_transaction(random), random_transaction(random)});
        expect_round_trip(std::vector<Receipt>{random_receipt(random)});
        expect_round_trip(random_state_diff(random));
        expect_round_trip(StateUpdate{random_felt(random),
                                      random_felt(random),
                                      random_felt(random),
                                      random_felt(random),
                                      {},
                                      random_state_diff(random)});
        expect_round_trip(OutcomeRecord{random(), random_verdict(random),
                                        i % 2 == 0 ? std::optional("reason") : std::nullopt});
        expect_round_trip(
            BlockTimings{random(), random(), random(), random(), {{1, -1, -1}, {2, 7, 1}}});
    }
    expect_round_trip(ChainInfo{"SN_MAIN", random_felt(random), random_felt(random), true});
    expect_round_trip(BlockRange{3, ~std::uint64_t{0}});
    expect_round_trip(DeclarationRecord{ClassForm::cairo0});
}

// Flipped bits may give other valid values; they must never give more than that.
TEST(Codec, ReadsDamagedBytesWithoutHarm) {
    Random random(2);
    for (int i = 0; i < 3000; ++i) {
        auto bytes = encode(std::vector<Receipt>{random_receipt(random), random_receipt(random)});
        for (int flips = 0; flips < 3; ++flips)
            bytes[random() % bytes.size()] ^= static_cast<char>(1U << random() % 8);
        if (const auto read = decode<std::vector<Receipt>>(bytes, "value")) {
            EXPECT_EQ(encode(*read), bytes) << "two encodings of one value";
        }
    }
}

struct Refusal {
    std::string bytes;
    std::string reason;
};

TEST(Codec, NamesTheReasonAndTheByte) {
    using namespace std::string_literals;
    // A range of blocks is two integers.
    const Refusal refusals[] = {
        {""s, "unexpected end at byte 0"},
        {"\x05"s, "unexpected end at byte 1"},
        {"\x05\x80\x00"s, "not in its shortest form"},
        {"\x05\xff\xff\xff\xff\xff\xff\xff\xff\xff\x02"s, "integer out of range"},
        {"\x05\x06\x07"s, "bytes after the end at byte 2"},
    };
    for (const auto& [bytes, reason] : refusals) {
        const auto read = decode<BlockRange>(bytes, "range");
        ASSERT_FALSE(read);
        EXPECT_THAT(read.error().message,
                    testing::AllOf(testing::HasSubstr("stored range"), testing::HasSubstr(reason)));
    }
    // A count that promises more than there is; a kind that does not exist.
    EXPECT_THAT(decode<std::vector<Receipt>>("\x7f"s, "receipts").error().message,
                testing::HasSubstr("count beyond the end"));
    EXPECT_THAT(decode<DeclarationRecord>("\x02"s, "class").error().message,
                testing::HasSubstr("unknown kind 2"));
}

TEST(Codec, RefusesNumbersThatAreNoFelts) {
    StateDiff diff;
    diff.nonces[1] = Felt(0) - Felt(1);
    auto bytes = encode(diff);
    ASSERT_TRUE(decode<StateDiff>(bytes, "diff"));
    const auto end = bytes.size() - 5;  // five empty lists follow the nonces
    bytes[end - 1] = 1;                 // the value was p - 1
    EXPECT_THAT(decode<StateDiff>(bytes, "diff").error().message, testing::HasSubstr("not a felt"));
}

}  // namespace
}  // namespace blockexecd::storage::test
