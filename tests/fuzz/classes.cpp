// SPDX-License-Identifier: Apache-2.0
// Classes as JSON: a load gives a value or one error with a text.
#include "executor/classes/class_codec.hpp"
#include "executor/classes/class_definition.hpp"
#include "tests/fuzz/target.hpp"

namespace blockexecd::fuzz {

void run_cairo0_class(Bytes input) {
    const auto definition = executor::parse_cairo0_class({"class", text_of(input)});
    expect_reason(definition);
    if (definition.has_value())
        expect_reason(executor::compile_class(*definition));
}

std::vector<std::string> seeds_cairo0_class() {
    // A class is a program with entry points.
    std::vector<std::string> seeds;
    for (const char* name : {"empty", "assert_nn_fails", "error_message"})
        seeds.push_back(
            R"({"abi":[{"type":"function","name":"f"}],"entry_points_by_type":{"CONSTRUCTOR":[],"EXTERNAL":[)"
            R"({"selector":"0x5e1","offset":"0x0"}],"L1_HANDLER":[{"selector":"0x0","offset":0}]},"program":)" +
            read_file(std::string("tests/data/cairo0/") + name + ".json") + "}");
    return seeds;
}

void run_casm_class(Bytes input) {
    static const std::string sierra =
        R"({"sierra_program":["0x1","0x7","0x0"],"contract_class_version":"0.1.0","entry_points_by_type":{},"abi":"[]"})";
    const auto definition =
        executor::parse_cairo1_class({"sierra", sierra}, {"casm", text_of(input)});
    expect_reason(definition);
    if (definition.has_value())
        expect_reason(executor::compile_class(*definition));
}

std::vector<std::string> seeds_casm_class() {
    return read_files("tests/data/casm", ".casm.json");
}

void run_sierra_class(Bytes input) {
    static const std::string casm = read_file("tests/data/casm/minimal_contract.casm.json");
    expect_reason(executor::sierra_class_hash({"sierra", text_of(input)}));
    expect_reason(executor::parse_cairo1_class({"sierra", text_of(input)}, {"casm", casm}));
}

std::vector<std::string> seeds_sierra_class() {
    return {
        R"({"sierra_program":["0x1","0x7","0x0","0x2","0xb","0x3"],"contract_class_version":"0.1.0","entry_points_by_type":)"
        R"({"EXTERNAL":[{"selector":"0x5e1","function_idx":0}],"L1_HANDLER":[],"CONSTRUCTOR":[]},"abi":"[{\"type\":\"f\"}]"})",
        R"({"sierra_program":["0x302e312e30"],"contract_class_version":"0.1.0","entry_points_by_type":{}})"};
}

}  // namespace blockexecd::fuzz
