// SPDX-License-Identifier: Apache-2.0
// Names by text: the list stands in their order.
#include "vm/cairo0/hints/names.hpp"

#include <algorithm>

namespace blockexecd::vm::cairo0::ids {

static_assert(std::ranges::is_sorted(kTexts));

std::optional<Name> find(std::string_view text) {
    const auto found = std::ranges::lower_bound(kTexts, text);
    if (found == kTexts.end() || *found != text)
        return std::nullopt;
    return static_cast<Name>(found - kTexts.begin());
}

}  // namespace blockexecd::vm::cairo0::ids
