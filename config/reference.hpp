// SPDX-License-Identifier: Apache-2.0
// Settings as TOML: the commented reference that config/default.toml holds, and what is in force
// with its origin.
#pragma once

#include <string>

#include "config/load.hpp"

namespace blockexecd::config {

// Every option with its documentation, range and default.
std::string reference_text();

// Every option with the value in force; a comment tells where it came from.
std::string effective_text(const Loaded& loaded);

}  // namespace blockexecd::config
