// SPDX-License-Identifier: Apache-2.0
// A transaction in the JSON form of the reference's own types: {"Invoke": {"V3": {…}}}.
#pragma once

#include "executor/types/transaction.hpp"
#include "storage/archive/json_reader.hpp"

namespace blockexecd::storage {

// Without its hash. What is wrong is in the node's file.
executor::Transaction read_reexecution_transaction(const JsonNode& transaction);

}  // namespace blockexecd::storage
