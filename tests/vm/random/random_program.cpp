// SPDX-License-Identifier: Apache-2.0
// A program: functions, main, the pointers that main begins with, and maybe damage.
#include "tests/vm/random/random_program.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <string_view>

#include "tests/vm/random/snippets.hpp"
#include "vm/cairo0/hints/names.hpp"
#include "vm/cairo0/runner/layout.hpp"

namespace blockexecd::vm::random {

namespace {

constexpr std::uint64_t kDamagedShare = 15;  // percent

// What the program's own segments hold, in this order.
enum class Data : std::uint8_t { numbers, words, state, empty, code, pointers };
constexpr std::array kData{Data::numbers, Data::words, Data::state,   Data::empty,
                           Data::empty,   Data::code,  Data::pointers};

void choose_builtins(RandomProgram& p, RandomSource& random) {
    if (random.percent(p.flow == Flow::casm ? 5 : 25))
        return;
    for (const BuiltinName name : cairo0::kBuiltinOrder)
        if (random.percent(35))
            p.builtins.push_back(name);
    if (p.flow != Flow::main && random.percent(p.flow == Flow::casm ? 60 : 20))
        p.builtins.push_back(BuiltinName::segment_arena);
}

bool has(const RandomProgram& p, BuiltinName name) {
    return std::ranges::find(p.builtins, name) != p.builtins.end();
}

// Segments that exist when the program's own are added: program, execution, builtins, and what a
// whole program needs.
std::int32_t first_own_segment(const RandomProgram& p) {
    auto count = static_cast<std::int32_t>(2 + p.builtins.size());
    if (has(p, BuiltinName::segment_arena))
        ++count;
    if (p.flow == Flow::main)
        count += has(p, BuiltinName::add_mod) || has(p, BuiltinName::mul_mod) ? 3 : 2;
    return count;
}

Relocatable builtin_base(const RandomProgram& p, std::size_t index) {
    const auto segment = static_cast<std::int32_t>(2 + index);
    if (p.builtins[index] == BuiltinName::segment_arena)
        return {segment + 1, 3};
    return {segment, 0};
}

Function make_function(Builder& b) {
    Function function{Frame(b.random), static_cast<std::int32_t>(b.random.below(3))};
    Frame& f = function.frame;
    b.frame = &f;
    for (std::int32_t i = 0; i < function.arguments; ++i)
        f.known.push_back({-3 - i, Kind::felt});
    f.known.push_back({-1, Kind::code});
    f.push(random_felt(b.random), Kind::felt);
    for (std::uint64_t n = b.random.below(5); n != 0; --n)
        emit_snippet(b, true);
    if (b.random.percent(92))
        f.ret();
    return function;
}

// One cell of main's prepared frame for each pointer that it may use, and their segments' cells.
class Preparation {
  public:
    Preparation(Builder& b, std::int32_t frame_start) : b_(b), frame_start_(frame_start) {}

    void run() {
        RandomProgram& p = b_.program;
        p.segments = kData.size();
        p.temporary = p.flow != Flow::casm && b_.random.percent(25) ? 1 + b_.random.below(3) : 0;
        for (std::size_t i = 0; i < kData.size(); ++i)
            add_segment(kData[i], b_.first_segment + static_cast<std::int32_t>(i));
        for (std::uint64_t i = 0; i < p.temporary; ++i) {
            const Relocatable base{-static_cast<std::int32_t>(i) - 1, 0};
            fill(base, b_.random.below(5));
            add(base, Kind::temporary);
            b_.temporary_bases.push_back(b_.frame->known.back());
        }
        if (b_.random.percent(30))
            add(b_.random.percent(50) ? Value(Relocatable{0, b_.random.below(40)})
                                      : Value(Relocatable{1, b_.random.below(12)}),
                Kind::code);
    }
    // Cells that are to hold the address of a function: (index in cells, function).
    std::vector<std::pair<std::size_t, std::size_t>> functions;

  private:
    void add_segment(Data data, std::int32_t segment) {
        RandomProgram& p = b_.program;
        const Relocatable base{segment, 0};
        switch (data) {
            case Data::numbers:
                fill(base, 3 + b_.random.below(6));
                add(base, Kind::data);
                break;
            case Data::words:
            case Data::state:
                for (std::uint64_t i = 0; i < 17; ++i)
                    if (!b_.random.percent(1))
                        p.cells.emplace_back(base + i, Felt(b_.random.next() >> 32));
                add(base, Kind::words);
                break;
            case Data::empty:
                add(base, Kind::empty);
                break;
            case Data::code:
                add_code(base);
                break;
            case Data::pointers:
                if (b_.functions.empty())
                    break;
                functions.emplace_back(p.cells.size(), b_.random.below(b_.functions.size()));
                add(base, Kind::code);
                break;
        }
    }
    // Code outside of the program: a function without calls.
    void add_code(const Relocatable& base) {
        Frame f(b_.random);
        f.known.push_back({-3, Kind::felt});
        f.push(random_felt(b_.random), Kind::felt);
        f.push_sum({-3, Kind::felt}, random_felt(b_.random), Kind::felt);
        f.ret();
        for (std::size_t i = 0; i < f.words.size(); ++i)
            b_.program.cells.emplace_back(base + i, Value(f.words[i]));
        if (b_.random.percent(40))
            add(base, Kind::code);
    }
    void fill(const Relocatable& base, std::uint64_t count) {
        for (std::uint64_t i = 0; i < count; ++i)
            if (!b_.random.percent(2))
                b_.program.cells.emplace_back(base + i, value());
    }
    Value value() {
        if (b_.random.percent(93))
            return random_felt(b_.random);
        const std::int32_t segment =
            b_.random.between(-static_cast<std::int32_t>(b_.program.temporary),
                              b_.first_segment + static_cast<std::int32_t>(kData.size()) - 1);
        return Relocatable{
            segment, b_.random.percent(97) ? b_.random.below(6) : UINT64_MAX - b_.random.below(4)};
    }
    void add(const Value& value, Kind kind) {
        b_.program.cells.emplace_back(
            Relocatable{1, static_cast<std::uint64_t>(frame_start_ + count_)}, value);
        b_.frame->known.push_back({count_++, kind});
    }

    Builder& b_;
    std::int32_t frame_start_;
    std::int32_t count_ = 0;
};

// The pointers behind what was used, in the program's order, and the way back.
void emit_epilogue(Builder& b) {
    Frame& f = *b.frame;
    while (!b.temporary_bases.empty() && b.random.percent(97))
        emit_relocation(b);
    if (b.program.flow == Flow::main || b.random.percent(50))
        for (std::size_t i = 0; i < b.builtin_pointers.size(); ++i) {
            std::int32_t cells = b.builtin_cells[i];
            if (b.random.percent(1))
                cells += b.random.between(-1, 3);
            f.push_sum(b.builtin_pointers[i], Felt::from_i64(cells), Kind::builtin);
        }
    f.ret();
}

void damage(RandomProgram& p, RandomSource& random) {
    for (std::uint64_t n = 1 + random.below(2); n != 0 && !p.data.empty(); --n) {
        Felt& word = p.data[random.below(p.data.size())];
        switch (random.below(5)) {
            case 0:
                word = random_felt(random);
                break;
            case 1:
                word = word + Felt(2).pow({48 + random.below(16), 0, 0, 0});
                break;
            case 2:
                word = word + Felt(2).pow({random.below(64), 0, 0, 0});
                break;
            case 3:
                word = word - Felt(2).pow({16 * random.below(3), 0, 0, 0});
                break;
            default:
                p.data.resize(random.below(p.data.size()) + 1);
                break;
        }
    }
    std::erase_if(p.hints, [&p](const RandomHint& hint) { return hint.pc >= p.data.size(); });
    std::erase_if(p.casm_hints, [&p](const CasmHintsAtPc& at) { return at.pc >= p.data.size(); });
}

void append(RandomProgram& p, const Frame& frame) {
    const std::uint64_t start = p.data.size();
    for (RandomHint hint : frame.hints) {
        hint.pc += start;
        p.hints.push_back(std::move(hint));
    }
    for (CasmHintsAtPc at : frame.casm_hints) {
        at.pc += start;
        p.casm_hints.push_back(std::move(at));
    }
    p.data.insert(p.data.end(), frame.words.begin(), frame.words.end());
}

// The constants that hints ask for; those with the same last name are equal, since the reference
// takes any of them.
void add_constants(RandomProgram& p, RandomSource& random) {
    if (p.hints.empty())
        return;
    std::map<std::string_view, Felt> values;
    for (const cairo0::ConstantSource& source : cairo0::constants::kSources) {
        const std::string_view path = source.path.empty() ? source.last_component : source.path;
        const std::string_view name = path.substr(path.rfind('.') + 1);
        const bool is_size = name.find("SIZE") != name.npos || name.find("BYTES") != name.npos;
        const Felt value = is_size ? Felt(random.below(30)) : random_felt(random);
        if (random.percent(70))
            p.constants.emplace_back(
                source.path.empty() ? "__main__." + std::string(name) : std::string(path),
                values.emplace(name, value).first->second);
    }
}

}  // namespace

RandomProgram make_random_program(std::uint64_t seed, Dialect dialect) {
    RandomProgram p;
    RandomSource random(seed * 0x9e3779b97f4a7c15ULL + 1);
    p.seed = seed;
    p.flow = dialect == Dialect::casm ? Flow::casm
             : random.percent(35)     ? Flow::function
                                      : Flow::main;
    p.steps = random.percent(95) ? 400 : random.below(40);
    choose_builtins(p, random);

    Builder b{.random = random, .program = p, .first_segment = first_own_segment(p)};
    for (std::uint64_t n = random.below(4); n != 0; --n)
        b.functions.push_back(make_function(b));

    Frame main(random);
    b.frame = &main;
    b.main = &main;
    const auto builtins = static_cast<std::int32_t>(p.builtins.size());
    Preparation preparation(b, builtins + 2);
    preparation.run();
    for (std::int32_t i = 0; i < builtins; ++i) {
        b.builtin_pointers.push_back({-2 - builtins + i, Kind::builtin});
        b.builtin_cells.push_back(0);
        p.arguments.emplace_back(builtin_base(p, static_cast<std::size_t>(i)));
    }
    const auto prepared = static_cast<std::int32_t>(main.known.size());
    if (random.percent(97))
        main.advance(prepared);
    if (random.percent(96))
        main.push(random_felt(random), Kind::felt);
    if (random.percent(90))
        main.push(Felt(random.below(1000)), Kind::small);
    for (std::uint64_t n = 1 + random.below(16); n != 0; --n)
        emit_snippet(b, false);
    if (random.percent(96))
        emit_epilogue(b);

    append(p, main);
    std::vector<std::uint64_t> starts;
    for (const Function& function : b.functions) {
        starts.push_back(p.data.size());
        append(p, function.frame);
    }
    const auto patch = [&](const Frame& frame, std::uint64_t start) {
        for (const auto& [word, function] : frame.calls)
            p.data[start + word] = Felt(starts[function]) - Felt(start + word - 1);
    };
    patch(main, 0);
    for (std::size_t i = 0; i < b.functions.size(); ++i)
        patch(b.functions[i].frame, starts[i]);
    for (const auto& [cell, function] : preparation.functions)
        p.cells[cell].second = Relocatable{0, starts[function]};
    if (p.flow != Flow::casm && random.percent(30) && !p.data.empty()) {
        const std::uint64_t from = random.below(p.data.size());
        p.attributes.push_back({{from, from + random.below(30)}, "SafeUint256: addition overflow"});
    }
    if (random.percent(kDamagedShare))
        damage(p, random);
    std::ranges::stable_sort(p.hints, {}, &RandomHint::pc);
    add_constants(p, random);
    return p;
}

}  // namespace blockexecd::vm::random
