// SPDX-License-Identifier: Apache-2.0
// A compiled contract that evaluates a circuit, run as an executor calls it: the resources are
// those that the reference engine recorded for it (104 steps, 25 holes, 14 add_mod, 3 mul_mod, 1
// range_check, 80 range_check96).
#include <gtest/gtest.h>
#include <simdjson.h>

#include "vm/hints/casm_hint_table.hpp"
#include "vm/runner/function_runner.hpp"

namespace blockexecd::vm {
namespace {

std::shared_ptr<const Code> load(const std::string& path) {
    simdjson::dom::parser parser;
    const simdjson::dom::element root = parser.load(path);
    std::vector<Felt> words;
    for (const std::string_view word : root["bytecode"])
        words.push_back(*Felt::from_hex(word));
    return *make_casm_code(words, *parse_casm_hints(simdjson::minify(root["hints"])));
}

TEST(CasmClass, CircuitContractUsesWhatTheReferenceRecorded) {
    Arena arena(std::size_t{1} << 30);
    const auto code = load("tests/data/casm/circuit_contract.casm.json");
    FunctionRunner runner(arena, code, nullptr);
    const std::vector<BuiltinName> builtins{BuiltinName::range_check, BuiltinName::range_check96,
                                            BuiltinName::add_mod, BuiltinName::mul_mod};
    ASSERT_TRUE(runner.add_builtins(builtins).has_value());
    Memory& memory = runner.memory();
    const Relocatable costs = memory.add_segment();
    ASSERT_TRUE(memory
                    .load(costs, std::vector<Value>{Felt(4050), Felt(583), Felt(4085), Felt(491),
                                                    Felt(230), Felt(604), Felt(3334)})
                    .has_value());
    const Relocatable syscalls = memory.add_segment();
    const Relocatable calldata = memory.add_segment();
    const std::vector<Value> extra{*Felt::from_hex("0x208b7fff7fff7ffe"), costs};
    runner.append_program_data(extra);
    std::vector<Value> args;
    for (const BuiltinName name : builtins)
        args.emplace_back(runner.builtin_initial_stack(name));
    args.emplace_back(Felt(10000000000 - 10000));
    args.emplace_back(syscalls);
    args.emplace_back(calldata);
    args.emplace_back(calldata);
    RunResources resources{10000};
    const auto result = runner.run_from_entrypoint(0, args, &resources);
    ASSERT_TRUE(result.has_value()) << result.error().message();

    // gas, syscall pointer, failure flag, retdata start and end.
    const auto returned = *runner.return_values(5);
    EXPECT_EQ(returned[1], Value(syscalls));
    EXPECT_EQ(returned[2], Value(Felt(0)));
    EXPECT_EQ(returned[3], returned[4]);

    // Holes of range_check96 below its stop pointer are filled with zeros.
    const Relocatable stop = *memory.get_relocatable(runner.ap() - (6 + 2));
    ASSERT_EQ(stop.segment, runner.builtin_segment(BuiltinName::range_check96));
    for (Relocatable at{stop.segment, 0}; at.offset < stop.offset; ++at.offset) {
        if (!memory.get(at)) {
            ASSERT_TRUE(memory.insert(at, Value(Felt(0))).has_value());
        }
    }
    memory.set_used_size(stop.segment, stop.offset);
    const auto secure = runner.verify_secure(code->length() + 2);
    ASSERT_TRUE(secure.has_value()) << secure.error().message();

    memory.mark_accessed({0, code->length()}, 2);
    memory.mark_accessed(runner.initial_fp() - (args.size() + 2), args.size());
    memory.mark_accessed(costs, 7);
    const auto used = runner.resources();
    ASSERT_TRUE(used.has_value());
    ExecutionResources expected{104, 25, {}};
    expected[BuiltinName::add_mod] = 14;
    expected[BuiltinName::mul_mod] = 3;
    expected[BuiltinName::range_check] = 1;
    expected[BuiltinName::range_check96] = 80;
    EXPECT_EQ(used->n_steps, expected.n_steps);
    EXPECT_EQ(used->n_memory_holes, expected.n_memory_holes);
    EXPECT_EQ(used->builtins, expected.builtins);
    EXPECT_EQ(resources.n_steps, 10000 - 104U);
}

}  // namespace
}  // namespace blockexecd::vm
