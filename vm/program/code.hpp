// SPDX-License-Identifier: Apache-2.0
// A program ready to run: its cells, its decoded instruction stream and its resolved hints.
// Immutable and shared: every VM that runs the program reads the same cells, which are all marked
// accessed, as loading a program does in the reference.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "vm/error.hpp"
#include "vm/felt/felt.hpp"
#include "vm/memory/arena.hpp"
#include "vm/memory/cell.hpp"
#include "vm/memory/relocatable.hpp"
#include "vm/program/forms.hpp"
#include "vm/program/hint_table.hpp"

namespace blockexecd::vm {

// What a compiler left beside the words, for error texts. Cairo 0 programs have it, Cairo 1 classes
// do not.
class ProgramAnnotations {
  public:
    virtual ~ProgramAnnotations() = default;
    // "Error message: …\n" of each error_message attribute that covers the pc, references
    // substituted; or empty.
    [[nodiscard]] virtual std::string error_attribute(const VirtualMachine& vm,
                                                      std::uint64_t pc) const = 0;
    // The message as the source location of the pc prints it, parent locations included, each line
    // ended; of the hint with that index at the pc when there is one. Nothing without debug
    // information.
    [[nodiscard]] virtual std::optional<std::string> located_message(
        std::uint64_t pc, std::optional<std::size_t> hint_index,
        const std::string& message) const = 0;
    // The traceback's line for a call at the pc, without a line end. Nothing without debug
    // information.
    [[nodiscard]] virtual std::optional<std::string> traceback_location(
        std::uint64_t pc, const std::string& message) const = 0;
};

class Code {
  public:
    // Words are bytecode felts. Hints at a pc beyond the last word never run (their loaders refuse
    // them where the reference does). Values in the program segment that are no felts do not exist:
    // compilers cannot write them.
    static std::shared_ptr<const Code> make(
        std::span<const Felt> words, HintTable hints,
        std::shared_ptr<const ProgramAnnotations> annotations = nullptr);
    Code(const Code&) = delete;
    Code& operator=(const Code&) = delete;

    // Words of the program.
    [[nodiscard]] std::uint64_t length() const { return length_; }
    [[nodiscard]] const Cell* cells() const { return cells_; }
    // length() entries and two `outside` ones behind, so that a step over the end needs no test.
    [[nodiscard]] const DecodedInstruction* instructions() const { return instructions_; }
    [[nodiscard]] const HintTable& hints() const { return hints_; }
    // The hints of a pc, possibly none.
    [[nodiscard]] std::span<const Hint> hints_at(std::uint64_t pc) const {
        if (pc >= length_ || instructions_[pc].form != Form::hinted)
            return {};
        return hints_of(instructions_[pc]);
    }
    // The same of an instruction of the stream whose form is `hinted`.
    [[nodiscard]] std::span<const Hint> hints_of(const DecodedInstruction& hinted) const {
        const HintRange& range = hints_.ranges[hinted.hint_range];
        return {hints_.hints.data() + range.first, range.count};
    }
    [[nodiscard]] const ProgramAnnotations* annotations() const { return annotations_.get(); }
    // Bytes held, for caches that evict by size.
    [[nodiscard]] std::size_t memory_size() const;

  private:
    Code(std::span<const Felt> words, HintTable hints,
         std::shared_ptr<const ProgramAnnotations> annotations);

    std::uint64_t length_;
    Arena arena_;
    Cell* cells_;
    DecodedInstruction* instructions_;
    HintTable hints_;
    std::shared_ptr<const ProgramAnnotations> annotations_;
};

}  // namespace blockexecd::vm
