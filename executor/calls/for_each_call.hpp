// SPDX-License-Identifier: Apache-2.0
// Every call of a tree, outer ones before their inner ones, in the order of their beginning.
#pragma once

#include "executor/calls/call_info.hpp"

namespace blockexecd::executor {

template <class Visit>
void for_each_call(const CallInfo& root, const Visit& visit) {
    visit(root);
    for (const auto& inner : root.inner_calls)
        for_each_call(inner, visit);
}

}  // namespace blockexecd::executor
