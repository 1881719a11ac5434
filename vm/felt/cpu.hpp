// SPDX-License-Identifier: Apache-2.0
// What the processor can do beyond baseline x86-64, asked once at start-up; everything that
// dispatches on it reads these. BLOCKEXECD_CPU=baseline in the environment forces the portable
// paths.
#pragma once

namespace blockexecd::vm::cpu {

// False during static initialisation of other files: the portable paths then give the same results.
// mulx and adcx/adox.
extern const bool kHasAdx;
extern const bool kHasAvx2;

}  // namespace blockexecd::vm::cpu
