// SPDX-License-Identifier: Apache-2.0
// With a counter for each builtin that the run had.
#include "vm/cli/resources_json.hpp"

#include <sstream>

namespace blockexecd::vm::cli {

std::string resources_json(const ExecutionResources& resources, const Builtins& builtins,
                           const std::optional<Felt>& gas_left) {
    std::ostringstream out;
    out << R"({"n_steps":)" << resources.n_steps << R"(,"n_memory_holes":)"
        << resources.n_memory_holes << R"(,"builtin_instance_counter":{)";
    const char* separator = "";
    for (std::size_t i = 0; i < kBuiltinCount; ++i) {
        const auto name = static_cast<BuiltinName>(i);
        if (builtins.find(name) == nullptr)
            continue;
        out << separator << '"' << builtin_name(name) << R"(_builtin":)" << resources[name];
        separator = ",";
    }
    out << "}";
    if (gas_left)
        out << R"(,"gas_left":)" << gas_left->to_decimal();
    out << "}\n";
    return out.str();
}

}  // namespace blockexecd::vm::cli
