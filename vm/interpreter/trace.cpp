// SPDX-License-Identifier: Apache-2.0
// The buffer's other end, and what is remembered about the steps that went through it.
#include "vm/interpreter/trace.hpp"

#include <algorithm>

#include "vm/program/code.hpp"
#include "vm/program/instruction.hpp"

namespace blockexecd::vm {

namespace {

constexpr std::int64_t kOffsetBias = std::int64_t{1} << 15;

void include(std::optional<OffsetLimits>& limits, const Instruction& instruction) {
    for (const std::int64_t offset :
         {instruction.off_dst, instruction.off_op0, instruction.off_op1}) {
        const std::int64_t biased = offset + kOffsetBias;
        if (!limits)
            limits = OffsetLimits{biased, biased};
        limits->min = std::min(limits->min, biased);
        limits->max = std::max(limits->max, biased);
    }
}

}  // namespace

class Trace::Recorder : public TraceSink {
  public:
    void write(std::span<const TraceRecord> records) override {
        records_.insert(records_.end(), records.begin(), records.end());
    }
    void repeat(const TraceRecord& record, std::uint64_t n) override {
        records_.insert(records_.end(), n, record);
    }
    [[nodiscard]] std::span<const TraceRecord> records() const { return records_; }

  private:
    std::vector<TraceRecord> records_;
};

Trace::Trace() = default;
Trace::~Trace() = default;

void Trace::stream(std::uint64_t program_length, TraceSink* sink) {
    buffer_ = std::make_unique_for_overwrite<TraceRecord[]>(kBufferRecords);
    begin_ = next_ = buffer_.get();
    end_ = begin_ + kBufferRecords;
    sink_ = sink;
    executed_.assign(program_length, 0);
}

void Trace::record(std::uint64_t program_length) {
    recorder_ = std::make_unique<Recorder>();
    stream(program_length, recorder_.get());
}

void Trace::push(const Relocatable& pc, std::uint64_t ap, std::uint64_t fp,
                 const Instruction& instruction) {
    include(foreign_limits_, instruction);
    foreign_.push_back(pc);
    push(TraceRecord::kForeign | (foreign_.size() - 1), ap, fp);
}

void Trace::flush() {
    if (next_ == begin_)
        return;
    if (flushed_ == 0)
        first_ = *begin_;
    last_ = next_[-1];
    const std::span<const TraceRecord> records(begin_, next_);
    for (const TraceRecord& record : records)
        if (record.pc < executed_.size())
            executed_[record.pc] = 1;
    if (sink_ != nullptr)
        sink_->write(records);
    flushed_ += records.size();
    next_ = begin_;
}

void Trace::repeat_last(std::uint64_t n) {
    flush();
    if (sink_ != nullptr && n != 0)
        sink_->repeat(last_, n);
    flushed_ += n;
}

TraceEntry Trace::entry(const TraceRecord& record) const {
    if ((record.pc & TraceRecord::kForeign) == 0)
        return {{0, record.pc}, record.ap, record.fp};
    return {foreign_[record.pc & ~TraceRecord::kForeign], record.ap, record.fp};
}

TraceEntry Trace::first() const {
    return entry(flushed_ != 0 ? first_ : *begin_);
}

TraceEntry Trace::last() const {
    return entry(next_ != begin_ ? next_[-1] : last_);
}

std::vector<TraceEntry> Trace::entries() const {
    std::vector<TraceEntry> entries;
    entries.reserve(size());
    for (const std::span<const TraceRecord> part :
         {recorder_->records(), std::span<const TraceRecord>(begin_, next_)})
        for (const TraceRecord& record : part)
            entries.push_back(entry(record));
    return entries;
}

std::optional<OffsetLimits> Trace::offset_limits(const Code& code) const {
    std::vector<std::uint8_t> executed = executed_;
    for (const TraceRecord* record = begin_; record != next_; ++record)
        if (record->pc < executed.size())
            executed[record->pc] = 1;
    std::optional<OffsetLimits> limits = foreign_limits_;
    for (std::uint64_t pc = 0; pc < executed.size(); ++pc)
        if (executed[pc] != 0)
            // It decoded when it was executed.
            include(limits, *decode_instruction(code.cells()[pc].felt()));
    return limits;
}

}  // namespace blockexecd::vm
