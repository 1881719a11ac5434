// SPDX-License-Identifier: Apache-2.0
#include "config/reload.hpp"

namespace blockexecd::config {

std::string SettingChange::to_string() const {
    return "[" + std::string(option->section) + "] " + std::string(option->key) + ": " +
           to_toml(from) + " -> " + to_toml(to) + (live() ? "" : " (waits for a restart)");
}

std::vector<SettingChange> difference(const Settings& running, const Settings& wanted) {
    std::vector<SettingChange> changes;
    for (const auto& option : options())
        if (auto from = option.get(running), to = option.get(wanted); from != to)
            changes.push_back({&option, std::move(from), std::move(to)});
    return changes;
}

void apply_live(Settings& running, const std::vector<SettingChange>& changes) {
    for (const auto& change : changes)
        if (change.live())
            change.option->set(running, change.to);
}

}  // namespace blockexecd::config
