// SPDX-License-Identifier: Apache-2.0
#include "executor/blocks/known_exceptions.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

namespace blockexecd::executor {
namespace {

constexpr std::string_view kNativeReason =
    "The fifth transaction reverts. The sequencer ran it on its native backend and charged 1139195 "
    "L2 gas; executed from CASM it takes 1107735, so sender and sequencer have other balances.";
constexpr std::string_view kNativeSource =
    "starkware-libs/sequencer blockifier_reexecution resources/block_8894544, and blockifier "
    "0.20.0-rc.1 on the same file";

constexpr std::string_view kReplacedReason =
    "The header's commitments are of no form that this version has, and the block hash is that of "
    "ours.";
constexpr std::string_view kReplacedSource = "the block as the gateway and full nodes serve it";

constexpr std::array kExceptions{
    KnownException{"SN_MAIN", 619596, "transaction_commitment", kReplacedReason, kReplacedSource},
    KnownException{"SN_MAIN", 619596, "event_commitment", kReplacedReason, kReplacedSource},
    KnownException{"SN_SEPOLIA", 8894544,
                   "state_diff.storage_diffs["
                   "0x4718f5a0fc34cc1af16a1cdee98ffb20c31f5cd61d6ab07201858f4287c938d]["
                   "0x597112715dbb98e3d58b9f1c76052be1d6290188399cf431020a948ed95206]",
                   kNativeReason, kNativeSource},
    KnownException{"SN_SEPOLIA", 8894544,
                   "state_diff.storage_diffs["
                   "0x4718f5a0fc34cc1af16a1cdee98ffb20c31f5cd61d6ab07201858f4287c938d]["
                   "0x5496768776e3db30053404f18067d81a6e06f5a2b0de326e21298fd9d569a9a]",
                   kNativeReason, kNativeSource},
};

const KnownException* find(std::string_view chain_id, const Mismatch& mismatch) {
    const auto found = std::ranges::find_if(kExceptions, [&](const KnownException& known) {
        return known.chain_id == chain_id && known.block == mismatch.block &&
               known.field == mismatch.field;
    });
    return found == kExceptions.end() ? nullptr : &*found;
}

}  // namespace

std::span<const KnownException> known_exceptions() {
    return kExceptions;
}

void except_known(std::string_view chain_id, Verdict& verdict) {
    std::vector<Mismatch> unknown;
    std::set<std::uint64_t> excepted;
    for (auto& mismatch : verdict.mismatches) {
        const auto* known = find(chain_id, mismatch);
        if (known == nullptr) {
            unknown.push_back(std::move(mismatch));
            continue;
        }
        if (mismatch.index)
            excepted.insert(*mismatch.index);
        verdict.excepted.push_back({std::move(mismatch), std::string(known->reason)});
    }
    verdict.mismatches = std::move(unknown);
    for (const auto& mismatch : verdict.mismatches)
        if (mismatch.index)
            excepted.erase(*mismatch.index);
    verdict.excepted_transactions = excepted.size();
}

}  // namespace blockexecd::executor
