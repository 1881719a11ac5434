// SPDX-License-Identifier: Apache-2.0
// Processor features by the compiler's CPU model, so that the operating system's part (xsave of AVX
// state) is counted. BLOCKEXECD_CPU=adx takes mulx and adcx/adox as given, for tools that run them
// but hide them from programs that ask (callgrind).
#include "vm/felt/cpu.hpp"

#include <cstdlib>
#include <string_view>

namespace blockexecd::vm::cpu {
namespace {

enum class Feature { adx, avx2 };

bool has(Feature feature) {
    const char* const variable = std::getenv("BLOCKEXECD_CPU");
    const std::string_view forced = variable == nullptr ? "" : variable;
    if (forced == "baseline")
        return false;
    if (forced == "adx" && feature == Feature::adx)
        return true;
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
