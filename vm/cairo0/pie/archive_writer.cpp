// SPDX-License-Identifier: Apache-2.0
// Deflated entries with 64-bit sizes, as the reference writes them.
#include <archive.h>
#include <archive_entry.h>

#include "vm/cairo0/pie/archive.hpp"
#include "vm/cairo0/program/json.hpp"
#include "vm/cairo0/runner/output_file.hpp"

namespace blockexecd::vm::cairo0 {

struct PieArchiveWriter::State {
    std::unique_ptr<OutputFile> file;
    std::unique_ptr<archive, int (*)(archive*)> handle{nullptr, archive_write_free};
    bool failed = false;

    void check(bool done) { failed = failed || !done; }
    static la_ssize_t write(archive* /*handle*/, void* state, const void* bytes, std::size_t size) {
        static_cast<State*>(state)->file->write({static_cast<const char*>(bytes), size});
        return static_cast<la_ssize_t>(size);
    }
};

PieArchiveWriter::PieArchiveWriter(std::unique_ptr<State> state) : state_(std::move(state)) {}
PieArchiveWriter::~PieArchiveWriter() = default;

Result<std::unique_ptr<PieArchiveWriter>> PieArchiveWriter::create(const std::string& path) {
    auto state = std::make_unique<State>();
    BX_TRY(state->file, OutputFile::create(path));
    state->handle.reset(archive_write_new());
    archive* const handle = state->handle.get();
    if (handle == nullptr || archive_write_set_format_zip(handle) != ARCHIVE_OK ||
        archive_write_set_options(handle, "zip:compression=deflate,zip:zip64") != ARCHIVE_OK ||
        archive_write_set_bytes_in_last_block(handle, 1) != ARCHIVE_OK ||
        archive_write_open(handle, state.get(), nullptr, State::write, nullptr) != ARCHIVE_OK)
        return program_error(path + ": no ZIP archive can be written");
    return std::unique_ptr<PieArchiveWriter>(new PieArchiveWriter(std::move(state)));
}

void PieArchiveWriter::begin(std::string_view name, std::uint64_t bytes) {
    const std::unique_ptr<archive_entry, void (*)(archive_entry*)> entry(archive_entry_new(),
                                                                         archive_entry_free);
    archive_entry_set_pathname(entry.get(), std::string(name).c_str());
    archive_entry_set_filetype(entry.get(), AE_IFREG);
    archive_entry_set_perm(entry.get(), 0644);
    archive_entry_set_size(entry.get(), static_cast<la_int64_t>(bytes));
    state_->check(archive_write_header(state_->handle.get(), entry.get()) == ARCHIVE_OK);
}

void PieArchiveWriter::write(std::span<const std::byte> bytes) {
    state_->check(archive_write_data(state_->handle.get(), bytes.data(), bytes.size()) ==
                  static_cast<la_ssize_t>(bytes.size()));
}

Result<void> PieArchiveWriter::commit() {
    state_->check(archive_write_close(state_->handle.get()) == ARCHIVE_OK);
    if (state_->failed)
        return program_error("the Cairo PIE cannot be written");
    return state_->file->commit();
}

}  // namespace blockexecd::vm::cairo0
