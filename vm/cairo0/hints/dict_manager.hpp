// SPDX-License-Identifier: Apache-2.0
// The dictionaries of a Cairo 0 run: for each dictionary segment the values and the pointer that
// the next access must bring.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "vm/cairo0/hints/dictionary.hpp"
#include "vm/error.hpp"

namespace blockexecd::vm::cairo0 {

inline constexpr std::uint64_t kDictAccessSize = 3;

struct DictTracker {
    Dictionary values;
    std::optional<Value> default_value;
    Relocatable current_ptr;

    // The key's value, to read or to replace. A default dictionary gets the key with its default.
    // Error: NoValueForKey. The pointer is valid until the next access.
    [[nodiscard]] Result<Cell*> value_of(const Value& key, Arena& arena);
};

class DictManager {
  public:
    // Precondition: the segment is a new one.
    void add(const Relocatable& base, Dictionary values, std::optional<Value> default_value);
    // Errors: NoDictTracker, MismatchedDictPtr.
    [[nodiscard]] Result<DictTracker*> tracker(const Relocatable& dict_ptr) {
        const auto segment = static_cast<std::size_t>(dict_ptr.segment);
        DictTracker* const tracker =
            segment < trackers_.size() ? trackers_[segment].get() : nullptr;
        if (tracker == nullptr || tracker->current_ptr != dict_ptr) [[unlikely]]
            return refuse(tracker, dict_ptr);
        return tracker;
    }

  private:
    [[nodiscard]] static Error refuse(const DictTracker* tracker, const Relocatable& dict_ptr);

    std::vector<std::unique_ptr<DictTracker>> trackers_;  // by segment; null for other segments
};

}  // namespace blockexecd::vm::cairo0
