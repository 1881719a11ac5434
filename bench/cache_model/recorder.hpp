// SPDX-License-Identifier: Apache-2.0
// The accesses of one VM's thread on their way to the model. Each VM collects a round of them, then
// waits for the others; the model takes the round in turns of some hundred accesses, in the order
// of the VMs. So N streams interleave as on N cores of one speed, and the same every time.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <vector>

#include "bench/cache_model/hierarchy.hpp"

namespace blockexecd::bench {

class Recorder;

// Where the VMs meet when a round is full.
class Rounds {
  public:
    explicit Rounds(std::size_t vms) : present_(vms), recorders_(vms) {}
    // Returns when the model has taken the round of every VM that takes part. One that leaves takes
    // no part in those that follow.
    void meet(std::size_t vm, Recorder& recorder, bool leaves);

  private:
    void feed_all();

    std::mutex mutex_;
    std::condition_variable fed_;
    std::size_t present_;
    std::size_t arrived_ = 0;
    std::size_t leaving_ = 0;
    std::uint64_t round_ = 0;
    std::vector<Recorder*> recorders_;  // by VM; null: not in this round
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
          end_cell_line_(cells.end / Cache::kLineBytes) {
        lines_.reserve(kRound);
    }

    void access(std::uint64_t address, std::uint64_t bytes) {
        const std::uint64_t last = (address + bytes - 1) / Cache::kLineBytes;
        for (std::uint64_t line = address / Cache::kLineBytes; line <= last; ++line) {
            ++accesses_;
            if (line == previous_)
                continue;  // still the most recent line of its set: a hit that changes nothing
            previous_ = line;
            lines_.push_back(line);
            if (lines_.size() == kRound)
                rounds_->meet(vm_, *this, false);
        }
    }
    // What comes is counted anew, and fed in these rounds until end_phase().
    void begin_phase(Rounds& rounds);
    void end_phase();
    // Gives the model the next turn of the round; false: it has all. By one thread, while the VM's
    // own waits.
    bool feed_turn();

    // Of the phase.
    [[nodiscard]] const MissCounts& cells() const { return cells_; }
    [[nodiscard]] const MissCounts& others() const { return others_; }
    // Repeated accesses to the same line included.
    [[nodiscard]] std::uint64_t accesses() const { return accesses_; }

  private:
    static constexpr std::size_t kTurn = 512;
    static constexpr std::size_t kRound = 128 * kTurn;

    std::size_t vm_;
    Hierarchy& hierarchy_;
    Rounds* rounds_ = nullptr;
    std::uint64_t first_cell_line_;
    std::uint64_t end_cell_line_;
    std::uint64_t previous_ = 0;
    std::uint64_t accesses_ = 0;
    std::vector<std::uint64_t> lines_;  // of the round
    std::size_t fed_ = 0;
    MissCounts cells_;   // of the VM's own arena
    MissCounts others_;  // classes, state, stacks, tables
};

// The calling thread's accesses go to the recorder until it is null again.
void set_recorder(Recorder* recorder);
// False in a build without BLOCKEXECD_ACCESS_TRACE: nothing is recorded.
bool can_record();

}  // namespace blockexecd::bench
