// SPDX-License-Identifier: Apache-2.0
// Trackers are found by the segment of the dictionary pointer.
#include "vm/cairo0/hints/dict_manager.hpp"

#include <string>

#include "vm/cairo0/hints/context.hpp"

namespace blockexecd::vm::cairo0 {

Result<Cell*> DictTracker::value_of(const Value& key, Arena& arena) {
    if (const auto found = values.find(key); found != values.end())
        return &found->second;
    if (!default_value)
        return hint_error("Dict Error: No value found for key: " + key.to_string());
    Cell key_cell, value_cell;
    key_cell.store(key, arena);
    value_cell.store(*default_value, arena);
    return &values.emplace(key_cell, value_cell).first->second;
}

void DictManager::add(const Relocatable& base, Dictionary values,
                      std::optional<Value> default_value) {
    const auto segment = static_cast<std::size_t>(base.segment);
    if (segment >= trackers_.size())
        trackers_.resize(segment + 1);
    trackers_[segment] = std::make_unique<DictTracker>(
        DictTracker{std::move(values), std::move(default_value), base});
}

Error DictManager::refuse(const DictTracker* tracker, const Relocatable& dict_ptr) {
    if (tracker == nullptr)
        return hint_error("Dict Error: No dict tracker found for segment " +
                          std::to_string(dict_ptr.segment));
    return hint_error("Wrong dict pointer supplied. Got " + tracker->current_ptr.to_string() +
                      ", expected " + dict_ptr.to_string() + ".");
}

}  // namespace blockexecd::vm::cairo0
