// SPDX-License-Identifier: Apache-2.0
// Transactions that the reference would not let into a block, with its texts.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "executor/gas/transaction_receipt.hpp"
#include "executor/types/address.hpp"
#include "tests/executor/transactions/one_transaction.hpp"

namespace blockexecd::executor {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

TEST(Rejection, OfAVersionThatIsNotSupported) {
    test::OneTransaction one("mixed-small");
    Transaction transaction = one.first(TransactionType::invoke, 3);
    transaction.version = 2;
    EXPECT_EQ(one.execute(transaction).rejection(),
              "Transaction version 0x2 is not supported. Supported versions: [0x0, 0x1, 0x3].");
    transaction.type = TransactionType::deploy_account;
    transaction.version = 0;
    EXPECT_EQ(one.execute(transaction).rejection(),
              "Transaction version 0x0 is not supported. Supported versions: [0x1, 0x3].");
    transaction.type = TransactionType::declare;
    transaction.version = 4;
    EXPECT_EQ(
        one.execute(transaction).rejection(),
        "Transaction version 0x4 is not supported. Supported versions: [0x0, 0x1, 0x2, 0x3].");
}

TEST(Rejection, OfAWrongNonce) {
    test::OneTransaction one("mixed-small");
    Transaction transaction = one.first(TransactionType::invoke, 3);
    const Nonce account_nonce = transaction.nonce;
    transaction.nonce = account_nonce + Felt(5);
    EXPECT_EQ(one.execute(transaction).rejection(),
              "Invalid transaction nonce of contract at address " +
                  transaction.sender_address.to_hex_padded() +
                  ". Account nonce: " + account_nonce.to_hex_padded() +
                  "; got: " + transaction.nonce.to_hex_padded() + ".");
    // A higher nonce will do where the check is not strict; the account's own goes up by one.
    const auto outcome = one.execute(transaction, {.validate = false, .strict_nonce_check = false});
    EXPECT_EQ(outcome.rejection(), "");
    EXPECT_EQ(outcome.changes.nonces.at(transaction.sender_address), account_nonce + Felt(1));
}

TEST(Rejection, OfBoundsBelowTheMinimumOrThePrices) {
    test::OneTransaction one("mixed-small");
    Transaction transaction = one.first(TransactionType::invoke, 3);
    const GasVector minimal = minimal_gas_vector(one.context, transaction).value();
    ASSERT_GT(minimal.l2_gas, 0U);
    ASSERT_GT(minimal.l1_data_gas, 0U);
    transaction.resource_bounds.l2_gas.max_amount = minimal.l2_gas - 1;
    transaction.resource_bounds.l1_gas.max_price_per_unit = 1;
    transaction.resource_bounds.l1_data_gas->max_amount = 3;
    const auto l1_price = static_cast<std::uint64_t>(one.context.strk_prices.l1_gas);
    EXPECT_EQ(one.execute(transaction).rejection(),
              "Resource bounds were not satisfied: Max L1Gas price (1) is lower than the actual "
              "gas price: " +
                  std::to_string(l1_price) +
                  ".\nMax L1DataGas amount (3) is lower than the minimal gas amount: " +
                  std::to_string(minimal.l1_data_gas) + ".\nMax L2Gas amount (" +
                  std::to_string(minimal.l2_gas - 1) + ") is lower than the minimal gas amount: " +
                  std::to_string(minimal.l2_gas) + ".");
}

TEST(Rejection, OfBoundsThatTheAccountCannotPay) {
    test::OneTransaction one("mixed-small");
    Transaction transaction = one.first(TransactionType::invoke, 3);
    transaction.resource_bounds.l1_gas = {.max_amount = ~std::uint64_t{0},
                                          .max_price_per_unit = u128{1} << 60};
    EXPECT_THAT(
        one.execute(transaction).rejection(),
        StartsWith(
            "Resources bounds ({ l1_gas: { max_amount: 18446744073709551615, max_price_per_unit: "
            "1152921504606846976 }, l2_gas: { max_amount: "));
    EXPECT_THAT(one.execute(transaction).rejection(),
                HasSubstr(" } }) exceed balance (1000000000000000000000000)."));
}

TEST(Rejection, OfL1BoundsThatAreTooLowOrTooHigh) {
    test::OneTransaction one("mixed-0.13.2");
    Transaction transaction = one.first(TransactionType::invoke, 3);
    ASSERT_FALSE(transaction.resource_bounds.l1_data_gas.has_value());
    auto& bounds = transaction.resource_bounds.l1_gas;
    const ResourceBounds good = bounds;
    bounds.max_amount = 1;
    EXPECT_THAT(one.execute(transaction).rejection(),
                StartsWith("Resource bounds were not satisfied: Max L1Gas amount (1) is lower than "
                           "the minimal gas "
                           "amount: "));
    bounds = {.max_amount = 1'000'000'000'000, .max_price_per_unit = good.max_price_per_unit};
    const auto price = static_cast<std::uint64_t>(good.max_price_per_unit);
    EXPECT_THAT(one.execute(transaction).rejection(),
                StartsWith("Resource L1Gas bounds (max amount: 1000000000000, max price): " +
                           std::to_string(price) + ") exceed balance ("));
}

TEST(Rejection, OfAMaxFeeThatIsTooLowOrTooHigh) {
    test::OneTransaction one("mixed-0.13.2");
    Transaction transaction = one.first(TransactionType::invoke, 1);
    transaction.max_fee = 1;
    EXPECT_THAT(one.execute(transaction).rejection(),
                StartsWith("Max fee (1) is too low. Minimum fee: "));
    transaction.max_fee = ~u128{0};
    EXPECT_THAT(one.execute(transaction).rejection(),
                StartsWith("Max fee (340282366920938463463374607431768211455) exceeds balance ("));
}

TEST(Rejection, OfASignatureThatTheAccountRefuses) {
    test::OneTransaction one("mixed-small");
    Transaction transaction = one.first(TransactionType::invoke, 3);
    transaction.signature[0] += Felt(1);
    EXPECT_THAT(
        one.execute(transaction).rejection(),
        StartsWith(
            "The `validate` entry point panicked with:\nError in contract (contract address: " +
            transaction.sender_address.to_hex_padded()));
    EXPECT_THAT(one.execute(transaction).rejection(),
                HasSubstr("('Account: invalid signature').\n"));
    EXPECT_EQ(one.execute(transaction, {.validate = false}).rejection(), "");
}

TEST(Rejection, OfAValidationThatFailsBeforeTheVersionHadReverts) {
    test::OneTransaction one("mixed-0.13.2");
    Transaction transaction = one.first(TransactionType::invoke, 3);
    transaction.signature[0] += Felt(1);
    EXPECT_THAT(one.execute(transaction).rejection(),
                StartsWith("Transaction validation has failed:\n0: Error in the called contract "
                           "(contract address: " +
                           transaction.sender_address.to_hex_padded()));
}

TEST(Rejection, OfAnAccountThatIsNotThere) {
    test::OneTransaction one("mixed-small");
    Transaction transaction = one.first(TransactionType::invoke, 3);
    transaction.sender_address = Felt(0x777);
    transaction.nonce = Felt(0);
    EXPECT_THAT(one.execute(transaction, {.charge_fee = false}).rejection(),
                HasSubstr("Requested contract address " + Felt(0x777).to_hex_padded() +
                          " is not deployed."));
}

TEST(Rejection, OfADeclarationOfWhatIsDeclaredOrHasAnotherHash) {
    test::OneTransaction one("mixed-small");
    Transaction transaction = one.first(TransactionType::declare, 3);
    ASSERT_EQ(one.execute(transaction).rejection(), "");

    Transaction other_hash = transaction;
    other_hash.compiled_class_hash += Felt(1);
    EXPECT_THAT(one.execute(other_hash, {.validate = false}).rejection(),
                StartsWith("Mismatch compiled class hash for class with hash 0x"));

    // A later block's state knows the class.
    one.replay.skip(one.archive.state_update(1));
    transaction.nonce = one.replay.state().nonce_at(transaction.sender_address).value();
    EXPECT_EQ(
        one.execute(transaction, {.validate = false}).rejection(),
        "Class with hash " + transaction.class_hash.to_hex_padded() + " is already declared.");
}

TEST(Rejection, OfADeclarationWithAClassOfTheOtherGeneration) {
    test::OneTransaction one("mixed-small");
    Transaction transaction = one.first(TransactionType::declare, 3);
    transaction.version = 1;
    transaction.max_fee = 1;
    EXPECT_EQ(one.execute(transaction, {.charge_fee = false, .validate = false}).rejection(),
              "Declare transaction version 1 must have a contract class of Cairo version 0.");
}

// From 0.13.4 on an entry point that is not found is a failed call, which only a Cairo 1 account's
// check of what it returned names otherwise.
TEST(Rejection, OfACairo0AccountThatHasNoValidation) {
    test::OneTransaction one("syscalls-0.14.4");
    Transaction transaction = one.first(TransactionType::invoke, 3);
    for (const auto& [address, class_hash] : one.archive.state_update(0).diff.deployed_contracts) {
        const auto compiled_class = one.replay.load_class(class_hash);
        const auto& external = compiled_class->entry_points[0];
        if (compiled_class->kind == ClassKind::cairo0 && !external.empty() &&
            !external.front().selector.is_zero() &&
            std::ranges::find(external, selector_from_name("__validate__"),
                              &EntryPoint::selector) == external.end())
            transaction.sender_address = address;
    }
    transaction.nonce = one.replay.state().nonce_at(transaction.sender_address).value();
    EXPECT_EQ(one.execute(transaction, {.charge_fee = false}).rejection(),
              "Cairo0 validate error with retdata: Retdata([" +
                  Felt::from_ascii("ENTRYPOINT_NOT_FOUND").to_hex() + "])");
}

TEST(Rejection, OfAMessageThatNobodyPaidFor) {
    test::OneTransaction one("mixed-small");
    Transaction transaction = one.first(TransactionType::l1_handler, 0);
    ASSERT_EQ(one.execute(transaction).rejection(), "");
    transaction.paid_fee_on_l1 = 0;
    EXPECT_THAT(
        one.execute(transaction).rejection(),
        testing::MatchesRegex("Actual fee \\([0-9]+\\) exceeded paid fee on L1 \\(0\\)\\."));
}

TEST(Rejection, OfProofFactsThatDoNotHold) {
    test::OneTransaction one("mixed-small", 12);
    one.block.header.starknet_version = "0.14.4";
    one.context = make_block_context(one.archive.info(), one.block.header).value();
    Transaction transaction = one.first(TransactionType::invoke, 3);
    const Felt program =
        one.context.constants->os_constants.allowed_virtual_os_program_hashes.front();
    const std::vector<Felt> facts{Felt::from_ascii("PROOF1"),
                                  Felt::from_ascii("VIRTUAL_SNOS"),
                                  program,
                                  Felt::from_ascii("VIRTUAL_SNOS0"),
                                  Felt(1),
                                  one.archive.block(1).header.hash,
                                  Felt(5)};
    const auto rejection = [&](std::size_t length, std::size_t changed, const Felt& value) {
        transaction.proof_facts.assign(facts.begin(),
                                       facts.begin() + static_cast<std::ptrdiff_t>(length));
        if (changed < length)
            transaction.proof_facts[changed] = value;
        return one.execute(transaction, {.charge_fee = false}).rejection();
    };
    EXPECT_EQ(rejection(1, 9, {}),
              "Invalid proof facts: ProofFacts parse error: Proof facts must have at least 2 "
              "fields, got 1");
    EXPECT_THAT(rejection(7, 0, Felt(7)),
                HasSubstr("Expected first field to be one of 88314448135728 (PROOF0), "));
    EXPECT_THAT(rejection(7, 1, Felt(7)),
                HasSubstr("Non-SNOS proofs are not currently supported."));
    EXPECT_THAT(rejection(6, 9, {}), HasSubstr("SNOS proof facts is too small with 6 fields"));
    EXPECT_THAT(rejection(7, 3, Felt(7)), HasSubstr("(VIRTUAL_OS_OUTPUT_VERSION), but got 7"));
    EXPECT_THAT(
        rejection(7, 0, Felt::from_ascii("PROOF0")),
        HasSubstr(
            "Proof version 88314448135728 (PROOF0) is not allowed under this protocol version."));
    EXPECT_THAT(rejection(7, 2, Felt(7)), HasSubstr("Virtual OS program hash 7 is not allowed"));
    EXPECT_THAT(
        rejection(7, 4, Felt(3)),
        HasSubstr(
            "The proof block number 3 is too recent. The maximum allowed block number is 2."));
    EXPECT_THAT(rejection(7, 5, Felt(0)), HasSubstr("Proof block hash is zero for block 1."));
    EXPECT_THAT(
        rejection(7, 5, Felt(9)),
        HasSubstr("Block hash mismatch for block 1. Proof block hash: 9, stored block hash: "));
    EXPECT_THAT(rejection(7, 9, {}), HasSubstr(", expected virtual OS config hash: 5."));
}

}  // namespace
}  // namespace blockexecd::executor
