// SPDX-License-Identifier: Apache-2.0
// cairo_run_pie of the reference.
#include "vm/cairo0/pie/memory_bin.hpp"
#include "vm/cairo0/pie/pie_json.hpp"
#include "vm/cairo0/pie/pie_run.hpp"
#include "vm/cairo0/program/json.hpp"

namespace blockexecd::vm::cairo0 {

namespace {

// Of version.json and execution_resources.json, which hold a handful of numbers.
constexpr std::uint64_t kShortJsonBytes = std::uint64_t{64} << 10;

Error runner_error(std::string message) {
    return {ErrorKind::runner, std::move(message)};
}

Error invalid_data(BuiltinName name) {
    return runner_error(builtin_display(name) + ": Invalid additional data");
}

// An empty list fits every builtin that expects one.
template <class List>
Result<const List*> list_of(BuiltinName name, const AdditionalData& data) {
    static const List kEmpty;
    if (const auto* const list = std::get_if<List>(&data))
        return list;
    const auto* const empty = std::get_if<VerifiedAddresses>(&data);
    if (empty == nullptr || !empty->empty())
        return invalid_data(name);
    return &kEmpty;
}

Result<void> add_verified(Builtins& builtins, const Builtin& builtin, const AdditionalData& data,
                          std::uint64_t segment_size) {
    BX_TRY(const auto* const addresses, list_of<VerifiedAddresses>(builtin.name, data));
    for (const Relocatable& address : *addresses) {
        if (address.segment != builtin.segment || address.offset >= segment_size)
            return invalid_data(builtin.name);
        if (address.offset % builtin_shape(builtin.name).cells == 2)
            builtins.set_pedersen_verified(address.offset);
    }
    return {};
}

Result<void> add_signatures(Builtins& builtins, const Builtin& builtin,
                            const AdditionalData& data) {
    BX_TRY(const auto* const signatures, list_of<PieSignatures>(builtin.name, data));
    for (const auto& [address, signature] : *signatures) {
        if (address.segment != builtin.segment)
            return invalid_data(builtin.name);
        builtins.add_signature(address, signature.first, signature.second, true);
    }
    return {};
}

Result<void> add_output(Builtins& builtins, const AdditionalData& data) {
    const auto* const output = std::get_if<OutputData>(&data);
    if (output == nullptr)
        return invalid_data(BuiltinName::output);
    for (const auto& [id, page] : output->pages)
        builtins.output_data().pages[id] = page;
    for (const auto& [name, values] : output->attributes)
        builtins.output_data().attributes[name] = values;
    return {};
}

Result<void> add_additional_data(ProgramRunner& runner, const CairoPie& pie) {
    Builtins& builtins = runner.vm().builtins();
    for (const auto& [name, data] : pie.additional_data) {
        const Builtin* const builtin = builtins.find(name);
        if (builtin == nullptr)
            continue;
        if (name == BuiltinName::output)
            BX_CHECK(add_output(builtins, data));
        else if (name == BuiltinName::ecdsa)
            BX_CHECK(add_signatures(builtins, *builtin, data));
        // A secure run computes every hash itself.
        else if (name == BuiltinName::pedersen && !runner.options().secure_run)
            BX_CHECK(add_verified(builtins, *builtin, data,
                                  pie.metadata.builtin_segments.at(name).size));
    }
    return {};
}

Result<void> add_extra_segments(ProgramRunner& runner, const PieMetadata& metadata) {
    // The zeros of the mod builtins are one of them, and are there already.
    const std::size_t present = runner.zero_segment() ? 1 : 0;
    if (metadata.extra_segments.size() < present)
        return runner_error("Cairo PIE: the mod builtins' zeros are not among the extra_segments");
    for (std::size_t i = present; i < metadata.extra_segments.size(); ++i)
        (void)runner.vm().memory().add_segment();
    return {};
}

}  // namespace

Result<LoadedPie> load_pie(PieArchiveReader archive, const PieLimits& limits) {
    BX_CHECK(archive.check_entries());
    LoadedPie loaded{std::move(archive), {}, 0};
    CairoPie& pie = loaded.pie;
    if (loaded.archive.has("version.json")) {
        BX_TRY(const std::string version, loaded.archive.read("version.json", kShortJsonBytes));
        BX_CHECK(check_version_json(version));
    }
    BX_TRY(const std::string metadata, loaded.archive.read("metadata.json", limits.json_bytes));
    BX_CHECK(parse_metadata_json(metadata, pie.metadata));
    BX_TRY(const std::string resources,
           loaded.archive.read("execution_resources.json", kShortJsonBytes));
    BX_CHECK(parse_execution_resources_json(resources, pie));
    BX_TRY(const std::string data, loaded.archive.read("additional_data.json", limits.json_bytes));
    BX_CHECK(parse_additional_data_json(data, pie));
    BX_CHECK(check_pie_metadata(pie.metadata));
    BX_TRY(loaded.cells, check_memory_bin(loaded.archive, pie.metadata, limits));
    BX_CHECK(check_pie_resources(pie));
    return loaded;
}

Result<void> run_pie(ProgramRunner& runner, const LoadedPie& loaded) {
    const CairoPie& pie = loaded.pie;
    if (runner.is_proof())
        return runner_error("A Cairo PIE can not be ran in proof_mode");
    const RunResources* const resources = runner.options().resources;
    if (resources == nullptr || resources->n_steps != pie.n_steps)
        return runner_error(
            "The number of steps in the Cairo PIE's execution resources does not match the number "
            "of steps in the RunResources");
    BX_CHECK(runner.initialize());
    for (const auto& [segment, size] : segment_sizes_of(pie.metadata))
        runner.set_final_size(static_cast<std::int32_t>(segment), size);
    BX_CHECK(add_additional_data(runner, pie));
    BX_CHECK(add_extra_segments(runner, pie.metadata));
    BX_CHECK(load_memory_bin(loaded.archive, runner.vm().memory()));
    BX_CHECK(runner.run_to_end());
    BX_CHECK(runner.end());
    BX_CHECK(runner.read_return_values());
    if (!runner.options().secure_run)
        return {};
    BX_CHECK(runner.verify_secure());
    BX_TRY(const CairoPie made, make_pie(runner));
    // Every cell of the PIE is in the memory, with its value: cells are written once. So the two
    // memories are the same when they have as many.
    return check_pie_compatibility(made, pie, count_cells(runner.vm().memory()) == loaded.cells);
}

}  // namespace blockexecd::vm::cairo0
