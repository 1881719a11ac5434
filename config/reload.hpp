// SPDX-License-Identifier: Apache-2.0
// What a reload changes: only some options may change while the daemon runs; the others are named,
// and keep their value.
#pragma once

#include <string>
#include <vector>

#include "config/option.hpp"

namespace blockexecd::config {

struct SettingChange {
    const Option* option = nullptr;
    Value from;
    Value to;

    [[nodiscard]] bool live() const { return option->change == Change::live; }
    // "[log] level: "info" -> "debug"", and for others that it waits for a restart.
    [[nodiscard]] std::string to_string() const;
};

std::vector<SettingChange> difference(const Settings& running, const Settings& wanted);

// Takes over the live changes.
void apply_live(Settings& running, const std::vector<SettingChange>& changes);

}  // namespace blockexecd::config
