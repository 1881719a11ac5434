// SPDX-License-Identifier: Apache-2.0
// What a run leaves behind step by step: the registers before each step. Steps are collected in a
// small buffer that stays in the cache and go on from there, to memory or to a file, so that a
// traced run needs no more memory than another.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "vm/memory/relocatable.hpp"

namespace blockexecd::vm {

class Code;
struct Instruction;

struct TraceEntry {
    Relocatable pc;
    std::uint64_t ap;
    std::uint64_t fp;
    friend bool operator==(const TraceEntry&, const TraceEntry&) = default;
};

// One step in the order of the trace file. ap and fp are offsets in segment 1; pc is an offset in
// segment 0, or kForeign and an index into Trace::foreign() for a pc of another segment.
struct TraceRecord {
    static constexpr std::uint64_t kForeign = std::uint64_t{1} << 63;
    std::uint64_t ap;
    std::uint64_t fp;
    std::uint64_t pc;
};

// Where full buffers go.
class TraceSink {
  public:
    virtual ~TraceSink() = default;
    virtual void write(std::span<const TraceRecord> records) = 0;
    // The same record n times.
    virtual void repeat(const TraceRecord& record, std::uint64_t n) = 0;
};

// The least and the greatest of some instructions' three offsets, each with 2^15 added: the range
// checks that the steps themselves need.
struct OffsetLimits {
    std::int64_t min;
    std::int64_t max;
};

class Trace {
  public:
    Trace();
    ~Trace();
    Trace(const Trace&) = delete;
    Trace& operator=(const Trace&) = delete;

    // To be called before the first step: what runs is a program of so many words. Keeps everything
    // in memory, for entries().
    void record(std::uint64_t program_length);
    // Hands everything to the sink, which outlives the run; null: only counts, and remembers the
    // instructions.
    void stream(std::uint64_t program_length, TraceSink* sink);
    [[nodiscard]] bool enabled() const { return begin_ != nullptr; }

    // A step at an offset of the program's words. Precondition: enabled().
    void push(std::uint64_t pc, std::uint64_t ap, std::uint64_t fp) {
        if (next_ == end_) [[unlikely]]
            flush();
        *next_++ = {ap, fp, pc};
    }
    // A step anywhere else, with its instruction.
    void push(const Relocatable& pc, std::uint64_t ap, std::uint64_t fp,
              const Instruction& instruction);
    // The last step n times more. Precondition: size() > 0.
    void repeat_last(std::uint64_t n);
    // Hands on what is buffered.
    void flush();

    [[nodiscard]] std::uint64_t size() const {
        return flushed_ + static_cast<std::uint64_t>(next_ - begin_);
    }
    // Preconditions: size() > 0.
    [[nodiscard]] TraceEntry first() const;
    [[nodiscard]] TraceEntry last() const;
    // The pcs outside of the program's words, in the order of the steps.
    [[nodiscard]] const std::vector<Relocatable>& foreign() const { return foreign_; }
    // All steps. Precondition: record() was called.
    [[nodiscard]] std::vector<TraceEntry> entries() const;
    // Over all instructions that were executed, `code` being the program's; nothing before a step.
    [[nodiscard]] std::optional<OffsetLimits> offset_limits(const Code& code) const;

  private:
    class Recorder;
    static constexpr std::size_t kBufferRecords = 4096;
    [[nodiscard]] TraceEntry entry(const TraceRecord& record) const;

    std::unique_ptr<TraceRecord[]> buffer_;
    TraceRecord* begin_ = nullptr;
    TraceRecord* next_ = nullptr;
    TraceRecord* end_ = nullptr;
    std::uint64_t flushed_ = 0;
    TraceRecord first_{};
    TraceRecord last_{};
    std::unique_ptr<Recorder> recorder_;
    TraceSink* sink_ = nullptr;
    std::vector<std::uint8_t> executed_;  // by program word
    std::vector<Relocatable> foreign_;
    std::optional<OffsetLimits> foreign_limits_;
};

}  // namespace blockexecd::vm
