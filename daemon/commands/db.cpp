// SPDX-License-Identifier: Apache-2.0
// db info, digest, reset, revert: reading works beside a running daemon, writing does not.
#include <iostream>

#include "daemon/commands/commands.hpp"
#include "daemon/commands/prepare.hpp"
#include "storage/database/chain.hpp"
#include "storage/database/results.hpp"

namespace blockexecd::daemon {
namespace {

// Opens the configured database and lets a function work on it; its errors are told.
template <class F>
ExitCode with_database(const config::Sources& sources, storage::Access access, F work) {
    const auto prepared = prepare(sources);
    if (!prepared)
        return ExitCode::bad_configuration;
    const auto& settings = prepared->loaded.settings;
    const auto database = storage::Database::open(database_settings(settings, access));
    if (database.has_error())
        return report_error(database.error());
    const auto mode = settings.execution.state == "computed" ? storage::StateMode::computed
                                                             : storage::StateMode::recorded;
    const storage::Result<void> done = work(**database, mode);
    return done.has_error() ? report_error(done.error()) : ExitCode::success;
}

storage::Result<void> print_info(storage::Database& database) {
    const auto chain = storage::read_chain_info(database);
    if (chain.has_error())
        return chain.error();
    const auto range = storage::read_block_range(database);
    if (range.has_error())
        return range.error();
    std::cout << "path    " << database.settings().path.string() << "\nschema  "
              << storage::kSchemaVersion << "\n";
    if (!chain->has_value() || !range->has_value()) {
        std::cout << "no chain was imported\n";
        return {};
    }
    std::cout << "chain   " << (*chain)->chain_id << "\nblocks  " << (*range)->first << " to "
              << (*range)->last << "\n";
    for (const auto mode : {storage::StateMode::recorded, storage::StateMode::computed}) {
        const auto totals = storage::read_totals(database, mode);
        if (totals.has_error())
            return totals.error();
        const auto watermark = storage::read_watermark(database, mode);
        if (watermark.has_error())
            return watermark.error();
        std::cout << storage::state_mode_name(mode) << ": matched " << totals->matched_blocks
                  << ", mismatched " << totals->mismatched_blocks << ", excepted "
                  << totals->excepted_blocks << ", failed " << totals->failed_blocks << ", pending "
                  << totals->pending_blocks << "; transactions matched "
                  << totals->matched_transactions << " of " << totals->transactions
                  << "; all done up to block "
                  << (watermark->has_value() ? std::to_string(**watermark) : "(none)") << "\n";
    }
    return {};
}

}  // namespace

ExitCode db_info_command(const config::Sources& sources) {
    return with_database(
        sources, storage::Access::read_only,
        [](storage::Database& database, storage::StateMode) { return print_info(database); });
}

ExitCode db_digest_command(const config::Sources& sources) {
    return with_database(
        sources, storage::Access::read_only,
        [](storage::Database& database, storage::StateMode) -> storage::Result<void> {
            const auto digest = database.digest();
            if (digest.has_error())
                return digest.error();
            std::cout << *digest << "\n";
            return {};
        });
}

ExitCode db_reset_command(const config::Sources& sources) {
    return with_database(sources, storage::Access::existing,
                         [](storage::Database& database, storage::StateMode mode) {
                             auto reset = storage::reset_results(database, mode);
                             if (reset.has_value())
                                 std::cout
                                     << "results of state = " << storage::state_mode_name(mode)
                                     << " are dropped\n";
                             return reset;
                         });
}

ExitCode db_revert_command(const config::Sources& sources, std::uint64_t block) {
    return with_database(
        sources, storage::Access::existing,
        [block](storage::Database& database, storage::StateMode) -> storage::Result<void> {
            const auto removed = storage::revert_to_block(database, block);
            if (removed.has_error())
                return removed.error();
            std::cout << *removed << " blocks after " << block << " are removed\n";
            return {};
        });
}

}  // namespace blockexecd::daemon
