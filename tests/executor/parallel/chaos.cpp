// SPDX-License-Identifier: Apache-2.0
#include "tests/executor/parallel/chaos.hpp"

#include <chrono>
#include <thread>

namespace blockexecd::executor::test {
namespace {

// SplitMix64.
std::uint64_t mixed(std::uint64_t value) {
    value += 0x9e3779b97f4a7c15ULL;
    value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9ULL;
    value = (value ^ (value >> 27)) * 0x94d049bb133111ebULL;
    return value ^ (value >> 31);
}

}  // namespace

WorkerFate Chaos::at(WorkerPoint point, std::size_t worker, void* context) {
    auto& chaos = *static_cast<Chaos*>(context);
    const auto random = mixed(chaos.seed_ ^ mixed(chaos.points_.fetch_add(1) * 64 + worker * 8 +
                                                  static_cast<std::uint64_t>(point)));
    const auto one_in = [](std::uint64_t rate, std::uint64_t value) {
        return rate != 0 && value % rate == 0;
    };
    if (one_in(chaos.rates_.delays, random & 0xffff))
        std::this_thread::sleep_for(std::chrono::microseconds(random >> 57));
    if (worker != 0 && one_in(chaos.rates_.leaves, random >> 32)) {
        ++chaos.leaves_;
        return WorkerFate::leave;
    }
    return WorkerFate::go_on;
}

}  // namespace blockexecd::executor::test
