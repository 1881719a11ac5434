// SPDX-License-Identifier: Apache-2.0
// Test support: one running call without a program. A test writes a request into the syscall
// segment, as a program would, and reads the response behind it.
#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "executor/calls/execution_context.hpp"
#include "executor/constants/versioned_constants.hpp"
#include "executor/state/cached_state.hpp"
#include "executor/state/in_memory_state.hpp"
#include "vm/interpreter/virtual_machine.hpp"

namespace blockexecd::executor::test {

inline const ContractAddress kContract = Felt(0x1234);
inline const ContractAddress kCaller = Felt(0xca11e4);
inline const ClassHash kClass = Felt(0xc1a55);
inline constexpr std::uint64_t kGas = 1'000'000'000;

template <class Handler>
class SyscallFixture : public testing::Test {
  protected:
    explicit SyscallFixture(std::string_view version = "0.14.1") {
        block.block_number = 12345;
        block.block_timestamp = 1'700'000'123;
        block.sequencer_address = Felt(0x5e9);
        block.chain_id = Felt::from_ascii("SN_TEST");
        block.constants = versioned_constants_for(version).value();
        below.class_hashes[kContract] = kClass;
        info.call.storage_address = kContract;
        info.call.caller_address = kCaller;
        info.call.class_hash = kClass;
        info.call.entry_point_selector = Felt(0x5e1);
        transaction.hash = Felt(0x7a);
        transaction.sender_address = Felt(0xacc);
        transaction.nonce = Felt(3);
        transaction.signature = {Felt(11), Felt(12)};
    }

    // Begins the call; before this, a test may change block, transaction and mode.
    void begin(ExecutionMode mode = ExecutionMode::execute) {
        context = std::make_unique<ExecutionContext>(
            make_execution_context(block, transaction_info(transaction), mode, false, kGas, arena));
        context->tracked_resource = TrackedResource::sierra_gas;
        context->recursion_depth = 1;
        context->revert_infos.push_back({kContract, kClass, {}, 0, 0});
        machine = std::make_unique<vm::VirtualMachine>(arena, vm::Code::make({}, {}));
        segment = machine->memory().add_segment();
        handler = std::make_unique<Handler>(info, state, *context);
        handler->attach(machine->memory(), segment);
    }

    void write(const std::vector<vm::Value>& values) {
        const auto at = handler->cursor.at();
        ASSERT_TRUE(machine->memory().load(at, std::span<const vm::Value>(values)));
        response_at = at + values.size();
    }

    // An array in a segment of its own.
    vm::Relocatable array(const std::vector<Felt>& felts) {
        const auto start = machine->memory().add_segment();
        EXPECT_TRUE(machine->memory().load(start, std::span<const Felt>(felts)));
        return start;
    }

    [[nodiscard]] vm::Value cell(const vm::Relocatable& address) const {
        return machine->memory().get_value(address).value();
    }
    [[nodiscard]] vm::Value response(std::uint64_t index) const {
        return cell(response_at + index);
    }
    [[nodiscard]] std::vector<Felt> felts(const vm::Relocatable& start, std::uint64_t size) const {
        return machine->memory().get_felt_range(start, size).value();
    }
    // The felts between two pointers of the response.
    [[nodiscard]] std::vector<Felt> response_array(std::uint64_t index) const {
        const auto start = response(index).relocatable();
        return felts(start, response(index + 1).relocatable().offset - start.offset);
    }

    InMemoryState below;
    CachedState state{&below};
    BlockContext block;
    Transaction transaction;
    CallInfo info;
    vm::Arena arena;
    std::unique_ptr<ExecutionContext> context;
    std::unique_ptr<vm::VirtualMachine> machine;
    std::unique_ptr<Handler> handler;
    vm::Relocatable segment;
    vm::Relocatable response_at;
};

}  // namespace blockexecd::executor::test
