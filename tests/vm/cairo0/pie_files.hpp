// SPDX-License-Identifier: Apache-2.0
// PIE archives for tests: made by the reference, made here, and made to do harm.
#pragma once

#include <archive.h>
#include <archive_entry.h>

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "tests/vm/cairo0/golden_files.hpp"
#include "vm/cairo0/pie/pie_run.hpp"

namespace blockexecd::vm::cairo0 {

using Entries = std::vector<std::pair<std::string, std::string>>;

// All entries of a ZIP file, unpacked.
inline std::map<std::string, std::string> unpack_zip(const std::string& path) {
    std::map<std::string, std::string> entries;
    archive* const reader = archive_read_new();
    archive_read_support_format_zip(reader);
    EXPECT_EQ(archive_read_open_filename(reader, path.c_str(), 1 << 16), ARCHIVE_OK) << path;
    archive_entry* entry = nullptr;
    while (archive_read_next_header(reader, &entry) == ARCHIVE_OK) {
        std::string& text = entries[archive_entry_pathname(entry)];
        char block[4096];
        for (la_ssize_t size; (size = archive_read_data(reader, block, sizeof(block))) > 0;)
            text.append(block, static_cast<std::size_t>(size));
    }
    archive_read_free(reader);
    return entries;
}

// A ZIP archive in memory. `type`: what every entry claims to be.
inline std::string pack_zip(const Entries& entries, unsigned type = AE_IFREG) {
    std::string bytes;
    archive* const writer = archive_write_new();
    archive_write_set_format_zip(writer);
    archive_write_set_bytes_in_last_block(writer, 1);
    archive_write_open(
        writer, &bytes, nullptr,
        [](archive*, void* to, const void* from, std::size_t size) {
            static_cast<std::string*>(to)->append(static_cast<const char*>(from), size);
            return static_cast<la_ssize_t>(size);
        },
        nullptr);
    for (const auto& [name, text] : entries) {
        archive_entry* const entry = archive_entry_new();
        archive_entry_set_pathname(entry, name.c_str());
        archive_entry_set_filetype(entry, type);
        archive_entry_set_perm(entry, 0644);
        archive_entry_set_size(entry, static_cast<la_int64_t>(text.size()));
        if (type == AE_IFLNK)
            archive_entry_set_symlink(entry, "/etc/passwd");
        archive_write_header(writer, entry);
        archive_write_data(writer, text.data(), text.size());
        archive_entry_free(entry);
    }
    archive_write_close(writer);
    archive_write_free(writer);
    return bytes;
}

inline Result<LoadedPie> load_bytes(const std::string& bytes, const PieLimits& limits = {}) {
    return load_pie(PieArchiveReader::from_bytes(std::as_bytes(std::span(bytes))), limits);
}

// Null text: it ran.
inline std::string run_pie_text(const Result<LoadedPie>& loaded, Layout layout,
                                bool secure_run = true) {
    if (loaded.has_error())
        return loaded.error().message();
    const Cairo0Program program = program_of(loaded->pie.metadata);
    RunResources resources{loaded->pie.n_steps};
    Arena arena;
    ProgramRunner runner(arena, program, std::move(layout),
                         {.secure_run = secure_run, .resources = &resources});
    const auto ran = run_pie(runner, *loaded);
    return ran.has_error() ? ran.error().message() : std::string();
}

}  // namespace blockexecd::vm::cairo0
