// SPDX-License-Identifier: Apache-2.0
#include "bench/cache_model/recorder.hpp"

#include <algorithm>

namespace blockexecd::bench {

void Rounds::meet(std::size_t vm, Recorder& recorder, bool leaves) {
    std::unique_lock lock(mutex_);
    recorders_[vm] = &recorder;
    leaving_ += leaves;
    if (++arrived_ < present_) {
        fed_.wait(lock, [this, round = round_] { return round_ != round; });
        return;
    }
    feed_all();
    present_ -= leaving_;
    arrived_ = leaving_ = 0;
    ++round_;
    fed_.notify_all();
}

void Rounds::feed_all() {
    for (bool more = true; more;) {
        more = false;
        for (auto*& recorder : recorders_) {
            if (recorder == nullptr)
                continue;
            if (recorder->feed_turn())
                more = true;
            else
                recorder = nullptr;
        }
    }
}

void Recorder::begin_phase(Rounds& rounds) {
    rounds_ = &rounds;
    cells_ = others_ = {};
    accesses_ = 0;
}

void Recorder::end_phase() {
    rounds_->meet(vm_, *this, true);
}

bool Recorder::feed_turn() {
    for (const std::size_t end = std::min(fed_ + kTurn, lines_.size()); fed_ < end; ++fed_) {
        const std::uint64_t line = lines_[fed_];
        const bool cell = line >= first_cell_line_ && line < end_cell_line_;
        hierarchy_.access(vm_, line, cell ? cells_ : others_);
    }
    if (fed_ < lines_.size())
        return true;
    lines_.clear();
    fed_ = 0;
    return false;
}

}  // namespace blockexecd::bench
