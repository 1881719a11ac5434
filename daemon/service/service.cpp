// SPDX-License-Identifier: Apache-2.0
#include "daemon/service/service.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <csignal>
#include <iostream>

#include "config/reload.hpp"
#include "daemon/lifecycle/log.hpp"
#include "daemon/lifecycle/notify.hpp"
#include "daemon/service/progress.hpp"
#include "daemon/service/unusable_setting.hpp"

namespace blockexecd::daemon {
namespace {

namespace asio = boost::asio;
using namespace asio::experimental::awaitable_operators;

// Returns when the time is over or the timer is cancelled; a cancelled coroutine ends here.
asio::awaitable<void> wait_for(asio::steady_timer& timer,
                               std::chrono::steady_clock::duration time) {
    boost::system::error_code cancelled;
    timer.expires_after(time);
    co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
}

// Runs a function on a pool's thread and resumes on the caller's. Give the function a name: GCC 12
// destroys captures of a temporary lambda inside a co_await expression twice.
template <class F>
asio::awaitable<std::invoke_result_t<F&>> run_on(asio::thread_pool& pool, F& function) {
    auto coroutine = [&function]() -> asio::awaitable<std::invoke_result_t<F&>> {
        co_return function();
    };
    co_return co_await asio::co_spawn(pool, coroutine, asio::use_awaitable);
}

void log_import(const std::filesystem::path& archive,
                const storage::Result<storage::ImportReport>& report) {
    if (report.has_error())
        log_error("archive refused", {{"archive", archive.string()},
                                      {"code", storage::error_code_name(report.error().code)},
                                      {"reason", report.error().message}});
    else
        log_info("archive imported", {{"archive", archive.string()},
                                      {"first_block", report->archive.first},
                                      {"last_block", report->archive.last},
                                      {"new_blocks", report->imported_blocks},
                                      {"transactions", report->transactions}});
}

}  // namespace

EngineSettings engine_settings(const config::Settings& settings, executor::Placement placement) {
    return {.mode = settings.execution.state == "computed" ? storage::StateMode::computed
                                                           : storage::StateMode::recorded,
            .placement = std::move(placement),
            .blocks_in_memory = settings.execution.read_ahead_blocks,
            .bytes_in_memory = settings.execution.read_ahead_mb << 20,
            .class_cache_bytes = settings.execution.class_cache_mb << 20,
            .bundle_folder = settings.execution.bundle_folder,
            .giant_block_transactions = settings.execution.giant_block_transactions};
}

Service::Service(std::shared_ptr<storage::Database> database, ServiceSettings settings)
    : database_(std::move(database)),
      settings_(std::move(settings)),
      engine_(database_, engine_settings(settings_.loaded.settings, settings_.placement)),
      new_blocks_(io_) {
    const auto& all = settings_.loaded.settings;
    engine_.set_stop_at_mismatch(all.execution.on_mismatch == "stop");
    if (all.admin.enabled)
        open_admin();
    if (!all.inbox.folder.empty())
        open_inbox();
    context_.emplace(
        AdminContext{.database = database_,
                     .engine = engine_,
                     .topology = settings_.topology,
                     .settings = [this] { return current_settings(); },
                     .reload = [this] { return reload(); },
                     .import = [this](const std::string& archive) { return import(archive); },
                     .ready = ready_});
}

Service::~Service() {
    engine_.stop();
    engine_thread_.join();
    import_thread_.join();
    if (admin_)
        admin_->join();
}

void Service::open_admin() {
    const auto& admin = settings_.loaded.settings.admin;
    try {
        admin_.emplace(io_,
                       AdminServerSettings{.address = admin.address,
                                           .port = static_cast<std::uint16_t>(admin.port),
                                           .max_body_bytes = admin.max_body_kb << 10,
                                           .timeout = std::chrono::seconds(admin.timeout_seconds),
                                           .max_connections = admin.max_connections});
    } catch (const boost::system::system_error& error) {
        throw UnusableSetting(config::unusable(
            settings_.loaded, "admin", "port",
            "cannot be listened on at " + admin.address + ": " + error.code().message(),
            "Choose another port, or 0 for any that is free, or set enabled = false; "
            "`ss -ltnp` shows who listens."));
    }
}

void Service::open_inbox() {
    try {
        inbox_.emplace(io_, settings_.loaded.settings.inbox.folder);
    } catch (const std::system_error& error) {
        throw UnusableSetting(config::unusable(
            settings_.loaded, "inbox", "folder", "cannot be watched: " + error.code().message(),
            "Name a folder that this user may make and read, or leave it empty; "
            "fs.inotify.max_user_instances limits how many are watched."));
    }
}

ExitCode Service::run() {
    spawn(work_or_fault() || wait_for_signal(), [this] { io_.stop(); });
    io_.run();
    ready_ = false;
    notify_stopping();
    engine_.stop();
    engine_thread_.join();
    import_thread_.join();
    if (admin_)
        admin_->join();
    if (fault_ != nullptr)
        std::rethrow_exception(fault_);
    return exit_code();
}

template <class Awaitable>
void Service::spawn(Awaitable&& coroutine, std::function<void()> finally) {
    asio::co_spawn(io_, std::forward<Awaitable>(coroutine),
                   [this, finally = std::move(finally)](std::exception_ptr fault, const auto&...) {
                       if (fault != nullptr) {
                           fault_ = fault;
                           io_.stop();
                       }
                       if (finally)
                           finally();
                   });
}

// A fault ends the work, and so the wait for a signal; being cancelled by a signal is none.
asio::awaitable<void> Service::work_or_fault() {
    try {
        co_await work();
    } catch (const boost::system::system_error& error) {
        if (error.code() != asio::error::operation_aborted)
            fault_ = std::current_exception();
    } catch (...) {
        fault_ = std::current_exception();
    }
}

asio::awaitable<void> Service::work() {
    // These end with the io_context.
    spawn(serve_admin());
    spawn(show_progress());
    spawn(feed_watchdog());
    spawn(reload_on_hangup());
    ready_ = true;
    notify_ready();
    if (admin_)
        log_info("admin endpoint listens", {{"url", admin_->url()}});

    co_await import_at_start();
    co_await execute_pending(true);
    if (settings_.once)
        co_return;
    if (inbox_)
        spawn(watch_inbox());
    while (true) {
        if (!std::exchange(blocks_arrived_, false))
            co_await wait_for(new_blocks_, std::chrono::hours(24));
        else
            co_await execute_pending(false);
        const auto state = co_await asio::this_coro::cancellation_state;
        if (state.cancelled() != asio::cancellation_type::none)
            co_return;
    }
}

asio::awaitable<void> Service::execute_pending(bool first_phase) {
    executing_ = true;
    const auto execute = [this] { return engine_.run_pending(); };
    const auto report = co_await run_on(engine_thread_, execute);
    executing_ = false;
    if (first_phase)
        print_first_phase(report);
    else if (report.blocks != 0)
        log_info("new blocks executed", {{"blocks", report.blocks},
                                         {"transactions", report.transactions},
                                         {"matched", report.matched_transactions},
                                         {"mismatched_blocks", report.mismatched_blocks},
                                         {"excepted_blocks", report.excepted_blocks},
                                         {"failed_blocks", report.failures.size()},
                                         {"seconds", report.seconds}});
    const auto watermark = storage::read_watermark(*database_, engine_.mode());
    notify_status(
        "verified up to block " +
        (watermark.has_value() && watermark->has_value() ? std::to_string(**watermark) : "(none)") +
        "; waiting for blocks");
}

asio::awaitable<void> Service::import_at_start() {
    for (const auto& archive : settings_.archives) {
        const auto import_it = [this, &archive] { return import(archive); };
        const auto report = co_await run_on(import_thread_, import_it);
        failed_import_ = failed_import_ || report.has_error();
    }
}

asio::awaitable<void> Service::serve_admin() {
    if (admin_)
        co_await admin_->serve(
            [this](const AdminRequest& request) { return answer(*context_, request); },
            is_long_running);
}

asio::awaitable<void> Service::watch_inbox() {
    while (true) {
        for (const auto& archive : inbox_->archives()) {
            const auto import_it = [this, &archive] { return import(archive); };
            const auto report = co_await run_on(import_thread_, import_it);
            inbox_->put_away(archive, report.has_error() ? report.error().message : "");
        }
        co_await inbox_->wait();
    }
}

asio::awaitable<void> Service::show_progress() {
    asio::steady_timer timer(io_);
    ProgressMeter meter;
    auto before = std::chrono::steady_clock::now();
    while (true) {
        co_await wait_for(timer,
                          std::chrono::seconds(current_settings().settings.log.progress_seconds));
        const auto now = std::chrono::steady_clock::now();
        const auto progress = meter.look(engine_.counters(), now - std::exchange(before, now));
        if (!executing_ || progress.planned_blocks == progress.done_blocks)
            continue;
        log_info(progress.to_string());
        notify_status(progress.to_string());
    }
}

asio::awaitable<void> Service::feed_watchdog() {
    const auto period = watchdog_period();
    asio::steady_timer timer(io_);
    while (period) {
        notify_watchdog();
        co_await wait_for(timer, *period);
    }
}

asio::awaitable<void> Service::reload_on_hangup() {
    asio::signal_set hangup(io_, SIGHUP);
    while (true) {
        co_await hangup.async_wait(asio::use_awaitable);
        notify_reloading();
        if (const auto changes = reload(); changes.has_error())
            log_error("settings kept", {{"reason", changes.error().message}});
        notify_ready();
    }
}

asio::awaitable<void> Service::wait_for_signal() {
    asio::signal_set signals(io_, SIGINT, SIGTERM);
    const int number = co_await signals.async_wait(asio::use_awaitable);
    log_info("stopping", {{"signal", number == SIGINT ? "SIGINT" : "SIGTERM"}});
    // Blocks that were begun are committed before the run returns. A second signal ends the process
    // at once.
    engine_.stop();
}

storage::Result<storage::ImportReport> Service::import(const std::filesystem::path& archive) {
    const std::scoped_lock lock(import_mutex_);
    auto report = storage::import_archive(*database_, archive);
    log_import(archive, report);
    if (report.has_value() && report->imported_blocks != 0)
        asio::post(io_, [this] {
            blocks_arrived_ = true;
            new_blocks_.cancel();
        });
    return report;
}

storage::Result<std::vector<std::string>> Service::reload() {
    auto wanted = config::load(settings_.sources);
    if (!wanted.problems.empty())
        return storage::Error{storage::ErrorCode::misuse, wanted.problems.front().to_string()};
    const std::scoped_lock lock(settings_mutex_);
    const auto changes = config::difference(settings_.loaded.settings, wanted.settings);
    config::apply_live(settings_.loaded.settings, changes);
    for (const auto& change : changes)
        if (change.live())
            settings_.loaded.origins[change.option->name()] = wanted.origins[change.option->name()];
    set_log_level(settings_.loaded.settings.log.level);
    engine_.set_stop_at_mismatch(settings_.loaded.settings.execution.on_mismatch == "stop");
    std::vector<std::string> lines;
    for (const auto& change : changes) {
        lines.push_back(change.to_string());
        log_info("setting changed", {{"change", lines.back()}});
    }
    return lines;
}

config::Loaded Service::current_settings() const {
    const std::scoped_lock lock(settings_mutex_);
    return settings_.loaded;
}

void Service::print_first_phase(const RunReport& report) const {
    const auto totals = storage::read_totals(*database_, engine_.mode());
    if (totals.has_error())
        log_error("totals cannot be read", {{"reason", totals.error().message}});
    else
        std::cout << to_table(report, *totals);
    if (admin_)
        std::cout << "admin endpoint: " << admin_->url() << "\n";
    std::cout.flush();
}

ExitCode Service::exit_code() const {
    const auto totals = storage::read_totals(*database_, engine_.mode());
    if (totals.has_error()) {
        log_error("totals cannot be read", {{"reason", totals.error().message}});
        return exit_code_of(totals.error().code);
    }
    if (totals->mismatched_blocks != 0)
        return ExitCode::mismatches;
    if (totals->failed_blocks != 0)
        return ExitCode::not_executed;
    return failed_import_ ? ExitCode::bad_input : ExitCode::success;
}

}  // namespace blockexecd::daemon
