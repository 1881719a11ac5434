// SPDX-License-Identifier: Apache-2.0
// Failures of storage are values. The code says whose fault it is (a caller's exit code follows
// from it), the message is for a person: it names the path or the archive's file and what to do.
#pragma once

#include <boost/system/result.hpp>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

#include "vm/error.hpp"

namespace blockexecd::storage {

// X(name, text)
#define BLOCKEXECD_STORAGE_ERRORS(X)                                               \
    X(in_use, "another process has the database open")                             \
    X(missing, "there is no database")                                             \
    X(bad_path, "the database's folder cannot be made")                            \
    X(schema, "the database has another schema or is no database of this program") \
    X(corrupt, "stored data is damaged")                                           \
    X(io, "the operating system or RocksDB failed")                                \
    X(archive_invalid, "an archive is damaged or inconsistent")                    \
    X(archive_conflict, "an archive contradicts what is stored")                   \
    X(not_found, "what was asked for is not stored")                               \
    X(misuse, "the request does not fit the state of the database")

enum class ErrorCode : std::uint8_t {
#define X(name, text) name,
    BLOCKEXECD_STORAGE_ERRORS(X)
#undef X
};

constexpr std::string_view error_code_name(ErrorCode code) {
    switch (code) {
#define X(name, text)     \
    case ErrorCode::name: \
        return #name;
        BLOCKEXECD_STORAGE_ERRORS(X)
#undef X
    }
    return "unknown";
}

struct Error {
    ErrorCode code = ErrorCode::io;
    std::string message;
};

// Required by boost::system::result for value() on an error, which is a programming mistake here.
[[noreturn]] inline void throw_exception_from_error(const Error& error,
                                                    const boost::source_location& where) {
    boost::throw_with_location(std::runtime_error(error.message), where);
}

template <class T>
using Result = boost::system::result<T, Error>;

}  // namespace blockexecd::storage
