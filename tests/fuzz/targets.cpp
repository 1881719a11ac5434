// SPDX-License-Identifier: Apache-2.0
// The table, and what all targets share.
#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/fuzz/target.hpp"

namespace blockexecd::fuzz {

namespace {

constexpr std::array kTargets{
#define X(name) Target{#name, run_##name, seeds_##name},
    BLOCKEXECD_FUZZ_TARGETS(X)
#undef X
};

constexpr std::size_t kLargestSeed = 60000;

}  // namespace

std::span<const Target> targets() {
    return kTargets;
}

const Target* find_target(std::string_view name) {
    for (const Target& target : kTargets)
        if (target.name == name)
            return &target;
    return nullptr;
}

void broken(std::string_view reason) {
    std::fprintf(stderr, "broken: %.*s\n", static_cast<int>(reason.size()), reason.data());
    std::abort();
}

std::string read_file(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<std::string> read_files(const std::string& folder, std::string_view ending) {
    std::vector<std::string> texts;
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        if (entry.path().string().ends_with(ending) && entry.file_size() < kLargestSeed)
            texts.push_back(read_file(entry.path().string()));
    return texts;
}

}  // namespace blockexecd::fuzz
