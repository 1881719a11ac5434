// SPDX-License-Identifier: Apache-2.0
// The memory cell in the layout that the build was configured for (VM_CELL). Each layout defines a
// trivially copyable class Cell with the operations below; all other code is written against them.
//
// Cells in an arena are not constructed: clear() or a store comes first.
//   clear, is_empty, is_accessed, is_relocatable
//   mark_accessed       writes only when the mark is missing, so that shared read-only cells, all
//                       marked, are never written
//   load, felt, relocatable
//                       the value; precondition: not empty, and of the kind
//   prefetch_box        asks for the memory that load will read outside of the cell, if any;
//                       whatever the cell holds
//   store, store_felt, store_relocatable
//                       replace whatever was there, with the mark given; a value that does not fit
//                       the cell goes to a box of the arena, and must live as long as the cell
//   copy, copy_accessed
//                       take the value of a cell that is not empty, unmarked or marked; boxes may
//                       be shared, so those of `from` must live as long
//   same_value          equal whatever the marks; precondition: neither is empty
//   same_raw            marks included: the comparison of the reference's memory ranges
//   kName               the layout's name, as VM_CELL has it
//   kBoxesValues        whether stores may take boxes
//
// What serves the interpreter's common cases answers for a part of the values only:
//   is_small, small     a felt that the layout is quick with: up to kMaxSmall, which is 2^61 - 1 at
//                       least and fits a word
//   is_marked_small     the same, and marked
//   is_address, segment, offset
//                       an address whose parts are at hand; others are only is_relocatable()
//   is_zero, is_u128    exact: the felt 0, a felt below 2^128
//   store_small_accessed, store_address_accessed
//                       any integer, any address
#pragma once

#include <type_traits>

#if defined(VM_CELL_bigint40)
#include "vm/memory/cell_bigint40.hpp"
#elif defined(VM_CELL_limbs48)
#include "vm/memory/cell_limbs48.hpp"
#elif defined(VM_CELL_packed32)
#include "vm/memory/cell_packed32.hpp"
#elif defined(VM_CELL_compact)
#include "vm/memory/cell_compact.hpp"
#else
#error "VM_CELL names no cell layout"
#endif

static_assert(std::is_trivially_copyable_v<blockexecd::vm::Cell>);
