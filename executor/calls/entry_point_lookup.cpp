// SPDX-License-Identifier: Apache-2.0
// The generations differ in what happens when nothing matches: Cairo 0 classes may have a default
// entry point.
#include "executor/calls/entry_point_lookup.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "executor/calls/call_error.hpp"
#include "executor/types/address.hpp"

namespace blockexecd::executor {

namespace {

constexpr std::array<std::string_view, 3> kTypeNames{"External", "L1Handler", "Constructor"};

vm::Error not_found(const CallEntryPoint& call) {
    return entry_point_error(EntryPointErrorKind::entry_point_not_found,
                             "Entry point EntryPointSelector(" +
                                 call.entry_point_selector.to_hex() + ") not found in contract.");
}

vm::Result<const EntryPoint*> default_entry_point(const std::vector<EntryPoint>& entry_points,
                                                  const CallEntryPoint& call) {
    if (entry_points.empty())
        return entry_point_error(
            EntryPointErrorKind::entry_point_not_found,
            "No entry points of type " +
                std::string(kTypeNames[static_cast<std::size_t>(call.entry_point_type)]) +
                " found in contract.");
    if (!entry_points.front().selector.is_zero())
        return not_found(call);
    return &entry_points.front();
}

}  // namespace

vm::Result<const EntryPoint*> find_entry_point(const CompiledClass& compiled_class,
                                               const CallEntryPoint& call) {
    static const auto constructor = selector_from_name("constructor");
    if (call.entry_point_type == EntryPointType::constructor &&
        call.entry_point_selector != constructor)
        return entry_point_error(EntryPointErrorKind::other,
                                 "The constructor entry point must be named 'constructor'.");
    const auto& entry_points =
        compiled_class.entry_points[static_cast<std::size_t>(call.entry_point_type)];
    const auto matches = [&](const EntryPoint& entry_point) {
        return entry_point.selector == call.entry_point_selector;
    };
    const auto found = std::ranges::find_if(entry_points, matches);
    if (found == entry_points.end()) {
        if (compiled_class.kind == ClassKind::cairo0)
            return default_entry_point(entry_points, call);
        return not_found(call);
    }
    if (std::any_of(found + 1, entry_points.end(), matches))
        return entry_point_error(
            EntryPointErrorKind::other,
            "Entry point " + call.entry_point_selector.to_hex_padded() + " of type " +
                std::string(kTypeNames[static_cast<std::size_t>(call.entry_point_type)]) +
                " is not unique.");
    return &*found;
}

const EntryPointSelector* constructor_selector(const CompiledClass& compiled_class) {
    const auto& constructors =
        compiled_class.entry_points[static_cast<std::size_t>(EntryPointType::constructor)];
    return constructors.empty() ? nullptr : &constructors.front().selector;
}

}  // namespace blockexecd::executor
