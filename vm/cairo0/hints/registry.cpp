// SPDX-License-Identifier: Apache-2.0
// Joins hint_texts.inc and hint_table.inc; a text without a row, or the reverse, does not compile.
#include "vm/cairo0/hints/registry.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

#include "vm/cairo0/hints/functions.hpp"
#include "vm/cairo0/hints/text_table.hpp"

namespace blockexecd::vm::cairo0 {

namespace {

enum class HintId : std::uint16_t {
#define X(name, text) name,
#include "vm/cairo0/hints/hint_texts.inc"
#undef X
};

template <Result<void> (*function)(HintContext&)>
Result<void> run(VirtualMachine& vm, const void* operands) {
    HintContext context(vm, *static_cast<const HintOperands*>(operands));
    return function(context);
}

constexpr std::array kTexts{
#define X(name, text) std::string_view(text),
#include "vm/cairo0/hints/hint_texts.inc"
#undef X
};

constexpr std::array kHints{
#define X(name, function) \
    KnownHint{#name, kTexts[static_cast<std::size_t>(HintId::name)], &run<&function>},
#include "vm/cairo0/hints/hint_table.inc"
#undef X
};
static_assert(kHints.size() == kTexts.size());

constexpr TextTable kByText([] {
    std::array<std::string_view, kHints.size()> texts;
    std::ranges::transform(kHints, texts.begin(), &KnownHint::text);
    return texts;
}());

}  // namespace

std::span<const KnownHint> known_hints() {
    return kHints;
}

const KnownHint* find_hint(std::string_view text) {
    const std::size_t index = kByText.find(text);
    return index == kHints.size() ? nullptr : &kHints[index];
}

HintFunction unknown_hint_function() {
    return &run<&unknown_hint>;
}

}  // namespace blockexecd::vm::cairo0
