// SPDX-License-Identifier: Apache-2.0
// Walks an error from the call it reached down to its cause, one text segment a level.
#include "executor/calls/error_trace.hpp"

#include <array>
#include <string_view>
#include <vector>

#include "executor/calls/call_error.hpp"
#include "vm/runner/function_runner.hpp"

namespace blockexecd::executor {

namespace {

constexpr std::size_t kTraceLengthCap = 15000;
constexpr std::size_t kTraceExtraCharsSlack = 100;

constexpr std::array<std::string_view, 3> kHeaders{
    "Contract constructor execution has failed:\n",
    "Transaction execution has failed:\n",
    "Transaction validation has failed:\n",
};
constexpr std::array<std::string_view, 3> kPreambles{
    "Error in the called contract",
    "Error in a library call",
    "Error in the contract class constructor",
};

std::string frame_text(std::uint64_t depth, const CallFrame& frame) {
    return std::to_string(depth) + ": " +
           std::string(kPreambles[static_cast<std::size_t>(frame.kind)]) +
           " (contract address: " + frame.contract_address.to_hex_padded() +
           ", class hash: " + frame.class_hash.to_hex_padded() +
           ", selector: " + (frame.selector ? frame.selector->to_hex_padded() : "UNKNOWN") + "):";
}

std::string vm_frame_text(const vm::VmExceptionDetail& detail) {
    auto text = detail.error_attribute + "Error at pc=" + detail.pc.to_string() + ":";
    if (detail.traceback)
        text += "\n" + *detail.traceback;
    return text;
}

class ErrorStack {
  public:
    void push_frame(std::uint64_t depth, const CallFrame& frame) { push(frame_text(depth, frame)); }

    void push_entry_point_error(std::uint64_t depth, const vm::Error& error) {
        const auto detail = error.detail<EntryPointErrorDetail>();
        const auto kind = detail == nullptr ? EntryPointErrorKind::other : detail->kind;
        if (kind == EntryPointErrorKind::execution_failed)
            push(error.message());
        else if (kind == EntryPointErrorKind::run)
            push_run_error(depth, error.cause(), detail->omit_vm_frame);
        else
            push(error.message() + "\n");
    }

    [[nodiscard]] std::string text() const {
        std::string joined;
        for (std::size_t i = 0; i < segments_.size(); ++i)
            joined += (i == 0 ? "" : "\n") + segments_[i];
        return joined.size() > kTraceLengthCap + kTraceExtraCharsSlack ? shortened(joined) : joined;
    }

  private:
    void push(std::string segment) { segments_.push_back(std::move(segment)); }

    void push_run_error(std::uint64_t depth, const vm::Error& error, bool omit_vm_frame) {
        if (error.kind() != vm::ErrorKind::vm_exception) {
            push(error.message());
            return;
        }
        if (const auto detail = error.detail<vm::VmExceptionDetail>();
            detail != nullptr && !omit_vm_frame)
            push(vm_frame_text(*detail));
        push_vm_error(depth, error.cause());
    }

    void push_vm_error(std::uint64_t depth, const vm::Error& error) {
        if (error.kind() == vm::ErrorKind::syscall) {
            push_syscall_error(depth, error);
        } else if (error.kind() == vm::ErrorKind::hint && error.has_cause()) {
            const auto cause = error.cause();
            // A hint that failed with a VM error or in a system call prints that; other hint errors
            // are leaves.
            if (cause.kind() == vm::ErrorKind::virtual_machine ||
                cause.kind() == vm::ErrorKind::hint || cause.kind() == vm::ErrorKind::syscall)
                push_vm_error(depth, cause);
            else
                push(cause.message());
        } else {
            push(error.message() + "\n");
        }
    }

    void push_syscall_error(std::uint64_t depth, const vm::Error& error) {
        if (const auto call = error.detail<CallFrameDetail>()) {
            push_frame(depth, call->frame);
            // A constructor's error is an entry point error at the same depth.
            if (call->frame.kind == CallFrameKind::constructor)
                push_entry_point_error(depth, error.cause());
            else
                push_syscall_error(depth + 1, error.cause());
        } else if (error.detail<EntryPointErrorDetail>() != nullptr) {
            push_entry_point_error(depth, error);
        } else {
            push(error.message());
        }
    }

    // Keeps the beginning and the end; cuts at UTF-8 boundaries, since contracts write parts of the
    // text.
    static std::string shortened(const std::string& text) {
        const auto is_boundary = [&](std::size_t at) {
            return at >= text.size() || (static_cast<unsigned char>(text[at]) & 0xc0) != 0x80;
        };
        std::size_t head_end = kTraceLengthCap / 2;
        while (!is_boundary(head_end))
            --head_end;
        std::size_t tail_start = text.size() - kTraceLengthCap / 2;
        while (!is_boundary(tail_start))
            ++tail_start;
        return text.substr(0, head_end) + "\n\n...\n\n" + text.substr(tail_start);
    }

    std::vector<std::string> segments_;
};

}  // namespace

std::string transaction_error_trace(ErrorStackHeader header, const RootFrame& root,
                                    const vm::Error& error) {
    CallFrame frame{CallFrameKind::call_contract, root.contract_address, root.class_hash,
                    root.selector};
    auto inner = error;
    if (header == ErrorStackHeader::constructor) {
        frame.kind = CallFrameKind::constructor;
        if (const auto call = error.detail<CallFrameDetail>()) {
            frame = call->frame;
            inner = error.cause();
        }
    }
    ErrorStack stack;
    stack.push_frame(0, frame);
    stack.push_entry_point_error(1, inner);
    return std::string(kHeaders[static_cast<std::size_t>(header)]) + stack.text();
}

}  // namespace blockexecd::executor
