// SPDX-License-Identifier: Apache-2.0
// The ZIP archive round a PIE. Reading looks for five entries by name, never writes to a path, and
// takes no more memory than the limits allow, whatever the archive claims.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "vm/error.hpp"

struct archive;

namespace blockexecd::vm::cairo0 {

// Takes the bytes of an entry in pieces; an error ends the reading.
using PieceSink = std::function<Result<void>(std::span<const std::byte>)>;

struct PieLimits {
    // Of each JSON entry, unpacked.
    std::uint64_t json_bytes = std::uint64_t{32} << 20;
    // Cells of the memory, holes included.
    std::uint64_t cells = std::uint64_t{1} << 28;
};

class PieArchiveReader {
  public:
    // From a file, or from bytes that outlive the reader.
    static PieArchiveReader from_file(std::string path) { return {std::move(path), {}}; }
    static PieArchiveReader from_bytes(std::span<const std::byte> bytes) { return {{}, bytes}; }

    // Checks the list of entries. Errors: no ZIP archive, an entry that is no plain file, is
    // encrypted, has a path, or comes twice.
    Result<void> check_entries();
    [[nodiscard]] bool has(std::string_view name) const;
    // Whole. Errors: the entry is missing, damaged, or longer than `limit`.
    Result<std::string> read(std::string_view name, std::uint64_t limit) const;
    // In pieces. Errors: as above, and the sink's.
    Result<void> stream(std::string_view name, const PieceSink& sink) const;

  private:
    PieArchiveReader(std::string path, std::span<const std::byte> bytes)
        : path_(std::move(path)), bytes_(bytes) {}
    [[nodiscard]] Result<std::unique_ptr<archive, int (*)(archive*)>> open() const;

    std::string path_;
    std::span<const std::byte> bytes_;
    std::vector<std::string> names_;
};

class PieArchiveWriter {
  public:
    // Error: the file cannot be made. Without commit() it does not appear.
    static Result<std::unique_ptr<PieArchiveWriter>> create(const std::string& path);
    ~PieArchiveWriter();
    PieArchiveWriter(const PieArchiveWriter&) = delete;
    PieArchiveWriter& operator=(const PieArchiveWriter&) = delete;

    // One entry of exactly so many bytes, which write() then brings.
    void begin(std::string_view name, std::uint64_t bytes);
    void write(std::span<const std::byte> bytes);
    void add(std::string_view name, std::string_view text) {
        begin(name, text.size());
        write(std::as_bytes(std::span(text)));
    }
    // Error: something could not be written.
    Result<void> commit();

  private:
    struct State;
    explicit PieArchiveWriter(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace blockexecd::vm::cairo0
