// SPDX-License-Identifier: Apache-2.0
// The table of options: one row an option, with its type, default, range and documentation, and
// access to its member.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "config/settings.hpp"

namespace blockexecd::config {

using Value = std::variant<Integer, Boolean, Text>;

enum class Change : bool { restart, live };

struct Range {
    Integer low = 0;
    Integer high = 0;
    std::string_view choices;  // "a|b"; empty: no list
};

struct Option {
    std::string_view section;
    std::string_view key;
    Value default_value;
    Range range;
    std::string_view unit;
    Change change;
    std::string_view documentation;
    Value (*get)(const Settings&);
    // Precondition: the value has the option's type.
    void (*set)(Settings&, const Value&);

    // "execution.vms": also the flag, with two dashes before it.
    [[nodiscard]] std::string name() const;
    // "BLOCKEXECD_EXECUTION_VMS"
    [[nodiscard]] std::string environment_name() const;
    // "an integer", "true or false", "a text"
    [[nodiscard]] std::string_view type_name() const;
};

struct Section {
    std::string_view name;
    std::string_view documentation;
};

std::span<const Option> options();
std::span<const Section> sections();
const Option* find_option(std::string_view section, std::string_view key);

// As TOML writes it: 12, true, "text".
std::string to_toml(const Value& value);
// The limits in words, for messages and the reference: "from 0 to 4096 VMs", "recorded or
// computed"; empty without any.
std::string describe_range(const Option& option);
// What is wrong with a value of the right type, or nothing.
bool in_range(const Option& option, const Value& value);
// Text of a flag or environment variable as a value of the option's type; nothing when it is not
// one.
std::optional<Value> parse_text(const Option& option, std::string_view text);

}  // namespace blockexecd::config
