// SPDX-License-Identifier: Apache-2.0
// The routes of the admin endpoint: one table of method, path and handler.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <string>

#include "config/load.hpp"
#include "daemon/admin/http.hpp"
#include "daemon/engine/engine.hpp"
#include "executor/schedule/topology.hpp"
#include "storage/archive/import.hpp"

namespace blockexecd::daemon {

// What the routes show and do. All of it is safe for use by many threads.
struct AdminContext {
    std::shared_ptr<storage::Database> database;
    const Engine& engine;
    executor::Topology topology;
    std::function<config::Loaded()> settings;
    // The changes that it made or that wait for a restart, one line each; or what is wrong with the
    // new settings.
    std::function<storage::Result<std::vector<std::string>>()> reload;
    std::function<storage::Result<storage::ImportReport>(const std::string&)> import;
    const std::atomic<bool>& ready;
};

// Whether the request belongs on the thread for long work: it must not keep others waiting.
bool is_long_running(const AdminRequest& request);

AdminResponse answer(const AdminContext& context, const AdminRequest& request);

}  // namespace blockexecd::daemon
