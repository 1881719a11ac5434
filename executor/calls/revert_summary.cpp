// SPDX-License-Identifier: Apache-2.0
// The summary of a Cairo 1 panic: the chain of calls that it went through, and its data, in a
// bounded number of bytes.
#include <algorithm>
#include <string_view>
#include <vector>

#include "executor/calls/error_trace.hpp"
#include "executor/calls/panic_data.hpp"

namespace blockexecd::executor {

namespace {

constexpr std::size_t kTraceLengthCap = 15000;
constexpr std::string_view kTruncationSeparator = "\n...";
constexpr std::string_view kTail = ".\n";

std::string frame_text(const CallInfo& call) {
    return "Error in contract (contract address: " + call.call.storage_address.to_hex_padded() +
           ", class hash: " + call.call.class_hash.to_hex_padded() +
           ", selector: " + call.call.entry_point_selector.to_hex_padded() + "):";
}

// A frame's text and its newline.
std::size_t frame_length() {
    static const std::size_t length = frame_text(CallInfo{}).size() + 1;
    return length;
}

// The longest prefix of at most n characters (UTF-8 code points, as the reference counts here).
std::string_view take_characters(std::string_view text, std::size_t n) {
    std::size_t at = 0;
    while (at < text.size() && n > 0) {
        ++at;
        while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xc0) == 0x80)
            ++at;
        --n;
    }
    return text.substr(0, at);
}

std::string truncated(std::string_view text) {
    return std::string(take_characters(text, kTraceLengthCap - kTruncationSeparator.size())) +
           std::string(kTruncationSeparator);
}

// From the root along the one inner call whose panic each call passed on; empty when it cannot be
// told.
std::vector<const CallInfo*> failing_chain(const CallInfo& root) {
    static const Felt entrypoint_failed = Felt::from_ascii("ENTRYPOINT_FAILED");
    std::vector<const CallInfo*> chain;
    const auto* call = &root;
    while (call->execution.failed) {
        chain.push_back(call);
        const auto& retdata = call->execution.retdata;
        if (retdata.empty() || retdata.back() != entrypoint_failed)
            break;
        const auto passed_on = [&](const CallInfo& inner) {
            const auto& inner_retdata = inner.execution.retdata;
            return inner.execution.failed && std::equal(inner_retdata.begin(), inner_retdata.end(),
                                                        retdata.begin(), retdata.end() - 1);
        };
        if (std::ranges::count_if(call->inner_calls, passed_on) != 1)
            return {};
        call = &*std::ranges::find_if(call->inner_calls, passed_on);
    }
    return chain;
}

std::string join_lines(std::string_view header, std::span<const CallInfo* const> frames,
                       std::string_view separator, const CallInfo* last_frame,
                       const std::string& failure_reason) {
    std::string text(header);
    for (const auto* frame : frames)
        text += "\n" + frame_text(*frame);
    if (last_frame != nullptr)
        text += "\n" + std::string(separator) + "\n" + frame_text(*last_frame);
    return text + "\n" + failure_reason + std::string(kTail);
}

}  // namespace

std::string revert_summary(const CallInfo& root, RevertSummaryHeader summary_header) {
    const std::string_view header = summary_header == RevertSummaryHeader::execution
                                        ? "Execution failed. Failure reason:"
                                        : "The `validate` entry point panicked with:";
    const auto chain = failing_chain(root);
    const auto& last = chain.empty() ? root : *chain.back();
    const auto failure_reason = format_panic_data(last.execution.retdata);

    // The reason goes before the frames when there is no room for both.
    const std::size_t shortest_frames = 2 * frame_length() + kTruncationSeparator.size();
    const auto without_frames =
        std::string(header) + "\n" + failure_reason + "\n" + std::string(kTail);
    if (without_frames.size() >= kTraceLengthCap - shortest_frames - 1)
        return without_frames.size() <= kTraceLengthCap ? without_frames
                                                        : truncated(without_frames);

    const auto whole = join_lines(header, chain, {}, nullptr, failure_reason);
    if (whole.size() <= kTraceLengthCap)
        return whole;

    const std::size_t excess = whole.size() - kTraceLengthCap + kTruncationSeparator.size();
    const std::size_t n_dropped = (excess + frame_length() - 1) / frame_length();
    // The text above was short enough without frames, so there are more of them than are dropped.
    const auto kept = std::span(chain).first(chain.size() - n_dropped - 1);
    const auto shortened =
        join_lines(header, kept, kTruncationSeparator, chain.back(), failure_reason);
    return shortened.size() <= kTraceLengthCap ? shortened : truncated(shortened);
}

}  // namespace blockexecd::executor
