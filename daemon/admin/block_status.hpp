// SPDX-License-Identifier: Apache-2.0
// What is known of one block's execution, with a verdict for each transaction.
#pragma once

#include <boost/json/object.hpp>

#include "storage/database/results.hpp"

namespace blockexecd::daemon {

// Errors: not_found names the stored range.
storage::Result<boost::json::object> block_status(const storage::Database& database,
                                                  storage::StateMode mode,
                                                  executor::BlockNumber number);

}  // namespace blockexecd::daemon
