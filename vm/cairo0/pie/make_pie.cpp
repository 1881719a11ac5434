// SPDX-License-Identifier: Apache-2.0
// get_cairo_pie and write_zip_file of the reference.
#include <set>

#include "vm/cairo0/pie/memory_bin.hpp"
#include "vm/cairo0/pie/pie_json.hpp"
#include "vm/cairo0/pie/pie_run.hpp"

namespace blockexecd::vm::cairo0 {

namespace {

Error runner_error(std::string message) {
    return {ErrorKind::runner, std::move(message)};
}

// Where the return fp or pc of main leads: an empty segment of its own. `name`: ret_fp or ret_pc.
Result<PieSegment> return_segment(const Relocatable& target, const std::string& name,
                                  const std::vector<std::uint64_t>& sizes) {
    if (target.segment < 0 || static_cast<std::size_t>(target.segment) >= sizes.size() ||
        sizes[static_cast<std::size_t>(target.segment)] != 0)
        return runner_error("Unexpected " + name + "_segment size");
    return PieSegment{target.segment, 0};
}

AdditionalData additional_data_of(const Builtins& builtins, const Builtin& builtin) {
    switch (builtin.name) {
        case BuiltinName::output:
            return builtins.output_data();
        case BuiltinName::pedersen: {
            VerifiedAddresses addresses;
            for (const std::uint64_t offset : builtins.pedersen_verified())
                addresses.push_back({builtin.segment, offset});
            return addresses;
        }
        case BuiltinName::ecdsa:
            return PieSignatures(builtins.signatures().begin(), builtins.signatures().end());
        default:
            return NoAdditionalData{};
    }
}

SegmentPlaces merged_places(std::vector<PieSegment>& extra_segments) {
    SegmentPlaces places;
    if (extra_segments.empty())
        return places;
    PieSegment merged{extra_segments.front().index, 0};
    for (const PieSegment& segment : extra_segments) {
        places[segment.index] = {static_cast<std::int32_t>(merged.index), merged.size};
        merged.size += segment.size;
    }
    extra_segments = {merged};
    return places;
}

}  // namespace

Result<CairoPie> make_pie(const ProgramRunner& runner) {
    const VirtualMachine& vm = runner.vm();
    const Cairo0Program& program = runner.program();
    const std::vector<std::uint64_t> sizes = runner.segment_sizes();
    CairoPie pie;
    PieMetadata& metadata = pie.metadata;
    for (const Builtin& builtin : vm.builtins().all()) {
        if (!builtin.stop_pointer)
            return runner_error("No stop pointer found for builtin " +
                                builtin_display(builtin.name));
        metadata.builtin_segments[builtin.name] = {builtin.segment, *builtin.stop_pointer};
    }
    const Relocatable return_fp_at{1, program.builtins.size()};
    BX_TRY(const Relocatable return_fp, vm.memory().get_relocatable(return_fp_at));
    BX_TRY(const Relocatable return_pc, vm.memory().get_relocatable(return_fp_at + 1));
    BX_TRY(metadata.ret_fp_segment, return_segment(return_fp, "ret_fp", sizes));
    BX_TRY(metadata.ret_pc_segment, return_segment(return_pc, "ret_pc", sizes));
    if (return_fp.offset != 0)
        return runner_error("Expected ret_fp offset to be zero");
    if (return_pc.offset != 0)
        return runner_error("Expected ret_pc offset to be zero");
    if (!program.main)
        return runner_error("Can't build a StrippedProgram from a Program without main");
    metadata.data = program.data;
    metadata.builtins = program.builtins;
    metadata.main = *program.main;
    metadata.program_segment = {0, program.data.size()};
    metadata.execution_segment = {1, vm.ap().offset};
    std::set<std::int64_t> known{0, 1, return_fp.segment, return_pc.segment};
    for (const auto& [name, segment] : metadata.builtin_segments)
        known.insert(segment.index);
    for (std::size_t i = 0; i < sizes.size(); ++i)
        if (!known.contains(static_cast<std::int64_t>(i)))
            metadata.extra_segments.push_back({static_cast<std::int64_t>(i), sizes[i]});

    BX_TRY(const ExecutionResources resources, runner.resources());
    pie.n_steps = resources.n_steps;
    pie.n_memory_holes = resources.n_memory_holes;
    for (const Builtin& builtin : vm.builtins().all()) {
        pie.builtin_instances[builtin.name] = resources[builtin.name];
        pie.additional_data[builtin.name] = additional_data_of(vm.builtins(), builtin);
    }
    return pie;
}

Result<void> write_pie(const ProgramRunner& runner, const CairoPie& pie, const std::string& path,
                       bool merge_extra_segments) {
    PieMetadata metadata = pie.metadata;
    const SegmentPlaces places =
        merge_extra_segments ? merged_places(metadata.extra_segments) : SegmentPlaces();
    BX_TRY(const auto archive, PieArchiveWriter::create(path));
    archive->add("version.json", kPieVersion);
    archive->add("metadata.json", metadata_json(metadata));
    write_memory_bin(runner.vm().memory(), places, *archive);
    archive->add("additional_data.json", additional_data_json(pie));
    archive->add("execution_resources.json", execution_resources_json(pie));
    return archive->commit();
}

}  // namespace blockexecd::vm::cairo0
