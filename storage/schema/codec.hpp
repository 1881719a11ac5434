// SPDX-License-Identifier: Apache-2.0
// Bytes of the stored types, and back. Defined for the types that codec.cpp lists.
#pragma once

#include <string>
#include <string_view>

#include "storage/schema/error.hpp"

namespace blockexecd::storage {

template <class T>
std::string encode(const T& value);

// `what` names the value in errors ("receipts of block 7"). Errors: corrupt, with the byte and the
// reason.
template <class T>
Result<T> decode(std::string_view bytes, std::string_view what);

}  // namespace blockexecd::storage
