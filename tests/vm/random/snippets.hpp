// SPDX-License-Identifier: Apache-2.0
// The parts that random programs are made of: a table of small pieces of code, each with a weight.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "tests/vm/random/frame.hpp"
#include "tests/vm/random/random_program.hpp"

namespace blockexecd::vm::random {

// A function that others may call.
struct Function {
    Frame frame;
    std::int32_t arguments = 0;  // cells below fp - 2
};

// The program while it is made.
struct Builder {
    RandomSource& random;
    RandomProgram& program;
    Frame* frame = nullptr;  // the one being made
    const Frame* main = nullptr;
    std::vector<Function> functions = {};
    // Of main: where each builtin's pointer is, from fp, and how many cells of it are used.
    std::vector<Known> builtin_pointers = {};
    std::vector<std::int32_t> builtin_cells = {};
    // Of main: the temporary segments that have no relocation rule yet.
    std::vector<Known> temporary_bases = {};
    // Made so far, in the segment arena.
    std::int32_t dictionaries = 0;
    // Index of the first segment that is this program's own.
    std::int32_t first_segment = 0;
};

// Where a snippet may stand: functions know nothing of builtins, and each dialect has its hints.
enum class Place : std::uint8_t { anywhere, main, cairo0, casm, casm_main };

struct Snippet {
    const char* name;
    std::uint32_t weight;
    Place place;
    // The kind of cell that it is about: rarely made where none is known.
    Kind about;
    void (*emit)(Builder& builder);
};
[[nodiscard]] std::span<const Snippet> snippets();
// One of them, by weight.
void emit_snippet(Builder& builder, bool in_function);

// One instance of a builtin: inputs, then some of its outputs.
void emit_builtin(Builder& builder);
// A hint with random variables in front of an instruction.
void emit_hint(Builder& builder);
void emit_temporary_segment(Builder& builder);
void emit_relocation(Builder& builder);
// The same of Cairo 1, and a dictionary from its making to a squash.
void emit_casm_hint(Builder& builder);
void emit_casm_segment(Builder& builder);
void emit_dictionary(Builder& builder);

}  // namespace blockexecd::vm::random
