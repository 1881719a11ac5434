// SPDX-License-Identifier: Apache-2.0
// Joins hint_texts.inc and hint_table.inc; a text without a row, or the reverse, does not compile.
#include "vm/cairo0/hints/registry.hpp"

#include <boost/unordered/unordered_flat_map.hpp>
#include <functional>

#include "vm/cairo0/hints/functions.hpp"

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

}  // namespace

std::span<const KnownHint> known_hints() {
    return kHints;
}

const KnownHint* find_hint(std::string_view text) {
    static const auto by_text = [] {
        boost::unordered_flat_map<std::string_view, const KnownHint*, std::hash<std::string_view>>
            map;
        for (const KnownHint& hint : kHints)
            map.emplace(hint.text, &hint);
        return map;
    }();
    const auto found = by_text.find(text);
    return found == by_text.end() ? nullptr : found->second;
}

HintFunction unknown_hint_function() {
    return &run<&unknown_hint>;
}

}  // namespace blockexecd::vm::cairo0
