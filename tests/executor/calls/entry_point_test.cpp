// SPDX-License-Identifier: Apache-2.0
// Calls of tiny classes: results, what they track, and how they fail.
#include "executor/calls/entry_point.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "executor/calls/call_error.hpp"
#include "executor/calls/entry_point_lookup.hpp"
#include "executor/calls/error_trace.hpp"
#include "executor/constants/versioned_constants.hpp"
#include "executor/state/in_memory_state.hpp"
#include "executor/syscalls/syscall_handler.hpp"
#include "executor/types/address.hpp"
#include "tests/executor/calls/small_classes.hpp"
#include "vm/interpreter/virtual_machine.hpp"

namespace blockexecd::executor::test {
namespace {

using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;

constexpr std::uint64_t kGas = 1'000'000;
constexpr std::uint64_t kInfiniteGas = 10'000'000'000;
const ContractAddress kContract = Felt(0x1234);
const ContractAddress kOther = Felt(0x77);

class EntryPointTest : public testing::Test {
  protected:
    void begin(std::string_view version = "0.14.1") {
        block.constants = versioned_constants_for(version).value();
        context = std::make_unique<ExecutionContext>(make_execution_context(
            block, transaction_info(transaction), ExecutionMode::execute, false, kGas, arena));
    }
    // The contract's class gets the hash 0x100 + its address.
    void deploy(const ContractAddress& address,
                std::shared_ptr<const CompiledClass> compiled_class) {
        const auto class_hash = address + Felt(0x100);
        below.class_hashes[address] = class_hash;
        below.add_class(class_hash, std::move(compiled_class));
    }
    vm::Result<CallInfo> call(std::vector<Felt> calldata = {}, std::uint64_t gas = kGas) {
        remaining_gas = gas;
        return execute_call(request(std::move(calldata), gas), state, *context, remaining_gas);
    }
    static CallEntryPoint request(std::vector<Felt> calldata, std::uint64_t gas) {
        CallEntryPoint call;
        call.storage_address = kContract;
        call.entry_point_selector = kSelector;
        call.calldata = std::move(calldata);
        call.initial_gas = gas;
        return call;
    }
    static std::string trace(const vm::Error& error) {
        return transaction_error_trace(ErrorStackHeader::execution, {}, error);
    }

    InMemoryState below;
    CachedState state{&below};
    BlockContext block;
    Transaction transaction;
    vm::Arena arena;
    std::unique_ptr<ExecutionContext> context;
    std::uint64_t remaining_gas = 0;
};

TEST_F(EntryPointTest, ACallThatTracksGasReportsGasAndNoSteps) {
    deploy(kContract, make_class(echo_program(0), kCountsGas));
    begin();
    const auto info = call({Felt(1), Felt(2)});
    ASSERT_TRUE(info);
    EXPECT_THAT(info->execution.retdata, ElementsAre(Felt(1), Felt(2)));
    EXPECT_FALSE(info->execution.failed);
    // The entry point's budget, which this program does not give back.
    EXPECT_EQ(info->execution.gas_consumed, 10000U);
    EXPECT_EQ(remaining_gas, kGas - 10000);
    EXPECT_EQ(info->tracked_resource, TrackedResource::sierra_gas);
    EXPECT_EQ(info->resources, vm::ExecutionResources{});
    EXPECT_EQ(info->call.class_hash, kContract + Felt(0x100));
    EXPECT_EQ(context->executed_steps, 6U);
    EXPECT_EQ(arena.used(), 0U);
}

TEST_F(EntryPointTest, ACallThatTracksStepsTakesThemFromTheBudget) {
    deploy(kContract, make_class(echo_program(0), kCountsSteps));
    begin();
    const auto budget = context->run_resources.n_steps;
    const auto info = call({Felt(1)});
    ASSERT_TRUE(info);
    EXPECT_EQ(info->resources.n_steps, 6U);
    EXPECT_EQ(info->resources.n_memory_holes, 0U);
    EXPECT_EQ(context->run_resources.n_steps, budget - 6);
    EXPECT_EQ(info->execution.gas_consumed, 0U);
    EXPECT_EQ(info->call.initial_gas, kInfiniteGas);
    EXPECT_EQ(remaining_gas, kGas);
}

TEST_F(EntryPointTest, BelowACallThatTracksStepsAllDo) {
    deploy(kContract, make_class(echo_program(0), kCountsGas));
    begin();
    context->tracked_resource = TrackedResource::cairo_steps;
    EXPECT_EQ(call()->tracked_resource, TrackedResource::cairo_steps);
    context->tracked_resource = TrackedResource::sierra_gas;
    EXPECT_EQ(call()->tracked_resource, TrackedResource::sierra_gas);
}

TEST_F(EntryPointTest, BeforeRevertsNoClassTracksGas) {
    deploy(kContract, make_class(echo_program(0), kCountsGas));
    begin("0.13.2");
    EXPECT_EQ(call()->tracked_resource, TrackedResource::cairo_steps);
}

TEST_F(EntryPointTest, APanicIsAFailedCallOrAnError) {
    deploy(kContract, make_class(echo_program(1), kCountsGas));
    begin();
    const auto info = call({Felt::from_ascii("no")});
    ASSERT_TRUE(info);
    EXPECT_TRUE(info->execution.failed);
    EXPECT_THAT(info->execution.retdata, ElementsAre(Felt::from_ascii("no")));
    remaining_gas = kGas;
    const auto error = execute_call_non_reverting(request({Felt::from_ascii("no")}, kGas), state,
                                                  *context, remaining_gas);
    ASSERT_TRUE(error.has_error());
    EXPECT_THAT(trace(error.error()),
                HasSubstr("Execution failed. Failure reason:\nError in contract (contract "
                          "address: " +
                          kContract.to_hex_padded()));
    EXPECT_THAT(trace(error.error()), EndsWith("\n0x6e6f ('no').\n"));
    EXPECT_EQ(context->sierra_gas_revert_tracker.gas_consumed(), 10000U);
}

TEST_F(EntryPointTest, BeforeRevertsAPanicIsAlwaysAnError) {
    deploy(kContract, make_class(echo_program(1), kCountsGas));
    begin("0.13.2");
    EXPECT_THAT(trace(call({Felt(1)}).error()), EndsWith("\n0x1.\n"));
}

TEST_F(EntryPointTest, WithoutTheEntryPointsBudgetTheCallFails) {
    deploy(kContract, make_class(echo_program(0), kCountsGas));
    begin();
    const auto info = call({}, 9999);
    ASSERT_TRUE(info);
    EXPECT_TRUE(info->execution.failed);
    EXPECT_THAT(info->execution.retdata, ElementsAre(Felt::from_ascii("Out of gas")));
    EXPECT_EQ(remaining_gas, 9999U);
    EXPECT_EQ(arena.used(), 0U);
}

TEST_F(EntryPointTest, StepsRunOutWithoutCompletion) {
    deploy(kContract, make_class(endless_program(), kCountsSteps));
    begin();
    context->run_resources.n_steps = 1000;
    const auto result = call();
    ASSERT_TRUE(result.has_error());
    EXPECT_THAT(
        trace(result.error()),
        EndsWith(
            "\nCould not reach the end of the program. RunResources has no remaining steps.\n"));
    EXPECT_EQ(context->run_resources.n_steps, 0U);
    EXPECT_EQ(context->executed_steps, 1000U);
}

TEST_F(EntryPointTest, NoCallStartsWhenNoStepsAreLeft) {
    deploy(kContract, make_class(echo_program(0), kCountsGas));
    begin();
    context->run_resources.n_steps = 0;
    EXPECT_TRUE(call().has_error());
}

TEST_F(EntryPointTest, ReturnValuesAreChecked) {
    begin();
    deploy(kContract, make_class(echo_program(2), kCountsGas));
    EXPECT_EQ(call().error().message(),
              "Malformed return data : Failure flag expected to be either 0 or 1..");
    state.reset(&below);
    deploy(kContract, make_class({kPushImmediate, kGas + 1, kPushSyscallPointer, kPushImmediate, 0,
                                  kPushCalldataStart, kPushCalldataEnd, kRet},
                                 kCountsGas));
    EXPECT_EQ(call().error().message(),
              "Malformed return data : Unexpected remaining gas: 1000001..");
    state.reset(&below);
    deploy(kContract, make_class({kRet}, kCountsGas));
    EXPECT_EQ(call().error().message(),
              "Malformed return data : Failure flag expected to be either 0 or 1..");
}

TEST_F(EntryPointTest, BuiltinsComeInTheirOrder) {
    auto compiled_class = std::make_shared<CompiledClass>(*make_class(echo_program(0), kCountsGas));
    compiled_class->entry_points[0][0].builtins = {vm::BuiltinName::range_check,
                                                   vm::BuiltinName::pedersen};
    deploy(kContract, compiled_class);
    begin();
    EXPECT_EQ(call().error().message(),
              "Entry point uses unsupported builtins or an invalid builtin order: [range_check, "
              "pedersen].");
}

TEST_F(EntryPointTest, Cairo0ProgramsHaveCairo0sBuiltins) {
    auto compiled_class = std::make_shared<CompiledClass>(*make_class({kRet}, kCountsGas));
    compiled_class->kind = ClassKind::cairo0;
    compiled_class->program_builtins = {vm::BuiltinName::range_check, vm::BuiltinName::keccak};
    deploy(kContract, compiled_class);
    begin();
    EXPECT_EQ(call().error().message(),
              "Called builtins: {keccak} are unsupported in a Cairo0 contract");
}

// Programs that return no data, after an assertion over memory that is not theirs.
TEST_F(EntryPointTest, Cairo0ProgramsLeaveSegmentsAsTheSystemCallsMadeThem) {
    constexpr std::uint64_t kPushSyscallEnd = 0x480280007ffb8000;      // [ap] = [[fp - 5]]; ap++
    constexpr std::uint64_t kPushCellBeforeLast = 0x48127ffe7fff8000;  // [ap] = [ap - 2]; ap++
    constexpr std::uint64_t kAssertAtCellBeforeLast = 0x400080007ffe7fff;  // [ap - 1] = [[ap - 2]]
    constexpr std::uint64_t kAssertAtCalldata = 0x400280007ffd7fff;        // [ap - 1] = [[fp - 3]]
    const auto message_of = [&](const std::vector<std::uint64_t>& words) {
        auto compiled_class = std::make_shared<CompiledClass>(*make_class(words, kCountsGas));
        compiled_class->kind = ClassKind::cairo0;
        state.reset(&below);
        deploy(kContract, compiled_class);
        begin();
        const auto result = call();
        return result.has_error() ? result.error().message() : std::string();
    };
    EXPECT_EQ(message_of({kPushSyscallEnd, kPushImmediate, 0, kPushCalldataEnd, kRet}), "");
    EXPECT_EQ(message_of({kPushSyscallEnd, kPushImmediate, 5, kAssertAtCellBeforeLast,
                          kPushCellBeforeLast, kPushImmediate, 0, kPushCalldataEnd, kRet}),
              "Validation failed: Syscall segment size.");
    EXPECT_EQ(message_of({kPushImmediate, 5, kAssertAtCalldata, kPushSyscallEnd, kPushImmediate, 0,
                          kPushCalldataEnd, kRet}),
              "Validation failed: Read-only segments.");
}

TEST_F(EntryPointTest, From0143GasTrackingCallsHideTheirVmFrames) {
    deploy(kContract, make_class({0x48507fff7fff8000, kRet}, kCountsGas));
    begin("0.14.2");
    EXPECT_THAT(trace(call().error()), HasSubstr("Error at pc=0:0:"));
    begin("0.14.3");
    EXPECT_THAT(trace(call().error()), Not(HasSubstr("Error at pc=")));
}

TEST_F(EntryPointTest, AFailedConstructorIsNamedInTheDeploymentsError) {
    below.add_class(Felt(0xdec),
                    make_class(echo_program(1), kCountsGas, EntryPointType::constructor,
                               selector_from_name("constructor")));
    begin();
    remaining_gas = kGas;
    const auto result = execute_deployment({Felt(0xdec), std::nullopt, kOther, Felt(0)}, {Felt(3)},
                                           state, *context, remaining_gas);
    ASSERT_TRUE(result.has_error());
    const auto text = transaction_error_trace(ErrorStackHeader::constructor, {}, result.error());
    EXPECT_THAT(text, HasSubstr("0: Error in the contract class constructor (contract address: " +
                                kOther.to_hex_padded()));
    EXPECT_THAT(text, HasSubstr("selector: " + selector_from_name("constructor").to_hex_padded()));
    EXPECT_THAT(text, EndsWith("\n0x3.\n"));
}

TEST_F(EntryPointTest, AConstructorHasItsName) {
    below.add_class(Felt(0xdec),
                    make_class(echo_program(0), kCountsGas, EntryPointType::constructor, Felt(5)));
    begin();
    remaining_gas = kGas;
    const auto result = execute_deployment({Felt(0xdec), std::nullopt, kOther, Felt(0)}, {}, state,
                                           *context, remaining_gas);
    EXPECT_EQ(result.error().message(), "The constructor entry point must be named 'constructor'.");
}

// A contract that calls another, by the handler of its system calls alone.
class InnerCalls : public EntryPointTest {
  protected:
    void begin_outer(std::string_view version = "0.14.1") {
        begin(version);
        context->tracked_resource = TrackedResource::sierra_gas;
        context->revert_infos.push_back({kContract, Felt(1), {}, 0, 0});
        outer.call.storage_address = kContract;
        handler = std::make_unique<SyscallHandler>(outer, state, *context);
        machine = std::make_unique<vm::VirtualMachine>(arena, vm::Code::make({}, {}));
        handler->attach(machine->memory(), machine->memory().add_segment());
    }
    vm::Result<void> call_other(const std::vector<Felt>& calldata) {
        auto& memory = machine->memory();
        const auto data = memory.add_segment();
        BX_CHECK(memory.load(data, std::span<const Felt>(calldata)));
        const std::vector<vm::Value> cells{Felt::from_ascii("CallContract"),
                                           kGas,
                                           kOther,
                                           kSelector,
                                           data,
                                           data + calldata.size()};
        BX_CHECK(memory.load(handler->cursor.at(), std::span<const vm::Value>(cells)));
        response_at = handler->cursor.at() + cells.size();
        return handler->system_call(*machine);
    }
    [[nodiscard]] vm::Value response(std::uint64_t index) const {
        return machine->memory().get_value(response_at + index).value();
    }

    CallInfo outer;
    std::unique_ptr<SyscallHandler> handler;
    std::unique_ptr<vm::VirtualMachine> machine;
    vm::Relocatable response_at;
};

TEST_F(InnerCalls, GiveBackReturnDataAndGas) {
    deploy(kOther, make_class(echo_program(0), kCountsGas));
    begin_outer();
    ASSERT_TRUE(call_other({Felt(8), Felt(9)}));
    const auto cost =
        block.constants->os_constants.gas_costs.syscall(SyscallSelector::CallContract).base;
    // The system call's own cost, of which 10000 were charged before, and the inner call's.
    EXPECT_EQ(response(0), vm::Value(kGas - (cost - 10000) - 10000));
    EXPECT_EQ(response(1), vm::Value(Felt(0)));
    EXPECT_EQ(machine->memory().get_felt(response(2).relocatable() + 1).value(), Felt(9));
    EXPECT_EQ(outer.inner_calls.at(0).call.caller_address, kContract);
    EXPECT_EQ(outer.inner_calls.at(0).call.initial_gas, kGas - (cost - 10000));
    // Its revert info stays: a panic further up undoes it too.
    EXPECT_EQ(context->revert_infos.size(), 2U);
}

TEST_F(InnerCalls, GiveBackAPanicAndForgetTheCall) {
    deploy(kOther, make_class(echo_program(1), kCountsGas));
    begin_outer();
    ASSERT_TRUE(call_other({Felt(8)}));
    EXPECT_EQ(response(1), vm::Value(Felt(1)));
    const auto start = response(2).relocatable();
    EXPECT_EQ(response(3).relocatable(), start + 2);
    EXPECT_THAT(machine->memory().get_felt_range(start, 2).value(),
                ElementsAre(Felt(8), Felt::from_ascii("ENTRYPOINT_FAILED")));
    EXPECT_TRUE(outer.inner_calls.at(0).execution.failed);
    EXPECT_THAT(outer.inner_calls.at(0).execution.retdata, ElementsAre(Felt(8)));
    EXPECT_EQ(context->revert_infos.size(), 1U);
}

// The run that counts gas then makes the instruction under way, and no other.
TEST_F(InnerCalls, ThatUseUpTheStepsEndARunThatCountsGas) {
    constexpr std::uint64_t kStepsOfEcho = 6;
    deploy(kOther, make_class(echo_program(0), kCountsSteps));
    for (const std::uint64_t left_over : {0U, 1U}) {
        begin_outer();
        handler->uncounted_steps.n_steps = 1000;
        context->run_resources.n_steps = kStepsOfEcho + left_over;
        ASSERT_TRUE(call_other({Felt(8)}));
        EXPECT_EQ(response(1), vm::Value(Felt(0)));
        EXPECT_EQ(context->run_resources.n_steps, left_over);
        EXPECT_EQ(handler->uncounted_steps.n_steps, left_over == 0 ? 0U : 1000U);
    }
}

TEST_F(InnerCalls, APanicBelowEndsTheRunBeforeReverts) {
    deploy(kOther, make_class(echo_program(1), kCountsGas));
    begin_outer("0.13.2");
    const auto result = call_other({Felt(8)});
    ASSERT_TRUE(result.has_error());
    EXPECT_NE(result.error().detail<CallFrameDetail>(), nullptr);
    EXPECT_TRUE(outer.inner_calls.empty());
}

TEST(EntryPointLookupTest, Cairo0ClassesMayHaveADefault) {
    CompiledClass compiled_class;
    compiled_class.kind = ClassKind::cairo0;
    CallEntryPoint call;
    call.entry_point_selector = kSelector;
    EXPECT_EQ(find_entry_point(compiled_class, call).error().message(),
              "No entry points of type External found in contract.");
    compiled_class.entry_points[0] = {{Felt(3), 30, {}}};
    EXPECT_EQ(find_entry_point(compiled_class, call).error().message(),
              "Entry point EntryPointSelector(0x5e1) not found in contract.");
    compiled_class.entry_points[0] = {{Felt(0), 10, {}}, {kSelector, 20, {}}};
    EXPECT_EQ((*find_entry_point(compiled_class, call))->offset, 20U);
    call.entry_point_selector = Felt(4);
    EXPECT_EQ((*find_entry_point(compiled_class, call))->offset, 10U);
    compiled_class.kind = ClassKind::cairo1;
    EXPECT_TRUE(find_entry_point(compiled_class, call).has_error());
}

TEST(EntryPointLookupTest, AnAmbiguousSelectorIsAHardError) {
    CompiledClass compiled_class;
    compiled_class.entry_points[1] = {{kSelector, 1, {}}, {kSelector, 2, {}}};
    CallEntryPoint call;
    call.entry_point_type = EntryPointType::l1_handler;
    call.entry_point_selector = kSelector;
    EXPECT_EQ(find_entry_point(compiled_class, call).error().message(),
              "Entry point " + kSelector.to_hex_padded() + " of type L1Handler is not unique.");
}

}  // namespace
}  // namespace blockexecd::executor::test
