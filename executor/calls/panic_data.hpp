// SPDX-License-Identifier: Apache-2.0
// Prints panic data as Cairo programmers see it: short strings and byte arrays as text
// (cairo-lang-runner's format).
#pragma once

#include <span>
#include <string>

#include "executor/types/ids.hpp"

namespace blockexecd::executor {

// One item bare, several as "(a, b)", none as "()".
std::string format_panic_data(std::span<const Felt> felts);

}  // namespace blockexecd::executor
