// SPDX-License-Identifier: Apache-2.0
// Thrown at start-up when the operating system refuses what a setting asks for: a port that is
// taken, a folder that cannot be watched. It ends the process as a wrong setting does.
#pragma once

#include <stdexcept>

#include "config/load.hpp"

namespace blockexecd::daemon {

struct UnusableSetting : std::runtime_error {
    explicit UnusableSetting(const config::Problem& problem)
        : std::runtime_error(problem.to_string()) {}
};

}  // namespace blockexecd::daemon
