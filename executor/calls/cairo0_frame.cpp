// SPDX-License-Identifier: Apache-2.0
// A Cairo 0 call: it gets its builtins by pointer, returns them, and cannot fail without ending the
// transaction (specification 6.4).
#include <algorithm>
#include <array>
#include <boost/container/small_vector.hpp>
#include <string>

#include "executor/calls/call_error.hpp"
#include "executor/calls/entry_point_lookup.hpp"
#include "executor/calls/frame_resources.hpp"
#include "executor/calls/frames.hpp"
#include "executor/constants/versioned_constants.hpp"
#include "executor/syscalls/deprecated_syscall_handler.hpp"
#include "vm/runner/function_runner.hpp"

namespace blockexecd::executor {

namespace {

constexpr std::array kSupportedBuiltins{
    vm::BuiltinName::range_check, vm::BuiltinName::pedersen, vm::BuiltinName::ecdsa,
    vm::BuiltinName::bitwise,     vm::BuiltinName::ec_op,    vm::BuiltinName::poseidon,
};
constexpr std::uint64_t kArguments = 4;
constexpr std::uint64_t kReturnValues = 2;

vm::Result<void> check_builtins(const std::vector<vm::BuiltinName>& names) {
    std::string unsupported;
    for (const auto name : names)
        if (std::ranges::find(kSupportedBuiltins, name) == kSupportedBuiltins.end())
            unsupported += (unsupported.empty() ? "" : ", ") + std::string(vm::builtin_name(name));
    if (unsupported.empty())
        return {};
    return entry_point_error(
        EntryPointErrorKind::other,
        "Called builtins: {" + unsupported + "} are unsupported in a Cairo0 contract");
}

vm::Error validation_failed(const std::string& what) {
    return entry_point_error(EntryPointErrorKind::other, "Validation failed: " + what + ".");
}

class Cairo0Frame {
  public:
    Cairo0Frame(CallInfo& info, const CompiledClass& compiled_class, CachedState& state,
                ExecutionContext& context)
        : info_(info),
          compiled_class_(compiled_class),
          context_(context),
          handler_(info, state, context),
          runner_(context.arena, compiled_class.code, &handler_) {}

    vm::Result<void> run(const EntryPoint& entry_point) {
        BX_CHECK(runner_.add_builtins(compiled_class_.program_builtins));
        syscall_segment_ = memory().add_segment();
        handler_.attach(memory(), syscall_segment_);
        BX_TRY(const auto arguments, make_arguments());

        auto run =
            runner_.run_from_entrypoint(entry_point.offset, arguments, &context_.run_resources);
        context_.executed_steps += runner_.steps();
        if (!run.has_error())
            run = runner_.verify_secure(runner_.vm().code().length());
        if (run.has_error())
            return run_error(run.error(), false);
        return finalize();
    }

  private:
    vm::Memory& memory() { return runner_.memory(); }

    vm::Result<std::array<vm::Value, kArguments>> make_arguments() {
        implicit_arguments_.emplace_back(syscall_segment_);
        for (const auto& builtin : runner_.vm().builtins().all())
            implicit_arguments_.emplace_back(builtin.initial_stack());
        const auto& calldata = info_.call.calldata;
        BX_TRY(const auto calldata_segment, handler_.frame.read_only_segments.allocate(
                                                memory(), std::span<const Felt>(calldata)));
        const auto implicit_segment = memory().add_segment(implicit_arguments_.size());
        BX_CHECK(memory().load(implicit_segment, std::span<const vm::Value>(implicit_arguments_)));
        return std::array<vm::Value, kArguments>{info_.call.entry_point_selector, implicit_segment,
                                                 std::uint64_t{calldata.size()},
                                                 calldata_segment.start};
    }

    vm::Result<void> finalize() {
        memory().mark_accessed(runner_.initial_fp() - (kArguments + 2), kArguments);
        handler_.frame.read_only_segments.mark_accessed(memory());
        BX_TRY(const auto values, runner_.return_values(kReturnValues));
        BX_CHECK(validate_run());

        BX_TRY(const auto own, runner_.resources());
        set_frame_resources(info_, own, 0, context_.constants());
        BX_TRY(info_.execution.retdata, read_retdata(memory(), values[0], values[1]));
        return {};
    }

    // What the program returned as its builtins and system calls is what it used.
    vm::Result<void> validate_run() {
        auto pointer = runner_.ap() - kReturnValues;
        auto& builtins = runner_.vm().builtins();
        const auto all = builtins.all();
        for (auto builtin = all.rbegin(); builtin != all.rend(); ++builtin) {
            const auto next = builtins.final_stack(*builtin, pointer);
            if (next.has_error())
                return validation_failed(next.error().message());
            pointer = *next;
        }
        // Each builtin took one cell, so below them is the end of the system calls.
        BX_TRY(const auto syscall_end, memory().get_relocatable(pointer - 1));
        if (syscall_segment_ + memory().used_size(syscall_segment_.segment) != syscall_end)
            return validation_failed("Syscall segment size");
        if (syscall_end != handler_.cursor.at())
            return validation_failed("Syscall segment end");
        if (!handler_.frame.read_only_segments.sizes_unchanged(memory()))
            return validation_failed("Read-only segments");
        return {};
    }

    CallInfo& info_;
    const CompiledClass& compiled_class_;
    ExecutionContext& context_;
    DeprecatedSyscallHandler handler_;
    vm::FunctionRunner runner_;
    vm::Relocatable syscall_segment_;
    boost::container::small_vector<vm::Value, 8> implicit_arguments_;
};

}  // namespace

vm::Result<void> run_cairo0_frame(CallInfo& info, const CompiledClass& compiled_class,
                                  CachedState& state, ExecutionContext& context) {
    BX_CHECK(check_builtins(compiled_class.program_builtins));
    BX_TRY(const auto* entry_point, find_entry_point(compiled_class, info.call));
    return Cairo0Frame(info, compiled_class, state, context).run(*entry_point);
}

}  // namespace blockexecd::executor
