// SPDX-License-Identifier: Apache-2.0
// A program's words as the interpreter reads them.
#pragma once

#include <span>

#include "vm/felt/felt.hpp"
#include "vm/program/forms.hpp"

namespace blockexecd::vm {

// Fills one entry a word and two `outside` ones behind them, which need not be initialised.
// `immediate` is 0 where the form has no use for it.
void decode_stream(std::span<const Felt> words, DecodedInstruction* stream);

}  // namespace blockexecd::vm
