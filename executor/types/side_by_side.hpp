// SPDX-License-Identifier: Apache-2.0
// Jobs that do not depend on each other, for whoever can run them at the same time.
#pragma once

#include <cstddef>
#include <functional>

namespace blockexecd::executor {

using Job = std::function<void(std::size_t index)>;
// Calls job(0) to job(count - 1), each once, from any threads, and returns when all have ended.
using RunJobs = std::function<void(std::size_t count, const Job& job)>;

inline void run_in_turn(std::size_t count, const Job& job) {
    for (std::size_t i = 0; i < count; ++i)
        job(i);
}

}  // namespace blockexecd::executor
