// SPDX-License-Identifier: Apache-2.0
// The order of checks and effects around a call (specification 6.1, 6.7).
#include "executor/calls/entry_point.hpp"

#include <utility>

#include "executor/calls/call_error.hpp"
#include "executor/calls/entry_point_lookup.hpp"
#include "executor/calls/error_trace.hpp"
#include "executor/calls/frames.hpp"
#include "executor/constants/versioned_constants.hpp"
#include "executor/types/address.hpp"

namespace blockexecd::executor {

namespace {

// A class of accounts that version 0 transactions can rob; calls of such transactions to it are
// refused.
const ClassHash kFaultyClassHash =
    *Felt::from_hex("0x1a7820094feaf82d53f53f214b81292d717e7bb9a92bb2488092cd306f3993f");

class RecursionDepth {
  public:
    explicit RecursionDepth(ExecutionContext& context) : depth_(context.recursion_depth) {
        ++depth_;
    }
    ~RecursionDepth() { --depth_; }
    RecursionDepth(const RecursionDepth&) = delete;
    RecursionDepth& operator=(const RecursionDepth&) = delete;

  private:
    std::uint64_t& depth_;
};

// Once a call counts steps, all calls below it do.
TrackedResource tracked_resource(const CompiledClass& compiled_class,
                                 const ExecutionContext& context) {
    if (context.tracked_resource == TrackedResource::cairo_steps ||
        compiled_class.kind == ClassKind::cairo0)
        return TrackedResource::cairo_steps;
    return compiled_class.sierra_version >= context.constants().min_sierra_version_for_sierra_gas
               ? TrackedResource::sierra_gas
               : TrackedResource::cairo_steps;
}

vm::Error undeclared_class(const ClassHash& class_hash) {
    return entry_point_error(EntryPointErrorKind::other,
                             "Class with hash " + class_hash.to_hex_padded() + " is not declared.");
}

vm::Result<void> run_frame(CallInfo& info, const CompiledClass& compiled_class, CachedState& state,
                           ExecutionContext& context) {
    const auto outer = std::exchange(context.tracked_resource, info.tracked_resource);
    auto result = compiled_class.kind == ClassKind::cairo1
                      ? run_cairo1_frame(info, compiled_class, state, context)
                      : run_cairo0_frame(info, compiled_class, state, context);
    context.tracked_resource = outer;
    return result;
}

// The call as a failed one, if its error is of those that callers may catch; else the error.
vm::Result<void> fail_instead(CallInfo& info, vm::Error error,
                              const VersionedConstants& constants) {
    const auto detail = error.detail<EntryPointErrorDetail>();
    if (detail == nullptr)
        return vm::Error(
            vm::ErrorKind::syscall, error.message(), error,
            std::make_shared<EntryPointErrorDetail>(EntryPointErrorKind::other, false));
    if (!constants.enable_reverts)
        return error;
    switch (detail->kind) {
        case EntryPointErrorKind::entry_point_not_found:
            info.execution.retdata = {constants.os_constants.error_entry_point_not_found};
            break;
        case EntryPointErrorKind::insufficient_entry_point_gas:
            info.execution.retdata = {constants.os_constants.error_out_of_gas};
            break;
        default:
            return error;
    }
    info.execution.failed = true;
    return {};
}

vm::Error execution_failed(const CallInfo& info) {
    return entry_point_error(EntryPointErrorKind::execution_failed,
                             revert_summary(info, RevertSummaryHeader::execution));
}

// The call info of a deployment without a constructor.
vm::Result<CallInfo> empty_constructor(const ConstructorContext& constructor,
                                       const CompiledClass& compiled_class,
                                       const std::vector<Felt>& calldata,
                                       const ExecutionContext& context,
                                       std::uint64_t remaining_gas) {
    if (!calldata.empty())
        return entry_point_error(EntryPointErrorKind::other,
                                 "Invalid input: constructor_calldata; Cannot pass calldata to a "
                                 "contract with no constructor.");
    CallInfo info;
    info.tracked_resource = tracked_resource(compiled_class, context);
    info.call.class_hash = constructor.class_hash;
    info.call.code_address = constructor.code_address;
    info.call.entry_point_type = EntryPointType::constructor;
    info.call.entry_point_selector =
        context.constants().os_constants.constructor_entry_point_selector;
    info.call.storage_address = constructor.storage_address;
    info.call.caller_address = constructor.caller_address;
    info.call.initial_gas = info.tracked_resource == TrackedResource::cairo_steps
                                ? context.constants().infinite_gas_for_vm_mode()
                                : remaining_gas;
    return info;
}

// The deployment's own errors are entry point errors; the caller puts the constructor's frame
// around them.
vm::Result<const EntryPointSelector*> take_address(
    const ConstructorContext& constructor, CachedState& state, ExecutionContext& context,
    std::shared_ptr<const CompiledClass>& compiled_class) {
    const auto& address = constructor.storage_address;
    BX_TRY(const auto current_class_hash, state.class_hash_at(address));
    if (!current_class_hash.is_zero())
        return entry_point_error(
            EntryPointErrorKind::other,
            "Deployment failed: contract already deployed at address " + address.to_hex_padded());
    context.revert_infos.push_back({.contract_address = address,
                                    .original_class_hash = current_class_hash,
                                    .original_values = {},
                                    .n_emitted_events = context.n_emitted_events,
                                    .n_sent_messages_to_l1 = context.n_sent_messages_to_l1});
    // Before the constructor runs: it sees itself deployed.
    BX_CHECK(state.set_class_hash_at(address, constructor.class_hash));
    BX_TRY(compiled_class, state.compiled_class(constructor.class_hash));
    if (compiled_class == nullptr)
        return undeclared_class(constructor.class_hash);
    return constructor_selector(*compiled_class);
}

}  // namespace

vm::Result<CallInfo> execute_call(CallEntryPoint call, CachedState& state,
                                  ExecutionContext& context, std::uint64_t& remaining_gas) {
    const auto& constants = context.constants();
    const RecursionDepth depth(context);
    if (context.recursion_depth > constants.max_recursion_depth)
        return entry_point_error(EntryPointErrorKind::other,
                                 "Execution failed due to recursion depth exceeded.");

    BX_TRY(const auto storage_class_hash, state.class_hash_at(call.storage_address));
    if (storage_class_hash.is_zero())
        return entry_point_error(EntryPointErrorKind::other,
                                 "Requested contract address " +
                                     call.storage_address.to_hex_padded() + " is not deployed.");
    if (call.call_type == CallType::call)
        call.class_hash = storage_class_hash;
    if (context.transaction.version == 0 && call.class_hash == kFaultyClassHash)
        return entry_point_error(EntryPointErrorKind::other, "Fraud attempt blocked.");
    BX_TRY(const auto compiled_class, state.compiled_class(call.class_hash));
    if (compiled_class == nullptr)
        return undeclared_class(call.class_hash);

    context.revert_infos.push_back({.contract_address = call.storage_address,
                                    .original_class_hash = storage_class_hash,
                                    .original_values = {},
                                    .n_emitted_events = context.n_emitted_events,
                                    .n_sent_messages_to_l1 = context.n_sent_messages_to_l1});

    vm::Result<CallInfo> result = CallInfo{};
    auto& info = *result;
    info.call = std::move(call);
    info.tracked_resource = tracked_resource(*compiled_class, context);
    // Steps limit such a call, not gas.
    if (info.tracked_resource == TrackedResource::cairo_steps)
        info.call.initial_gas = constants.infinite_gas_for_vm_mode();
    if (auto run = run_frame(info, *compiled_class, state, context); run.has_error()) {
        BX_CHECK(fail_instead(info, std::move(run).error(), constants));
        return result;
    }
    if (info.execution.failed && !constants.enable_reverts)
        return execution_failed(info);
    remaining_gas -= info.execution.gas_consumed;
    return result;
}

vm::Result<CallInfo> execute_call_non_reverting(CallEntryPoint call, CachedState& state,
                                                ExecutionContext& context,
                                                std::uint64_t& remaining_gas) {
    auto result = execute_call(std::move(call), state, context, remaining_gas);
    if (result.has_error())
        return result;
    context.sierra_gas_revert_tracker.update(result->tracked_resource, remaining_gas);
    if (result->execution.failed)
        return execution_failed(*result);
    return result;
}

vm::Result<CallInfo> execute_deployment(const ConstructorContext& constructor,
                                        std::vector<Felt> calldata, CachedState& state,
                                        ExecutionContext& context, std::uint64_t& remaining_gas) {
    CallFrame frame{CallFrameKind::constructor, constructor.storage_address, constructor.class_hash,
                    std::nullopt};
    std::shared_ptr<const CompiledClass> compiled_class;
    const auto selector = take_address(constructor, state, context, compiled_class);
    if (selector.has_error())
        return call_frame_error(std::move(frame), selector.error());
    auto result = [&]() -> vm::Result<CallInfo> {
        if (*selector == nullptr)
            return empty_constructor(constructor, *compiled_class, calldata, context,
                                     remaining_gas);
        frame.selector = **selector;
        CallEntryPoint call;
        call.code_address = constructor.code_address;
        call.entry_point_type = EntryPointType::constructor;
        call.entry_point_selector = **selector;
        call.calldata = std::move(calldata);
        call.storage_address = constructor.storage_address;
        call.caller_address = constructor.caller_address;
        call.initial_gas = remaining_gas;
        return execute_call_non_reverting(std::move(call), state, context, remaining_gas);
    }();
    if (result.has_error())
        return call_frame_error(std::move(frame), result.error());
    return result;
}

}  // namespace blockexecd::executor
