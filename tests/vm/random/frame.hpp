// SPDX-License-Identifier: Apache-2.0
// Straight-line code of one function while it is made: its words, and what is known of its stack.
// Offsets count from fp.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "tests/vm/random/random_program.hpp"
#include "tests/vm/random/random_source.hpp"
#include "tests/vm/random/words.hpp"

namespace blockexecd::vm::random {

// What a cell of the stack holds when nothing went wrong.
enum class Kind : std::uint8_t {
    small,      // below 2^32
    felt,       // any
    qm31,       // packs four reduced coordinates
    data,       // address in a segment with data
    words,      // address of 32-bit words
    empty,      // address in a segment that is written here
    temporary,  // address in a temporary segment
    code,       // address of a function
    builtin,
};

struct Known {
    std::int32_t offset = 0;
    Kind kind = Kind::felt;
};

struct Placed {
    Base base;
    std::int32_t offset;
};

class Frame {
  public:
    explicit Frame(RandomSource& source) : random(source) {}

    RandomSource& random;
    std::vector<Felt> words;
    // Pcs count from the frame's first word.
    std::vector<RandomHint> hints;
    CasmHints casm_hints;
    std::vector<Known> known;
    std::int32_t ap = 0;
    // Immediates to fill in: (index of the word, function).
    std::vector<std::pair<std::size_t, std::size_t>> calls;

    [[nodiscard]] std::uint64_t pc() const { return words.size(); }
    // A cell of the kind, a number when there is none, or now and then any; fp - 1 when nothing is
    // known.
    [[nodiscard]] Known find(Kind kind);
    [[nodiscard]] Known find_number();
    [[nodiscard]] bool has(Kind kind) const;
    // The cell as an operand, by ap or by fp.
    [[nodiscard]] Placed place(const Known& cell);
    [[nodiscard]] Placed place(std::int32_t offset);

    void emit(const Word& word) { words.push_back(word.encode()); }
    // [ap] = value; ap++. Returns where it is.
    Known push(const Felt& value, Kind kind);
    // [ap] = [cell]; ap++.
    Known push_copy(const Known& cell);
    // [ap] = [cell] + value; ap++.
    Known push_sum(const Known& cell, const Felt& value, Kind kind);
    // [ap] = [[cell] + offset]; ap++.
    Known push_loaded(const Known& pointer, std::int32_t offset, Kind kind);
    // assert [value] = [[pointer] + offset], which writes where the cell is empty.
    void store(const Known& pointer, std::int32_t offset, const Known& value);
    // ap += n.
    void advance(std::int32_t n);
    void ret();
    // One more Cairo 1 hint in front of the next instruction.
    void add_hint(CasmHintId id, std::vector<HintOperand> operands);
    // Notes a cell pushed at ap.
    Known pushed(Kind kind);
};

// A felt as programs meet them: small, around zero, around powers of two, random.
[[nodiscard]] Felt random_felt(RandomSource& random);
[[nodiscard]] Felt random_qm31(RandomSource& random);

}  // namespace blockexecd::vm::random
