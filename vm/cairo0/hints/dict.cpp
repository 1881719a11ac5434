// SPDX-License-Identifier: Apache-2.0
// Hints of starkware.cairo.common.dict and default_dict. Values go from cell to cell, so that what
// the program compares later shares a box.
#include <utility>

#include "vm/cairo0/hints/dict_manager.hpp"
#include "vm/cairo0/hints/functions.hpp"

namespace blockexecd::vm::cairo0 {

namespace {

using SharedManager = std::shared_ptr<DictManager>;

Result<DictTracker*> tracker_of(HintContext& h, const Relocatable& dict_ptr) {
    BX_TRY(const SharedManager* const dictionaries,
           h.scopes.get<SharedManager>(scope::dict_manager));
    return (*dictionaries)->tracker(dict_ptr);
}

Result<void> new_dict(HintContext& h, Dictionary values, std::optional<Value> default_value) {
    SharedManager dictionaries;
    if (const SharedManager* held = h.scopes.find<SharedManager>(scope::dict_manager))
        dictionaries = *held;
    else
        h.scopes.set(scope::dict_manager, dictionaries = std::make_shared<DictManager>());
    const Relocatable base = h.memory.add_segment();
    dictionaries->add(base, std::move(values), std::move(default_value));
    return h.set_ap(base);
}

}  // namespace

Result<void> dict_new(HintContext& h) {
    const Dictionary* const initial = h.scopes.find<Dictionary>(scope::initial_dict);
    if (initial == nullptr)
        return hint_error("Dict Error: Tried to create a dict without an initial dict");
    return new_dict(h, *initial, std::nullopt);
}

Result<void> default_dict_new(HintContext& h) {
    BX_TRY(const Value default_value, h.value(ids::default_value));
    const Dictionary* const initial = h.scopes.find<Dictionary>(scope::initial_dict);
    return new_dict(h, initial == nullptr ? Dictionary() : *initial, default_value);
}

Result<void> dict_read(HintContext& h) {
    BX_TRY(const Value key, h.value(ids::key));
    BX_TRY(const Relocatable dict_ptr, h.pointer(ids::dict_ptr));
    BX_TRY(DictTracker* const tracker, tracker_of(h, dict_ptr));
    tracker->current_ptr.offset += kDictAccessSize;
    BX_TRY(const Cell* const value, tracker->value_of(key, h.memory.arena()));
    return h.set(ids::value, *value);
}

Result<void> dict_write(HintContext& h) {
    BX_TRY(const Value key, h.value(ids::key));
    BX_TRY(const Cell new_value, h.cell(ids::new_value));
    BX_TRY(const Relocatable dict_ptr, h.pointer(ids::dict_ptr));
    BX_TRY(DictTracker* const tracker, tracker_of(h, dict_ptr));
    tracker->current_ptr.offset += kDictAccessSize;
    BX_TRY(Cell* const value, tracker->value_of(key, h.memory.arena()));
    return h.memory.insert(dict_ptr + 1, std::exchange(*value, new_value));
}

Result<void> dict_update(HintContext& h) {
    BX_TRY(const Value key, h.value(ids::key));
    BX_TRY(const Cell previous, h.cell(ids::prev_value));
    BX_TRY(const Cell new_value, h.cell(ids::new_value));
    BX_TRY(const Relocatable dict_ptr, h.pointer(ids::dict_ptr));
    BX_TRY(DictTracker* const tracker, tracker_of(h, dict_ptr));
    BX_TRY(Cell* const current, tracker->value_of(key, h.memory.arena()));
    if (!Cell::same_value(*current, previous))
        return hint_error("Dict Error: Got the wrong value for dict_update, expected value: " +
                          previous.load().to_string() + ", got: " + current->load().to_string() +
                          " for key: " + key.to_string());
    *current = new_value;
    tracker->current_ptr.offset += kDictAccessSize;
    return {};
}

Result<void> dict_squash_copy_dict(HintContext& h) {
    BX_TRY(const Relocatable accesses_end, h.pointer(ids::dict_accesses_end));
    BX_TRY(const SharedManager* const held, h.scopes.get<SharedManager>(scope::dict_manager));
    SharedManager dictionaries = *held;
    BX_TRY(const DictTracker* const tracker, dictionaries->tracker(accesses_end));
    h.scopes.enter();
    h.scopes.set(scope::initial_dict, tracker->values);
    h.scopes.set(scope::dict_manager, std::move(dictionaries));
    return {};
}

Result<void> dict_squash_update_ptr(HintContext& h) {
    BX_TRY(const Relocatable start, h.pointer(ids::squashed_dict_start));
    BX_TRY(const Relocatable end, h.pointer(ids::squashed_dict_end));
    BX_TRY(DictTracker* const tracker, tracker_of(h, start));
    tracker->current_ptr = end;
    return {};
}

}  // namespace blockexecd::vm::cairo0
