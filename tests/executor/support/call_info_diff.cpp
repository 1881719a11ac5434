// SPDX-License-Identifier: Apache-2.0
// A writer that walks both trees in step.
#include "tests/executor/support/call_info_diff.hpp"

#include <algorithm>
#include <string_view>

namespace blockexecd::executor::test {

namespace {

std::string text(const Felt& felt) {
    return felt.to_hex();
}
std::string text(std::uint64_t number) {
    return std::to_string(number);
}
std::string text(bool flag) {
    return flag ? "true" : "false";
}
std::string text(EntryPointType type) {
    return std::to_string(static_cast<int>(type));
}
std::string text(CallType type) {
    return type == CallType::call ? "Call" : "Delegate";
}
std::string text(TrackedResource resource) {
    return resource == TrackedResource::cairo_steps ? "CairoSteps" : "SierraGas";
}
std::string text(const std::optional<Felt>& felt) {
    return felt ? felt->to_hex() : "null";
}
std::string text(const SyscallUsage* usage) {
    return usage == nullptr
               ? "none"
               : std::to_string(usage->call_count) + "+" + std::to_string(usage->linear_factor);
}

class Differ {
  public:
    std::vector<std::string> lines;

    void call_info(const std::string& path, const CallInfo& expected, const CallInfo& actual) {
        call(path + ".call", expected.call, actual.call);
        execution(path + ".execution", expected.execution, actual.execution);
        resources(path + ".resources", expected.resources, actual.resources);
        value(path + ".resources.blake", expected.opcode_blake_count, actual.opcode_blake_count);
        value(path + ".tracked_resource", expected.tracked_resource, actual.tracked_resource);
        storage_access(path + ".storage_access_tracker", expected.storage_access_tracker,
                       actual.storage_access_tracker);
        builtins(path + ".builtin_counters", expected.builtin_counters, actual.builtin_counters);
        value(path + ".builtin_counters.blake", expected.own_blake_count, actual.own_blake_count);
        syscalls(path + ".syscalls_usage", expected.syscalls_usage, actual.syscalls_usage);
        value(path + ".inner_calls.size", expected.inner_calls.size(), actual.inner_calls.size());
        for (std::size_t i = 0;
             i < std::min(expected.inner_calls.size(), actual.inner_calls.size()); ++i)
            call_info(path + ".inner_calls[" + std::to_string(i) + "]", expected.inner_calls[i],
                      actual.inner_calls[i]);
    }

  private:
    void line(const std::string& path, const std::string& expected, const std::string& actual) {
        if (expected != actual)
            lines.push_back(path + ": expected " + expected + ", got " + actual);
    }

    template <class T>
    void value(const std::string& path, const T& expected, const T& actual) {
        line(path, text(expected), text(actual));
    }

    template <class Range>
    void list(const std::string& path, const Range& expected, const Range& actual) {
        value(path + ".size", std::uint64_t{expected.size()}, std::uint64_t{actual.size()});
        auto other = actual.begin();
        std::size_t index = 0;
        for (auto at = expected.begin(); at != expected.end() && other != actual.end();
             ++at, ++other)
            value(path + "[" + std::to_string(index++) + "]", *at, *other);
    }

    void call(const std::string& path, const CallEntryPoint& expected,
              const CallEntryPoint& actual) {
        value(path + ".class_hash", expected.class_hash, actual.class_hash);
        value(path + ".code_address", expected.code_address, actual.code_address);
        value(path + ".entry_point_type", expected.entry_point_type, actual.entry_point_type);
        value(path + ".entry_point_selector", expected.entry_point_selector,
              actual.entry_point_selector);
        list(path + ".calldata", expected.calldata, actual.calldata);
        value(path + ".storage_address", expected.storage_address, actual.storage_address);
        value(path + ".caller_address", expected.caller_address, actual.caller_address);
        value(path + ".call_type", expected.call_type, actual.call_type);
        value(path + ".initial_gas", expected.initial_gas, actual.initial_gas);
    }

    void execution(const std::string& path, const CallExecution& expected,
                   const CallExecution& actual) {
        list(path + ".retdata", expected.retdata, actual.retdata);
        value(path + ".failed", expected.failed, actual.failed);
        value(path + ".gas_consumed", expected.gas_consumed, actual.gas_consumed);
        value(path + ".events.size", expected.events.size(), actual.events.size());
        for (std::size_t i = 0; i < std::min(expected.events.size(), actual.events.size()); ++i) {
            const auto item = path + ".events[" + std::to_string(i) + "]";
            value(item + ".order", expected.events[i].order, actual.events[i].order);
            list(item + ".keys", expected.events[i].keys, actual.events[i].keys);
            list(item + ".data", expected.events[i].data, actual.events[i].data);
        }
        const auto& messages = expected.l2_to_l1_messages;
        const auto& others = actual.l2_to_l1_messages;
        value(path + ".l2_to_l1_messages.size", messages.size(), others.size());
        for (std::size_t i = 0; i < std::min(messages.size(), others.size()); ++i) {
            const auto item = path + ".l2_to_l1_messages[" + std::to_string(i) + "]";
            value(item + ".order", messages[i].order, others[i].order);
            value(item + ".to_address", messages[i].to_address, others[i].to_address);
            list(item + ".payload", messages[i].payload, others[i].payload);
        }
    }

    void builtins(const std::string& path, const vm::BuiltinCounters& expected,
                  const vm::BuiltinCounters& actual) {
        for (std::size_t i = 0; i < vm::kBuiltinCount; ++i)
            value(path + "." + std::string(vm::kBuiltinNames[i]), expected[i], actual[i]);
    }

    void resources(const std::string& path, const vm::ExecutionResources& expected,
                   const vm::ExecutionResources& actual) {
        value(path + ".n_steps", expected.n_steps, actual.n_steps);
        value(path + ".n_memory_holes", expected.n_memory_holes, actual.n_memory_holes);
        builtins(path, expected.builtins, actual.builtins);
    }

    void storage_access(const std::string& path, const StorageAccessTracker& expected,
                        const StorageAccessTracker& actual) {
        list(path + ".storage_read_values", expected.storage_read_values,
             actual.storage_read_values);
        list(path + ".accessed_storage_keys", expected.accessed_storage_keys,
             actual.accessed_storage_keys);
        list(path + ".read_class_hash_values", expected.read_class_hash_values,
             actual.read_class_hash_values);
        list(path + ".accessed_contract_addresses", expected.accessed_contract_addresses,
             actual.accessed_contract_addresses);
        list(path + ".read_block_hash_values", expected.read_block_hash_values,
             actual.read_block_hash_values);
        list(path + ".accessed_blocks", expected.accessed_blocks, actual.accessed_blocks);
    }

    void syscalls(const std::string& path, const SyscallUsages& expected,
                  const SyscallUsages& actual) {
        for (std::size_t i = 0; i < kSyscallCount; ++i) {
            const auto selector = static_cast<SyscallSelector>(i);
            value(path + "." + std::string(syscall_name(selector)), expected.find(selector),
                  actual.find(selector));
        }
    }
};

}  // namespace

std::vector<std::string> diff_call_infos(const std::string& path, const CallInfo& expected,
                                         const CallInfo& actual) {
    Differ differ;
    differ.call_info(path, expected, actual);
    return std::move(differ.lines);
}

std::vector<std::string> diff_call_infos(const std::string& path,
                                         const std::optional<CallInfo>& expected,
                                         const std::optional<CallInfo>& actual) {
    if (expected && actual)
        return diff_call_infos(path, *expected, *actual);
    if (expected.has_value() == actual.has_value())
        return {};
    return {path + (expected ? ": expected a call, got none" : ": expected none, got a call")};
}

}  // namespace blockexecd::executor::test
