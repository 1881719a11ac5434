// SPDX-License-Identifier: Apache-2.0
// Functions run to their end or to an exception that says where; steps are shared, memory is given
// back.
#include "vm/runner/function_runner.hpp"

#include <gtest/gtest.h>

#include "vm/runner/run_end.hpp"

namespace blockexecd::vm {
namespace {

std::vector<Felt> words(std::initializer_list<const char*> hex) {
    std::vector<Felt> felts;
    for (const char* word : hex)
        felts.push_back(*Felt::from_hex(word));
    return felts;
}

const char* const kMinusOne = "0x800000000000011000000000000000000000000000000000000000000000000";

// fib(first, second, n): second after n steps of the sequence.
std::shared_ptr<const Code> fibonacci() {
    return Code::make(words({"0x20780017fff7ffd", "0x4", "0x480a7ffc7fff8000", "0x208b7fff7fff7ffe",
                             "0x480a7ffc7fff8000", "0x482a7ffc7ffb8000", "0x482680017ffd8000",
                             kMinusOne, "0x1104800180018000",
                             "0x800000000000010fffffffffffffffffffffffffffffffffffffffffffffff9",
                             "0x208b7fff7fff7ffe"}),
                      {});
}

template <class T>
std::string text(const Result<T>& result) {
    return result.has_error() ? result.error().message() : "no error";
}

class FunctionRunnerTest : public testing::Test {
  protected:
    Arena arena_{std::size_t{1} << 30};
};

TEST_F(FunctionRunnerTest, RunsAndCounts) {
    const std::size_t before = arena_.used();
    {
        FunctionRunner runner(arena_, fibonacci(), nullptr);
        const std::vector<Value> args{Felt(1), Felt(1), Felt(10)};
        RunResources resources{1000};
        ASSERT_EQ(text(runner.run_from_entrypoint(0, args, &resources)), "no error");
        EXPECT_EQ(*runner.return_values(1), std::vector<Value>{Felt(144)});
        // Six steps for each call that goes on, three for the last.
        EXPECT_EQ(runner.steps(), 6 * 10 + 3U);
        EXPECT_EQ(resources.n_steps, 1000 - runner.steps());
        EXPECT_EQ(text(runner.verify_secure(11)), "no error");
        EXPECT_EQ(text(runner.verify_secure(10)), "Out of bounds access to program segment");
        const auto used = runner.resources();
        ASSERT_TRUE(used.has_value());
        EXPECT_EQ(used->n_steps, 63U);
        // Nothing reads first of the last call; the saved fp and pc of the entry are read by its
        // ret.
        EXPECT_EQ(used->n_memory_holes, 0U);
        EXPECT_EQ(text(runner.return_values(1000)),
                  "Failed to fetch 1000 return values, ap is only " + runner.ap().to_string());
    }
    EXPECT_EQ(arena_.used(), before);
}

// A call of the `ret` behind the program tells where the program's own data are.
TEST_F(FunctionRunnerTest, ReturnsFromBehindTheProgram) {
    const auto code = Code::make(
        words({"0x1104800180018000", "0x4", "0x480080037fff8000", "0x208b7fff7fff7ffe"}), {});
    const std::vector<Value> data{*Felt::from_hex("0x208b7fff7fff7ffe"), Felt(77)};
    for (const bool traced : {false, true}) {
        FunctionRunner runner(arena_, code, nullptr);
        runner.append_program_data(data);
        if (traced)
            runner.vm().enable_trace();
        RunResources resources{4};
        ASSERT_EQ(text(runner.run_from_entrypoint(0, {}, &resources)), "no error");
        EXPECT_EQ(*runner.return_values(1), std::vector<Value>{Felt(77)});
        EXPECT_EQ(runner.steps(), 4U);
        EXPECT_EQ(resources.n_steps, 0U);
        EXPECT_TRUE(runner.memory().is_accessed({0, 4}));
    }
    FunctionRunner runner(arena_, code, nullptr);
    runner.append_program_data(data);
    RunResources resources{3};
    EXPECT_TRUE(runner.run_from_entrypoint(0, {}, &resources).has_error());
}

TEST_F(FunctionRunnerTest, StepsRunOut) {
    FunctionRunner runner(arena_, fibonacci(), nullptr);
    const std::vector<Value> args{Felt(1), Felt(1), Felt(10)};
    RunResources resources{62};
    const auto result = runner.run_from_entrypoint(0, args, &resources);
    ASSERT_TRUE(result.has_error());
    EXPECT_EQ(result.error().kind(), ErrorKind::vm_exception);
    EXPECT_EQ(result.error().cause().message(),
              "Could not reach the end of the program. RunResources has no remaining steps.");
    EXPECT_EQ(resources.n_steps, 0U);
    EXPECT_EQ(runner.steps(), 62U);
}

// call inner; ret; inner: assert 1 = 2 (as [ap] = 1; ap++; [ap - 1] = 2).
std::shared_ptr<const Code> failing() {
    return Code::make(
        words({"0x1104800180018000", "0x3", "0x208b7fff7fff7ffe", "0x480680017fff8000", "0x1",
               "0x400680017fff7fff", "0x2", "0x208b7fff7fff7ffe"}),
        {});
}

TEST_F(FunctionRunnerTest, AnExceptionSaysWhere) {
    FunctionRunner runner(arena_, failing(), nullptr);
    const auto result = runner.run_from_entrypoint(0, {}, nullptr);
    ASSERT_TRUE(result.has_error());
    EXPECT_EQ(result.error().message(),
              "Error at pc=0:5:\nAn ASSERT_EQ instruction failed: 1 != 2.\nCairo traceback (most "
              "recent call last):\n"
              "Unknown location (pc=0:0)\n");
    const auto detail = result.error().detail<VmExceptionDetail>();
    ASSERT_NE(detail, nullptr);
    EXPECT_EQ(detail->pc, (Relocatable{0, 5}));
    EXPECT_EQ(detail->error_attribute, "");
    EXPECT_EQ(detail->traceback,
              "Cairo traceback (most recent call last):\nUnknown location (pc=0:0)\n");
    EXPECT_EQ(result.error().cause().kind(), ErrorKind::virtual_machine);
    EXPECT_EQ(runner.steps(), 2U);
}

TEST_F(FunctionRunnerTest, TracebacksKeepTheTwentyInnermostCallers) {
    // f: if n != 0 call f(n - 1) else fail.
    const auto code = Code::make(
        words({"0x20780017fff7ffd", "0x6", "0x480680017fff8000", "0x1", "0x400680017fff7fff", "0x2",
               "0x482680017ffd8000", kMinusOne, "0x1104800180018000",
               "0x800000000000010fffffffffffffffffffffffffffffffffffffffffffffff9",
               "0x208b7fff7fff7ffe"}),
        {});
    FunctionRunner runner(arena_, code, nullptr);
    const std::vector<Value> args{Felt(30)};
    const auto result = runner.run_from_entrypoint(0, args, nullptr);
    ASSERT_TRUE(result.has_error());
    std::string expected = "Cairo traceback (most recent call last):\n";
    for (int i = 0; i < 20; ++i)
        expected += "Unknown location (pc=0:8)\n";
    EXPECT_EQ(result.error().detail<VmExceptionDetail>()->traceback, expected);
}

struct Attributes final : ProgramAnnotations {
    [[nodiscard]] std::string error_attribute(const VirtualMachine& /*vm*/,
                                              std::uint64_t pc) const override {
        return pc == 5 ? "Error message: five\n" : pc == 0 ? "Error message: zero\n" : "";
    }
    [[nodiscard]] std::optional<std::string> located_message(
        std::uint64_t /*pc*/, std::optional<std::size_t> /*hint*/,
        const std::string& message) const override {
        return "file.cairo:1:2: " + message + "\n";
    }
    [[nodiscard]] std::optional<std::string> traceback_location(
        std::uint64_t /*pc*/, const std::string& message) const override {
        return "file.cairo:3:4: " + message;
    }
};

TEST_F(FunctionRunnerTest, AnnotationsGoIntoTheText) {
    const auto plain = failing();
    std::vector<Felt> program;
    for (std::uint64_t i = 0; i < plain->length(); ++i)
        program.push_back(plain->cells()[i].felt());
    FunctionRunner runner(arena_, Code::make(program, {}, std::make_shared<Attributes>()), nullptr);
    EXPECT_EQ(text(runner.run_from_entrypoint(0, {}, nullptr)),
              "Error message: five\nfile.cairo:1:2: Error at pc=0:5:\nAn ASSERT_EQ instruction "
              "failed: 1 != 2.\n"
              "Cairo traceback (most recent call last):\nError message: zero\nfile.cairo:3:4: "
              "(pc=0:0)\n");
}

Result<void> failing_hint(VirtualMachine& /*vm*/, const void* /*operands*/) {
    return Error(ErrorKind::hint_inner, "no such thing");
}
Result<void> counting_hint(VirtualMachine& vm, const void* operands) {
    return vm.memory().insert(vm.ap(), Value(Felt(*static_cast<const int*>(operands))));
}

TEST_F(FunctionRunnerTest, HintsRunBeforeTheirInstruction) {
    // [ap] = [ap]; ap++ after the hint wrote it; ret.
    const int nine = 9;
    HintTable table;
    table.add(0, counting_hint, &nine);
    const auto code =
        Code::make(words({"0x48127fff7fff8000", "0x208b7fff7fff7ffe"}), std::move(table));
    EXPECT_EQ(form_name(code->instructions()[0].real_form), "assign_ap_ap_add1");
    FunctionRunner runner(arena_, code, nullptr);
    // dst [ap], op1 [ap - 1]: the hint's 9 must equal the end address below, which it does not.
    EXPECT_TRUE(text(runner.run_from_entrypoint(0, {}, nullptr))
                    .starts_with("Error at pc=0:0:\nAn ASSERT_EQ"));
}

TEST_F(FunctionRunnerTest, AHintsErrorIsWrapped) {
    HintTable table;
    const int nine = 9;
    table.add(0, counting_hint, &nine);
    table.add(0, failing_hint, nullptr);
    FunctionRunner runner(arena_, Code::make(words({"0x208b7fff7fff7ffe"}), std::move(table)),
                          nullptr);
    const auto result = runner.run_from_entrypoint(0, {}, nullptr);
    ASSERT_TRUE(result.has_error());
    EXPECT_EQ(result.error().message(),
              "Error at pc=0:0:\nGot an exception while executing a hint: no such thing\n");
    const Error hint = result.error().cause();
    EXPECT_EQ(hint.kind(), ErrorKind::hint);
    EXPECT_EQ(hint.cause().message(), "no such thing");
    EXPECT_EQ(hint.detail<HintErrorDetail>()->index, 1U);
}

Result<void> nested_run(VirtualMachine& vm, const void* operands) {
    auto* const resources = const_cast<RunResources*>(static_cast<const RunResources*>(operands));
    FunctionRunner inner(vm.memory().arena(), fibonacci(), nullptr);
    const std::vector<Value> args{Felt(1), Felt(1), Felt(3)};
    return inner.run_from_entrypoint(0, args, resources);
}

TEST_F(FunctionRunnerTest, NestedRunsShareStepsAndTheArena) {
    RunResources resources{100};
    HintTable table;
    table.add(0, nested_run, &resources);
    const auto code =
        Code::make(words({"0x480680017fff8000", "0x7", "0x208b7fff7fff7ffe"}), std::move(table));
    {
        FunctionRunner runner(arena_, code, nullptr);
        ASSERT_EQ(text(runner.run_from_entrypoint(0, {}, &resources)), "no error");
        EXPECT_EQ(runner.steps(), 2U);
        EXPECT_EQ(resources.n_steps, 100 - 21 - 2U);
    }
    // The step under way is made even when the nested run took the last one.
    resources.n_steps = 21;
    FunctionRunner runner(arena_, code, nullptr);
    const auto result = runner.run_from_entrypoint(0, {}, &resources);
    ASSERT_TRUE(result.has_error());
    EXPECT_EQ(result.error().cause().message(),
              "Could not reach the end of the program. RunResources has no remaining steps.");
    EXPECT_EQ(runner.steps(), 1U);
    EXPECT_EQ(resources.n_steps, 0U);
}

}  // namespace
}  // namespace blockexecd::vm
