// SPDX-License-Identifier: Apache-2.0
// Processor features by the compiler's CPU model, so that the operating system's part (xsave of AVX
// state) is counted; adx, which has no such part and which Clang's model does not name, by cpuid.
// BLOCKEXECD_CPU=adx takes mulx and adcx/adox as given, for tools that run them but hide them from
// programs that ask (callgrind).
#include "vm/felt/cpu.hpp"

#if defined(__x86_64__)
#include <cpuid.h>
#endif

#include <cstdlib>
#include <string_view>

namespace blockexecd::vm::cpu {
namespace {

enum class Feature { adx, avx2 };

#if defined(__x86_64__)
// Structured extended features, leaf 7.
bool cpuid_has_adx() {
    unsigned eax = 0, ebx = 0, ecx = 0, edx = 0;
    return __get_cpuid_count(7, 0, &eax, &ebx, &ecx, &edx) != 0 && (ebx & bit_ADX) != 0;
}
#endif

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
            return __builtin_cpu_supports("bmi2") && cpuid_has_adx();
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
