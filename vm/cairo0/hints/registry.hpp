// SPDX-License-Identifier: Apache-2.0
// From hint texts to hint functions: the only place where texts are compared, at load time.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string_view>

#include "vm/program/hint_table.hpp"

namespace blockexecd::vm::cairo0 {

struct KnownHint {
    std::string_view name;  // as in hint_texts.inc
    std::string_view text;
    HintFunction function;  // takes a HintOperands
};

// Every hint, in the order of hint_texts.inc.
[[nodiscard]] std::span<const KnownHint> known_hints();
// Null for a text that is none.
[[nodiscard]] const KnownHint* find_hint(std::string_view text);
// Fails with `Unknown Hint: TEXT`; its operands hold the text.
[[nodiscard]] HintFunction unknown_hint_function();

}  // namespace blockexecd::vm::cairo0
