// SPDX-License-Identifier: Apache-2.0
// Code: words to shared cells and to the interpreter's stream, once for each program.
#include "vm/program/code.hpp"

#include "vm/program/stream.hpp"

namespace blockexecd::vm {

std::shared_ptr<const Code> Code::make(std::span<const Felt> words, HintTable hints,
                                       std::shared_ptr<const ProgramAnnotations> annotations) {
    return std::shared_ptr<const Code>(new Code(words, std::move(hints), std::move(annotations)));
}

Code::Code(std::span<const Felt> words, HintTable hints,
           std::shared_ptr<const ProgramAnnotations> annotations)
    : length_(words.size()),
      arena_(words.size() * 2 * (sizeof(Cell) + sizeof(Felt)) +
                 (words.size() + 4) * sizeof(DecodedInstruction),
             Arena::Pages::small),
      cells_(arena_.allocate_array<Cell>(words.size())),
      instructions_(arena_.allocate_array<DecodedInstruction>(words.size() + 2)),
      hints_(std::move(hints)),
      annotations_(std::move(annotations)) {
    for (std::size_t i = 0; i < words.size(); ++i)
        cells_[i].store_felt(words[i], arena_, true);
    decode_stream(words, instructions_);
    for (std::size_t i = 0; i < hints_.ranges.size(); ++i) {
        if (hints_.ranges[i].pc >= words.size())
            break;
        DecodedInstruction& entry = instructions_[hints_.ranges[i].pc];
        entry.form = Form::hinted;
        entry.hint_range = static_cast<std::uint32_t>(i);
    }
}

std::size_t Code::memory_size() const {
    return sizeof(*this) + arena_.used() + hints_.hints.size() * sizeof(Hint) +
           hints_.ranges.size() * sizeof(HintRange);
}

}  // namespace blockexecd::vm
