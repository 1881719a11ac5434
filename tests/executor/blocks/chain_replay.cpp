// SPDX-License-Identifier: Apache-2.0
#include "tests/executor/blocks/chain_replay.hpp"

#include "executor/blocks/block_setup.hpp"
#include "executor/blocks/block_transaction.hpp"
#include "executor/calls/block_context.hpp"
#include "executor/classes/class_codec.hpp"
#include "tests/executor/blocks/archive_json.hpp"

namespace blockexecd::executor::test {

ClassDefinition read_class(const ChainArchive& archive, const ClassHash& class_hash) {
    const auto stem = (archive.folder() / "classes" / class_hash.to_hex()).string();
    if (!std::filesystem::exists(stem + ".sierra.json")) {
        const std::string json = read_text(stem + ".json");
        return parse_cairo0_class({.name = stem, .json = json}).value();
    }
    const std::string sierra = read_text(stem + ".sierra.json");
    const std::string casm = read_text(stem + ".casm.json");
    return parse_cairo1_class({.name = stem, .json = sierra}, {.name = stem, .json = casm}).value();
}

ChainReplay::ChainReplay(const ChainArchive& archive) : archive_(archive) {
    skip(archive.state_update(0));
}

vm::Result<BlockResult> ChainReplay::execute(const Block& block, const StateUpdate& update) {
    return execute(block, update, [this](const BlockInput& input, InMemoryState& state) {
        return executor::execute_block(worker_, input, state);
    });
}

vm::Result<BlockResult> ChainReplay::execute(const Block& block, const StateUpdate& update,
                                             const ExecuteBlock& execute_block) {
    auto result = execute_block(input_of(block), state_);
    skip(update);
    return result;
}

vm::Result<std::vector<std::string>> ChainReplay::try_transactions(const Block& block,
                                                                   std::span<const Tried> tried) {
    std::vector<std::string> texts;
    const auto input = input_of(block);
    BX_TRY(const auto context, make_block_context(input.chain, block.header));
    CachedState block_state(&state_);
    BX_CHECK(write_old_block_hash(block_state, context, input.old_block_hash));
    std::uint64_t steps = 0;
    for (std::uint64_t i = 0; texts.size() < tried.size(); ++i) {
        while (texts.size() < tried.size() && tried[texts.size()].index == i) {
            Block alone{.header = block.header,
                        .transactions = {tried[texts.size()].transaction},
                        .receipts = {}};
            BX_TRY(const auto transaction, transaction_input(input_of(alone), context, 0));
            CachedState state(&block_state);
            const auto info = execute_transaction(transaction, state, worker_.arena, steps);
            texts.push_back(info.has_error() ? located(alone, 0, info.error()).message()
                                             : "accepted");
        }
        if (texts.size() == tried.size())
            break;
        BX_TRY(const auto transaction, transaction_input(input, context, i));
        CachedState state(&block_state);
        const auto info = execute_transaction(transaction, state, worker_.arena, steps);
        if (info.has_error())
            return located(block, i, info.error());
        state.commit_to(block_state);
    }
    return texts;
}

BlockInput ChainReplay::input_of(const Block& block) {
    const BlockNumber number = block.header.number;
    BlockInput input{
        .chain = archive_.info(),
        .block = block,
        .old_block_hash = {},
        .declared_class = [this](const ClassHash& class_hash)
            -> vm::Result<std::shared_ptr<const CompiledClass>> { return load_class(class_hash); }};
    if (number >= kStoredBlockHashBuffer) {
        const BlockNumber old = number - kStoredBlockHashBuffer;
        input.old_block_hash = {old, block_hashes_.at(old)};
    }
    return input;
}

void ChainReplay::skip(const StateUpdate& update) {
    block_hashes_.push_back(update.block_hash);
    apply(update);
}

void ChainReplay::apply(const StateUpdate& update) {
    for (const auto& [class_hash, compiled_class_hash] : update.diff.declared_classes)
        state_.add_class(class_hash, load_class(class_hash));
    for (const auto& class_hash : update.diff.deprecated_declared_classes)
        state_.add_class(class_hash, load_class(class_hash));
    state_.apply(update.diff);
}

std::shared_ptr<const CompiledClass> ChainReplay::load_class(const ClassHash& class_hash) {
    const std::scoped_lock lock(classes_mutex_);
    if (const auto found = classes_.find(class_hash); found != classes_.end())
        return found->second;
    return classes_[class_hash] = compile_class(read_class(archive_, class_hash)).value();
}

}  // namespace blockexecd::executor::test
