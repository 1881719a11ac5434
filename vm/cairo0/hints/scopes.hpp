// SPDX-License-Identifier: Apache-2.0
// The variables that Python hints share, as a stack of scopes. A variable has a type, and a reader
// that expects another type does not see it, as in the reference.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "vm/cairo0/hints/access_lists.hpp"
#include "vm/cairo0/hints/big_integer.hpp"
#include "vm/cairo0/hints/dictionary.hpp"
#include "vm/error.hpp"

namespace blockexecd::vm::cairo0 {

// X(name, text): the text is what an error says.
// clang-format off
#define BLOCKEXECD_SCOPE_VARIABLES(X) \
    X(a, "a") X(access_indices, "access_indices") X(ALPHA, "ALPHA") X(b, "b") \
    X(current_access_index, "current_access_index") \
    X(current_access_indices, "current_access_indices") X(dict_manager, "dict_manager") \
    X(excluded, "excluded") X(find_element_index, "find_element_index") \
    X(find_element_max_size, "find_element_max_size") X(initial_dict, "initial_dict") X(k, "k") \
    X(keccak_max_size, "__keccak_max_size") X(key, "key") X(keys, "keys") X(last_pos, "last_pos") \
    X(m, "m") X(n, "n") X(N, "N") X(new_access_index, "new_access_index") X(new_x, "new_x") \
    X(new_y, "new_y") X(nibbles, "nibbles") X(p, "p") X(positions, "positions") \
    X(positions_dict, "positions_dict") X(product, "product") X(res, "res") X(s, "s") \
    X(SECP256R1_P, "SECP256R1_P") X(SECP_P, "SECP_P") X(slope, "slope") \
    X(squash_dict_max_size, "__squash_dict_max_size") X(usort_max_size, "usort_max_size") \
    X(value, "value") X(x, "x") X(x0, "x0") X(x1, "x1") X(x_inv, "x_inv") X(y, "y") X(y0, "y0") \
    X(y_square_int, "y_square_int")
// clang-format on

namespace scope {
enum Variable : std::uint8_t {
#define X(name, text) name,
    BLOCKEXECD_SCOPE_VARIABLES(X)
#undef X
};
}  // namespace scope

#define X(name, text) +1
inline constexpr std::size_t kScopeVariableCount = 0 BLOCKEXECD_SCOPE_VARIABLES(X);
#undef X

[[nodiscard]] std::string_view scope_variable_name(scope::Variable variable);

class DictManager;
// The first is what a removed variable holds.
using ScopeValue =
    std::variant<std::monostate, Felt, BigInt, std::vector<Felt>, std::vector<std::uint64_t>,
                 AccessLists, Dictionary, std::shared_ptr<DictManager>>;

class ExecutionScopes {
  public:
    ExecutionScopes() : scopes_(1) {}

    // A scope without variables.
    void enter() {
        if (++innermost_ == scopes_.size())
            scopes_.emplace_back();
    }
    // Error: ExitMainScopeError.
    Result<void> exit();
    [[nodiscard]] std::size_t depth() const { return innermost_ + 1; }

    template <class T>
    void set(scope::Variable variable, T&& value) {
        if (auto* const held = find<std::remove_cvref_t<T>>(variable))
            *held = std::forward<T>(value);
        else
            replace(variable, ScopeValue(std::forward<T>(value)));
    }
    // As a list, the last first; a list that is there lends its memory.
    std::vector<std::uint64_t>& set_reversed(scope::Variable variable,
                                             std::span<const std::uint64_t> list);
    void remove(scope::Variable variable);
    // In the innermost scope; null when it is absent or of another type.
    template <class T>
    [[nodiscard]] T* find(scope::Variable variable) {
        Scope& scope = scopes_[innermost_];
        const std::uint8_t number = scope.numbers[variable];
        return number == 0 ? nullptr : std::get_if<T>(&scope.values[number - 1]);
    }
    // Error: VariableNotInScopeError. The pointer is valid until the scope changes.
    template <class T>
    [[nodiscard]] Result<T*> get(scope::Variable variable) {
        if (T* const value = find<T>(variable))
            return value;
        return missing(variable);
    }
    [[nodiscard]] Result<BigInt> integer(scope::Variable variable);

  private:
    struct Scope {
        // Of each variable: 0, or 1 more than its place among the values.
        std::array<std::uint8_t, kScopeVariableCount> numbers{};
        std::vector<ScopeValue> values;
    };

    void replace(scope::Variable variable, ScopeValue value);
    [[nodiscard]] static Error missing(scope::Variable variable);

    // Scopes that were left stay, empty, for the next to be entered.
    std::vector<Scope> scopes_;
    std::size_t innermost_ = 0;
};

}  // namespace blockexecd::vm::cairo0
