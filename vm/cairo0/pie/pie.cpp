// SPDX-License-Identifier: Apache-2.0
// The checks of cairo_pie.rs, in its order.
#include "vm/cairo0/pie/pie.hpp"

#include <algorithm>
#include <string>

#include "vm/builtins/builtins.hpp"

namespace blockexecd::vm::cairo0 {

namespace {

Error invalid(std::string message) {
    return {ErrorKind::runner, std::move(message)};
}

Error different(const std::string& what) {
    return invalid("Cairo PIE diff: " + what + " mismatch");
}

template <class T>
bool same_builtins(const std::vector<BuiltinName>& builtins, const std::map<BuiltinName, T>& map) {
    return builtins.size() == map.size() &&
           std::ranges::all_of(builtins, [&](BuiltinName name) { return map.contains(name); });
}

Result<void> check_order(const PieMetadata& metadata) {
    if (metadata.program_segment.index != 0)
        return invalid("Invalid segment index for program_segment.");
    if (metadata.execution_segment.index != 1)
        return invalid("Invalid segment index for execution_segment.");
    std::int64_t next = 2;
    for (const BuiltinName name : metadata.builtins)
        if (metadata.builtin_segments.at(name).index != next++)
            return invalid("Invalid segment index for " + builtin_display(name) + ".");
    if (metadata.ret_fp_segment.index != next++)
        return invalid("Invalid segment index for ret_fp_segment.");
    if (metadata.ret_pc_segment.index != next++)
        return invalid("Invalid segment index for ret_pc_segment.");
    for (const PieSegment& segment : metadata.extra_segments)
        if (segment.index != next++)
            return invalid("Invalid segment indices for extra_segments.");
    return {};
}

bool same_data(const AdditionalData& a, const AdditionalData& b) {
    const auto is_empty = [](const AdditionalData& data) {
        const auto* const list = std::get_if<VerifiedAddresses>(&data);
        const auto* const signatures = std::get_if<PieSignatures>(&data);
        return (list != nullptr && list->empty()) || (signatures != nullptr && signatures->empty());
    };
    return a == b || (is_empty(a) && is_empty(b));
}

}  // namespace

Result<void> check_pie_metadata(const PieMetadata& metadata) {
    if (metadata.main > metadata.data.size())
        return invalid("Invalid main() address.");
    if (metadata.data.size() != metadata.program_segment.size)
        return invalid("Program length does not match the program segment size.");
    if (!same_builtins(metadata.builtins, metadata.builtin_segments))
        return invalid("Builtin list mismatch in builtin_segments.");
    if (metadata.ret_fp_segment.size != 0)
        return invalid("Invalid segment size for ret_fp. Must be 0.");
    if (metadata.ret_pc_segment.size != 0)
        return invalid("Invalid segment size for ret_pc. Must be 0.");
    return check_order(metadata);
}

Result<void> check_pie_resources(const CairoPie& pie) {
    if (!same_builtins(pie.metadata.builtins, pie.builtin_instances))
        return invalid("Builtin list mismatch in builtin_segments.");
    return {};
}

Result<void> check_pie_compatibility(const CairoPie& made, const CairoPie& given,
                                     bool same_memory) {
    if (!(made.metadata == given.metadata))
        return different("metadata");
    if (!same_memory)
        return different("memory");
    if (made.n_steps != given.n_steps || made.builtin_instances != given.builtin_instances)
        return different("execution_resources");
    if (made.additional_data.size() != given.additional_data.size())
        return different("additional_data");
    for (const auto& [name, data] : made.additional_data) {
        // A secure run verifies hashes that the first run took from its hints.
        if (name == BuiltinName::pedersen)
            continue;
        const auto other = given.additional_data.find(name);
        if (other == given.additional_data.end() || !same_data(data, other->second))
            return different("additional_data[" + builtin_display(name) + "]");
    }
    return {};
}

Cairo0Program program_of(const PieMetadata& metadata) {
    Cairo0Program program;
    program.data = metadata.data;
    program.builtins = metadata.builtins;
    program.main = metadata.main;
    return program;
}

std::map<std::int64_t, std::uint64_t> segment_sizes_of(const PieMetadata& metadata) {
    std::map<std::int64_t, std::uint64_t> sizes;
    for (const PieSegment& segment : {metadata.program_segment, metadata.execution_segment,
                                      metadata.ret_fp_segment, metadata.ret_pc_segment})
        sizes[segment.index] = segment.size;
    for (const auto& [name, segment] : metadata.builtin_segments)
        sizes[segment.index] = segment.size;
    for (const PieSegment& segment : metadata.extra_segments)
        sizes[segment.index] = segment.size;
    return sizes;
}

}  // namespace blockexecd::vm::cairo0
