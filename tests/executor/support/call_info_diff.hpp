// SPDX-License-Identifier: Apache-2.0
// Test support: compares call trees field by field, so that a failure says where they part.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "executor/calls/call_info.hpp"

namespace blockexecd::executor::test {

// One line a field that differs: "validate.inner_calls[1].resources.n_steps: expected 12, got 13".
// `path` begins each. The reference's counters leave out zeros, so a missing one equals 0.
std::vector<std::string> diff_call_infos(const std::string& path, const CallInfo& expected,
                                         const CallInfo& actual);
// A tree that is there on one side only is one line.
std::vector<std::string> diff_call_infos(const std::string& path,
                                         const std::optional<CallInfo>& expected,
                                         const std::optional<CallInfo>& actual);

}  // namespace blockexecd::executor::test
