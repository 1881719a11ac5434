// SPDX-License-Identifier: Apache-2.0
#include "daemon/admin/status_page.hpp"

#include <array>
#include <string_view>

#include "daemon/engine/run_report.hpp"
#include "daemon/lifecycle/version.hpp"

namespace blockexecd::daemon {
namespace {

constexpr std::string_view kHead = R"(<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="refresh" content="5"><title>blockexecd</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 56rem; padding: 0 1rem; color: #222; background: #fff }
table { border-collapse: collapse } td { padding: .1rem 1.5rem .1rem 0; vertical-align: top } td.n { text-align: right }
pre { background: #f4f4f4; padding: .75rem; overflow: auto } .bad { color: #b00020; font-weight: 600 }
@media (prefers-color-scheme: dark) { body { background: #1b1b1b; color: #ddd } pre { background: #2a2a2a } a { color: #8ab4f8 } .bad { color: #ff8a80 } }
</style></head><body>
)";

std::string row(std::string_view label, std::uint64_t number, bool bad = false) {
    return "<tr><td>" + std::string(label) + "</td><td class=\"n" +
           (bad && number != 0 ? " bad" : "") + "\">" + grouped(number) + "</td></tr>\n";
}

}  // namespace

std::string escape_html(std::string_view text) {
    std::string escaped;
    for (const char c : text) {
        if (c == '&')
            escaped += "&amp;";
        else if (c == '<')
            escaped += "&lt;";
        else if (c == '>')
            escaped += "&gt;";
        else if (c == '"')
            escaped += "&quot;";
        else
            escaped += c;
    }
    return escaped;
}

std::string status_page(const AdminContext& context) {
    std::string page(kHead);
    page += "<h1>blockexecd " + escape_html(version()) +
            "</h1>\n<p>State: " + std::string(storage::state_mode_name(context.engine.mode())) +
            (context.ready ? "" : "; not ready") + "</p>\n";
    const auto totals = storage::read_totals(*context.database, context.engine.mode());
    if (totals.has_error()) {
        page += "<p class=\"bad\">" + escape_html(totals.error().message) + "</p>\n";
    } else {
        page += "<table>\n" + row("Blocks", totals->blocks) + row("given", totals->given_blocks) +
                row("pending", totals->pending_blocks) + row("matched", totals->matched_blocks) +
                row("mismatched", totals->mismatched_blocks, true) +
                row("excepted", totals->excepted_blocks) +
                row("failed", totals->failed_blocks, true) +
                row("Transactions executed", totals->transactions) +
                row("matched", totals->matched_transactions) +
                row("excepted", totals->excepted_transactions) +
                row("skipped", totals->skipped_transactions) +
                row("Fields that mismatch", totals->mismatches, true) +
                row("VM steps", totals->executed_steps) + "</table>\n";
    }
    page += "<h2>Placement</h2>\n<pre>" +
            escape_html(executor::picture(context.topology, context.engine.placement())) +
            "</pre>\n<p>";
    for (const std::string_view path :
         {"/health", "/ready", "/metrics", "/version", "/config", "/topology", "/log/level"})
        page += "<a href=\"" + std::string(path) + "\">" + std::string(path) + "</a> ";
    return page + "/blocks/N</p>\n</body></html>\n";
}

}  // namespace blockexecd::daemon
