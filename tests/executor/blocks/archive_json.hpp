// SPDX-License-Identifier: Apache-2.0
// Test support: the small readers that the JSON of archives needs. They throw: a damaged fixture
// ends a test.
#pragma once

#include <boost/json.hpp>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "executor/types/gas.hpp"
#include "executor/types/ids.hpp"
#include "vm/builtin_name.hpp"

namespace blockexecd::executor::test {

boost::json::value read_json(const std::filesystem::path& file);
std::string read_text(const std::filesystem::path& file);

Felt to_felt(const boost::json::value& value);          // "0x…"
std::uint64_t to_u64(const boost::json::value& value);  // a number, or "0x…"
u128 to_u128(const boost::json::value& value);          // "0x…"
std::vector<Felt> to_felts(const boost::json::value& value);
GasVector to_gas_vector(const boost::json::value& value);
// {"n_steps", "n_memory_holes", "builtin_instance_counter": {"pedersen_builtin": …}}.
vm::ExecutionResources to_vm_resources(const boost::json::value& value);
// What "blake_opcode" (or `name`) is in a map of counters, 0 where it has none.
inline constexpr std::string_view kBlakeOpcode = "blake_opcode";
std::uint64_t blake_opcodes_of(const boost::json::value& counters,
                               std::string_view name = kBlakeOpcode);
// {"pedersen": …} with or without the suffix; opcodes may stand among them.
vm::BuiltinCounters to_builtin_counters(const boost::json::value& value);

}  // namespace blockexecd::executor::test
