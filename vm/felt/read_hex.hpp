// SPDX-License-Identifier: Apache-2.0
// Felt::from_hex() in place, for programs of many words.
#pragma once

#include <string_view>

#include "vm/felt/felt.hpp"

namespace blockexecd::vm {

// False, with `value` as it was, for what is not "0x…" (any case, 1 to 64 digits) below p.
[[nodiscard]] bool read_hex(std::string_view text, Felt& value);

}  // namespace blockexecd::vm
