// SPDX-License-Identifier: Apache-2.0
// Test support: what a run would write to a file, in memory.
#pragma once

#include <string>

#include "vm/cairo0/runner/byte_sink.hpp"

namespace blockexecd::vm::random {

struct StringSink final : cairo0::ByteSink {
    std::string bytes;
    void write(std::span<const std::byte> piece) override {
        bytes.append(reinterpret_cast<const char*>(piece.data()), piece.size());
    }
};

}  // namespace blockexecd::vm::random
