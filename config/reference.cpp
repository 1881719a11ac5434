// SPDX-License-Identifier: Apache-2.0
#include "config/reference.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

namespace blockexecd::config {
namespace {

// Words in comment lines of at most 100 columns.
std::string comment(std::string_view text) {
    std::string lines;
    std::string line = "#";
    while (!text.empty()) {
        const auto end = std::min(text.find(' '), text.size());
        const auto word = text.substr(0, end);
        if (line.size() + 1 + word.size() > 100) {
            lines += line + "\n";
            line = "#";
        }
        line += ' ';
        line += word;
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines + line + "\n";
}

}  // namespace

std::string reference_text() {
    std::string text =
        "# Reference of blockexecd's settings: every option with its default. A file needs only "
        "the\n"
        "# lines that it changes. A flag (--section.key VALUE) goes over an environment variable\n"
        "# (BLOCKEXECD_SECTION_KEY), which goes over the file. Made by\n"
        "# `blockexecd print-config --reference`.\n";
    for (const auto& section : sections()) {
        text += "\n" + comment(section.documentation) + "[" + std::string(section.name) + "]\n";
        bool first = true;
        for (const auto& option : options()) {
            if (option.section != section.name)
                continue;
            if (!std::exchange(first, false))
                text += "\n";
            text += comment(option.documentation);
            std::string facts;
            if (const auto range = describe_range(option); !range.empty())
                facts = "Values: " + range + ". ";
            facts += option.change == Change::live ? "Changes while running: yes."
                                                   : "Changes while running: no.";
            text += comment(facts);
            text += std::string(option.key) + " = " + to_toml(option.default_value) + "\n";
        }
    }
    return text;
}

std::string effective_text(const Loaded& loaded) {
    std::string text;
    for (const auto& section : sections()) {
        text += (text.empty() ? "[" : "\n[") + std::string(section.name) + "]\n";
        for (const auto& option : options()) {
            if (option.section != section.name)
                continue;
            const auto origin = loaded.origins.find(option.name());
            text += std::string(option.key) + " = " + to_toml(option.get(loaded.settings)) +
                    "  # " + (origin == loaded.origins.end() ? "default" : origin->second) + "\n";
        }
    }
    return text;
}

}  // namespace blockexecd::config
