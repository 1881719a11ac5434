// SPDX-License-Identifier: Apache-2.0
// The trace file, written while the program runs: ap, fp, pc of each step before it as flat
// addresses, 64-bit little-endian words. Its first addresses are guessed from the program's length;
// a guess that turns out wrong is put right at the end.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "vm/cairo0/runner/output_file.hpp"
#include "vm/interpreter/trace.hpp"

namespace blockexecd::vm::cairo0 {

class TraceFile final : public TraceSink {
  public:
    static Result<std::unique_ptr<TraceFile>> create(const std::string& path,
                                                     std::uint64_t program_length);

    void write(std::span<const TraceRecord> records) override;
    void repeat(const TraceRecord& record, std::uint64_t n) override;
    // Once the run's segments have their places. `relocation_table`: the first flat address of each
    // segment. Errors: NoRelocationFound; the file cannot be written.
    Result<void> commit(Trace& trace, std::span<const std::uint64_t> relocation_table);

  private:
    TraceFile(std::unique_ptr<OutputFile> file, std::uint64_t program_length);
    Result<void> place_foreign(const Trace& trace, std::span<const std::uint64_t> table);
    bool move_stack(std::uint64_t distance);

    std::unique_ptr<OutputFile> file_;
    std::uint64_t stack_base_;
    std::uint64_t records_ = 0;
    // Where the pcs of other segments are, in the order of Trace::foreign(); of a repeated one all
    // places.
    struct Foreign {
        std::uint64_t record;
        std::uint64_t index;
    };
    std::vector<Foreign> foreign_;
};

}  // namespace blockexecd::vm::cairo0
