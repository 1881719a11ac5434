// SPDX-License-Identifier: Apache-2.0
// What the process returns: a job runner decides by it whether to try again. One table;
// docs/operations.md lists it.
#pragma once

#include <string_view>

#include "storage/schema/error.hpp"

namespace blockexecd::daemon {

// X(name, number, meaning)
#define BLOCKEXECD_EXIT_CODES(X)                                                                  \
    X(success, 0, "everything that was executed matched, or the command did what it was asked")   \
    X(mismatches, 1, "at least one computed field differs from what the chain recorded")          \
    X(bad_configuration, 2, "a flag, an environment variable or the configuration file is wrong") \
    X(bad_input, 3,                                                                               \
      "an archive is damaged or does not fit what is stored, or a block is not stored")           \
    X(database_in_use, 4, "another process has the database open")                                \
    X(not_executed, 5,                                                                            \
      "at least one block could not be executed, and none that could be mismatched")              \
    X(unavailable, 6, "no daemon answers, or it is not ready")                                    \
    X(internal_fault, 70, "the database or the operating system failed, or a fault of this program")

enum class ExitCode : int {
#define X(name, number, meaning) name = number,
    BLOCKEXECD_EXIT_CODES(X)
#undef X
};

constexpr std::string_view exit_code_name(ExitCode code) {
    switch (code) {
#define X(name, number, meaning) \
    case ExitCode::name:         \
        return #name;
        BLOCKEXECD_EXIT_CODES(X)
#undef X
    }
    return "unknown";
}

constexpr ExitCode exit_code_of(storage::ErrorCode code) {
    switch (code) {
        case storage::ErrorCode::in_use:
            return ExitCode::database_in_use;
        case storage::ErrorCode::bad_path:
            return ExitCode::bad_configuration;
        case storage::ErrorCode::missing:
        case storage::ErrorCode::schema:
        case storage::ErrorCode::archive_invalid:
        case storage::ErrorCode::archive_conflict:
        case storage::ErrorCode::not_found:
        case storage::ErrorCode::misuse:
            return ExitCode::bad_input;
        case storage::ErrorCode::corrupt:
        case storage::ErrorCode::io:
            return ExitCode::internal_fault;
    }
    return ExitCode::internal_fault;
}

}  // namespace blockexecd::daemon
