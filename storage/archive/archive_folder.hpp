// SPDX-License-Identifier: Apache-2.0
// An archive as a folder of files, whatever form it came in: a packed one is unpacked into a
// temporary folder, which goes with the object.
#pragma once

#include <filesystem>
#include <string>

#include "storage/schema/error.hpp"

namespace blockexecd::storage {

class ArchiveFolder {
  public:
    // A folder, or a tar file of one (compressed by anything libarchive knows; chain.json at its
    // top or one level below). Errors: archive_invalid (not there, not an archive, cut off), io.
    static Result<ArchiveFolder> open(const std::filesystem::path& archive);
    ~ArchiveFolder();
    ArchiveFolder(ArchiveFolder&& other) noexcept;
    ArchiveFolder& operator=(ArchiveFolder&& other) noexcept;

    [[nodiscard]] const std::filesystem::path& root() const { return root_; }
    // What errors call a file of the archive: its name inside the archive, after the archive's own.
    [[nodiscard]] std::string describe(const std::string& file) const {
        return name_ + ": " + file;
    }

  private:
    ArchiveFolder() = default;

    std::string name_;
    std::filesystem::path root_;
    std::filesystem::path temporary_;  // removed at the end; empty if there is none
};

// Unpacks a tar file's regular files below `folder`, which is made. Errors as above; also for a
// name that leaves the folder.
Result<void> unpack(const std::filesystem::path& archive, const std::filesystem::path& folder);

// Packs a folder's files, sorted by name and without times and owners, into a .tar.zst file: equal
// content, equal bytes.
Result<void> pack(const std::filesystem::path& folder, const std::filesystem::path& archive);

}  // namespace blockexecd::storage
