// SPDX-License-Identifier: Apache-2.0
// Settings from their sources, flags over environment over file over defaults. Everything that is
// wrong is collected, so that one run of check-config tells all.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "config/option.hpp"
#include "config/settings.hpp"

namespace blockexecd::config {

// One thing that is wrong: where it stands, the key, the value given, the limit it breaks, and what
// to do.
struct Problem {
    std::string where;  // "blockexecd.toml:12", "environment", "flag"
    std::string key;    // "[execution] vms"
    std::string value;  // as it was given; may be empty
    std::string limit;
    std::string cure;

    [[nodiscard]] std::string to_string() const;
};

struct Sources {
    std::optional<std::filesystem::path> file;
    // All variables of the process; those that do not begin with BLOCKEXECD_ are passed over.
    std::vector<std::pair<std::string, std::string>> environment;
    // Option name ("execution.vms") and text.
    std::vector<std::pair<std::string, std::string>> flags;
};

struct Loaded {
    Settings settings;
    // Option name to where its value came from ("blockexecd.toml:12", "environment", "flag");
    // defaults are not in it.
    std::map<std::string, std::string, std::less<>> origins;
    std::vector<Problem> problems;
};

Loaded load(const Sources& sources);

// A setting in force that turns out to be unusable, with its value and where that came from.
// Precondition: the option exists.
Problem unusable(const Loaded& loaded, std::string_view section, std::string_view key,
                 std::string limit, std::string cure);

// The text of a configuration file; `name` is how problems call it.
Loaded load_text(std::string_view text, std::string_view name);

// Variables of the process's environment, for Sources.
std::vector<std::pair<std::string, std::string>> process_environment();

// BLOCKEXECD_ variables that are no options: the path of the configuration file, and the processor
// features to use.
inline constexpr std::string_view kConfigVariable = "BLOCKEXECD_CONFIG";
inline constexpr std::string_view kCpuVariable = "BLOCKEXECD_CPU";

}  // namespace blockexecd::config
