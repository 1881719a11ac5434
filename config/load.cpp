// SPDX-License-Identifier: Apache-2.0
#include "config/load.hpp"

#include <toml++/toml.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <numeric>
#include <sstream>

namespace blockexecd::config {
namespace {

// Number of single-letter edits between two names; small inputs only.
std::size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = std::exchange(row[0], i);
        for (std::size_t j = 1; j <= b.size(); ++j)
            diagonal = std::exchange(
                row[j], std::min({row[j] + 1, row[j - 1] + 1, diagonal + (a[i - 1] != b[j - 1])}));
    }
    return row.back();
}

template <class Names>
std::string suggestion(std::string_view given, const Names& names) {
    std::string best;
    std::size_t best_distance = 4;
    for (const auto& name : names)
        if (const auto distance = edit_distance(given, name); distance < best_distance) {
            best = name;
            best_distance = distance;
        }
    return best;
}

std::string bracketed(const Option& option) {
    return "[" + std::string(option.section) + "] " + std::string(option.key);
}

std::string cure_for(const Option& option) {
    const auto range = describe_range(option);
    if (!range.empty())
        return "Set " +
               std::string(std::holds_alternative<Text>(option.default_value) ? ""
                                                                              : "an integer ") +
               range + "; the default is " + to_toml(option.default_value) + ".";
    return "Set " + std::string(option.type_name()) + "; the default is " +
           to_toml(option.default_value) + ".";
}

void apply(Loaded& loaded, const Option& option, const Value& value, const std::string& where) {
    if (!in_range(option, value)) {
        loaded.problems.push_back({where, bracketed(option), to_toml(value),
                                   "must be " + describe_range(option), cure_for(option)});
        return;
    }
    option.set(loaded.settings, value);
    loaded.origins[option.name()] = where;
}

void apply_text(Loaded& loaded, const Option& option, const std::string& text,
                const std::string& where) {
    if (const auto value = parse_text(option, text))
        apply(loaded, option, *value, where);
    else
        loaded.problems.push_back({where, bracketed(option), "\"" + text + "\"",
                                   "must be " + std::string(option.type_name()), cure_for(option)});
}

// Nothing when the node has not the option's type.
std::optional<Value> toml_value(const Option& option, const toml::node& node) {
    if (std::holds_alternative<Text>(option.default_value))
        if (const auto text = node.value_exact<std::string>())
            return Text(*text);
    if (std::holds_alternative<Boolean>(option.default_value))
        if (const auto boolean = node.value_exact<bool>())
            return Boolean{*boolean};
    if (std::holds_alternative<Integer>(option.default_value))
        if (const auto integer = node.value_exact<std::int64_t>(); integer && *integer >= 0)
            return static_cast<Integer>(*integer);
    return std::nullopt;
}

std::string node_text(const toml::node& node) {
    std::ostringstream text;
    node.visit([&](const auto& concrete) { text << concrete; });
    return text.str();
}

void apply_section(Loaded& loaded, std::string_view section, const toml::table& table,
                   std::string_view name) {
    const auto at = [&](const toml::source_region& region) {
        return std::string(name) + ":" + std::to_string(region.begin.line);
    };
    for (const auto& [key, node] : table) {
        const std::string where = at(key.source());
        const Option* option = find_option(section, key.str());
        if (option == nullptr) {
            std::vector<std::string> keys;
            for (const auto& o : options())
                if (o.section == section)
                    keys.emplace_back(o.key);
            const auto similar = suggestion(key.str(), keys);
            loaded.problems.push_back(
                {where, "[" + std::string(section) + "] " + std::string(key.str()), node_text(node),
                 "is no option of this section",
                 similar.empty() ? "Remove it; `blockexecd print-config --reference` lists all."
                                 : "Did you mean " + similar + "?"});
            continue;
        }
        if (const auto value = toml_value(*option, node)) {
            apply(loaded, *option, *value, where);
            continue;
        }
        const bool negative =
            node.is_integer() && std::holds_alternative<Integer>(option->default_value);
        loaded.problems.push_back(
            {where, bracketed(*option), node_text(node),
             "must be " + (negative ? describe_range(*option) : std::string(option->type_name())),
             cure_for(*option)});
    }
}

void apply_file(Loaded& loaded, std::string_view text, std::string_view name) {
    toml::table root;
    try {
        root = toml::parse(text, name);
    } catch (const toml::parse_error& error) {
        loaded.problems.push_back(
            {std::string(name) + ":" + std::to_string(error.source().begin.line), "TOML", "",
             std::string(error.description()), "Correct the line; the format is TOML 1.0."});
        return;
    }
    std::vector<std::string> names;
    for (const auto& section : sections())
        names.emplace_back(section.name);
    for (const auto& [key, node] : root) {
        const std::string where = std::string(name) + ":" + std::to_string(key.source().begin.line);
        const bool known = std::ranges::find(names, key.str()) != names.end();
        if (known && node.is_table()) {
            apply_section(loaded, key.str(), *node.as_table(), name);
            continue;
        }
        const auto similar = suggestion(key.str(), names);
        loaded.problems.push_back(
            {where, node.is_table() ? "[" + std::string(key.str()) + "]" : std::string(key.str()),
             node.is_table() ? "" : node_text(node),
             known             ? "is a section, not a value"
             : node.is_table() ? "is no section"
                               : "stands outside of a section",
             known             ? "Write [" + std::string(key.str()) + "] on a line of its own."
             : similar.empty() ? "Remove it; `blockexecd print-config --reference` lists all."
                               : "Did you mean [" + similar + "]?"});
    }
}

void apply_environment(Loaded& loaded,
                       const std::vector<std::pair<std::string, std::string>>& environment) {
    constexpr std::string_view prefix = "BLOCKEXECD_";
    std::vector<std::string> names;
    for (const auto& option : options())
        names.push_back(option.environment_name());
    for (const auto& [name, text] : environment) {
        if (!name.starts_with(prefix) || name == kConfigVariable || name == kCpuVariable)
            continue;
        const auto found = std::ranges::find(names, name);
        if (found == names.end()) {
            const auto similar = suggestion(name, names);
            loaded.problems.push_back(
                {"environment", name, "\"" + text + "\"", "is no option",
                 similar.empty() ? "Unset it; `blockexecd print-config --reference` lists all."
                                 : "Did you mean " + similar + "?"});
            continue;
        }
        apply_text(loaded, options()[static_cast<std::size_t>(found - names.begin())], text,
                   "environment");
    }
}

void apply_flags(Loaded& loaded, const std::vector<std::pair<std::string, std::string>>& flags) {
    for (const auto& [name, text] : flags) {
        const auto dot = name.find('.');
        const Option* option = dot == std::string::npos
                                   ? nullptr
                                   : find_option(std::string_view(name).substr(0, dot),
                                                 std::string_view(name).substr(dot + 1));
        if (option == nullptr)
            loaded.problems.push_back({"flag", name, text, "is no option",
                                       "`blockexecd print-config --reference` lists all."});
        else
            apply_text(loaded, *option, text, "flag");
    }
}

}  // namespace

std::string Problem::to_string() const {
    return where + ": " + key + (value.empty() ? "" : " = " + value) + " " + limit + ". " + cure;
}

Problem unusable(const Loaded& loaded, std::string_view section, std::string_view key,
                 std::string limit, std::string cure) {
    const Option& option = *find_option(section, key);
    const auto origin = loaded.origins.find(option.name());
    return {origin == loaded.origins.end() ? "default" : origin->second,
            "[" + std::string(section) + "] " + std::string(key),
            to_toml(option.get(loaded.settings)), std::move(limit), std::move(cure)};
}

Loaded load_text(std::string_view text, std::string_view name) {
    Loaded loaded;
    apply_file(loaded, text, name);
    return loaded;
}

Loaded load(const Sources& sources) {
    Loaded loaded;
    if (sources.file) {
        std::ifstream in(*sources.file, std::ios::binary);
        std::ostringstream text;
        if (in && text << in.rdbuf())
            apply_file(loaded, text.view(), sources.file->string());
        else if (!in || !std::filesystem::is_empty(*sources.file))
            loaded.problems.push_back({sources.file->string(), "configuration file", "",
                                       "cannot be read",
                                       "Check that it exists and that this user may read it."});
    }
    apply_environment(loaded, sources.environment);
    apply_flags(loaded, sources.flags);
    return loaded;
}

std::vector<std::pair<std::string, std::string>> process_environment() {
    std::vector<std::pair<std::string, std::string>> variables;
    for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
        const std::string_view text = *entry;
        const auto equals = text.find('=');
        if (equals != std::string_view::npos)
            variables.emplace_back(text.substr(0, equals), text.substr(equals + 1));
    }
    return variables;
}

}  // namespace blockexecd::config
