// SPDX-License-Identifier: Apache-2.0
// Arithmetic, memory, jumps and calls.
#include "tests/vm/random/snippets.hpp"

#include <array>

namespace blockexecd::vm::random {

namespace {

void push_number(Builder& b) {
    const Felt value = random_felt(b.random);
    b.frame->push(value, value.fits_u64() && value.limbs()[0] < (std::uint64_t{1} << 32)
                             ? Kind::small
                             : Kind::felt);
}

void copy(Builder& b) {
    b.frame->push_copy(
        b.random.pick(std::array{b.frame->find(Kind::small), b.frame->find(Kind::data)}));
}

// [ap] = x op y, with y from ap, fp or an immediate; or the equation solved for x or y.
void compute(Builder& b, std::uint64_t extension, const Known& x, const Known& y,
             const Felt& immediate, Kind result_kind) {
    Frame& f = *b.frame;
    RandomSource& random = b.random;
    const std::uint64_t res = 1 + random.below(2);
    const Kind kind = result_kind;
    const Placed px = f.place(x);
    const Placed py = f.place(y);
    const bool with_immediate = random.percent(35);
    Word word{.res = res, .extension = extension};
    switch (random.below(4)) {
        case 0:  // x = [ap] op y
            word.dst = px.base;
            word.off_dst = px.offset;
            word.op0 = Base::ap;
            word.off_op0 = 0;
            break;
        case 1:  // x = y op [ap]
            word.dst = px.base;
            word.off_dst = px.offset;
            word.op0 = py.base;
            word.off_op0 = py.offset;
            word.op1_source = 4;
            word.off_op1 = 0;
            f.emit(word);
            f.pushed(kind);
            return;
        default:
            word.op0 = px.base;
            word.off_op0 = px.offset;
            break;
    }
    if (!with_immediate) {
        word.op1_source = py.base == Base::fp ? 2 : 4;
        word.off_op1 = py.offset;
    }
    f.emit(word);
    if (with_immediate)
        f.words.push_back(immediate);
    f.pushed(kind);
}

void compute_numbers(Builder& b) {
    const Known x = b.frame->find_number();
    const Known y = b.frame->find_number();
    compute(b, 0, x, y, random_felt(b.random), Kind::felt);
}

void compute_qm31(Builder& b) {
    for (int i = 0; i < 2; ++i)
        b.frame->push(random_qm31(b.random), Kind::qm31);
    const Known x = b.frame->find(Kind::qm31);
    const Known y = b.frame->find(Kind::qm31);
    compute(b, 3, x, y, random_qm31(b.random), Kind::qm31);
}

void move_pointer(Builder& b) {
    const Known pointer = b.frame->find(
        b.random.pick(std::array{Kind::data, Kind::empty, Kind::words, Kind::temporary}));
    b.frame->push_sum(pointer, Felt::from_i64(b.random.between(b.random.percent(10) ? -2 : 0, 2)),
                      pointer.kind);
}

// A difference of pointers, which is a number inside one segment.
void pointer_difference(Builder& b) {
    const Known x = b.frame->find(Kind::data);
    const Known y = b.frame->find(Kind::data);
    const Placed px = b.frame->place(x);
    const Placed py = b.frame->place(y);
    b.frame->emit({.off_dst = px.offset,
                   .off_op0 = py.offset,
                   .off_op1 = 0,
                   .dst = px.base,
                   .op0 = py.base,
                   .op1_source = 4,
                   .res = 1});
    b.frame->pushed(Kind::felt);
}

// The same cell or value asserted again.
void check_again(Builder& b) {
    const Known x = b.random.pick(std::array{b.frame->find_number(), b.frame->find(Kind::data)});
    const Placed dst = b.frame->place(x);
    const Placed op1 = b.frame->place(x);
    b.frame->emit({.off_dst = dst.offset,
                   .off_op1 = op1.offset,
                   .dst = dst.base,
                   .op1_source = op1.base == Base::fp ? 2U : 4U,
                   .ap_update = b.random.percent(80) ? 0U : 2U});
}

void load(Builder& b) {
    const Kind from = b.random.percent(50)   ? Kind::words
                      : b.random.percent(96) ? Kind::data
                                             : Kind::temporary;
    const std::int32_t offset = b.random.between(0, b.random.percent(95) ? 1 : 6);
    b.frame->push_loaded(b.frame->find(from), offset,
                         from == Kind::words ? Kind::small : Kind::felt);
}

void store(Builder& b) {
    const Kind to =
        b.random.pick(std::array{Kind::empty, Kind::empty, Kind::temporary, Kind::data});
    const Known value =
        b.random.percent(75) ? b.frame->find_number() : b.random.pick(b.frame->known);
    const std::int32_t offset = b.random.between(0, 9);
    b.frame->store(b.frame->find(to), offset, value);
}

void advance(Builder& b) {
    b.frame->advance(b.random.percent(85) ? b.random.between(0, 4) : b.random.between(-2, 9));
}

// Jumps over words that are never executed.
void jump_over(Builder& b) {
    Frame& f = *b.frame;
    const auto skipped = static_cast<std::int32_t>(b.random.below(4));
    const bool absolute = b.random.percent(4);
    f.emit({.off_dst = -1,
            .dst = Base::fp,
            .pc_update = absolute ? 1U : 2U,
            .ap_update = b.random.percent(50) ? 2U : 0U,
            .opcode = 0});
    if (b.random.percent(3))
        f.words.push_back(random_felt(b.random));
    else
        f.words.emplace_back(static_cast<std::uint64_t>(2 + skipped));
    for (std::int32_t i = 0; i < skipped; ++i)
        f.words.push_back(random_felt(b.random));
}

// jnz over one push, on a cell that may be zero: the stack is the same on both ways.
void branch(Builder& b) {
    Frame& f = *b.frame;
    const Known condition = b.random.percent(85) ? f.find_number() : f.find(Kind::data);
    const Placed dst = f.place(condition);
    f.emit({.off_dst = dst.offset, .dst = dst.base, .pc_update = 4, .ap_update = 0, .opcode = 0});
    f.words.emplace_back(std::uint64_t{4});
    f.advance(0);
}

// A counter that is pushed down to zero, with a few pushes a round.
void loop(Builder& b) {
    Frame& f = *b.frame;
    const auto rounds = static_cast<std::int32_t>(1 + b.random.below(6));
    f.push(Felt(static_cast<std::uint64_t>(rounds)), Kind::small);
    const auto pushes = static_cast<std::int32_t>(b.random.below(3));
    const std::size_t begin = f.words.size();
    for (std::int32_t i = 0; i < pushes; ++i) {
        f.emit({});
        f.words.push_back(random_felt(b.random));
    }
    f.emit({.off_op0 = -1 - pushes, .op0 = Base::ap, .res = 1});
    f.words.push_back(-Felt(1));
    f.emit({.off_dst = -1, .pc_update = 4, .ap_update = 0, .opcode = 0});
    f.words.push_back(-Felt(static_cast<std::uint64_t>(f.words.size() - 1 - begin)));
    f.ap += rounds * (pushes + 1);
}

void call(Builder& b) {
    Frame& f = *b.frame;
    if (b.functions.empty())
        return;
    const std::size_t index = b.random.below(b.functions.size());
    const Function& function = b.functions[index];
    for (std::int32_t i = 0; i < function.arguments; ++i)
        f.push_copy(b.random.pick(f.known));
    if (const Known pointer = f.find(Kind::code);
        b.random.percent(30) && pointer.kind == Kind::code) {
        // Which function it is, is not known here.
        const Placed target = f.place(pointer);
        f.emit({.off_dst = 0,
                .off_op0 = 1,
                .off_op1 = target.offset,
                .op0 = Base::ap,
                .op1_source = target.base == Base::fp ? 2U : 4U,
                .pc_update = 1,
                .ap_update = 0,
                .opcode = 1});
    } else {
        f.emit({.off_dst = 0,
                .off_op0 = 1,
                .op0 = Base::ap,
                .pc_update = 2,
                .ap_update = 0,
                .opcode = 1});
        f.calls.emplace_back(f.words.size(), index);
        f.words.emplace_back();
    }
    const std::int32_t callee = f.ap + 2;
    for (const Known& cell : function.frame.known)
        if (cell.offset >= 0)
            f.known.push_back({callee + cell.offset, cell.kind});
    f.ap = callee + function.frame.ap;
}

// The Blake2s extension: state, message and output behind pointers.
void blake(Builder& b) {
    Frame& f = *b.frame;
    const Known counter = f.push(
        b.random.percent(90) ? Felt(b.random.next() >> 32) : random_felt(b.random), Kind::small);
    const Known state = f.find(Kind::words);
    const Known message = f.find(Kind::words);
    const Felt behind(20 + b.random.below(12));
    const Known output = f.push_sum(f.find(Kind::empty), behind, Kind::words);
    // The output's pointer is what ap points at.
    f.known.pop_back();
    f.advance(-1);
    const Placed dst = f.place(counter);
    const Placed op0 = f.place(state);
    const Placed op1 = f.place(message);
    f.emit({.off_dst = dst.offset,
            .off_op0 = op0.offset,
            .off_op1 = op1.offset,
            .dst = dst.base,
            .op0 = op0.base,
            .op1_source = op1.base == Base::fp ? 2U : 4U,
            .ap_update = 2,
            .opcode = 0,
            .extension = 1 + b.random.below(2)});
    f.pushed(output.kind);
}

// Whatever the bits say.
void raw(Builder& b) {
    RandomSource& r = b.random;
    const auto offset = [&r] {
        return r.percent(96) ? r.between(-6, 3) : r.between(-0x8000, 0x7fff);
    };
    const std::uint64_t op1_source = r.pick(std::array{0U, 1U, 2U, 4U, 4U, 1U, 3U});
    b.frame->emit({.off_dst = offset(),
                   .off_op0 = offset(),
                   .off_op1 = op1_source == 1 ? 1 : offset(),
                   .dst = r.pick(std::array{Base::ap, Base::fp}),
                   .op0 = r.pick(std::array{Base::ap, Base::fp}),
                   .op1_source = op1_source,
                   .res = r.below(4),
                   .pc_update = r.pick(std::array{0U, 0U, 0U, 1U, 2U, 4U, 3U}),
                   .ap_update = r.below(4),
                   .opcode = r.pick(std::array{0U, 1U, 2U, 4U, 4U, 4U, 3U}),
                   .extension = r.percent(80) ? 0 : r.below(5)});
    if (op1_source == 1)
        b.frame->words.push_back(random_felt(r));
}

// A scope entered and left, with something between.
void scope(Builder& b) {
    b.frame->hints.push_back(
        {b.frame->pc(), b.random.percent(97) ? "vm_enter_scope()" : "vm_exit_scope()", {}});
    push_number(b);
    if (b.random.percent(97)) {
        b.frame->hints.push_back({b.frame->pc(), "vm_exit_scope()", {}});
        push_number(b);
    }
}

void new_segment(Builder& b) {
    Frame& f = *b.frame;
    f.hints.push_back({f.pc(), "memory[ap] = segments.add()", {}});
    f.pushed(Kind::empty);
    // The instruction passes over the cell.
    f.ap -= 1;
    f.advance(1);
}

constexpr std::array kSnippets{
    Snippet{"push_number", 14, Place::anywhere, Kind::felt, push_number},
    Snippet{"copy", 8, Place::anywhere, Kind::felt, copy},
    Snippet{"compute", 22, Place::anywhere, Kind::felt, compute_numbers},
    Snippet{"qm31", 3, Place::anywhere, Kind::felt, compute_qm31},
    Snippet{"move_pointer", 5, Place::anywhere, Kind::empty, move_pointer},
    Snippet{"pointer_difference", 2, Place::anywhere, Kind::data, pointer_difference},
    Snippet{"check_again", 6, Place::anywhere, Kind::felt, check_again},
    Snippet{"load", 8, Place::anywhere, Kind::words, load},
    Snippet{"store", 8, Place::anywhere, Kind::empty, store},
    Snippet{"advance", 3, Place::anywhere, Kind::felt, advance},
    Snippet{"jump_over", 4, Place::anywhere, Kind::felt, jump_over},
    Snippet{"branch", 4, Place::anywhere, Kind::felt, branch},
    Snippet{"loop", 3, Place::anywhere, Kind::felt, loop},
    Snippet{"call", 7, Place::anywhere, Kind::felt, call},
    Snippet{"blake", 3, Place::anywhere, Kind::words, blake},
    Snippet{"scope", 1, Place::cairo0, Kind::felt, scope},
    Snippet{"new_segment", 3, Place::cairo0, Kind::felt, new_segment},
    Snippet{"temporary_segment", 2, Place::cairo0, Kind::felt, emit_temporary_segment},
    Snippet{"relocation", 1, Place::cairo0, Kind::temporary, emit_relocation},
    Snippet{"hint", 2, Place::cairo0, Kind::felt, emit_hint},
    Snippet{"builtin", 14, Place::main, Kind::felt, emit_builtin},
    Snippet{"casm_hint", 14, Place::casm, Kind::felt, emit_casm_hint},
    Snippet{"casm_segment", 3, Place::casm, Kind::felt, emit_casm_segment},
    Snippet{"dictionary", 4, Place::casm_main, Kind::felt, emit_dictionary},
    Snippet{"raw", 1, Place::anywhere, Kind::felt, raw},
};

bool fits(Place place, Flow flow, bool in_function) {
    const bool casm = flow == Flow::casm;
    switch (place) {
        case Place::anywhere:
            return true;
        case Place::main:
            return !in_function;
        case Place::cairo0:
            return !casm;
        case Place::casm:
            return casm;
        case Place::casm_main:
            return casm && !in_function;
    }
    return false;
}

}  // namespace

std::span<const Snippet> snippets() {
    return kSnippets;
}

void emit_snippet(Builder& builder, bool in_function) {
    std::uint64_t total = 0;
    for (const Snippet& snippet : kSnippets)
        total += snippet.weight;
    for (;;) {
        std::uint64_t choice = builder.random.below(total);
        for (const Snippet& snippet : kSnippets) {
            if (choice >= snippet.weight) {
                choice -= snippet.weight;
                continue;
            }
            if (!fits(snippet.place, builder.program.flow, in_function) ||
                (!builder.frame->has(snippet.about) && builder.random.percent(95)))
                break;
            snippet.emit(builder);
            return;
        }
    }
}

}  // namespace blockexecd::vm::random
