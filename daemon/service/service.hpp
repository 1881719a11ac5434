// SPDX-License-Identifier: Apache-2.0
// The daemon while it is up: executes what is stored, follows what arrives, answers on the admin
// endpoint, until a signal or a fault ends it.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "config/load.hpp"
#include "daemon/admin/router.hpp"
#include "daemon/admin/server.hpp"
#include "daemon/engine/engine.hpp"
#include "daemon/service/inbox.hpp"
#include "executor/schedule/topology.hpp"

namespace blockexecd::daemon {

struct ServiceSettings {
    config::Loaded loaded;
    config::Sources sources;  // read again on reload
    executor::Topology topology;
    executor::Placement placement;
    std::vector<std::filesystem::path> archives;  // to be imported before the first phase
    bool once = false;                            // end after the first phase
};

EngineSettings engine_settings(const config::Settings& settings, executor::Placement placement);

class Service {
  public:
    // Throws UnusableSetting when the admin endpoint or the inbox cannot be had.
    Service(std::shared_ptr<storage::Database> database, ServiceSettings settings);
    ~Service();
    Service(const Service&) = delete;
    Service& operator=(const Service&) = delete;

    // Until a signal, a fault, or, with `once`, the end of the first phase.
    ExitCode run();

  private:
    // Starts a coroutine on the io_context; a fault of it ends the service.
    template <class Awaitable>
    void spawn(Awaitable&& coroutine, std::function<void()> finally = {});

    void open_admin();
    void open_inbox();
    boost::asio::awaitable<void> work_or_fault();
    boost::asio::awaitable<void> work();
    boost::asio::awaitable<void> execute_pending(bool first_phase);
    boost::asio::awaitable<void> import_at_start();
    boost::asio::awaitable<void> serve_admin();
    boost::asio::awaitable<void> watch_inbox();
    boost::asio::awaitable<void> show_progress();
    boost::asio::awaitable<void> feed_watchdog();
    boost::asio::awaitable<void> reload_on_hangup();
    boost::asio::awaitable<void> wait_for_signal();

    storage::Result<storage::ImportReport> import(const std::filesystem::path& archive);
    storage::Result<std::vector<std::string>> reload();
    config::Loaded current_settings() const;
    void print_first_phase(const RunReport& report) const;
    [[nodiscard]] ExitCode exit_code() const;

    std::shared_ptr<storage::Database> database_;
    ServiceSettings settings_;
    mutable std::mutex settings_mutex_;
    std::mutex import_mutex_;  // one import at a time, whoever asks

    boost::asio::io_context io_{1};
    Engine engine_;
    std::optional<AdminServer> admin_;
    std::optional<AdminContext> context_;
    std::optional<Inbox> inbox_;
    boost::asio::steady_timer new_blocks_;  // cancelled when blocks arrived
    bool blocks_arrived_ = false;           // the io thread's
    bool executing_ = false;                // the io thread's
    bool failed_import_ = false;            // of one named at the start
    std::atomic<bool> ready_{false};
    std::exception_ptr fault_;
    boost::asio::thread_pool engine_thread_{1};
    boost::asio::thread_pool import_thread_{1};
};

}  // namespace blockexecd::daemon
