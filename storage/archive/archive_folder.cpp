// SPDX-License-Identifier: Apache-2.0
#include "storage/archive/archive_folder.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <stdlib.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <memory>
#include <utility>
#include <vector>

namespace blockexecd::storage {

namespace fs = std::filesystem;

namespace {

using Reader = std::unique_ptr<archive, decltype(&archive_read_free)>;
using Writer = std::unique_ptr<archive, decltype(&archive_write_free)>;
using Entry = std::unique_ptr<archive_entry, decltype(&archive_entry_free)>;

Error unreadable(const fs::path& path, const std::string& reason) {
    return {ErrorCode::archive_invalid, path.string() + ": " + reason};
}

std::string reason_of(archive* handle) {
    const char* const text = archive_error_string(handle);
    return text == nullptr ? "unknown failure" : text;
}

// Relative, and below the folder that it is unpacked into.
bool is_inside(const fs::path& name) {
    return !name.empty() && name.is_relative() &&
           std::none_of(name.begin(), name.end(),
                        [](const fs::path& part) { return part == ".."; });
}

Result<void> copy_out(archive* reader, const fs::path& target, const fs::path& archive) {
    std::error_code failed;
    fs::create_directories(target.parent_path(), failed);
    std::ofstream file(target, std::ios::binary);
    std::array<char, 1 << 16> buffer{};
    for (;;) {
        const auto size = archive_read_data(reader, buffer.data(), buffer.size());
        if (size < 0)
            return unreadable(archive, "damaged: " + reason_of(reader));
        if (size == 0)
            break;
        file.write(buffer.data(), size);
    }
    file.close();
    if (!file)
        return Error{ErrorCode::io, "cannot write " + target.string()};
    return {};
}

}  // namespace

Result<void> unpack(const fs::path& path, const fs::path& folder) {
    const Reader reader(archive_read_new(), archive_read_free);
    archive_read_support_filter_all(reader.get());
    archive_read_support_format_tar(reader.get());
    if (archive_read_open_filename(reader.get(), path.c_str(), 1 << 16) != ARCHIVE_OK)
        return unreadable(path,
                          "neither an archive's folder nor a tar file: " + reason_of(reader.get()));
    for (;;) {
        archive_entry* entry = nullptr;
        const auto code = archive_read_next_header(reader.get(), &entry);
        if (code == ARCHIVE_EOF)
            return {};
        if (code != ARCHIVE_OK)
            return unreadable(path, "neither an archive's folder nor a tar file, or damaged: " +
                                        reason_of(reader.get()));
        if (archive_entry_filetype(entry) != AE_IFREG)
            continue;
        const auto name = fs::path(archive_entry_pathname(entry)).lexically_normal();
        if (!is_inside(name))
            return unreadable(path,
                              "holds a file outside of its folder: \"" + name.string() + "\"");
        BX_CHECK(copy_out(reader.get(), folder / name, path));
    }
}

Result<void> pack(const fs::path& folder, const fs::path& path) {
    std::vector<fs::path> names;
    std::error_code failed;
    for (const auto& file : fs::recursive_directory_iterator(folder, failed))
        if (file.is_regular_file())
            names.push_back(fs::relative(file.path(), folder));
    std::sort(names.begin(), names.end());
    const Writer writer(archive_write_new(), archive_write_free);
    const auto checked = [&](int code) -> Result<void> {
        if (code < ARCHIVE_OK)
            return Error{ErrorCode::io,
                         "cannot write " + path.string() + ": " + reason_of(writer.get())};
        return {};
    };
    BX_CHECK(checked(archive_write_set_format_ustar(writer.get())));
    BX_CHECK(checked(archive_write_add_filter_zstd(writer.get())));
    BX_CHECK(
        checked(archive_write_set_filter_option(writer.get(), "zstd", "compression-level", "9")));
    BX_CHECK(checked(archive_write_open_filename(writer.get(), path.c_str())));
    for (const auto& name : names) {
        std::ifstream file(folder / name, std::ios::binary);
        const std::string content{std::istreambuf_iterator<char>(file), {}};
        if (!file)
            return Error{ErrorCode::io, "cannot read " + (folder / name).string()};
        const Entry entry(archive_entry_new(), archive_entry_free);
        archive_entry_set_pathname(entry.get(), name.c_str());
        archive_entry_set_filetype(entry.get(), AE_IFREG);
        archive_entry_set_perm(entry.get(), 0644);
        archive_entry_set_size(entry.get(), static_cast<la_int64_t>(content.size()));
        BX_CHECK(checked(archive_write_header(writer.get(), entry.get())));
        if (archive_write_data(writer.get(), content.data(), content.size()) !=
            static_cast<la_ssize_t>(content.size()))
            return Error{ErrorCode::io,
                         "cannot write " + path.string() + ": " + reason_of(writer.get())};
    }
    return checked(archive_write_close(writer.get()));
}

Result<ArchiveFolder> ArchiveFolder::open(const fs::path& path) {
    ArchiveFolder folder;
    folder.name_ = path.string();
    std::error_code failed;
    if (fs::is_directory(path, failed)) {
        folder.root_ = path;
        return folder;
    }
    if (!fs::exists(path, failed))
        return unreadable(path, "there is no such file or folder");
    auto pattern = (fs::temp_directory_path(failed) / "blockexecd-archive-XXXXXX").string();
    if (failed || mkdtemp(pattern.data()) == nullptr)
        return Error{ErrorCode::io,
                     "cannot make a temporary folder " + pattern + " (TMPDIR names another place)"};
    folder.temporary_ = pattern;
    folder.root_ = folder.temporary_;
    BX_CHECK(unpack(path, folder.temporary_));
    // Packed with its own folder around it.
    if (!fs::exists(folder.root_ / "chain.json", failed)) {
        const std::vector<fs::directory_entry> top(fs::directory_iterator(folder.root_, failed),
                                                   {});
        if (top.size() == 1 && top.front().is_directory())
            folder.root_ = top.front().path();
    }
    return folder;
}

ArchiveFolder::~ArchiveFolder() {
    if (!temporary_.empty()) {
        std::error_code ignored;  // a leftover in the temporary folder harms nobody
        fs::remove_all(temporary_, ignored);
    }
}

ArchiveFolder::ArchiveFolder(ArchiveFolder&& other) noexcept {
    *this = std::move(other);
}

ArchiveFolder& ArchiveFolder::operator=(ArchiveFolder&& other) noexcept {
    std::swap(name_, other.name_);
    std::swap(root_, other.root_);
    std::swap(temporary_, other.temporary_);
    return *this;
}

}  // namespace blockexecd::storage
