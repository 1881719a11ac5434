// SPDX-License-Identifier: Apache-2.0
// Test support: system calls of a Cairo 1 program.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "executor/syscalls/syscall_handler.hpp"
#include "tests/executor/syscalls/syscall_fixture.hpp"

namespace blockexecd::executor::test {

class Cairo1Syscalls : public SyscallFixture<SyscallHandler> {
  protected:
    using SyscallFixture::SyscallFixture;

    vm::Result<void> call_with_gas(std::string_view name, std::uint64_t gas,
                                   const std::vector<vm::Value>& request) {
        std::vector<vm::Value> values{Felt::from_ascii(name), gas};
        values.insert(values.end(), request.begin(), request.end());
        write(values);
        return handler->system_call(*machine);
    }
    vm::Result<void> call(std::string_view name, const std::vector<vm::Value>& request) {
        return call_with_gas(name, kGas, request);
    }
    // The text of a call that ends the run.
    std::string error_of(std::string_view name, const std::vector<vm::Value>& request) {
        const auto result = call(name, request);
        return result.has_error() ? result.error().message() : "no error";
    }
    // The felts of a call that fails softly, joined as text; its gas is not looked at.
    std::string failure_of(std::string_view name, const std::vector<vm::Value>& request) {
        const auto result = call(name, request);
        if (result.has_error())
            return "error: " + result.error().message();
        return failure();
    }
    [[nodiscard]] std::string failure() const {
        if (response(1) != vm::Value(Felt(1)))
            return "no failure";
        std::string text;
        for (const auto& felt : response_array(2)) {
            std::string name;
            for (const auto byte : felt.to_bytes_be())
                if (byte != 0)
                    name.push_back(static_cast<char>(byte));
            text += (text.empty() ? "" : ", ") + name;
        }
        return text;
    }
    [[nodiscard]] Felt gas_left() const { return response(0).felt(); }
};

}  // namespace blockexecd::executor::test
