// SPDX-License-Identifier: Apache-2.0
// Without a stream: its buffer and locale cost more than most programs' bytes.
#include "vm/cairo0/runner/input_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace blockexecd::vm::cairo0 {

Result<std::string> read_file(const std::string& path) {
    constexpr std::size_t kChunk = 4096;
    const auto unreadable = [&path] {
        return Error(ErrorKind::program, path + ": cannot be read");
    };
    const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return unreadable();
    struct Close {
        int file;
        ~Close() { close(file); }
    } const close_file{file};
    struct stat status {};
    std::string bytes;
    // A regular file ends where it says; others have no size.
    const bool regular = fstat(file, &status) == 0 && S_ISREG(status.st_mode);
    if (regular)
        bytes.resize(static_cast<std::size_t>(status.st_size));
    std::size_t size = 0;
    while (!regular || size != bytes.size()) {
        if (size == bytes.size())
            bytes.resize(size + std::max(size, kChunk));
        const ssize_t got = read(file, bytes.data() + size, bytes.size() - size);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return unreadable();
        if (got == 0)
            break;
        size += static_cast<std::size_t>(got);
    }
    bytes.resize(size);
    return bytes;
}

}  // namespace blockexecd::vm::cairo0
