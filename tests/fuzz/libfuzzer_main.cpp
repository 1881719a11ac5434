// SPDX-License-Identifier: Apache-2.0
// libFuzzer's entry points; the target is named by the environment variable BLOCKEXECD_FUZZ_TARGET.
#include <cstddef>
#include <cstdio>
#include <cstdlib>

#include "tests/fuzz/target.hpp"

namespace {

const blockexecd::fuzz::Target* target = nullptr;

}  // namespace

extern "C" int LLVMFuzzerInitialize(int* /*argc*/, char*** /*argv*/) {
    const char* const name = std::getenv("BLOCKEXECD_FUZZ_TARGET");
    target = blockexecd::fuzz::find_target(name == nullptr ? "" : name);
    if (target == nullptr) {
        std::fputs("BLOCKEXECD_FUZZ_TARGET names no target; they are:\n", stderr);
        for (const auto& each : blockexecd::fuzz::targets())
            std::fprintf(stderr, "  %.*s\n", static_cast<int>(each.name.size()), each.name.data());
        std::exit(2);
    }
    return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    target->run({data, size});
    return 0;
}
