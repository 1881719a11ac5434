// SPDX-License-Identifier: Apache-2.0
#include "daemon/engine/bundle.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <fstream>
#include <system_error>

#include "daemon/engine/run_report.hpp"
#include "daemon/lifecycle/version.hpp"

namespace blockexecd::daemon {
namespace {

constexpr std::string_view control_name(Control control) {
    switch (control) {
        case Control::not_run:
            return "not run";
        case Control::same:
            return "same result";
        case Control::differs:
            return "another result";
    }
    return "";
}

boost::json::array texts(const std::vector<std::string>& list) {
    boost::json::array array;
    for (const auto& text : list)
        array.emplace_back(text);
    return array;
}

}  // namespace

std::string bundle_text(const BundleContext& context, const ExecutedBlock& block) {
    boost::json::array mismatches;
    for (const auto& mismatch : block.outcome.verdict.mismatches)
        mismatches.push_back(to_json(mismatch));
    const boost::json::object bundle{
        {"chain_id", context.chain.chain_id},
        {"block", block.outcome.block},
        {"block_hash", block.outcome.block_hash.to_hex()},
        {"starknet_version", block.starknet_version},
        {"state", storage::state_mode_name(context.mode)},
        {"transactions", block.transactions},
        {"matched_transactions", block.outcome.verdict.matched_transactions},
        {"compared", texts(block.outcome.verdict.compared)},
        {"skipped", texts(block.outcome.verdict.skipped)},
        {"control_run", control_name(block.control)},
        {"mismatches", std::move(mismatches)},
        {"versions", version_json()},
    };
    return boost::json::serialize(bundle) + "\n";
}

std::optional<std::string> write_bundle(const std::filesystem::path& folder,
                                        const BundleContext& context, const ExecutedBlock& block) {
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error)
        return folder.string() + ": " + error.message();
    const auto path = folder / ("block-" + std::to_string(block.outcome.block) + "-" +
                                std::string(storage::state_mode_name(context.mode)) + ".json");
    auto unfinished = path;
    unfinished += ".part";
    {
        std::ofstream out(unfinished, std::ios::binary | std::ios::trunc);
        out << bundle_text(context, block);
        out.flush();
        if (!out)
            return unfinished.string() + " cannot be written";
    }
    std::filesystem::rename(unfinished, path, error);
    if (error)
        return path.string() + ": " + error.message();
    return std::nullopt;
}

}  // namespace blockexecd::daemon
