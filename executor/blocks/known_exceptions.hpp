// SPDX-License-Identifier: Apache-2.0
// What public chains recorded that no faithful execution gives: each with its network, its block,
// the reason and where that is known from. Such a field is reported beside the matches and the
// mismatches, as neither.
#pragma once

#include <span>
#include <string_view>

#include "executor/types/verdict.hpp"

namespace blockexecd::executor {

struct KnownException {
    std::string_view chain_id;
    BlockNumber block = 0;
    std::string_view field;  // as a mismatch names it
    std::string_view reason;
    std::string_view source;
};

std::span<const KnownException> known_exceptions();

// Moves what is known from the verdict's mismatches to its exceptions, and counts the transactions
// that differ in nothing else.
void except_known(std::string_view chain_id, Verdict& verdict);

}  // namespace blockexecd::executor
