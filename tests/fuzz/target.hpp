// SPDX-License-Identifier: Apache-2.0
// What is fuzzed: functions that take any bytes and must neither crash, nor hang, nor take memory
// without bound, and whose own checks hold. libFuzzer drives one of them; the test-suite replays
// all of them on their seeds.
#pragma once

#include <boost/system/result.hpp>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace blockexecd::fuzz {

using Bytes = std::span<const std::uint8_t>;

struct Target {
    std::string_view name;
    void (*run)(Bytes input);
    // Inputs to begin with, made from tests/data; the working directory is the project's folder.
    std::vector<std::string> (*seeds)();
};

[[nodiscard]] std::span<const Target> targets();
// Null for a name that is none.
[[nodiscard]] const Target* find_target(std::string_view name);

inline std::string_view text_of(Bytes input) {
    return {reinterpret_cast<const char*>(input.data()), input.size()};
}
inline Bytes bytes_of(std::string_view text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}
// Ends the process with the reason: a check of a target did not hold.
[[noreturn]] void broken(std::string_view reason);
// Whatever is refused has a text.
template <class T, class E>
void expect_reason(const boost::system::result<T, E>& result) {
    if (result.has_error() && result.error().message().empty())
        broken("an error without a text");
}
// Empty when the file is not there.
[[nodiscard]] std::string read_file(const std::string& path);
// The small files of a folder whose names end so.
[[nodiscard]] std::vector<std::string> read_files(const std::string& folder,
                                                  std::string_view ending);

// X(name): run_NAME and seeds_NAME, each defined in the file of its kind.
#define BLOCKEXECD_FUZZ_TARGETS(X) \
    X(cairo0_program)              \
    X(cairo_pie)                   \
    X(cairo_pie_json)              \
    X(cairo_pie_parts)             \
    X(cairo0_class)                \
    X(casm_class)                  \
    X(sierra_class)                \
    X(program_codec)               \
    X(hint_codec)                  \
    X(class_codec)                 \
    X(stored_records)              \
    X(instructions)                \
    X(settings)                    \
    X(archive_block)               \
    X(archive_state_update)        \
    X(contract)                    \
    X(transactions)

#define X(name)                   \
    void run_##name(Bytes input); \
    std::vector<std::string> seeds_##name();
BLOCKEXECD_FUZZ_TARGETS(X)
#undef X

}  // namespace blockexecd::fuzz
