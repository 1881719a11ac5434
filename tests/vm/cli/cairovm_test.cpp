// SPDX-License-Identifier: Apache-2.0
// The program cairovm from outside: exit codes, what it prints, the files it writes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "tests/vm/cairo0/golden_files.hpp"
#include "vm/cairo0/program/json.hpp"
#include "vm/felt/felt.hpp"

namespace blockexecd::vm::cli {
namespace {

using cairo0::read_file;

struct Outcome {
    int exit_code;
    std::string text;  // standard output and standard error
};

Outcome run(const std::string& arguments) {
    const std::string command = std::string(CAIROVM) + " " + arguments + " 2>&1";
    FILE* const pipe = popen(command.c_str(), "r");
    EXPECT_NE(pipe, nullptr);
    Outcome outcome{};
    std::array<char, 4096> buffer;
    while (const std::size_t size = std::fread(buffer.data(), 1, buffer.size(), pipe))
        outcome.text.append(buffer.data(), size);
    outcome.exit_code = WEXITSTATUS(pclose(pipe));
    return outcome;
}

constexpr auto kOutputProgram = "tests/data/cairo0/output.json";

TEST(Cairovm, PrintsTheOutput) {
    const Outcome outcome = run(std::string(kOutputProgram) + " --layout small --print_output");
    EXPECT_EQ(outcome.exit_code, 0);
    EXPECT_EQ(outcome.text,
              "Program Output:\n7\n-3\n"
              "-106710729501573572985208420194530329073740042555888586719233\n");
}

TEST(Cairovm, NamesItsVersionAndCellLayout) {
    const Outcome outcome = run("--version");
    EXPECT_EQ(outcome.exit_code, 0);
    EXPECT_THAT(outcome.text,
                testing::MatchesRegex("cairovm [0-9]+\\.[0-9]+\\.[0-9]+, cell layout [a-z0-9]+\n"));
}

TEST(Cairovm, PrintsResources) {
    const Outcome outcome = run(std::string(kOutputProgram) + " --layout small --print_resources");
    EXPECT_EQ(outcome.text,
              R"({"n_steps":8,"n_memory_holes":0,"builtin_instance_counter":{"output_builtin":3}})"
              "\n");
}

TEST(Cairovm, WritesTraceAndMemory) {
    const auto folder =
        std::filesystem::temp_directory_path() / ("cairovm_test_" + std::to_string(::getpid()));
    std::filesystem::create_directory(folder);
    const std::string trace = folder / "trace", memory = folder / "memory";
    const Outcome outcome =
        run("tests/data/cairo0/empty.json --trace_file " + trace + " --memory_file " + memory);
    EXPECT_EQ(outcome.exit_code, 0) << outcome.text;
    // One step: ap and fp behind the stack [return fp, end], pc at the only instruction.
    const std::string step("\4\0\0\0\0\0\0\0\4\0\0\0\0\0\0\0\1\0\0\0\0\0\0\0", 24);
    EXPECT_EQ(read_file(trace), step);
    const std::string cells = read_file(memory);
    ASSERT_EQ(cells.size(), 3 * 40U);
    // ret, then the return fp and the end, both behind the stack.
    EXPECT_EQ(cells.substr(8, 8), std::string("\xfe\x7f\xff\x7f\xff\x7f\x8b\x20", 8));
    EXPECT_EQ(cells.substr(40, 9), std::string("\2\0\0\0\0\0\0\0\4", 9));
    EXPECT_EQ(cells.substr(80, 9), std::string("\3\0\0\0\0\0\0\0\4", 9));
    std::filesystem::remove_all(folder);
}

TEST(Cairovm, ReportsAFailedRun) {
    const Outcome outcome = run("tests/data/cairo0/assert_fails.json");
    EXPECT_EQ(outcome.exit_code, 1);
    EXPECT_EQ(outcome.text, "Error at pc=0:2:\nAn ASSERT_EQ instruction failed: 3 != 5.\n\n");
}

TEST(Cairovm, RunsAnotherEntryPoint) {
    EXPECT_EQ(run("tests/data/cairo0/entrypoint.json").exit_code, 1);
    EXPECT_EQ(run("tests/data/cairo0/entrypoint.json --entrypoint other").exit_code, 0);
    EXPECT_EQ(run("tests/data/cairo0/entrypoint.json --entrypoint none").text,
              "Entrypoint none not found\n");
}

TEST(Cairovm, AllowsMissingBuiltins) {
    const std::string program = "tests/data/cairo0/builtin_missing.json --layout small";
    EXPECT_EQ(run(program).text, "Builtin(s) {keccak} not present in layout small\n");
    EXPECT_EQ(run(program + " --allow_missing_builtins true").exit_code, 0);
}

TEST(Cairovm, ChecksItsArguments) {
    EXPECT_EQ(run("").exit_code, 2);
    EXPECT_EQ(run("--help").exit_code, 0);
    EXPECT_EQ(run(std::string(kOutputProgram) + " --layout none").exit_code, 2);
    EXPECT_EQ(run(std::string(kOutputProgram) + " --no_such_flag").exit_code, 2);
    EXPECT_EQ(run(std::string(kOutputProgram) + " --layout dynamic").text,
              "error: the following required arguments were not provided:\n"
              "  --cairo_layout_params_file <CAIRO_LAYOUT_PARAMS_FILE>\n\n"
              "For more information, try '--help'.\n");
    EXPECT_EQ(run("tests/data/cairo0/nowhere.json").text,
              "tests/data/cairo0/nowhere.json: cannot be read\n");
}

TEST(Cairovm, NamesTheFileThatIsNoJson) {
    const std::string path = testing::TempDir() + "cairovm_no_json";
    std::ofstream(path) << "{\"data\": [1,\n 2";
    EXPECT_EQ(run(path).text, path + ": the text ends too early at line 2 column 3\n");
    EXPECT_EQ(
        run(std::string(kOutputProgram) + " --layout dynamic --cairo_layout_params_file " + path)
            .text,
        path + ": the text ends too early at line 2 column 3\n");
}

TEST(Cairovm, RefusesFlagsThatDoNotGoTogether) {
    struct Refusal {
        const char* flags;
        const char* error;
    };
    const Refusal refusals[]{
        {"--proof_mode --cairo_pie_output x",
         "error: the argument '--proof_mode' cannot be used with '--cairo_pie_output "
         "<CAIRO_PIE_OUTPUT>'"},
        {"--cairo_pie_output=x --proof_mode",
         "error: the argument '--cairo_pie_output <CAIRO_PIE_OUTPUT>' cannot be used with "
         "'--proof_mode'"},
        {"--run_from_cairo_pie --proof_mode",
         "error: the argument '--run_from_cairo_pie' cannot be used with '--proof_mode'"},
        {"--air_public_input a --cairo_pie_output x",
         "error: the argument '--air_public_input <AIR_PUBLIC_INPUT>' cannot be used with "
         "'--cairo_pie_output <CAIRO_PIE_OUTPUT>'"},
        {"--proof_mode --run_from_cairo_pie --cairo_pie_output x",
         "error: the argument '--proof_mode' cannot be used with:\n  --run_from_cairo_pie\n"
         "  --cairo_pie_output <CAIRO_PIE_OUTPUT>"},
        {"--air_public_input a",
         "error: the following required arguments were not provided:\n  --proof_mode"},
        {"--disable_trace_padding",
         "error: the following required arguments were not provided:\n  --proof_mode"},
        {"--proof_mode --air_private_input a --trace_file t",
         "error: the following required arguments were not provided:\n"
         "  --memory_file <MEMORY_FILE>"},
        {"--layout dynamic --air_public_input x",
         "error: the following required arguments were not provided:\n  --proof_mode\n"
         "  --cairo_layout_params_file <CAIRO_LAYOUT_PARAMS_FILE>"},
    };
    for (const Refusal& refusal : refusals) {
        const Outcome outcome = run(std::string(kOutputProgram) + " " + refusal.flags);
        EXPECT_EQ(outcome.exit_code, 2) << refusal.flags;
        EXPECT_EQ(outcome.text,
                  std::string(refusal.error) + "\n\nFor more information, try '--help'.\n");
    }
}

class CairovmFiles : public testing::Test {
  protected:
    CairovmFiles() { std::filesystem::create_directory(folder_); }
    ~CairovmFiles() override { std::filesystem::remove_all(folder_); }
    [[nodiscard]] std::string file(const std::string& name) const { return folder_ / name; }

    std::filesystem::path folder_ =
        std::filesystem::temp_directory_path() / ("cairovm_files_" + std::to_string(::getpid()));
};

// The reference's own micro program: ap += 0; call main; jmp rel 0; main: ret.
TEST_F(CairovmFiles, ProvesAProgram) {
    std::ofstream(file("program.json"))
        << R"({"prime":"0x800000000000011000000000000000000000000000000000000000000000001",)"
        << R"("builtins":[],"hints":{},"reference_manager":{"references":[]},"data":[)"
        << R"("0x40780017fff7fff","0x0","0x1104800180018000","0x4","0x10780017fff7fff","0x0",)"
        << R"("0x208b7fff7fff7ffe"],"identifiers":{"__main__.__start__":{"pc":0,"type":"label"},)"
        << R"("__main__.__end__":{"pc":4,"type":"label"},)"
        << R"("__main__.main":{"pc":6,"type":"function"}}})";
    const Outcome outcome =
        run(file("program.json") + " --proof_mode --trace_file " + file("trace") +
            " --memory_file " + file("memory") + " --air_public_input " + file("public") +
            " --air_private_input " + file("private"));
    ASSERT_EQ(outcome.exit_code, 0) << outcome.text;
    const std::string trace = read_file(file("trace"));
    std::string expected;
    for (const char word : {10, 10, 1, 10, 10, 3, 12, 12, 7, 12, 10, 5})
        expected += std::string(1, word) + std::string(7, '\0');
    EXPECT_EQ(trace, expected);
    const std::string public_input = read_file(file("public"));
    EXPECT_EQ(public_input.substr(0, 99),
              "{\n  \"layout\": \"plain\",\n  \"rc_min\": 32766,\n  \"rc_max\": 32769,\n"
              "  \"n_steps\": 4,\n  \"memory_segments\": {");
    EXPECT_EQ(read_file(file("private")), "{\n  \"trace_path\": \"" + file("trace") +
                                              "\",\n  \"memory_path\": \"" + file("memory") +
                                              "\"\n}");
    for (const auto& entry : std::filesystem::directory_iterator(folder_))
        EXPECT_NE(entry.path().extension(), ".partial");
}

TEST_F(CairovmFiles, WritesTheReferencesTraceAndMemory) {
    const Outcome outcome =
        run("tests/data/cairo0/cairo_keccak.json --layout all_cairo --trace_file " + file("trace") +
            " --memory_file " + file("memory"));
    ASSERT_EQ(outcome.exit_code, 0) << outcome.text;
    const auto golden =
        cairo0::parse_json(read_file("tests/data/cairo0/goldens/cairo_keccak.json"));
    ASSERT_TRUE(golden.has_value());
    EXPECT_EQ(cairo0::sha256_hex(read_file(file("trace"))), golden->find("trace_sha256")->text());
    EXPECT_EQ(cairo0::sha256_hex(read_file(file("memory"))), golden->find("memory_sha256")->text());
}

TEST_F(CairovmFiles, LeavesNoFilesOfAFailedRun) {
    std::ofstream(file("trace")) << "before";
    EXPECT_EQ(run("tests/data/cairo0/assert_fails.json --trace_file " + file("trace") +
                  " --memory_file " + file("memory"))
                  .exit_code,
              1);
    EXPECT_EQ(read_file(file("trace")), "before");
    EXPECT_FALSE(std::filesystem::exists(file("memory")));
    EXPECT_FALSE(std::filesystem::exists(file("trace.partial")));
}

TEST_F(CairovmFiles, WritesToADevice) {
    EXPECT_EQ(run(std::string(kOutputProgram) + " --layout small --trace_file /dev/null").exit_code,
              0);
    EXPECT_EQ(
        run(std::string(kOutputProgram) + " --layout small --trace_file " + file("none/trace"))
            .text,
        file("none/trace") + ": cannot be written\n");
}

TEST_F(CairovmFiles, RunsFromTheCairoPieThatItWrote) {
    const std::string pie = file("pie.zip"), again = file("again.zip");
    ASSERT_EQ(
        run(std::string(kOutputProgram) + " --layout small --cairo_pie_output " + pie).exit_code,
        0);
    const Outcome outcome = run(pie + " --run_from_cairo_pie --layout small --print_output" +
                                " --merge_extra_segments --cairo_pie_output " + again);
    EXPECT_EQ(outcome.exit_code, 0);
    EXPECT_EQ(outcome.text.substr(0, 20), "Program Output:\n7\n-3");
    EXPECT_EQ(run(again + " --run_from_cairo_pie --layout small").text, "");
    EXPECT_EQ(run(pie + " --run_from_cairo_pie").text,
              "Builtin(s) {output} not present in layout plain\n");
    EXPECT_EQ(run(std::string(kOutputProgram) + " --run_from_cairo_pie").exit_code, 1);
}

constexpr auto kCircuitClass = "tests/data/casm/circuit_contract.casm.json";
constexpr auto kSmallClass = "tests/data/casm/small_contract.casm.json";

// What the reference VM made of the same entry point without a chain.
TEST_F(CairovmFiles, RunsAnEntryPointOfAContractClass) {
    const auto golden = cairo0::parse_json(read_file("tests/data/casm/goldens/circuit_gas.json"));
    ASSERT_TRUE(golden.has_value());
    const Outcome outcome =
        run(std::string(kCircuitClass) +
            " --entrypoint 0x27a2c41b81707058c38be31b3bce488399fc4ffc708764cb7507561a78de785"
            " --gas 1000000 --print_output --print_resources --trace_file " +
            file("trace") + " --memory_file " + file("memory"));
    EXPECT_EQ(outcome.exit_code, 0);
    const std::uint64_t gas = *Felt::from_hex(golden->find("gas_left")->text())->to_u64();
    EXPECT_EQ(outcome.text,
              "Program Output:\n{\"n_steps\":104,\"n_memory_holes\":30,"
              "\"builtin_instance_counter\":{\"range_check_builtin\":1,"
              "\"range_check96_builtin\":80,\"add_mod_builtin\":14,\"mul_mod_builtin\":3},"
              "\"gas_left\":" +
                  std::to_string(gas) + "}\n");
    EXPECT_EQ(cairo0::sha256_hex(read_file(file("trace"))), golden->find("trace_sha256")->text());
    EXPECT_EQ(cairo0::sha256_hex(read_file(file("memory"))), golden->find("memory_sha256")->text());
}

TEST(CairovmClass, SaysWhatAnEntryPointPanickedWith) {
    const std::string panic =
        "Run panicked with: [7733229381460288120802334208475838166080759535023995805565484692595 "
        "('Input too long for arguments')]\n";
    const Outcome by_offset = run(std::string(kSmallClass) + " --entrypoint 115 --args '5 [6 -7]'");
    EXPECT_EQ(by_offset.exit_code, 1);
    EXPECT_EQ(by_offset.text, panic);
    EXPECT_EQ(run(std::string(kCircuitClass) + " --entrypoint 0 --args 7").text, panic);
    EXPECT_EQ(run(std::string(kCircuitClass) + " --entrypoint 0 --gas 100").text,
              "Run panicked with: [375233589013918064796019 ('Out of gas')]\n");
}

TEST(CairovmClass, RefusesWhatAClassDoesNotHave) {
    const auto error = [](const std::string& flags) {
        const Outcome outcome = run(std::string(kSmallClass) + " " + flags);
        EXPECT_EQ(outcome.exit_code, 1) << flags;
        return outcome.text;
    };
    EXPECT_EQ(error("--entrypoint 3"), "CASM class: there is no entry point at offset 3\n");
    EXPECT_THAT(error(""), testing::StartsWith("CASM class: there is no entry point main"));
    EXPECT_EQ(error("--entrypoint 0 --args '1 x'"), "arguments: x is no felt\n");
    EXPECT_EQ(error("--entrypoint 0 --args '[1'"), "arguments: a [ without its ]\n");
    EXPECT_EQ(error("--entrypoint 0 --args ']'"), "arguments: a ] without its [\n");
    EXPECT_EQ(error("--entrypoint 0 --proof_mode"),
              "--proof_mode cannot be used with a contract class\n");
    EXPECT_EQ(run(std::string(kOutputProgram) + " --layout small --args 1").text,
              "--args is for contract classes and executables\n");
}

// Writes its first argument to the output; the others, and where they end, are never read. The
// standalone entry is ap += 1; call rel 4; jmp rel 0.
TEST_F(CairovmFiles, RunsAnExecutable) {
    std::ofstream(file("program.json"))
        << R"({"program":{"bytecode":["0x40780017fff7fff","0x1","0x1104800180018000","0x4",)"
        << R"("0x10780017fff7fff","0x0","0x40780017fff7fff","0x2","0x480080007ffe8000",)"
        << R"("0x400280007ffd7fff","0x482680017ffd8000","0x1","0x208b7fff7fff7ffe"],)"
        << R"("hints":[[6,[{"WriteRunParam":{"index":{"Immediate":"0x0"},)"
        << R"("dst":{"register":"AP","offset":0}}}]]]},"entrypoints":[)"
        << R"({"builtins":["output"],"offset":0,"kind":"Standalone"},)"
        << R"({"builtins":["output"],"offset":6,"kind":"Bootloader"}]})";
    const std::string program = file("program.json") + " --layout small --print_output ";
    EXPECT_EQ(run(program + "--print_resources --args '77 [1 2]'").text,
              "Program Output:\n77\n"
              R"({"n_steps":5,"n_memory_holes":4,"builtin_instance_counter":{"output_builtin":1}})"
              "\n");
    const Outcome proof =
        run(program + "--args -3 --proof_mode --trace_file " + file("trace") + " --memory_file " +
            file("memory") + " --air_public_input " + file("public"));
    EXPECT_EQ(proof.text, "Program Output:\n-3\n");
    // Three steps around the five, padded.
    EXPECT_EQ(read_file(file("trace")).size() % (24 * 8), 0U);
    EXPECT_THAT(read_file(file("public")), testing::HasSubstr("\"layout\": \"small\""));
    EXPECT_EQ(run(program + "--args x").text, "arguments: x is no felt\n");
    // Without an argument there is nothing to write.
    EXPECT_EQ(run(program).exit_code, 1);
}

}  // namespace
}  // namespace blockexecd::vm::cli
