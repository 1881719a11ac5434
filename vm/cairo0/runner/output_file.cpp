// SPDX-License-Identifier: Apache-2.0
// write(2) from one buffer that stays in the cache; the kernel's page cache is the only other copy.
#include "vm/cairo0/runner/output_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <climits>
#include <cstdlib>
#include <cstring>

namespace blockexecd::vm::cairo0 {

namespace {

// Where a symbolic link leads, so that the link stays.
std::string resolved(const std::string& path) {
    char target[PATH_MAX];
    return realpath(path.c_str(), target) != nullptr ? target : path;
}

int open_unnamed() {
    char name[] = "/tmp/cairovm-XXXXXX";
    const int descriptor = mkostemp(name, O_CLOEXEC);
    if (descriptor >= 0)
        unlink(name);
    return descriptor;
}

}  // namespace

Result<std::unique_ptr<OutputFile>> OutputFile::create(const std::string& path) {
    const std::string place = resolved(path);
    std::string partial = place + ".partial";
    struct stat status {};
    int descriptor = -1;
    if (stat(place.c_str(), &status) != 0 || S_ISREG(status.st_mode))
        descriptor = open(partial.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    else if (S_ISDIR(status.st_mode))
        return Error(ErrorKind::program, path + ": cannot be written");
    if (descriptor < 0) {
        // No place beside it: it must be there already, to be written into.
        if (access(place.c_str(), W_OK) != 0)
            return Error(ErrorKind::program, path + ": cannot be written");
        partial.clear();
        descriptor = open_unnamed();
    }
    if (descriptor < 0)
        return Error(ErrorKind::program, path + ": cannot be written");
    return std::unique_ptr<OutputFile>(new OutputFile(place, std::move(partial), descriptor));
}

OutputFile::OutputFile(std::string path, std::string partial_path, int descriptor)
    : path_(std::move(path)),
      partial_path_(std::move(partial_path)),
      descriptor_(descriptor),
      buffer_(std::make_unique_for_overwrite<std::byte[]>(kBufferBytes)),
      next_(buffer_.get()),
      end_(buffer_.get() + kBufferBytes) {}

OutputFile::~OutputFile() {
    if (descriptor_ < 0)
        return;
    close(descriptor_);
    if (!partial_path_.empty())
        unlink(partial_path_.c_str());
}

void OutputFile::write_all(std::span<const std::byte> bytes) {
    while (!bytes.empty() && !failed_) {
        const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            failed_ = true;
        else
            bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
}

void OutputFile::flush() {
    write_all({buffer_.get(), next_});
    next_ = buffer_.get();
}

void OutputFile::write(std::string_view text) {
    while (!text.empty()) {
        const std::size_t part = std::min(text.size(), kBufferBytes);
        std::byte* const to = room(part);
        std::memcpy(to, text.data(), part);
        advance(to + part);
        text.remove_prefix(part);
    }
}

void OutputFile::write(std::span<const std::byte> bytes) {
    flush();
    write_all(bytes);
}

void OutputFile::overwrite(std::uint64_t offset, std::span<const std::byte> bytes) {
    flush();
    if (pwrite(descriptor_, bytes.data(), bytes.size(), static_cast<off_t>(offset)) !=
        static_cast<ssize_t>(bytes.size()))
        failed_ = true;
}

bool OutputFile::read_back(std::uint64_t offset, std::span<std::byte> bytes) {
    flush();
    return pread(descriptor_, bytes.data(), bytes.size(), static_cast<off_t>(offset)) ==
           static_cast<ssize_t>(bytes.size());
}

bool OutputFile::copy_to_place() {
    const int source = descriptor_;
    descriptor_ = open(path_.c_str(), O_WRONLY | O_TRUNC | O_CLOEXEC);
    bool copied = descriptor_ >= 0 && lseek(source, 0, SEEK_SET) == 0;
    while (copied) {
        const ssize_t size = read(source, buffer_.get(), kBufferBytes);
        if (size <= 0) {
            copied = size == 0;
            break;
        }
        write_all({buffer_.get(), static_cast<std::size_t>(size)});
        copied = !failed_;
    }
    close(source);
    return copied;
}

Error OutputFile::error() const {
    return {ErrorKind::program, path_ + ": cannot be written"};
}

Result<void> OutputFile::commit() {
    flush();
    if (failed_)
        return error();
    if (partial_path_.empty()) {
        if (!copy_to_place())
            return error();
    } else if (rename(partial_path_.c_str(), path_.c_str()) != 0) {
        return error();
    }
    partial_path_.clear();
    const int descriptor = descriptor_;
    descriptor_ = -1;
    return close(descriptor) == 0 ? Result<void>() : error();
}

}  // namespace blockexecd::vm::cairo0
