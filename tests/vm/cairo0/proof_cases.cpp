// SPDX-License-Identifier: Apache-2.0
// Reading of the cases, once a program.
#include "tests/vm/cairo0/proof_cases.hpp"

#include <archive.h>
#include <archive_entry.h>

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

std::string mode_of(const RunCase& each) {
    return each.option("mode", "proof");
}

std::vector<RunCase> proof_cases(const std::string& mode) {
    std::vector<RunCase> cases = read_run_cases(kCairo0Data + "proof/cases.txt", CaseLines::named);
    std::erase_if(cases, [&](const RunCase& each) { return mode_of(each) != mode; });
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

RunOptions run_options(const RunCase& each) {
    const bool cairo1 = mode_of(each) == "cairo1";
    const bool proof = cairo1 || mode_of(each) == "proof";
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
