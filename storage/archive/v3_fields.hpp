// SPDX-License-Identifier: Apache-2.0
// The fields that transactions of version 3 have, in the gateway's JSON and in re-execution files,
// which name two of them otherwise.
#pragma once

#include <cstdint>
#include <string_view>

#include "executor/types/transaction.hpp"
#include "storage/archive/json_reader.hpp"

namespace blockexecd::storage {

struct V3Form {
    std::string_view l1_data_gas;  // the key of these bounds, which old transactions lack
    // Reads the data availability mode with this key: 0 or 1.
    std::uint8_t (*data_availability_mode)(const JsonNode& transaction, std::string_view key);
};

// What is wrong is in the node's file.
void read_v3_fields(const JsonNode& json, const V3Form& form, executor::Transaction& transaction);

}  // namespace blockexecd::storage
