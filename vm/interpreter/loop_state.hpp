// SPDX-License-Identifier: Apache-2.0
// What the fast loop runs on. Registers are what its forms keep in machine registers; LoopState is
// the rest. ap, fp and operands are byte offsets into the execution segment.
#pragma once

#include <cstddef>
#include <cstdint>

#include "vm/interpreter/virtual_machine.hpp"
#include "vm/memory/cell.hpp"
#include "vm/memory/memory.hpp"
#include "vm/program/forms.hpp"

namespace blockexecd::vm::fast {

constexpr std::uint64_t kCell = sizeof(Cell);
// Offsets that keep byte arithmetic far from wrapping; no arena holds a segment of this size.
constexpr std::uint64_t kMaxOffset = std::uint64_t{1} << 40;

[[gnu::always_inline]] inline std::uint64_t displaced(std::uint64_t base,
                                                      std::int32_t displacement) {
    return base + static_cast<std::uint64_t>(std::int64_t{displacement});
}

struct Registers {
    const DecodedInstruction* ip;
    std::byte* stack;         // the execution segment
    std::uint64_t size;       // its size, bytes; segments[1] does not know it while the loop runs
    std::uint64_t ap;         // bytes
    std::uint64_t fp;         // bytes
    std::uint64_t remaining;  // steps left behind the one being made

    template <Register kRegister>
    [[gnu::always_inline]] std::uint64_t base() const {
        return kRegister == Register::ap ? ap : fp;
    }
    [[gnu::always_inline]] Cell& at(std::uint64_t offset) const {
        return *reinterpret_cast<Cell*>(stack + offset);
    }
    // There and marked.
    [[gnu::always_inline]] bool is_marked(std::uint64_t offset) const {
        return offset < size && at(offset).is_accessed();
    }
    // There, and marked from now on: what hints write is not, until it is read.
    [[gnu::always_inline]] bool read(std::uint64_t offset) const {
        return offset < size && reads(at(offset));
    }
    [[gnu::always_inline]] static bool reads(Cell& cell) {
        if (cell.is_accessed()) [[likely]]
            return true;
        if (cell.is_empty())
            return false;
        cell.mark_accessed();
        return true;
    }
    // The same of a small integer.
    [[gnu::always_inline]] static bool reads_small(Cell& cell) {
        if (cell.is_marked_small()) [[likely]]
            return true;
        if (cell.is_accessed() || cell.is_empty() || !cell.is_small())
            return false;
        cell.mark_accessed();
        return true;
    }
    // The caller's pc, at fp - 1, is there and marked. The instructions of compilers read it where
    // they have no use for op0; the forms that say so rely on it.
    [[gnu::always_inline]] bool frame_is_sound() const { return is_marked(fp - kCell); }
    // The cell behind the last one; there must be room for it.
    [[gnu::always_inline]] Cell& append() {
        Cell& cell = at(size);
        size += kCell;
        return cell;
    }
};

struct LoopState {
    const DecodedInstruction* code;
    const Cell* words;     // the program's cells
    std::uint64_t length;  // words of the program
    std::uint64_t room;    // capacity of the execution segment, bytes
    Segment* segments;
    std::uint64_t segment_count;
    Memory* memory;
    Arena* arena;
    Builtins* builtins;
    Trace* trace;  // null: not wanted

    // The second word of an instruction.
    [[gnu::always_inline]] const Cell& immediate(const DecodedInstruction* ip) const {
        return words[ip - code + 1];
    }
    void push_trace(const Registers& r) const {
        trace->push(static_cast<std::uint64_t>(r.ip - code), r.ap / kCell, r.fp / kCell);
    }
};

}  // namespace blockexecd::vm::fast
