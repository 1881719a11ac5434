// SPDX-License-Identifier: Apache-2.0
#include "tests/executor/blocks/archive_json.hpp"

#include <fstream>
#include <iterator>
#include <stdexcept>

namespace blockexecd::executor::test {

std::string read_text(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in)
        throw std::runtime_error("cannot read " + file.string());
    return {std::istreambuf_iterator<char>(in), {}};
}

boost::json::value read_json(const std::filesystem::path& file) {
    boost::json::parse_options options;
    options.max_depth = 512;  // call trees nest
    return boost::json::parse(read_text(file), {}, options);
}

Felt to_felt(const boost::json::value& value) {
    const auto felt = Felt::from_hex(value.as_string());
    if (!felt)
        throw std::runtime_error("not a felt: " + std::string(value.as_string()));
    return *felt;
}

std::uint64_t to_u64(const boost::json::value& value) {
    return value.is_string() ? to_felt(value).to_u64().value() : value.to_number<std::uint64_t>();
}

u128 to_u128(const boost::json::value& value) {
    const Felt felt = to_felt(value);
    if (!felt.fits_u128())
        throw std::runtime_error("more than 128 bits: " + felt.to_hex());
    return static_cast<u128>(felt.limbs()[1]) << 64 | felt.limbs()[0];
}

std::vector<Felt> to_felts(const boost::json::value& value) {
    std::vector<Felt> felts;
    for (const auto& item : value.as_array())
        felts.push_back(to_felt(item));
    return felts;
}

GasVector to_gas_vector(const boost::json::value& value) {
    return {.l1_gas = to_u64(value.at("l1_gas")),
            .l1_data_gas = to_u64(value.at("l1_data_gas")),
            .l2_gas = to_u64(value.at("l2_gas"))};
}

std::uint64_t blake_opcodes_of(const boost::json::value& counters, std::string_view name) {
    const auto* count = counters.is_object() ? counters.as_object().if_contains(name) : nullptr;
    return count == nullptr ? 0 : to_u64(*count);
}

vm::BuiltinCounters to_builtin_counters(const boost::json::value& value) {
    vm::BuiltinCounters counters{};
    for (const auto& [name, count] : value.as_object())
        if (name != kBlakeOpcode)
            counters[static_cast<std::size_t>(vm::builtin_from_name(name).value())] = to_u64(count);
    return counters;
}

vm::ExecutionResources to_vm_resources(const boost::json::value& value) {
    return {.n_steps = to_u64(value.at("n_steps")),
            .n_memory_holes = to_u64(value.at("n_memory_holes")),
            .builtins = to_builtin_counters(value.at("builtin_instance_counter"))};
}

}  // namespace blockexecd::executor::test
