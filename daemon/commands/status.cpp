// SPDX-License-Identifier: Apache-2.0
// healthcheck and version.
#include <boost/json/serialize.hpp>
#include <iostream>

#include "daemon/admin/client.hpp"
#include "daemon/commands/commands.hpp"
#include "daemon/commands/prepare.hpp"
#include "daemon/lifecycle/version.hpp"

namespace blockexecd::daemon {

ExitCode healthcheck_command(const config::Sources& sources) {
    constexpr std::chrono::seconds patience{5};
    const auto prepared = prepare(sources);
    if (!prepared)
        return ExitCode::bad_configuration;
    const auto& admin = prepared->loaded.settings.admin;
    const AdminRequest request{
        .method = "GET", .path = "/ready", .host = {}, .content_type = {}, .body = {}};
    try {
        const auto response = send_request({admin.address, static_cast<std::uint16_t>(admin.port)},
                                           request, patience);
        if (response) {
            std::cout << response->body;
            return response->status == 200 ? ExitCode::success : ExitCode::unavailable;
        }
        std::cerr << "no daemon listens at " << admin.address << ":" << admin.port << "\n";
    } catch (const std::runtime_error& error) {
        std::cerr << error.what() << "\n";
    }
    return ExitCode::unavailable;
}

ExitCode version_command(bool json) {
    const auto facts = version_json();
    if (json) {
        std::cout << boost::json::serialize(facts) << "\n";
        return ExitCode::success;
    }
    std::cout << "blockexecd " << version() << "\n";
    for (const auto& [key, value] : facts)
        if (key != "version")
            std::cout << "  " << std::string_view(key) << ": "
                      << (value.is_string() ? std::string(value.get_string())
                                            : boost::json::serialize(value))
                      << "\n";
    return ExitCode::success;
}

}  // namespace blockexecd::daemon
