// SPDX-License-Identifier: Apache-2.0
// Processor features by the compiler's CPU model, so that the operating system's part (xsave of AVX
// state) is counted.
#include "vm/felt/cpu.hpp"

#include <cstdlib>
#include <string_view>

namespace blockexecd::vm::cpu {
namespace {

enum class Feature { adx, avx2 };

bool has(Feature feature) {
    const char* forced = std::getenv("BLOCKEXECD_CPU");
    if (forced != nullptr && std::string_view(forced) == "baseline")
        return false;
#if defined(__x86_64__)
    __builtin_cpu_init();
    switch (feature) {
        case Feature::adx:
            return __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("adx");
        case Feature::avx2:
            return __builtin_cpu_supports("avx2");
    }
#endif
    return false;
}

}  // namespace

const bool kHasAdx = has(Feature::adx);
const bool kHasAvx2 = has(Feature::avx2);

}  // namespace blockexecd::vm::cpu
