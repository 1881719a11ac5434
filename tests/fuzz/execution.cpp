// SPDX-License-Identifier: Apache-2.0
// Hostile input to the executor: classes as stored bytes with calldata, and transactions over a
// chain's state. Whatever they are, a call ends in a result or an error, and steps and memory keep
// to their limits.
#include <algorithm>
#include <boost/endian/conversion.hpp>

#include "executor/blocks/block_setup.hpp"
#include "executor/calls/entry_point.hpp"
#include "executor/calls/transaction_info.hpp"
#include "executor/classes/class_codec.hpp"
#include "executor/transactions/execute_transaction.hpp"
#include "storage/schema/codec.hpp"
#include "tests/fuzz/chain.hpp"
#include "tests/fuzz/target.hpp"

namespace blockexecd::fuzz {

namespace {

using executor::Felt;

constexpr std::size_t kArena = std::size_t{256} << 20;
// 100 gas a step.
constexpr std::uint64_t kGas = 2'000'000;
const executor::ContractAddress kContract = Felt(0x1234);

vm::Arena& arena() {
    static vm::Arena shared(kArena);
    return shared;
}

const executor::BlockContext& context() {
    static const auto block =
        executor::make_block_context(chain().archive.info(), chain().archive.block(1).header)
            .value();
    return block;
}

// Whether the arena was given back, and every error has a text.
template <class T>
void expect_orderly(const vm::Result<T>& result, const vm::Arena::Mark& mark) {
    if (result.has_error() && result.error().message().empty())
        broken("an error without a text");
    if (arena().mark().top != mark.top)
        broken("cells were not given back");
}

std::vector<Felt> felts_of(Bytes input, std::size_t most) {
    std::vector<Felt> felts;
    while (!input.empty() && felts.size() < most) {
        // One byte gives the size in bytes.
        const std::size_t size = std::min<std::size_t>(input[0] % 33, input.size() - 1);
        Felt value;
        for (std::size_t i = 0; i < size; ++i)
            value = value * Felt(256) + Felt(std::uint64_t{input[1 + i]});
        felts.push_back(value);
        input = input.subspan(1 + size);
    }
    return felts;
}

}  // namespace

// Four bytes with the length of the class, the class as storage keeps it, the calldata.
void run_contract(Bytes input) {
    if (input.size() < 4)
        return;
    const std::size_t length =
        std::min<std::size_t>(boost::endian::load_little_u32(input.data()), input.size() - 4);
    const auto compiled_class = executor::decode_class(input.subspan(4, length));
    if (compiled_class.has_error())
        return;
    const std::vector<Felt> calldata = felts_of(input.subspan(4 + length), 64);

    executor::InMemoryState below;
    const executor::ClassHash class_hash(0xc1a55);
    below.class_hashes[kContract] = class_hash;
    below.add_class(class_hash, *compiled_class);
    const auto mark = arena().mark();
    for (const auto& entry_points : (*compiled_class)->entry_points)
        for (std::size_t i = 0; i < std::min<std::size_t>(entry_points.size(), 2); ++i) {
            executor::CachedState state(&below);
            executor::Transaction transaction;
            auto execution =
                make_execution_context(context(), executor::transaction_info(transaction),
                                       executor::ExecutionMode::execute, false, kGas, arena());
            executor::CallEntryPoint call;
            call.entry_point_type = static_cast<executor::EntryPointType>(
                &entry_points - (*compiled_class)->entry_points.data());
            call.entry_point_selector = entry_points[i].selector;
            call.storage_address = call.code_address.emplace(kContract);
            call.calldata = calldata;
            call.initial_gas = kGas;
            std::uint64_t gas = kGas;
            expect_orderly(executor::execute_call(std::move(call), state, execution, gas), mark);
        }
}

std::vector<std::string> seeds_contract() {
    std::vector<std::string> seeds;
    for (const std::string& encoded : seeds_class_codec()) {
        std::string seed(4, '\0');
        boost::endian::store_little_u32(reinterpret_cast<std::uint8_t*>(seed.data()),
                                        static_cast<std::uint32_t>(encoded.size()));
        seeds.push_back(seed + encoded + std::string("\x01\x05\x01\x02\x00", 5));
    }
    return seeds;
}

// Stored transactions, each executed over the state before block 1.
void run_transactions(Bytes input) {
    const auto transactions =
        storage::decode<std::vector<executor::Transaction>>(text_of(input), "transactions");
    if (transactions.has_error())
        return;
    const auto mark = arena().mark();
    for (std::size_t i = 0; i < std::min<std::size_t>(transactions->size(), 3); ++i) {
        executor::Transaction transaction = (*transactions)[i];
        // A transaction's limit is what bounds the work; this one bounds the patience.
        transaction.resource_bounds.l2_gas.max_amount =
            std::min<std::uint64_t>(transaction.resource_bounds.l2_gas.max_amount, 100 * kGas);
        executor::CachedState state(&chain().replay.state());
        std::uint64_t steps = 0;
        const executor::TransactionInput run{.transaction = transaction,
                                             .block = context(),
                                             .declared_class = nullptr,
                                             .flags = executor::flags_of_block(transaction)};
        if (transaction.type == executor::TransactionType::declare)
            continue;
        expect_orderly(executor::execute_transaction(run, state, arena(), steps), mark);
    }
}

std::vector<std::string> seeds_transactions() {
    std::vector<std::string> seeds;
    for (const executor::Transaction& transaction : chain().archive.block(1).transactions)
        seeds.push_back(storage::encode(std::vector<executor::Transaction>{transaction}));
    return seeds;
}

}  // namespace blockexecd::fuzz
