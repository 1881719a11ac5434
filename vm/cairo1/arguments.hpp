// SPDX-License-Identifier: Apache-2.0
// Calldata as a user writes it.
#pragma once

#include <string_view>
#include <vector>

#include "vm/error.hpp"
#include "vm/felt/felt.hpp"

namespace blockexecd::vm::cairo1 {

// Felts, decimal (negative ones too) or 0x…, separated by blanks; a list in brackets becomes its
// length and its felts, as Cairo serialises arrays: "7 [1 2]" is 7, 2, 1, 2. Lists may hold lists.
// Errors (kind program): a word that is no felt, brackets that do not match.
[[nodiscard]] Result<std::vector<Felt>> parse_arguments(std::string_view text);

// "[1953719668 ('test'), 5]": the data of a panic, with the text of what is a short string.
[[nodiscard]] std::string panic_text(const std::vector<Felt>& data);

}  // namespace blockexecd::vm::cairo1
