// SPDX-License-Identifier: Apache-2.0
// docs/vm-coverage.md tells the truth: every hint is in its table with a program that carries its
// text, or is named as not covered.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>

#include "vm/cairo0/hints/registry.hpp"
#include "vm/cairo0/program/program.hpp"

namespace blockexecd::vm::cairo0 {
namespace {

std::string read_file(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    EXPECT_TRUE(file) << path;
    return {std::istreambuf_iterator<char>(file), {}};
}

TEST(Coverage, EveryHintHasAProgramOrIsNamed) {
    std::map<std::string, std::set<std::string>> programs;  // by hint
    for (const auto& entry : std::filesystem::directory_iterator("tests/data/cairo0")) {
        if (entry.path().extension() != ".cairo")
            continue;
        const auto program = parse_program(
            read_file(entry.path().parent_path() / entry.path().stem().concat(".json")));
        ASSERT_TRUE(program.has_value()) << entry.path();
        for (const HintSource& hint : program->extra.hints)
            if (hint.known != nullptr)
                programs[std::string(hint.known->name)].insert(entry.path().stem());
    }
    const std::string document = read_file("docs/vm-coverage.md");
    for (const KnownHint& hint : known_hints()) {
        const std::string name(hint.name);
        const auto row = document.find("| " + name + " | ");
        if (name.starts_with("SYSCALL_"))
            continue;
        EXPECT_EQ(row != document.npos, programs.contains(name)) << name;
        if (row == document.npos)
            EXPECT_NE(document.find(name), document.npos) << name << " is not mentioned";
        else
            EXPECT_TRUE(std::ranges::any_of(programs[name], [&](const std::string& program) {
                return document.substr(row, document.find('\n', row) - row).find(program) !=
                       std::string::npos;
            })) << name;
    }
}

}  // namespace
}  // namespace blockexecd::vm::cairo0
