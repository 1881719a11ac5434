// SPDX-License-Identifier: Apache-2.0
// The keys of what a transaction read and wrote.
#pragma once

#include "executor/state/state_maps.hpp"
#include "executor/types/access_sets.hpp"

namespace blockexecd::executor {

AccessKeys keys_of(const StateMaps& maps);

}  // namespace blockexecd::executor
