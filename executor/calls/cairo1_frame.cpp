// SPDX-License-Identifier: Apache-2.0
// A Cairo 1 call: the order of segments and arguments fixes addresses that error texts show
// (specification 6.3).
#include <algorithm>
#include <array>
#include <boost/container/small_vector.hpp>
#include <limits>
#include <string>

#include "executor/calls/call_error.hpp"
#include "executor/calls/entry_point_lookup.hpp"
#include "executor/calls/frame_resources.hpp"
#include "executor/calls/frames.hpp"
#include "executor/constants/versioned_constants.hpp"
#include "executor/syscalls/syscall_handler.hpp"
#include "vm/runner/function_runner.hpp"

namespace blockexecd::executor {

namespace {

constexpr std::int32_t kProgramSegment = 0;
constexpr std::uint64_t kProgramExtraDataLength = 2;
const Felt kRetInstruction = Felt(0x208b7fff7fff7ffeULL);
// The return values stand below ap, the implicit arguments below those.
constexpr std::uint64_t kReturnValues = 5;

constexpr std::array kSupportedBuiltins{
    vm::BuiltinName::pedersen,      vm::BuiltinName::range_check, vm::BuiltinName::bitwise,
    vm::BuiltinName::ec_op,         vm::BuiltinName::poseidon,    vm::BuiltinName::segment_arena,
    vm::BuiltinName::range_check96, vm::BuiltinName::add_mod,     vm::BuiltinName::mul_mod,
};

vm::Error post_execution_error(std::string message) {
    return entry_point_error(EntryPointErrorKind::other, std::move(message));
}

vm::Error malformed_return_data(const std::string& what) {
    return post_execution_error("Malformed return data : " + what + ".");
}

// Names in the supported order, each at most once.
vm::Result<void> check_builtins(const std::vector<vm::BuiltinName>& names) {
    auto at = kSupportedBuiltins.begin();
    for (const auto name : names) {
        at = std::find(at, kSupportedBuiltins.end(), name);
        if (at == kSupportedBuiltins.end()) {
            std::string list;
            for (const auto listed : names)
                list += (list.empty() ? "" : ", ") + std::string(vm::builtin_name(listed));
            return entry_point_error(
                EntryPointErrorKind::other,
                "Entry point uses unsupported builtins or an invalid builtin order: [" + list +
                    "].");
        }
        ++at;
    }
    return {};
}

class Cairo1Frame {
  public:
    Cairo1Frame(CallInfo& info, const CompiledClass& compiled_class, CachedState& state,
                ExecutionContext& context)
        : info_(info),
          compiled_class_(compiled_class),
          context_(context),
          handler_(info, state, context),
          runner_(context.arena, compiled_class.code, &handler_) {}

    vm::Result<void> run(const EntryPoint& entry_point) {
        BX_CHECK(runner_.add_builtins(entry_point.builtins));
        BX_CHECK(append_program_data());
        const auto syscall_segment = memory().add_segment();
        handler_.attach(memory(), syscall_segment);
        BX_CHECK(push_arguments(entry_point, syscall_segment));

        const bool counts_steps = info_.tracked_resource == TrackedResource::cairo_steps;
        // A call that counts gas takes no steps, but does not go on when none are left: neither at
        // its start nor behind an instruction whose system call used them up.
        if (context_.run_resources.n_steps != 0)
            handler_.uncounted_steps.n_steps = std::numeric_limits<std::uint64_t>::max();
        const auto run = runner_.run_from_entrypoint(
            entry_point.offset, arguments_,
            counts_steps ? &context_.run_resources : &handler_.uncounted_steps);
        context_.executed_steps += runner_.steps();
        if (run.has_error())
            return run_failure(run.error());
        BX_CHECK(fill_range_check96_holes(entry_point));
        const auto secure =
            runner_.verify_secure(compiled_class_.bytecode_length + kProgramExtraDataLength);
        if (secure.has_error())
            return run_failure(secure.error());
        return finalize(counts_steps);
    }

  private:
    vm::Memory& memory() { return runner_.memory(); }

    [[nodiscard]] vm::Error run_failure(const vm::Error& error) const {
        return run_error(error, context_.constants().strip_vm_frames_in_sierra_gas &&
                                    info_.tracked_resource == TrackedResource::sierra_gas);
    }

    // Behind the code: a `ret` and a pointer to what each builtin costs.
    vm::Result<void> append_program_data() {
        const auto& costs = context_.constants().os_constants.gas_costs.builtins;
        const std::array<Felt, 7> prices{costs.pedersen, costs.bitwise, costs.ecop, costs.poseidon,
                                         costs.add_mod,  costs.mul_mod, costs.blake};
        BX_TRY(const auto price_segment,
               handler_.frame.read_only_segments.allocate(memory(), std::span<const Felt>(prices)));
        const std::array<vm::Value, kProgramExtraDataLength> extra{kRetInstruction,
                                                                   price_segment.start};
        runner_.append_program_data(extra);
        return {};
    }

    vm::Result<void> push_arguments(const EntryPoint& entry_point,
                                    const vm::Relocatable& syscall_segment) {
        for (const auto name : entry_point.builtins)
            arguments_.emplace_back(runner_.builtin_initial_stack(name));
        const auto budget =
            context_.constants().os_constants.gas_costs.base.entry_point_initial_budget;
        if (info_.call.initial_gas < budget)
            return entry_point_error(EntryPointErrorKind::insufficient_entry_point_gas,
                                     "Insufficient entry point initial gas, must be greater than "
                                     "the entry point initial budget.");
        arguments_.emplace_back(info_.call.initial_gas - budget);
        arguments_.emplace_back(syscall_segment);
        BX_TRY(const auto calldata, handler_.frame.read_only_segments.allocate(
                                        memory(), std::span<const Felt>(info_.call.calldata)));
        arguments_.emplace_back(calldata.start);
        arguments_.emplace_back(calldata.end());
        return {};
    }

    // The prover's layout demands values for cells that a circuit skipped.
    vm::Result<void> fill_range_check96_holes(const EntryPoint& entry_point) {
        const auto found = std::ranges::find(entry_point.builtins, vm::BuiltinName::range_check96);
        if (found == entry_point.builtins.end())
            return {};
        const auto distance = static_cast<std::uint64_t>(entry_point.builtins.end() - found);
        const auto stop_pointer =
            memory().get_relocatable(runner_.ap() - (kReturnValues + distance));
        if (stop_pointer.has_error())
            return run_failure(stop_pointer.error());
        const auto segment = runner_.builtin_segment(vm::BuiltinName::range_check96);
        memory().set_used_size(segment, stop_pointer->offset);
        for (std::uint64_t offset = 0; offset < stop_pointer->offset; ++offset)
            if (!memory().get({segment, offset}))
                BX_CHECK(memory().insert({segment, offset}, Felt{}));
        return {};
    }

    vm::Result<void> finalize(bool counts_steps) {
        // Cells that the OS touches and the program may not.
        memory().mark_accessed({kProgramSegment, compiled_class_.bytecode_length},
                               kProgramExtraDataLength);
        memory().mark_accessed(runner_.initial_fp() - (arguments_.size() + 2), arguments_.size());
        handler_.frame.read_only_segments.mark_accessed(memory());
        BX_CHECK(read_result(counts_steps));

        BX_TRY(const auto own, runner_.resources());
        set_frame_resources(info_, own, runner_.blake_opcodes(), context_.constants());
        return {};
    }

    vm::Result<void> read_result(bool counts_steps) {
        BX_TRY(const auto values, runner_.return_values(kReturnValues));
        const auto& gas = values[0];
        const auto& failure_flag = values[2];
        if (failure_flag != vm::Value(Felt(0)) && failure_flag != vm::Value(Felt(1)))
            return malformed_return_data("Failure flag expected to be either 0 or 1.");
        info_.execution.failed = failure_flag == vm::Value(Felt(1));

        BX_TRY(const auto retdata_size, vm::sub(values[4], values[3]));
        if (gas.is_relocatable())
            return malformed_return_data("Error extracting return data.");
        if (!gas.felt().fits_u64() || gas.felt().limbs()[0] > info_.call.initial_gas)
            return malformed_return_data("Unexpected remaining gas: " + gas.felt().to_decimal() +
                                         ".");
        info_.execution.gas_consumed =
            counts_steps ? 0 : info_.call.initial_gas - gas.felt().limbs()[0];
        BX_TRY(info_.execution.retdata, read_retdata(memory(), retdata_size, values[3]));
        return {};
    }

    CallInfo& info_;
    const CompiledClass& compiled_class_;
    ExecutionContext& context_;
    SyscallHandler handler_;
    vm::FunctionRunner runner_;
    boost::container::small_vector<vm::Value, 16> arguments_;
};

}  // namespace

vm::Result<void> run_cairo1_frame(CallInfo& info, const CompiledClass& compiled_class,
                                  CachedState& state, ExecutionContext& context) {
    BX_TRY(const auto* entry_point, find_entry_point(compiled_class, info.call));
    BX_CHECK(check_builtins(entry_point->builtins));
    return Cairo1Frame(info, compiled_class, state, context).run(*entry_point);
}

}  // namespace blockexecd::executor
