// SPDX-License-Identifier: Apache-2.0
// Hints of the Cairo 0 library on whatever variables: most of them refuse, each with its reason.
#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "tests/vm/random/snippets.hpp"
#include "vm/cairo0/hints/registry.hpp"

namespace blockexecd::vm::random {

namespace {

// Not comparable: points that the reference draws at random, and what an embedding executor runs.
bool is_comparable(const cairo0::KnownHint& hint) {
    return !hint.name.starts_with("SYSCALL_") &&
           hint.name.find("RANDOM_EC_POINT") == hint.name.npos;
}

const std::vector<const cairo0::KnownHint*>& comparable_hints() {
    static const auto hints = [] {
        std::vector<const cairo0::KnownHint*> list;
        for (const cairo0::KnownHint& hint : cairo0::known_hints())
            if (is_comparable(hint))
                list.push_back(&hint);
        return list;
    }();
    return hints;
}

// The names behind "ids." in a hint's text, each once.
std::vector<std::string> variables_of(std::string_view text) {
    std::vector<std::string> names;
    for (std::size_t at = text.find("ids."); at != text.npos; at = text.find("ids.", at + 1)) {
        std::size_t end = at + 4;
        while (end < text.size() &&
               (std::isalnum(static_cast<unsigned char>(text[end])) != 0 || text[end] == '_'))
            ++end;
        const std::string name(text.substr(at + 4, end - at - 4));
        if (std::ranges::find(names, name) == names.end())
            names.push_back(name);
    }
    return names;
}

std::string reference_to(Frame& frame, std::int32_t offset, std::string_view type) {
    const Placed at = frame.place(offset);
    const std::string base = at.base == Base::fp ? "fp" : "ap";
    const std::string place =
        at.offset == 0 ? base : base + " + (" + std::to_string(at.offset) + ")";
    return "[cast(" + place + ", " + std::string(type) + "*)]";
}

std::string random_reference(Builder& b) {
    Frame& f = *b.frame;
    RandomSource& random = b.random;
    switch (random.below(10)) {
        case 0:  // a cell that is not written yet
            return reference_to(f, f.ap + random.between(0, 5), "felt");
        case 1:  // a pointer
            return reference_to(
                f, f.find(random.pick(std::array{Kind::data, Kind::empty, Kind::words})).offset,
                "felt*");
        case 2:  // what a pointer points at
            return "[cast([fp + (" + std::to_string(f.find(Kind::data).offset) + ")], felt*)]";
        case 3:  // a number in the program
            return "cast(" + std::to_string(random.below(300)) + ", felt)";
        default:
            return reference_to(f, f.find_number().offset, "felt");
    }
}

}  // namespace

void emit_hint(Builder& b) {
    const cairo0::KnownHint& hint = *b.random.pick(comparable_hints());
    RandomHint made{b.frame->pc(), std::string(hint.text), {}};
    for (std::string& name : variables_of(hint.text))
        if (!b.random.percent(3))
            made.ids.push_back({std::move(name), random_reference(b)});
    b.frame->hints.push_back(std::move(made));
    // Over what the hint may have written.
    b.frame->advance(b.random.between(0, 6));
}

void emit_temporary_segment(Builder& b) {
    Frame& f = *b.frame;
    f.hints.push_back(
        {f.pc(),
         "ids.temporary_array = segments.add_temp_segment()",
         {{"temporary_array", "[cast(fp + (" + std::to_string(f.ap) + "), felt*)]"}}});
    const Known base = f.pushed(Kind::temporary);
    f.ap -= 1;
    f.advance(1);
    if (&f == b.main)
        b.temporary_bases.push_back(base);
}

void emit_relocation(Builder& b) {
    Frame& f = *b.frame;
    const auto reference = [](const Known& cell) {
        return "[cast(fp + (" + std::to_string(cell.offset) + "), felt*)]";
    };
    Known source = f.find(Kind::temporary);
    Known target = f.find(b.random.percent(95) ? Kind::empty : Kind::temporary);
    if (&f == b.main && !b.temporary_bases.empty()) {
        source = b.temporary_bases.back();
        b.temporary_bases.pop_back();
    }
    // Away from what is written there otherwise, most of the time.
    if (b.random.percent(85))
        target = f.push_sum(target, Felt(20 + 10 * b.random.below(30)), target.kind);
    f.hints.push_back({f.pc(),
                       "memory.add_relocation_rule(src_ptr=ids.src_ptr, dest_ptr=ids.dest_ptr)",
                       {{"src_ptr", reference(source)}, {"dest_ptr", reference(target)}}});
    f.advance(0);
}

}  // namespace blockexecd::vm::random
