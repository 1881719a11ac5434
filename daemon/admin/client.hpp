// SPDX-License-Identifier: Apache-2.0
// One request to a running daemon's admin endpoint, for the commands that work through it.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "daemon/admin/http.hpp"

namespace blockexecd::daemon {

struct AdminAddress {
    std::string address;
    std::uint16_t port = 0;
};

// Nothing when nobody listens there. Throws std::runtime_error for a connection that fails later.
// `patience`: for the answer; nothing waits for ever.
std::optional<AdminResponse> send_request(const AdminAddress& address, const AdminRequest& request,
                                          std::optional<std::chrono::seconds> patience);

}  // namespace blockexecd::daemon
