// SPDX-License-Identifier: Apache-2.0
// import and export.
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <filesystem>
#include <iostream>

#include "daemon/admin/client.hpp"
#include "daemon/commands/commands.hpp"
#include "daemon/commands/prepare.hpp"
#include "storage/archive/export.hpp"
#include "storage/archive/import.hpp"
#include "storage/database/chain.hpp"

namespace blockexecd::daemon {
namespace {

ExitCode import_by_daemon(const AdminResponse& response) {
    if (response.status == 200) {
        std::cout << response.body;
        return ExitCode::success;
    }
    std::cerr << "the running daemon refused the archive: " << response.body;
    return response.status >= 500 ? ExitCode::internal_fault : ExitCode::bad_input;
}

}  // namespace

ExitCode import_command(const config::Sources& sources, const std::filesystem::path& archive) {
    const auto prepared = prepare(sources);
    if (!prepared)
        return ExitCode::bad_configuration;
    const auto& settings = prepared->loaded.settings;
    const auto path = std::filesystem::absolute(archive).lexically_normal();
    if (settings.admin.enabled && settings.admin.port != 0) {
        const AdminRequest request{
            .method = "POST",
            .path = "/import",
            .host = {},
            .content_type = "application/json",
            .body = boost::json::serialize(boost::json::object{{"archive", path.string()}})};
        // The daemon says when it is done: a big archive takes its time.
        const auto response =
            send_request({settings.admin.address, static_cast<std::uint16_t>(settings.admin.port)},
                         request, std::nullopt);
        if (response)
            return import_by_daemon(*response);
    }
    const auto database =
        storage::Database::open(database_settings(settings, storage::Access::create));
    if (database.has_error())
        return report_error(database.error());
    const auto report = storage::import_archive(**database, path);
    if (report.has_error())
        return report_error(report.error());
    std::cout << "blocks " << report->archive.first << " to " << report->archive.last << ": "
              << report->imported_blocks << " imported, " << report->known_blocks << " known; "
              << report->imported_classes << " classes imported\n";
    return ExitCode::success;
}

ExitCode export_command(const config::Sources& sources, const ExportFlags& flags) {
    const auto prepared = prepare(sources);
    if (!prepared)
        return ExitCode::bad_configuration;
    const auto database = storage::Database::open(
        database_settings(prepared->loaded.settings, storage::Access::read_only));
    if (database.has_error())
        return report_error(database.error());
    const auto stored = storage::read_block_range(**database);
    if (stored.has_error())
        return report_error(stored.error());
    if (!stored->has_value())
        return report_error({storage::ErrorCode::not_found,
                             "the database holds no blocks: import an archive first"});
    const storage::BlockRange range{flags.first.value_or((*stored)->first),
                                    flags.last.value_or((*stored)->last)};
    const auto report = storage::export_archive(**database, range, flags.target);
    if (report.has_error())
        return report_error(report.error());
    std::cout << "blocks " << report->range.first << " to " << report->range.last << ", "
              << report->transactions << " transactions, " << report->classes
              << " classes: " << flags.target.string() << "\n";
    return ExitCode::success;
}

}  // namespace blockexecd::daemon
