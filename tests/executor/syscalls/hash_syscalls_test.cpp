// SPDX-License-Identifier: Apache-2.0
// Keccak and SHA blocks against the hashes of known messages.
#include "executor/syscalls/hash_syscalls.hpp"

#include <gmock/gmock.h>

#include "tests/executor/syscalls/cairo1_fixture.hpp"

namespace blockexecd::executor::test {
namespace {

constexpr std::uint64_t kRoundGas = 171707;

class HashSyscalls : public Cairo1Syscalls {
  protected:
    // The one block of the empty message, padded.
    static std::vector<Felt> padded_empty_message() {
        std::vector<Felt> words(17, Felt(0));
        words.front() = Felt(1);
        words.back() = Felt(0x8000000000000000ULL);
        return words;
    }
};

TEST_F(HashSyscalls, KeccakOfTheEmptyMessage) {
    begin();
    const auto input = array(padded_empty_message());
    ASSERT_TRUE(call("Keccak", {input, input + 17}));
    // c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470, as little-endian 128-bit
    // halves.
    EXPECT_EQ(response(2), vm::Value(*Felt::from_hex("0xc003c7dcb27d7e923c23f7860146d2c5")));
    EXPECT_EQ(response(3), vm::Value(*Felt::from_hex("0x70a4855d04d8fa7b3b2782ca53b600e5")));
    EXPECT_EQ(gas_left(), Felt(kGas - kRoundGas));
    EXPECT_EQ(info.syscalls_usage.find(SyscallSelector::Keccak)->call_count, 1U);
}

TEST_F(HashSyscalls, KeccakCountsRoundsAndExistsWithoutAny) {
    begin();
    const auto input = array(std::vector<Felt>(34, Felt(1)));
    ASSERT_TRUE(call("Keccak", {input, input}));
    ASSERT_NE(info.syscalls_usage.find(SyscallSelector::Keccak), nullptr);
    EXPECT_EQ(info.syscalls_usage.find(SyscallSelector::Keccak)->call_count, 0U);
    ASSERT_TRUE(call("Keccak", {input, input + 34}));
    EXPECT_EQ(info.syscalls_usage.find(SyscallSelector::Keccak)->call_count, 2U);
}

TEST_F(HashSyscalls, KeccakFailsOnAPartialBlock) {
    begin();
    const auto input = array(padded_empty_message());
    EXPECT_EQ(failure_of("Keccak", {input, input + 16}), "Invalid input length");
    EXPECT_EQ(info.syscalls_usage.find(SyscallSelector::Keccak), nullptr);
}

TEST_F(HashSyscalls, KeccakTakesNoGasWhenItsRoundsCostTooMuch) {
    begin();
    const auto input = array(padded_empty_message());
    ASSERT_TRUE(call_with_gas("Keccak", kRoundGas - 1, {input, input + 17}));
    EXPECT_EQ(failure(), "Out of gas");
    EXPECT_EQ(gas_left(), Felt(kRoundGas - 1));
}

TEST_F(HashSyscalls, KeccakRefusesWiderWords) {
    begin();
    const auto input = array(std::vector<Felt>(17, Felt::from_u128(0, 1)));
    EXPECT_EQ(error_of("Keccak", {input, input + 17}),
              "Invalid syscall input: 0x10000000000000000; Invalid input for the keccak syscall.");
}

TEST_F(HashSyscalls, Sha256OfAbcInStatesOneBehindTheOther) {
    begin();
    std::vector<Felt> message(16, Felt(0));
    message.front() = Felt(0x61626380);
    message.back() = Felt(24);
    const auto input = array(message);
    const auto initial =
        array({Felt(0x6a09e667), Felt(0xbb67ae85), Felt(0x3c6ef372), Felt(0xa54ff53a),
               Felt(0x510e527f), Felt(0x9b05688c), Felt(0x1f83d9ab), Felt(0x5be0cd19)});
    ASSERT_TRUE(call("Sha256ProcessBlock", {initial, input}));
    const auto first = response(2).relocatable();
    EXPECT_EQ(felts(first, 8),
              (std::vector<Felt>{Felt(0xba7816bf), Felt(0x8f01cfea), Felt(0x414140de),
                                 Felt(0x5dae2223), Felt(0xb00361a3), Felt(0x96177a9c),
                                 Felt(0xb410ff61), Felt(0xf20015ad)}));
    ASSERT_TRUE(call("Sha256ProcessBlock", {initial, input}));
    EXPECT_EQ(response(2).relocatable(), first + 8);
}

}  // namespace
}  // namespace blockexecd::executor::test
