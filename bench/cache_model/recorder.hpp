// SPDX-License-Identifier: Apache-2.0
// The accesses of one VM's thread on their way to the model. Threads feed it in turns of some
// hundred accesses, in the order of the VMs: so N streams interleave as on N cores of one speed,
// and the same every time.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <semaphore>
#include <vector>

#include "bench/cache_model/hierarchy.hpp"

namespace blockexecd::bench {

// Whose turn it is to feed the model.
class Turns {
  public:
    explicit Turns(std::size_t vms);
    void wait(std::size_t vm) { turns_[vm]->acquire(); }
    void pass_on(std::size_t vm);
    // In one's turn: takes no further part, and passes on.
    void leave(std::size_t vm);

  private:
    std::vector<std::unique_ptr<std::binary_semaphore>> turns_;
    std::vector<bool> active_;
};

// Bytes of address space that belong to cells.
struct CellRange {
    std::uint64_t begin = 0;
    std::uint64_t end = 0;
};

class Recorder {
  public:
    Recorder(std::size_t vm, Hierarchy& hierarchy, CellRange cells)
        : vm_(vm),
          hierarchy_(hierarchy),
          first_cell_line_(cells.begin / Cache::kLineBytes),
          end_cell_line_(cells.end / Cache::kLineBytes) {}

    void access(std::uint64_t address, std::uint64_t bytes) {
        const std::uint64_t last = (address + bytes - 1) / Cache::kLineBytes;
        for (std::uint64_t line = address / Cache::kLineBytes; line <= last; ++line) {
            ++accesses_;
            if (line == previous_)
                continue;  // still the most recent line of its set: a hit that changes nothing
            previous_ = line;
            lines_[used_++] = line;
            if (used_ == lines_.size())
                feed();
        }
    }
    // What comes is counted anew, and fed in these turns until end_phase().
    void begin_phase(Turns& turns);
    void end_phase();

    // Of the phase.
    [[nodiscard]] const MissCounts& cells() const { return cells_; }
    [[nodiscard]] const MissCounts& others() const { return others_; }
    // Repeated accesses to the same line included.
    [[nodiscard]] std::uint64_t accesses() const { return accesses_; }

  private:
    static constexpr std::size_t kTurn = 512;
    void feed();
    void feed_in_turn();

    std::size_t vm_;
    Hierarchy& hierarchy_;
    Turns* turns_ = nullptr;
    std::uint64_t first_cell_line_;
    std::uint64_t end_cell_line_;
    std::uint64_t previous_ = 0;
    std::uint64_t accesses_ = 0;
    std::size_t used_ = 0;
    std::array<std::uint64_t, kTurn> lines_{};
    MissCounts cells_;   // of the VM's own arena
    MissCounts others_;  // classes, state, stacks, tables
};

// The calling thread's accesses go to the recorder until it is null again.
void set_recorder(Recorder* recorder);
// False in a build without BLOCKEXECD_ACCESS_TRACE: nothing is recorded.
bool can_record();

}  // namespace blockexecd::bench
