// SPDX-License-Identifier: Apache-2.0
// Names by text.
#include "vm/cairo0/hints/names.hpp"

#include "vm/cairo0/hints/text_table.hpp"

namespace blockexecd::vm::cairo0::ids {

namespace {

constexpr TextTable kByText(kTexts);

}  // namespace

std::optional<Name> find(std::string_view text) {
    const std::size_t index = kByText.find(text);
    if (index == kTexts.size())
        return std::nullopt;
    return static_cast<Name>(index);
}

}  // namespace blockexecd::vm::cairo0::ids
