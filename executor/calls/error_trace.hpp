// SPDX-License-Identifier: Apache-2.0
// The text of an execution error: it is a receipt's revert reason, so it equals the reference's
// byte for byte (specification 6.9).
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "executor/calls/call_info.hpp"
#include "executor/types/ids.hpp"
#include "vm/error.hpp"

namespace blockexecd::executor {

enum class ErrorStackHeader : std::uint8_t { constructor, execution, validation };

// The call that a transaction's stage began with. class_hash is that of the address before the run;
// for a failed deployment, class and selector of the constructor.
struct RootFrame {
    ContractAddress contract_address;
    ClassHash class_hash;
    std::optional<EntryPointSelector> selector;
};

// error: from execute_call, execute_call_non_reverting; for the header `constructor` from
// execute_deployment, whose frame then comes from the error and `root` is not looked at.
std::string transaction_error_trace(ErrorStackHeader header, const RootFrame& root,
                                    const vm::Error& error);

enum class RevertSummaryHeader : std::uint8_t { execution, validation };

// The chain of failed calls that led to the panic, and its panic data. Precondition: none; a root
// that did not fail gives its return data without frames.
std::string revert_summary(const CallInfo& root, RevertSummaryHeader header);

}  // namespace blockexecd::executor
