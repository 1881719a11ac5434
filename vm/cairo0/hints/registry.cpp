// SPDX-License-Identifier: Apache-2.0
// Joins hint_texts.inc and hint_table.inc; a text without a row, or the reverse, does not compile.
#include "vm/cairo0/hints/registry.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

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

// Sixteen of a text's characters and its length: tells nearly all texts apart, and costs the same
// for long ones.
constexpr std::uint64_t sample(std::string_view text) {
    constexpr std::size_t kSamples = 16;
    std::uint64_t key = text.size();
    for (std::size_t i = 0; i < kSamples && !text.empty(); ++i)
        key = (key ^ static_cast<unsigned char>(text[(text.size() - 1) * i / (kSamples - 1)])) *
              0x9e3779b97f4a7c15ULL;
    return key;
}

struct Sampled {
    std::uint64_t key;
    std::uint16_t index;
};

// Made by the compiler, so that no process spends time on a table that it hardly uses.
constexpr auto kBySample = [] {
    std::array<Sampled, kHints.size()> table{};
    for (std::size_t i = 0; i < table.size(); ++i)
        table[i] = {sample(kHints[i].text), static_cast<std::uint16_t>(i)};
    std::ranges::sort(table, {}, &Sampled::key);
    return table;
}();

}  // namespace

std::span<const KnownHint> known_hints() {
    return kHints;
}

const KnownHint* find_hint(std::string_view text) {
    const std::uint64_t key = sample(text);
    for (auto found = std::ranges::lower_bound(kBySample, key, {}, &Sampled::key);
         found != kBySample.end() && found->key == key; ++found)
        if (kHints[found->index].text == text)
            return &kHints[found->index];
    return nullptr;
}

HintFunction unknown_hint_function() {
    return &run<&unknown_hint>;
}

}  // namespace blockexecd::vm::cairo0
