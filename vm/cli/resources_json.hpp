// SPDX-License-Identifier: Apache-2.0
// What a run used, as one line of JSON.
#pragma once

#include <optional>
#include <string>

#include "vm/builtins/builtins.hpp"
#include "vm/runner/resources.hpp"

namespace blockexecd::vm::cli {

// The gas that is left comes last, where there is any to speak of.
[[nodiscard]] std::string resources_json(const ExecutionResources& resources,
                                         const Builtins& builtins,
                                         const std::optional<Felt>& gas_left = std::nullopt);

}  // namespace blockexecd::vm::cli
