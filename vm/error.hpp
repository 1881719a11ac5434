// SPDX-License-Identifier: Apache-2.0
// Failures on the execution path are values. An Error carries the reference's text, because texts
// end up hashed in receipts, and its cause, because the executor walks from a VM error to the
// syscall below it.
#pragma once

#include <boost/system/result.hpp>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>

namespace blockexecd::vm {

// The domain that a failure belongs to; the names follow cairo-vm's error enums.
enum class ErrorKind : std::uint8_t {
    math,             // MathError
    memory,           // MemoryError
    virtual_machine,  // VirtualMachineError, other than the kinds below
    hint,  // VirtualMachineError::Hint: message is the whole text, cause is the hint's own error
    hint_inner,    // HintError
    exec_scope,    // ExecScopeError
    runner,        // RunnerError
    trace,         // TraceError
    program,       // ProgramError: a file or class that cannot be loaded
    vm_exception,  // VmException: cause is the error, detail is a VmExceptionDetail
    host,  // an embedding executor's failure outside of a run: a rejected transaction, a state that
           // cannot be read
    syscall,  // an embedding executor's failure inside a hint; detail is the executor's
};

// Whatever the domain that raised the error wants to keep beside the text (frames, pcs, retdata).
struct ErrorDetail {
    virtual ~ErrorDetail() = default;
};

class Error {
  public:
    // What boost::system::result's error() gives for a result that has a value.
    Error() : Error(ErrorKind::virtual_machine, std::string()) {}
    Error(ErrorKind kind, std::string message)
        : body_(std::make_shared<Body>(Body{kind, std::move(message), {}, {}})) {}
    Error(ErrorKind kind, std::string message, Error cause)
        : body_(
              std::make_shared<Body>(Body{kind, std::move(message), std::move(cause.body_), {}})) {}
    Error(ErrorKind kind, std::string message, std::shared_ptr<const ErrorDetail> detail)
        : body_(std::make_shared<Body>(Body{kind, std::move(message), {}, std::move(detail)})) {}
    Error(ErrorKind kind, std::string message, Error cause,
          std::shared_ptr<const ErrorDetail> detail)
        : body_(std::make_shared<Body>(
              Body{kind, std::move(message), std::move(cause.body_), std::move(detail)})) {}

    [[nodiscard]] ErrorKind kind() const { return body_->kind; }
    // The Display text of the reference.
    [[nodiscard]] const std::string& message() const { return body_->message; }
    [[nodiscard]] bool has_cause() const { return body_->cause != nullptr; }
    // Precondition: has_cause().
    [[nodiscard]] Error cause() const { return Error(body_->cause); }
    // Null unless the detail is a T.
    template <class T>
    [[nodiscard]] std::shared_ptr<const T> detail() const {
        return std::dynamic_pointer_cast<const T>(body_->detail);
    }

  private:
    struct Body {
        ErrorKind kind;
        std::string message;
        std::shared_ptr<const Body> cause;
        std::shared_ptr<const ErrorDetail> detail;
    };
    explicit Error(std::shared_ptr<const Body> body) : body_(std::move(body)) {}
    std::shared_ptr<const Body> body_;
};

// Required by boost::system::result for value() on an error, which is a programming mistake here.
[[noreturn]] inline void throw_exception_from_error(const Error& error,
                                                    const boost::source_location& where) {
    boost::throw_with_location(std::runtime_error(error.message()), where);
}

template <class T>
using Result = boost::system::result<T, Error>;

}  // namespace blockexecd::vm

// Unwraps a Result or returns its error from the enclosing function: BX_TRY(auto x, f());
// BX_CHECK(g());
#define BX_CONCAT_(a, b) a##b
#define BX_CONCAT(a, b) BX_CONCAT_(a, b)
#define BX_TRY_(var, decl, expr)       \
    auto var = (expr);                 \
    if (var.has_error()) [[unlikely]]  \
        return std::move(var).error(); \
    decl = std::move(*var)
#define BX_TRY(decl, ...) BX_TRY_(BX_CONCAT(bx_result_, __LINE__), decl, (__VA_ARGS__))
#define BX_CHECK(...)                                                         \
    do {                                                                      \
        if (auto bx_check = (__VA_ARGS__); bx_check.has_error()) [[unlikely]] \
            return std::move(bx_check).error();                               \
    } while (false)
