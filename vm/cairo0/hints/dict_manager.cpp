// SPDX-License-Identifier: Apache-2.0
// Trackers are found by the segment of the dictionary pointer.
#include "vm/cairo0/hints/dict_manager.hpp"

#include <string>

#include "vm/cairo0/hints/context.hpp"

namespace blockexecd::vm::cairo0 {

Result<Value*> DictTracker::value_of(const Value& key) {
    if (const auto found = values.find(key); found != values.end())
        return &found->second;
    if (!default_value)
        return hint_error("Dict Error: No value found for key: " + key.to_string());
    return &values.emplace(key, *default_value).first->second;
}

void DictManager::add(const Relocatable& base, Dictionary values,
                      std::optional<Value> default_value) {
    trackers_.emplace(base.segment, DictTracker{std::move(values), std::move(default_value), base});
}

Result<DictTracker*> DictManager::tracker(const Relocatable& dict_ptr) {
    const auto found = trackers_.find(dict_ptr.segment);
    if (found == trackers_.end())
        return hint_error("Dict Error: No dict tracker found for segment " +
                          std::to_string(dict_ptr.segment));
    DictTracker& tracker = found->second;
    if (tracker.current_ptr != dict_ptr)
        return hint_error("Wrong dict pointer supplied. Got " + tracker.current_ptr.to_string() +
                          ", expected " + dict_ptr.to_string() + ".");
    return &tracker;
}

}  // namespace blockexecd::vm::cairo0
