// SPDX-License-Identifier: Apache-2.0
// One run of one program, as a line of a cases.txt has it: words, then key=value.
#pragma once

#include <map>
#include <ostream>
#include <sstream>
#include <string>
#include <vector>

#include "tests/vm/cairo0/golden_files.hpp"
#include "vm/cairo0/runner/layout.hpp"

namespace blockexecd::vm::cairo0 {

inline const std::string kCairo0Data = "tests/data/cairo0/";

struct RunCase {
    std::string name;
    std::string program;
    std::string layout;
    std::map<std::string, std::string> options;

    [[nodiscard]] std::string option(const std::string& key, const std::string& otherwise) const {
        const auto found = options.find(key);
        return found == options.end() ? otherwise : found->second;
    }
    [[nodiscard]] bool flag(const std::string& key, bool otherwise) const {
        return option(key, otherwise ? "true" : "false") == "true";
    }
};

// GoogleTest prints parameters.
inline void PrintTo(const RunCase& value, std::ostream* out) {
    *out << value.name;
}

// Lines of NAME PROGRAM LAYOUT, or of PROGRAM LAYOUT, where as=NAME names a case that is not called
// after its program.
enum class CaseLines : std::uint8_t { named, by_program };

inline std::vector<RunCase> read_run_cases(const std::string& path, CaseLines form) {
    std::vector<RunCase> cases;
    std::istringstream lines(read_file(path));
    for (std::string line; std::getline(lines, line);) {
        if (line.empty() || line.starts_with('#'))
            continue;
        std::istringstream words(line);
        RunCase read;
        if (form == CaseLines::named)
            words >> read.name;
        words >> read.program >> read.layout;
        for (std::string word; words >> word;)
            read.options[word.substr(0, word.find('='))] = word.substr(word.find('=') + 1);
        if (form == CaseLines::by_program)
            read.name = read.option("as", read.program);
        cases.push_back(std::move(read));
    }
    return cases;
}

inline Result<Layout> layout_of(const RunCase& run) {
    if (const std::string params = run.option("params", ""); !params.empty())
        return dynamic_layout(read_file(kCairo0Data + params));
    auto layout = find_layout(run.layout);
    EXPECT_TRUE(layout) << run.layout;
    return std::move(*layout);
}

}  // namespace blockexecd::vm::cairo0
