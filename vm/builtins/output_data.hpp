// SPDX-License-Identifier: Apache-2.0
// What the output builtin holds beside its segment: pages of public memory and attributes for who
// verifies it. Hints of an embedding program and Cairo PIEs bring them.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace blockexecd::vm {

// Cells of the output segment that form one page.
struct OutputPage {
    std::uint64_t start = 0;
    std::uint64_t size = 0;
    friend bool operator==(const OutputPage&, const OutputPage&) = default;
};

struct OutputData {
    std::map<std::uint64_t, OutputPage> pages;  // by page id; the rest of the output is page 0
    std::map<std::string, std::vector<std::uint64_t>> attributes;
    friend bool operator==(const OutputData&, const OutputData&) = default;
};

}  // namespace blockexecd::vm
