// SPDX-License-Identifier: Apache-2.0
// The dictionaries of a Cairo 0 run: for each dictionary segment the values and the pointer that
// the next access must bring.
#pragma once

#include <boost/unordered/unordered_flat_map.hpp>
#include <cstdint>
#include <optional>

#include "vm/cairo0/hints/scopes.hpp"

namespace blockexecd::vm::cairo0 {

inline constexpr std::uint64_t kDictAccessSize = 3;

struct DictTracker {
    Dictionary values;
    std::optional<Value> default_value;
    Relocatable current_ptr;

    // The key's value, to read or to replace. A default dictionary gets the key with its default.
    // Error: NoValueForKey. The pointer is valid until the next access.
    [[nodiscard]] Result<Value*> value_of(const Value& key);
};

class DictManager {
  public:
    // Precondition: the segment is a new one.
    void add(const Relocatable& base, Dictionary values, std::optional<Value> default_value);
    // Errors: NoDictTracker, MismatchedDictPtr. The pointer is valid until add().
    [[nodiscard]] Result<DictTracker*> tracker(const Relocatable& dict_ptr);

  private:
    boost::unordered_flat_map<std::int32_t, DictTracker> trackers_;
};

}  // namespace blockexecd::vm::cairo0
