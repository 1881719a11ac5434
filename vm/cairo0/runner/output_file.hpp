// SPDX-License-Identifier: Apache-2.0
// A file that appears under its name only when it is complete: it grows beside its place, through
// one large buffer, and is moved there at the end. Devices and pipes are written at the end
// instead.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "vm/cairo0/runner/byte_sink.hpp"
#include "vm/error.hpp"

namespace blockexecd::vm::cairo0 {

class OutputFile final : public ByteSink {
  public:
    // Error: the file cannot be made. Without commit() nothing is left of it.
    static Result<std::unique_ptr<OutputFile>> create(const std::string& path);
    ~OutputFile() override;
    OutputFile(const OutputFile&) = delete;
    OutputFile& operator=(const OutputFile&) = delete;

    // Room for so many bytes, kBufferBytes at most, to be filled and then taken by advance().
    [[nodiscard]] std::byte* room(std::size_t bytes) {
        if (static_cast<std::size_t>(end_ - next_) < bytes) [[unlikely]]
            flush();
        return next_;
    }
    void advance(std::byte* next) { next_ = next; }
    void write(std::string_view text);
    // Past the buffer, for bytes that are in one already.
    void write(std::span<const std::byte> bytes) override;
    // Replaces bytes that were written.
    void overwrite(std::uint64_t offset, std::span<const std::byte> bytes);
    // Reads back what was written; false when it is not there.
    [[nodiscard]] bool read_back(std::uint64_t offset, std::span<std::byte> bytes);
    // Error: something could not be written.
    Result<void> commit();

    static constexpr std::size_t kBufferBytes = std::size_t{256} << 10;

  private:
    OutputFile(std::string path, std::string partial_path, int descriptor);
    void flush();
    void write_all(std::span<const std::byte> bytes);
    [[nodiscard]] bool copy_to_place();
    [[nodiscard]] Error error() const;

    std::string path_;
    std::string partial_path_;  // empty: an unnamed file, to be copied
    int descriptor_;
    bool failed_ = false;
    std::unique_ptr<std::byte[]> buffer_;
    std::byte* next_;
    std::byte* end_;
};

}  // namespace blockexecd::vm::cairo0
