// SPDX-License-Identifier: Apache-2.0
// Without a stream: its buffer and locale cost more than most programs' bytes.
#include "vm/cairo0/runner/input_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstddef>
#include <optional>
#include <span>

namespace blockexecd::vm::cairo0 {

namespace {

// Bytes read until `room` is full or the file ends; nothing when that fails.
std::optional<std::size_t> read_up_to(int file, std::span<char> room) {
    std::size_t size = 0;
    while (size != room.size()) {
        const ssize_t got = read(file, room.data() + size, room.size() - size);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return std::nullopt;
        if (got == 0)
            break;
        size += static_cast<std::size_t>(got);
    }
    return size;
}

}  // namespace

Result<std::string> read_file(const std::string& path) {
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
    // Most programs fit here: nothing is cleared for them, and nobody is asked for their size.
    std::array<char, std::size_t{64} << 10> start;
    const auto started = read_up_to(file, start);
    if (!started)
        return unreadable();
    std::string bytes(start.data(), *started);
    if (bytes.size() < start.size())
        return bytes;
    // One more than a regular file says that it has, so that its end is seen. Others say nothing.
    struct stat status {};
    const bool regular = fstat(file, &status) == 0 && S_ISREG(status.st_mode);
    const std::size_t expected = regular ? static_cast<std::size_t>(status.st_size) + 1 : 0;
    std::size_t size = bytes.size();
    while (size == bytes.size()) {
        bytes.resize(expected > size ? expected : 2 * size);
        const auto got = read_up_to(file, std::span(bytes).subspan(size));
        if (!got)
            return unreadable();
        size += *got;
    }
    bytes.resize(size);
    return bytes;
}

}  // namespace blockexecd::vm::cairo0
