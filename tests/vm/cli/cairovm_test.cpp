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

namespace blockexecd::vm::cli {
namespace {

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

std::string read_file(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    EXPECT_TRUE(file) << path;
    return {std::istreambuf_iterator<char>(file), {}};
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
              "error: --layout dynamic needs --cairo_layout_params_file\n");
    EXPECT_EQ(run("tests/data/cairo0/nowhere.json").text,
              "tests/data/cairo0/nowhere.json: cannot be read\n");
}

TEST(Cairovm, NamesTheFlagsThatItLacks) {
    for (const char* flag : {"--proof_mode", "--air_public_input=x", "--cairo_pie_output x"}) {
        const Outcome outcome = run(std::string(kOutputProgram) + " " + flag);
        EXPECT_EQ(outcome.exit_code, 2) << flag;
        EXPECT_NE(outcome.text.find("is not available in this version"), std::string::npos)
            << outcome.text;
    }
}

}  // namespace
}  // namespace blockexecd::vm::cli
