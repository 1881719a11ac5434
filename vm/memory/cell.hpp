// SPDX-License-Identifier: Apache-2.0
// The memory cell in the layout that the build was configured for (VM_CELL). All other code is
// written against what the layouts have in common: see cell_packed32.hpp for the meaning of each
// operation.
#pragma once

#if defined(VM_CELL_packed32)
#include "vm/memory/cell_packed32.hpp"
#else
#error "VM_CELL names no cell layout"
#endif
