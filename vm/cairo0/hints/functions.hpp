// SPDX-License-Identifier: Apache-2.0
// The hint functions, one for each row of hint_table.inc. Each is named after the hint's text in
// hint_texts.inc; texts that differ only in form share one function.
#pragma once

#include "vm/cairo0/hints/context.hpp"
#include "vm/cairo0/hints/curves.hpp"
#include "vm/cairo0/hints/limbs.hpp"

namespace blockexecd::vm::cairo0 {

#define X(name, function) Result<void> function(HintContext& h);
#include "vm/cairo0/hints/hint_table.inc"
#undef X

// Fails with the hint's text. Error: UnknownHint.
Result<void> unknown_hint(HintContext& h);

}  // namespace blockexecd::vm::cairo0
