// SPDX-License-Identifier: Apache-2.0
// 128-bit and 256-bit integers as decimal text, which error texts want.
#pragma once

#include <boost/multiprecision/cpp_int.hpp>
#include <string>

#include "executor/types/ids.hpp"

namespace blockexecd::executor {

inline std::string to_decimal(u128 value) {
    return boost::multiprecision::uint128_t(value).str();
}

inline Felt to_felt(u128 value) {
    return Felt::from_u128(static_cast<std::uint64_t>(value),
                           static_cast<std::uint64_t>(value >> 64));
}

}  // namespace blockexecd::executor
