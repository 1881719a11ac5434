// SPDX-License-Identifier: Apache-2.0
// A scope holds few of the variables that there are: one table of numbers leads to their values.
#include "vm/cairo0/hints/scopes.hpp"

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
    if (innermost_ == 0)
        return Error(ErrorKind::exec_scope, "Cannot exit main scope.");
    Scope& left = scopes_[innermost_--];
    left.numbers.fill(0);
    left.values.clear();
    return {};
}

void ExecutionScopes::replace(scope::Variable variable, ScopeValue value) {
    Scope& scope = scopes_[innermost_];
    std::uint8_t& number = scope.numbers[variable];
    if (number != 0) {
        scope.values[number - 1] = std::move(value);
        return;
    }
    scope.values.push_back(std::move(value));
    number = static_cast<std::uint8_t>(scope.values.size());
}

std::vector<std::uint64_t>& ExecutionScopes::set_reversed(scope::Variable variable,
                                                          std::span<const std::uint64_t> list) {
    using List = std::vector<std::uint64_t>;
    if (find<List>(variable) == nullptr)
        replace(variable, List());
    List& held = *find<List>(variable);
    held.assign(list.rbegin(), list.rend());
    return held;
}

void ExecutionScopes::remove(scope::Variable variable) {
    Scope& scope = scopes_[innermost_];
    if (const std::uint8_t number = scope.numbers[variable]; number != 0)
        scope.values[number - 1] = std::monostate();
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
