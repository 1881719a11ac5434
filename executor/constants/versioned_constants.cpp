// SPDX-License-Identifier: Apache-2.0
#include "executor/constants/versioned_constants.hpp"

#include <algorithm>
#include <charconv>

#include "executor/constants/embedded.hpp"

namespace blockexecd::executor {
namespace {

struct Known {
    std::vector<VersionedConstants> constants;         // oldest first
    std::vector<std::vector<std::uint32_t>> versions;  // of the same index
};

// Embedded files that cannot be read are a fault of the build: value() throws at start-up.
Known read_embedded() {
    Known known;
    for (const auto& [version, text] : embedded_versioned_constants()) {
        known.constants.push_back(parse_versioned_constants(version, text).value());
        known.versions.push_back(starknet_version_numbers(version).value());
    }
    return known;
}

const Known& known_constants() {
    static const Known known = read_embedded();
    return known;
}

}  // namespace

vm::ExecutionResources ResourcesParams::linear(std::uint64_t length) const {
    vm::ExecutionResources resources = calldata_factor * length;
    const auto divide = [this](std::uint64_t& count) {
        count = (count + scaling_factor - 1) / scaling_factor;
    };
    divide(resources.n_steps);
    divide(resources.n_memory_holes);
    std::ranges::for_each(resources.builtins, divide);
    return resources;
}

vm::Result<std::vector<std::uint32_t>> starknet_version_numbers(std::string_view text) {
    std::vector<std::uint32_t> parts;
    const char* at = text.data();
    const char* const end = at + text.size();
    for (;;) {
        std::uint32_t part = 0;
        const auto [next, error] = std::from_chars(at, end, part);
        if (error != std::errc() || (next != end && *next != '.') || parts.size() == 4)
            return vm::Error(vm::ErrorKind::program,
                             "Invalid Starknet version: \"" + std::string(text) + "\"");
        parts.push_back(part);
        if (next == end)
            return parts;
        at = next + 1;
    }
}

std::span<const VersionedConstants> all_versioned_constants() {
    return known_constants().constants;
}

vm::Result<const VersionedConstants*> versioned_constants_for(std::string_view starknet_version) {
    const Known& known = known_constants();
    if (starknet_version.empty())
        return &known.constants.front();
    BX_TRY(const auto version, starknet_version_numbers(starknet_version));
    const auto above = std::ranges::upper_bound(known.versions, version);
    const auto index = std::max<std::ptrdiff_t>(above - known.versions.begin() - 1, 0);
    return &known.constants[static_cast<std::size_t>(index)];
}

}  // namespace blockexecd::executor
