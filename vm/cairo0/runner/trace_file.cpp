// SPDX-License-Identifier: Apache-2.0
// Flat addresses start at 1 with the program; the stack comes behind it.
#include "vm/cairo0/runner/trace_file.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

namespace blockexecd::vm::cairo0 {

namespace {

static_assert(std::endian::native == std::endian::little);
static_assert(sizeof(TraceRecord) == 24);
constexpr std::uint64_t kProgramBase = 1;
constexpr std::size_t kBlockRecords = 4096;

TraceRecord flat(const TraceRecord& record, std::uint64_t stack_base) {
    return {record.ap + stack_base, record.fp + stack_base, record.pc + kProgramBase};
}

bool is_foreign(const TraceRecord& record) {
    return (record.pc & TraceRecord::kForeign) != 0;
}

}  // namespace

Result<std::unique_ptr<TraceFile>> TraceFile::create(const std::string& path,
                                                     std::uint64_t program_length) {
    BX_TRY(auto file, OutputFile::create(path));
    return std::unique_ptr<TraceFile>(new TraceFile(std::move(file), program_length));
}

TraceFile::TraceFile(std::unique_ptr<OutputFile> file, std::uint64_t program_length)
    : file_(std::move(file)), stack_base_(kProgramBase + program_length) {}

void TraceFile::write(std::span<const TraceRecord> records) {
    for (const TraceRecord& record : records) {
        if (is_foreign(record)) [[unlikely]]
            foreign_.push_back({records_ + static_cast<std::uint64_t>(&record - records.data()),
                                record.pc & ~TraceRecord::kForeign});
    }
    records_ += records.size();
    constexpr std::size_t kPart = OutputFile::kBufferBytes / 2 / sizeof(TraceRecord);
    for (std::size_t done = 0; done < records.size();) {
        const std::size_t part = std::min(kPart, records.size() - done);
        std::byte* const to = file_->room(part * sizeof(TraceRecord));
        for (std::size_t i = 0; i < part; ++i) {
            const TraceRecord record = flat(records[done + i], stack_base_);
            std::memcpy(to + i * sizeof(record), &record, sizeof(record));
        }
        file_->advance(to + part * sizeof(TraceRecord));
        done += part;
    }
}

void TraceFile::repeat(const TraceRecord& record, std::uint64_t n) {
    if (is_foreign(record))
        for (std::uint64_t i = 0; i < n; ++i)
            foreign_.push_back({records_ + i, record.pc & ~TraceRecord::kForeign});
    records_ += n;
    std::array<TraceRecord, kBlockRecords> block;
    block.fill(flat(record, stack_base_));
    while (n != 0) {
        const std::uint64_t part = std::min<std::uint64_t>(n, block.size());
        file_->write(std::as_bytes(std::span(block).first(part)));
        n -= part;
    }
}

Result<void> TraceFile::place_foreign(const Trace& trace, std::span<const std::uint64_t> table) {
    for (const Foreign& foreign : foreign_) {
        const Relocatable pc = trace.foreign()[foreign.index];
        if (pc.segment < 0 || static_cast<std::size_t>(pc.segment) >= table.size())
            return Error(ErrorKind::trace, "No relocation found for this segment");
        const std::uint64_t address = table[static_cast<std::size_t>(pc.segment)] + pc.offset;
        file_->overwrite(foreign.record * sizeof(TraceRecord) + offsetof(TraceRecord, pc),
                         std::as_bytes(std::span(&address, 1)));
    }
    return {};
}

bool TraceFile::move_stack(std::uint64_t distance) {
    std::vector<TraceRecord> block(kBlockRecords);
    for (std::uint64_t done = 0; done < records_; done += block.size()) {
        block.resize(std::min<std::uint64_t>(kBlockRecords, records_ - done));
        if (!file_->read_back(done * sizeof(TraceRecord), std::as_writable_bytes(std::span(block))))
            return false;
        for (TraceRecord& record : block) {
            record.ap += distance;
            record.fp += distance;
        }
        file_->overwrite(done * sizeof(TraceRecord), std::as_bytes(std::span(block)));
    }
    return true;
}

Result<void> TraceFile::commit(Trace& trace, std::span<const std::uint64_t> relocation_table) {
    trace.flush();
    if (relocation_table[1] != stack_base_ && !move_stack(relocation_table[1] - stack_base_))
        return Error(ErrorKind::program, "the trace file cannot be read back");
    BX_CHECK(place_foreign(trace, relocation_table));
    return file_->commit();
}

}  // namespace blockexecd::vm::cairo0
