// SPDX-License-Identifier: Apache-2.0
// Reading of the cases, once a program.
#include "tests/vm/cairo0/proof_cases.hpp"

#include <archive.h>
#include <archive_entry.h>

#include <sstream>

namespace blockexecd::vm::cairo0 {

namespace {

std::map<std::string, std::string> unpack_programs() {
    std::map<std::string, std::string> programs;
    archive* const reader = archive_read_new();
    archive_read_support_filter_all(reader);
    archive_read_support_format_tar(reader);
    const std::string path = kCairo0Data + "proof/programs.tar.zst";
    EXPECT_EQ(archive_read_open_filename(reader, path.c_str(), 1 << 16), ARCHIVE_OK);
    archive_entry* entry = nullptr;
    while (archive_read_next_header(reader, &entry) == ARCHIVE_OK) {
        std::string text(static_cast<std::size_t>(archive_entry_size(entry)), '\0');
        EXPECT_EQ(archive_read_data(reader, text.data(), text.size()),
                  static_cast<la_ssize_t>(text.size()));
        programs[archive_entry_pathname(entry)] = std::move(text);
    }
    archive_read_free(reader);
    return programs;
}

}  // namespace

std::vector<ProofCase> proof_cases(const std::string& mode) {
    std::vector<ProofCase> cases;
    std::istringstream lines(read_file(kCairo0Data + "proof/cases.txt"));
    for (std::string line; std::getline(lines, line);) {
        if (line.empty() || line.front() == '#')
            continue;
        ProofCase each;
        std::istringstream words(line);
        words >> each.name >> each.program >> each.layout;
        for (std::string word; words >> word;)
            each.options[word.substr(0, word.find('='))] = word.substr(word.find('=') + 1);
        if (each.mode() == mode)
            cases.push_back(std::move(each));
    }
    return cases;
}

const JsonValue& proof_golden(const std::string& name) {
    static const std::string text = read_file(kCairo0Data + "proof/goldens.json");
    static const JsonDocument goldens = parse_json(text).value();
    static const JsonValue missing;
    const JsonValue* const found = goldens.find(name);
    EXPECT_NE(found, nullptr) << name;
    return found == nullptr ? missing : *found;
}

std::string proof_program(const std::string& name) {
    static const std::map<std::string, std::string> programs = unpack_programs();
    const auto found = programs.find(name + ".json");
    EXPECT_NE(found, programs.end()) << name;
    return found == programs.end() ? std::string() : found->second;
}

Result<Layout> layout_of(const ProofCase& each) {
    if (const std::string params = each.option("params", ""); !params.empty())
        return dynamic_layout(read_file(kCairo0Data + params));
    auto layout = find_layout(each.layout);
    EXPECT_TRUE(layout) << each.layout;
    return std::move(*layout);
}

RunOptions run_options(const ProofCase& each) {
    const bool cairo1 = each.mode() == "cairo1";
    const bool proof = cairo1 || each.mode() == "proof";
    return {.mode = cairo1  ? RunMode::proof_cairo1
                    : proof ? RunMode::proof_canonical
                            : RunMode::execution,
            .allow_missing_builtins = each.flag("allow_missing_builtins", proof),
            .secure_run = each.flag("secure_run", !proof),
            .fill_holes = each.flag("fill_holes", proof),
            .disable_trace_padding = !each.flag("trace_padding", true),
            .trace = true};
}

}  // namespace blockexecd::vm::cairo0
