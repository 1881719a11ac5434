// SPDX-License-Identifier: Apache-2.0
// A scope holds a few variables, so a list that is searched from the front beats a map.
#include "vm/cairo0/hints/scopes.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace blockexecd::vm::cairo0 {

std::string_view scope_variable_name(scope::Variable variable) {
    static constexpr std::array kNames{
#define X(name, text) std::string_view(text),
        BLOCKEXECD_SCOPE_VARIABLES(X)
#undef X
    };
    return kNames[variable];
}

Result<void> ExecutionScopes::exit() {
    if (scopes_.size() == 1)
        return Error(ErrorKind::exec_scope, "Cannot exit main scope.");
    scopes_.pop_back();
    return {};
}

void ExecutionScopes::replace(scope::Variable variable, ScopeValue value) {
    for (auto& [name, held] : scopes_.back())
        if (name == variable) {
            held = std::move(value);
            return;
        }
    scopes_.back().emplace_back(variable, std::move(value));
}

void ExecutionScopes::remove(scope::Variable variable) {
    std::erase_if(scopes_.back(), [&](const auto& entry) { return entry.first == variable; });
}

Result<BigInt> ExecutionScopes::integer(scope::Variable variable) {
    BX_TRY(const BigInt* value, get<BigInt>(variable));
    return *value;
}

Error ExecutionScopes::missing(scope::Variable variable) {
    return {ErrorKind::hint_inner, "Variable " + std::string(scope_variable_name(variable)) +
                                       " not present in current execution scope"};
}

}  // namespace blockexecd::vm::cairo0
