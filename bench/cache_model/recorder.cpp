// SPDX-License-Identifier: Apache-2.0
#include "bench/cache_model/recorder.hpp"

namespace blockexecd::bench {

Turns::Turns(std::size_t vms) : active_(vms, true) {
    for (std::size_t vm = 0; vm < vms; ++vm)
        turns_.push_back(std::make_unique<std::binary_semaphore>(vm == 0 ? 1 : 0));
}

void Turns::pass_on(std::size_t vm) {
    for (std::size_t i = 1; i <= turns_.size(); ++i) {
        const std::size_t next = (vm + i) % turns_.size();
        if (active_[next]) {
            turns_[next]->release();
            return;
        }
    }
}

void Turns::leave(std::size_t vm) {
    active_[vm] = false;
    pass_on(vm);
}

void Recorder::begin_phase(Turns& turns) {
    turns_ = &turns;
    cells_ = others_ = {};
    accesses_ = 0;
}

void Recorder::end_phase() {
    turns_->wait(vm_);
    feed_in_turn();
    turns_->leave(vm_);
}

void Recorder::feed() {
    turns_->wait(vm_);
    feed_in_turn();
    turns_->pass_on(vm_);
}

void Recorder::feed_in_turn() {
    for (std::size_t i = 0; i < used_; ++i) {
        const std::uint64_t line = lines_[i];
        const bool cell = line >= first_cell_line_ && line < end_cell_line_;
        hierarchy_.access(vm_, line, cell ? cells_ : others_);
    }
    used_ = 0;
}

}  // namespace blockexecd::bench
