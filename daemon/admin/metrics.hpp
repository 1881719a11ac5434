// SPDX-License-Identifier: Apache-2.0
// The metrics in Prometheus's text format. One table says name, kind, help and source.
#pragma once

#include <string>

#include "daemon/engine/engine.hpp"

namespace blockexecd::daemon {

std::string metrics_text(const Engine& engine, const storage::Database& database);

}  // namespace blockexecd::daemon
