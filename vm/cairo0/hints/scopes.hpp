// SPDX-License-Identifier: Apache-2.0
// The variables that Python hints share, as a stack of scopes. A variable has a type, and a reader
// that expects another type does not see it, as in the reference.
#pragma once

#include <boost/unordered/unordered_flat_map.hpp>
#include <cstdint>
#include <memory>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "vm/cairo0/hints/access_lists.hpp"
#include "vm/cairo0/hints/big_integer.hpp"
#include "vm/error.hpp"
#include "vm/memory/value.hpp"

namespace blockexecd::vm::cairo0 {

// X(name, text): the text is what an error says.
#define BLOCKEXECD_SCOPE_VARIABLES(X)                                                             \
    X(a, "a")                                                                                     \
    X(access_indices, "access_indices")                                                           \
    X(ALPHA, "ALPHA")                                                                             \
    X(b, "b")                                                                                     \
    X(current_access_index, "current_access_index")                                               \
    X(current_access_indices, "current_access_indices")                                           \
    X(dict_manager, "dict_manager") X(excluded, "excluded")                                       \
        X(find_element_index, "find_element_index")                                               \
            X(find_element_max_size, "find_element_max_size") X(initial_dict, "initial_dict")     \
                X(k, "k") X(keccak_max_size, "__keccak_max_size") X(key, "key") X(keys, "keys")   \
                    X(last_pos, "last_pos") X(m, "m") X(n, "n") X(N, "N") X(                      \
                        new_access_index, "new_access_index") X(new_x, "new_x") X(new_y, "new_y") \
                        X(nibbles, "nibbles") X(p, "p") X(positions, "positions")                 \
                            X(positions_dict, "positions_dict") X(product, "product")             \
                                X(res, "res") X(s, "s") X(SECP256R1_P, "SECP256R1_P")             \
                                    X(SECP_P, "SECP_P") X(slope, "slope")                         \
                                        X(squash_dict_max_size, "__squash_dict_max_size")         \
                                            X(usort_max_size, "usort_max_size") X(value, "value") \
                                                X(x, "x") X(x0, "x0") X(x1, "x1")                 \
                                                    X(x_inv, "x_inv") X(y, "y") X(y0, "y0")       \
                                                        X(y_square_int, "y_square_int")

namespace scope {
enum Variable : std::uint8_t {
#define X(name, text) name,
    BLOCKEXECD_SCOPE_VARIABLES(X)
#undef X
};
}  // namespace scope

[[nodiscard]] std::string_view scope_variable_name(scope::Variable variable);

struct ValueHash {
    std::size_t operator()(const Value& value) const noexcept {
        return value.is_relocatable() ? std::hash<Relocatable>{}(value.relocatable())
                                      : std::hash<Felt>{}(value.felt());
    }
};

class DictManager;
using Dictionary = boost::unordered_flat_map<Value, Value, ValueHash>;
using FeltLists = boost::unordered_flat_map<Felt, std::vector<std::uint64_t>, std::hash<Felt>>;
using ScopeValue =
    std::variant<Felt, BigInt, std::vector<Felt>, std::vector<std::uint64_t>, FeltLists,
                 AccessLists, Dictionary, std::shared_ptr<DictManager>>;

class ExecutionScopes {
  public:
    using Scope = std::vector<std::pair<scope::Variable, ScopeValue>>;

    ExecutionScopes() : scopes_(1) {}

    void enter(Scope scope = {}) { scopes_.push_back(std::move(scope)); }
    // Error: ExitMainScopeError.
    Result<void> exit();
    [[nodiscard]] std::size_t depth() const { return scopes_.size(); }

    template <class T>
    void set(scope::Variable variable, T&& value) {
        if (auto* const held = find<std::remove_cvref_t<T>>(variable))
            *held = std::forward<T>(value);
        else
            replace(variable, ScopeValue(std::forward<T>(value)));
    }
    void remove(scope::Variable variable);
    // In the innermost scope; null when it is absent or of another type.
    template <class T>
    [[nodiscard]] T* find(scope::Variable variable) {
        for (auto& [name, value] : scopes_.back())
            if (name == variable)
                return std::get_if<T>(&value);
        return nullptr;
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
    void replace(scope::Variable variable, ScopeValue value);
    [[nodiscard]] static Error missing(scope::Variable variable);

    std::vector<Scope> scopes_;
};

}  // namespace blockexecd::vm::cairo0
