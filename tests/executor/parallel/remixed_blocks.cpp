// SPDX-License-Identifier: Apache-2.0
#include "tests/executor/parallel/remixed_blocks.hpp"

#include <algorithm>

namespace blockexecd::executor::test {
namespace {

// Those that run until their gas is used up show nothing more, and take the time of hundreds.
constexpr std::uint64_t kMaxSteps = 150'000;

std::size_t pick(std::mt19937_64& random, std::size_t bound) {
    return static_cast<std::size_t>(random() % bound);
}

// Each is a way to fail after validation, or, for bounds that are far too low, before it.
void make_failing(std::mt19937_64& random, Transaction& transaction) {
    auto& calldata = transaction.calldata;
    if (calldata.empty())
        calldata.emplace_back(0);
    switch (pick(random, 4)) {
        case 0:  // an amount that nobody has
            calldata.back() = Felt::from_u128(~0ULL, ~0ULL >> 1);
            break;
        case 1:  // another function or contract
            calldata[pick(random, calldata.size())] = Felt(random() % 1000);
            break;
        case 2:
            calldata.pop_back();
            break;
        default:  // too little gas
            transaction.resource_bounds.l2_gas.max_amount >>= 4 + pick(random, 6);
            transaction.max_fee >>= 1 + pick(random, 3);
            break;
    }
}

}  // namespace

RemixedBlocks::RemixedBlocks(const ChainArchive& archive)
    : archive_(archive), replay_(archive), header_(archive.block(1).header) {
    for (BlockNumber number = 1; number <= archive.last_block(); ++number) {
        const auto block = archive.block(number);
        for (std::size_t i = 0; i < block.transactions.size(); ++i)
            if (block.receipts[i].execution_resources.n_steps < kMaxSteps)
                templates_.push_back(block.transactions[i]);
    }
}

std::vector<Transaction> RemixedBlocks::draw(Random& random, const Remix& remix) const {
    const auto& accounts = replay_.state().class_hashes;
    std::vector<Transaction> drawn;
    FlatSet<ContractAddress> deployed;
    FlatSet<ContractAddress> senders;
    FlatSet<TransactionHash> once;
    const Transaction* repeated = nullptr;
    for (int tries = 0; drawn.size() < remix.transactions && tries < 4000; ++tries) {
        auto one = templates_[pick(random, templates_.size())];
        const bool is_invoke = one.type == TransactionType::invoke;
        if (!is_invoke && one.type != TransactionType::l1_handler && !once.insert(one.hash).second)
            continue;  // a second declaration or deployment of the same is rejected
        if (one.type != TransactionType::deploy_account && !accounts.contains(one.sender_address) &&
            !deployed.contains(one.sender_address))
            continue;
        if (remix.conflict == Conflict::low && !senders.insert(one.sender_address).second)
            continue;
        if (remix.conflict == Conflict::total) {
            if (!is_invoke)
                continue;
            if (repeated == nullptr)
                repeated = &templates_[pick(random, templates_.size())];
            if (repeated->type != TransactionType::invoke ||
                !accounts.contains(repeated->sender_address)) {
                repeated = nullptr;
                continue;
            }
            // Half of these blocks are one account's, the others one call by accounts of one class.
            if (remix.transactions % 2 == 0)
                one.sender_address = repeated->sender_address;
            else if (accounts.at(one.sender_address) == accounts.at(repeated->sender_address))
                one.calldata = repeated->calldata;
        }
        if (is_invoke && pick(random, 100) < remix.failing_percent)
            make_failing(random, one);
        if (one.type == TransactionType::deploy_account)
            deployed.insert(one.sender_address);
        drawn.push_back(std::move(one));
    }
    return drawn;
}

void RemixedBlocks::set_nonces(std::vector<Transaction>& transactions) const {
    FlatMap<ContractAddress, Nonce> nonces;
    std::uint64_t number = 0;
    for (auto& transaction : transactions) {
        transaction.hash = Felt(0x1000 + number++);
        if (transaction.type == TransactionType::l1_handler ||
            (transaction.type == TransactionType::invoke && transaction.version == 0))
            continue;
        const auto [entry, first] = nonces.try_emplace(transaction.sender_address);
        if (first)
            entry->second = *replay_.state().nonce_at(transaction.sender_address);
        transaction.nonce = entry->second;
        entry->second += Felt(1);
    }
}

Block RemixedBlocks::make(std::uint64_t seed, const Remix& remix) const {
    Random random(seed);
    Block block{.header = header_, .transactions = draw(random, remix), .receipts = {}};
    set_nonces(block.transactions);
    return block;
}

Block RemixedBlocks::without(Block block, std::size_t index) const {
    block.transactions.erase(block.transactions.begin() + static_cast<std::ptrdiff_t>(index));
    set_nonces(block.transactions);
    return block;
}

BlockInput RemixedBlocks::input(const Block& block) {
    return {.chain = archive_.info(),
            .block = block,
            .old_block_hash = {},
            .declared_class = [this](const ClassHash& class_hash)
                -> vm::Result<std::shared_ptr<const CompiledClass>> {
                return replay_.load_class(class_hash);
            },
            .validate = false};
}

}  // namespace blockexecd::executor::test
