// SPDX-License-Identifier: Apache-2.0
#include "daemon/admin/router.hpp"

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <charconv>
#include <cstdio>
#include <filesystem>
#include <optional>

#include "daemon/admin/block_status.hpp"
#include "daemon/admin/metrics.hpp"
#include "daemon/admin/status_page.hpp"
#include "daemon/lifecycle/log.hpp"
#include "daemon/lifecycle/version.hpp"

namespace blockexecd::daemon {
namespace {

using boost::json::object;

AdminResponse storage_error(const storage::Error& error) {
    unsigned status = 500;
    if (error.code == storage::ErrorCode::not_found)
        status = 404;
    else if (error.code == storage::ErrorCode::archive_invalid)
        status = 422;
    else if (error.code == storage::ErrorCode::archive_conflict ||
             error.code == storage::ErrorCode::misuse)
        status = 409;
    return json_response(
        status, {{"error", error.message}, {"code", storage::error_code_name(error.code)}});
}

// The body as an object with exactly one text under `key`; or the answer that says what is wrong.
boost::system::result<std::string, AdminResponse> one_text(const AdminRequest& request,
                                                           std::string_view key) {
    const std::string hint = "Send {\"" + std::string(key) + "\": \"…\"} as application/json.";
    // A page in a browser cannot send this type to another origin without being asked for
    // permission.
    if (!request.content_type.starts_with("application/json"))
        return error_response(415, "the body's type is not application/json", hint);
    boost::system::error_code error;
    const auto value = boost::json::parse(request.body, error);
    if (error)
        return error_response(400, "the body is not JSON: " + error.message(), hint);
    const auto* body = value.if_object();
    const auto* text = body == nullptr ? nullptr : body->if_contains(key);
    if (text == nullptr || !text->is_string() || body->size() != 1)
        return error_response(
            400, "the body is not an object with one text, \"" + std::string(key) + "\"", hint);
    return std::string(text->get_string());
}

AdminResponse get_page(const AdminContext& context, const AdminRequest& /*request*/) {
    return {.status = 200,
            .content_type = "text/html; charset=utf-8",
            .body = status_page(context),
            .allow = {}};
}

AdminResponse get_health(const AdminContext& /*context*/, const AdminRequest& /*request*/) {
    return json_response(200, {{"status", "ok"}});
}

AdminResponse get_ready(const AdminContext& context, const AdminRequest& /*request*/) {
    const bool ready = context.ready;
    const auto& counters = context.engine.counters();
    return json_response(ready ? 200 : 503, {{"ready", ready},
                                             {"executed_blocks", counters.blocks()},
                                             {"planned_blocks", counters.planned_blocks.load()}});
}

AdminResponse get_metrics(const AdminContext& context, const AdminRequest& /*request*/) {
    return {.status = 200,
            .content_type = "text/plain; version=0.0.4; charset=utf-8",
            .body = metrics_text(context.engine, *context.database),
            .allow = {}};
}

AdminResponse get_version(const AdminContext& /*context*/, const AdminRequest& /*request*/) {
    return json_response(200, version_json());
}

AdminResponse get_config(const AdminContext& context, const AdminRequest& /*request*/) {
    const auto loaded = context.settings();
    object sections;
    for (const auto& option : config::options()) {
        object row;
        std::visit([&](const auto& value) { row["value"] = value; }, option.get(loaded.settings));
        const auto origin = loaded.origins.find(option.name());
        row["origin"] = origin == loaded.origins.end() ? "default" : origin->second;
        row["changes_while_running"] = option.change == config::Change::live;
        auto& section = sections[option.section];
        if (!section.is_object())
            section = object();
        section.get_object()[option.key] = std::move(row);
    }
    return json_response(200, sections);
}

AdminResponse post_reload(const AdminContext& context, const AdminRequest& /*request*/) {
    const auto changes = context.reload();
    if (changes.has_error())
        return error_response(422, changes.error().message,
                              "Correct it; the settings in force were kept.");
    boost::json::array lines;
    for (const auto& change : *changes)
        lines.emplace_back(change);
    return json_response(200, {{"changes", std::move(lines)}});
}

AdminResponse get_topology(const AdminContext& context, const AdminRequest& /*request*/) {
    boost::json::array vms;
    for (const auto& site : context.engine.vm_sites()) {
        const auto& vm = site.placement;
        char arena[32];
        std::snprintf(arena, sizeof arena, "%llx", static_cast<unsigned long long>(site.arena));
        vms.push_back(object{{"vm", vm.vm},
                             {"cpu", vm.cpu},
                             {"core", vm.core},
                             {"node", vm.node},
                             {"thread", site.thread_id},
                             {"arena", std::string(arena)}});
    }
    boost::json::array service;
    for (const auto cpu : context.engine.placement().service_cpus)
        service.emplace_back(cpu);
    return json_response(
        200, {{"machine", executor::summarize(context.topology)},
              {"vms", std::move(vms)},
              {"service_cpus", std::move(service)},
              {"picture", executor::picture(context.topology, context.engine.placement())}});
}

AdminResponse get_block(const AdminContext& context, const AdminRequest& request) {
    const std::string_view text =
        std::string_view(request.path).substr(std::string_view("/blocks/").size());
    executor::BlockNumber number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (text.empty() || error != std::errc() || end != text.data() + text.size())
        return error_response(400, "\"" + std::string(text) + "\" is no block number",
                              "GET /blocks/12");
    const auto status = block_status(*context.database, context.engine.mode(), number);
    return status.has_error() ? storage_error(status.error()) : json_response(200, *status);
}

AdminResponse get_log_level(const AdminContext& /*context*/, const AdminRequest& /*request*/) {
    return json_response(200, {{"level", log_level()}});
}

AdminResponse put_log_level(const AdminContext& context, const AdminRequest& request) {
    const auto level = one_text(request, "level");
    if (level.has_error())
        return level.error();
    const std::string before(log_level());
    if (!set_log_level(*level))
        return error_response(400, "\"" + *level + "\" is no level",
                              "trace, debug, info, warn or error");
    log_info("log level changed", {{"from", before}, {"to", *level}});
    return get_log_level(context, request);
}

AdminResponse post_import(const AdminContext& context, const AdminRequest& request) {
    const auto archive = one_text(request, "archive");
    if (archive.has_error())
        return archive.error();
    if (!std::filesystem::path(*archive).is_absolute())
        return error_response(400, "\"" + *archive + "\" is not an absolute path",
                              "The daemon has another working folder than you.");
    const auto report = context.import(*archive);
    if (report.has_error())
        return storage_error(report.error());
    return json_response(200, {{"archive", *archive},
                               {"first_block", report->archive.first},
                               {"last_block", report->archive.last},
                               {"imported_blocks", report->imported_blocks},
                               {"known_blocks", report->known_blocks},
                               {"transactions", report->transactions},
                               {"imported_classes", report->imported_classes}});
}

struct Route {
    std::string_view method;
    std::string_view path;  // ends in / and is not "/": a prefix
    bool long_running;
    AdminResponse (*handle)(const AdminContext&, const AdminRequest&);
};

constexpr std::array kRoutes{
    Route{"GET", "/", false, get_page},
    Route{"GET", "/health", false, get_health},
    Route{"GET", "/ready", false, get_ready},
    Route{"GET", "/metrics", false, get_metrics},
    Route{"GET", "/version", false, get_version},
    Route{"GET", "/config", false, get_config},
    Route{"POST", "/config/reload", false, post_reload},
    Route{"GET", "/topology", false, get_topology},
    Route{"GET", "/blocks/", false, get_block},
    Route{"GET", "/log/level", false, get_log_level},
    Route{"PUT", "/log/level", false, put_log_level},
    Route{"POST", "/log/level", false, put_log_level},
    Route{"POST", "/import", true, post_import},
};

bool has_path(const Route& route, std::string_view path) {
    return route.path.size() > 1 && route.path.ends_with('/') ? path.starts_with(route.path)
                                                              : path == route.path;
}

const Route* find_route(const AdminRequest& request) {
    const std::string_view method =
        request.method == "HEAD" ? "GET" : std::string_view(request.method);
    const auto found = std::ranges::find_if(kRoutes, [&](const Route& route) {
        return route.method == method && has_path(route, request.path);
    });
    return found == kRoutes.end() ? nullptr : &*found;
}

// A name that leads elsewhere (DNS rebinding) makes a browser send it as the host.
bool is_loopback_host(std::string_view host) {
    if (const auto colon = host.rfind(':');
        colon != std::string_view::npos && host.find(']', colon) == std::string_view::npos)
        host = host.substr(0, colon);
    return host.empty() || host == "localhost" || host == "[::1]" || host.starts_with("127.");
}

AdminResponse no_route(const AdminRequest& request) {
    std::string allow;
    std::string all;
    for (const auto& route : kRoutes) {
        if (has_path(route, request.path))
            allow += (allow.empty() ? "" : ", ") + std::string(route.method);
        all +=
            (all.empty() ? "" : ", ") + std::string(route.method) + " " + std::string(route.path);
    }
    if (allow.empty())
        return error_response(404, "there is no " + request.path, all);
    auto response = error_response(405, request.path + " does not take " + request.method,
                                   "It takes " + allow + ".");
    response.allow = allow;
    return response;
}

}  // namespace

bool is_long_running(const AdminRequest& request) {
    const Route* route = find_route(request);
    return route != nullptr && route->long_running;
}

AdminResponse answer(const AdminContext& context, const AdminRequest& request) {
    if (!is_loopback_host(request.host))
        return error_response(403, "the Host header names another machine",
                              "Use 127.0.0.1, [::1] or localhost.");
    const Route* route = find_route(request);
    return route == nullptr ? no_route(request) : route->handle(context, request);
}

}  // namespace blockexecd::daemon
