// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <boost/json/serialize.hpp>
#include <iostream>
#include <optional>

#include "daemon/commands/commands.hpp"
#include "daemon/commands/temporary_chain.hpp"
#include "daemon/engine/engine.hpp"
#include "storage/database/chain.hpp"

namespace blockexecd::daemon {
namespace {

// The blocks asked for, clamped to those that can be executed: all but the chain's first, which is
// a bare state update. What was clamped or cannot be is told; nothing when no block is left.
std::optional<storage::BlockRange> block_range(const storage::Database& database,
                                               storage::StateMode mode, const ReplayFlags& flags) {
    const auto stored = storage::read_block_range(database);
    if (stored.has_error() || !*stored) {
        std::cerr << (stored.has_error() ? stored.error().message : "no block is stored") << "\n";
        return std::nullopt;
    }
    const storage::BlockRange all{(*stored)->first + 1, (*stored)->last};
    const storage::BlockRange asked{flags.first.value_or(all.first), flags.last.value_or(all.last)};
    const auto text = [](const storage::BlockRange& range) {
        return std::to_string(range.first) + " to " + std::to_string(range.last);
    };
    if (asked.first > asked.last || asked.first > all.last || asked.last < all.first) {
        std::cerr << "--first, --last = " << text(asked)
                  << " names no block that can be executed; the archive has " << text(all)
                  << ". Choose among these.\n";
        return std::nullopt;
    }
    const storage::BlockRange range{std::max(asked.first, all.first),
                                    std::min(asked.last, all.last)};
    if (mode == storage::StateMode::computed && range.first != all.first) {
        std::cerr << "--first = " << asked.first
                  << " is not possible in computed state, where a block starts from what was "
                     "computed before it. Leave it out, or set --state recorded.\n";
        return std::nullopt;
    }
    if (range != asked)
        std::cerr << "--first, --last = " << text(asked)
                  << " is more than the archive has: clamped "
                  << "to " << text(range) << "\n";
    return range;
}

}  // namespace

ExitCode replay_command(const config::Sources& sources, const ReplayFlags& flags) {
    const auto chain = open_temporary_chain(sources, flags.archive);
    if (chain.has_error())
        return chain.error();
    const auto& settings = (*chain)->settings();
    auto& database = *(*chain)->database();
    Engine engine((*chain)->database(), (*chain)->engine_setting((*chain)->prepared.placement));
    engine.set_stop_at_mismatch(settings.execution.on_mismatch == "stop");
    const auto range = block_range(database, engine.mode(), flags);
    if (!range)
        return ExitCode::bad_configuration;
    const auto report = engine.run_pending(*range);
    if (flags.json) {
        std::cout << boost::json::serialize(to_json(report)) << "\n";
        return report.exit_code();
    }
    const auto totals = storage::read_totals(database, engine.mode());
    if (totals.has_error())
        return report_error(totals.error());
    std::cout << to_table(report, *totals);
    for (const auto& mismatch : report.mismatches)
        std::cout << "block " << mismatch.block
                  << (mismatch.index ? " transaction " + std::to_string(*mismatch.index) : "")
                  << " " << mismatch.field << ": expected " << mismatch.expected << ", got "
                  << mismatch.actual << "\n";
    for (const auto& failure : report.failures)
        std::cout << "block " << failure.block << " not executed: " << failure.reason << "\n";
    return report.exit_code();
}

}  // namespace blockexecd::daemon
