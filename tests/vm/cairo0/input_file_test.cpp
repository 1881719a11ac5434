// SPDX-License-Identifier: Apache-2.0
// Whole files of sizes around those that are read at once, from a disk and from a pipe.
#include "vm/cairo0/runner/input_file.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <string>
#include <thread>

#include "tests/vm/cairo0/golden_files.hpp"

namespace blockexecd::vm::cairo0 {
namespace {

constexpr std::array<std::size_t, 8> kSizes{0, 1, 4096, 65535, 65536, 65537, 131072, 300'000};

std::string text_of(std::size_t size) {
    std::string text;
    for (std::size_t i = 0; i < size; ++i)
        text += static_cast<char>(i * i >> 7);
    return text;
}

TEST(InputFile, IsReadWhole) {
    const ScratchFolder scratch;
    for (const std::size_t size : kSizes) {
        const std::string path = scratch.file(std::to_string(size)).string();
        std::ofstream(path, std::ios::binary) << text_of(size);
        const auto bytes = read_file(path);
        ASSERT_TRUE(bytes.has_value()) << bytes.error().message();
        EXPECT_TRUE(*bytes == text_of(size)) << size;
    }
}

TEST(InputFile, MayBeAPipe) {
    for (const std::size_t size : kSizes) {
        std::array<int, 2> ends{};
        ASSERT_EQ(pipe(ends.data()), 0);
        std::thread writer([&] {
            const std::string text = text_of(size);
            std::size_t written = 0;
            while (written != size) {
                const ssize_t n = write(ends[1], text.data() + written, size - written);
                if (n <= 0)
                    break;
                written += static_cast<std::size_t>(n);
            }
            close(ends[1]);
        });
        const auto bytes = read_file("/proc/self/fd/" + std::to_string(ends[0]));
        writer.join();
        close(ends[0]);
        ASSERT_TRUE(bytes.has_value()) << bytes.error().message();
        EXPECT_TRUE(*bytes == text_of(size)) << size;
    }
}

TEST(InputFile, NamesWhatCannotBeRead) {
    for (const std::string path : {"/nowhere/to/be/found", "/"}) {
        const auto bytes = read_file(path);
        ASSERT_TRUE(bytes.has_error());
        EXPECT_EQ(bytes.error().message(), path + ": cannot be read");
    }
}

}  // namespace
}  // namespace blockexecd::vm::cairo0
