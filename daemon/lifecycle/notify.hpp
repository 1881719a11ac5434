// SPDX-License-Identifier: Apache-2.0
// What systemd is told about the process's life. Without systemd (no NOTIFY_SOCKET) all of it does
// nothing.
#pragma once

#include <chrono>
#include <optional>
#include <string>

namespace blockexecd::daemon {

void notify_ready();
void notify_reloading();
void notify_stopping();
// One line for `systemctl status`.
void notify_status(const std::string& status);
void notify_watchdog();

// How often to call notify_watchdog: half of WatchdogSec=; nothing without one.
std::optional<std::chrono::microseconds> watchdog_period();

}  // namespace blockexecd::daemon
