// SPDX-License-Identifier: Apache-2.0
// libarchive's ZIP reader over the central directory. Each reading goes through the archive once
// more: five entries are not worth an index.
#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <array>

#include "vm/cairo0/pie/archive.hpp"
#include "vm/cairo0/program/json.hpp"

namespace blockexecd::vm::cairo0 {

namespace {

constexpr std::array<std::string_view, 5> kEntries{"version.json", "metadata.json", "memory.bin",
                                                   "additional_data.json",
                                                   "execution_resources.json"};
constexpr std::size_t kBlockBytes = std::size_t{64} << 10;
// Names are few; whoever lists more has no PIE.
constexpr std::size_t kMaxEntries = 64;

using Handle = std::unique_ptr<archive, int (*)(archive*)>;

Error damaged(archive* handle) {
    const char* const reason = archive_error_string(handle);
    return program_error(std::string("Cairo PIE: the ZIP archive is damaged: ") +
                         (reason == nullptr ? "unknown reason" : reason));
}

bool is_known(std::string_view name) {
    return std::ranges::find(kEntries, name) != kEntries.end();
}

// What a PIE's entry may not be.
const char* objection(archive_entry* entry, std::string_view name) {
    if (archive_entry_filetype(entry) != AE_IFREG)
        return "is no plain file";
    if (archive_entry_is_encrypted(entry) != 0)
        return "is encrypted";
    if (name.find_first_of("/\\") != std::string_view::npos || name == "..")
        return "has a path";
    return nullptr;
}

std::string_view name_of(archive_entry* entry) {
    const char* const name = archive_entry_pathname(entry);
    return name == nullptr ? std::string_view() : name;
}

}  // namespace

Result<Handle> PieArchiveReader::open() const {
    Handle handle(archive_read_new(), archive_read_free);
    if (handle == nullptr)
        return program_error("Cairo PIE: out of memory");
    archive_read_support_format_zip_seekable(handle.get());
    const int opened = path_.empty()
                           ? archive_read_open_memory(handle.get(), bytes_.data(), bytes_.size())
                           : archive_read_open_filename(handle.get(), path_.c_str(), kBlockBytes);
    if (opened != ARCHIVE_OK)
        return damaged(handle.get());
    return handle;
}

Result<void> PieArchiveReader::check_entries() {
    BX_TRY(const Handle handle, open());
    archive_entry* entry = nullptr;
    std::size_t count = 0;
    int status = ARCHIVE_OK;
    while ((status = archive_read_next_header(handle.get(), &entry)) == ARCHIVE_OK ||
           status == ARCHIVE_WARN) {
        const std::string name(name_of(entry).substr(0, 256));
        if (++count > kMaxEntries)
            return program_error("Cairo PIE: too many entries");
        if (const char* const reason = objection(entry, name))
            return program_error("Cairo PIE: the entry " + name + " " + reason);
        if (std::ranges::find(names_, name) != names_.end())
            return program_error("Cairo PIE: the entry " + name + " comes twice");
        if (is_known(name))
            names_.push_back(name);
    }
    return status == ARCHIVE_EOF ? Result<void>() : damaged(handle.get());
}

bool PieArchiveReader::has(std::string_view name) const {
    return std::ranges::find(names_, name) != names_.end();
}

Result<void> PieArchiveReader::stream(std::string_view name, const PieceSink& sink) const {
    if (!has(name))
        return program_error("Cairo PIE: the entry " + std::string(name) + " is missing");
    BX_TRY(const Handle handle, open());
    archive_entry* entry = nullptr;
    do {
        const int status = archive_read_next_header(handle.get(), &entry);
        if (status != ARCHIVE_OK && status != ARCHIVE_WARN)
            return damaged(handle.get());
    } while (name_of(entry) != name);
    std::array<std::byte, kBlockBytes> block;
    while (true) {
        const la_ssize_t size = archive_read_data(handle.get(), block.data(), block.size());
        if (size < 0)
            return damaged(handle.get());
        if (size == 0)
            return {};
        BX_CHECK(sink(std::span(block).first(static_cast<std::size_t>(size))));
    }
}

Result<std::string> PieArchiveReader::read(std::string_view name, std::uint64_t limit) const {
    std::string text;
    BX_CHECK(stream(name, [&](std::span<const std::byte> piece) -> Result<void> {
        if (text.size() + piece.size() > limit)
            return program_error("Cairo PIE: the entry " + std::string(name) + " is longer than " +
                                 std::to_string(limit) + " bytes");
        text.append(reinterpret_cast<const char*>(piece.data()), piece.size());
        return {};
    }));
    return text;
}

}  // namespace blockexecd::vm::cairo0
