// SPDX-License-Identifier: Apache-2.0
#include "daemon/service/inbox.hpp"

#include <sys/inotify.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <fstream>
#include <system_error>

#include "daemon/lifecycle/log.hpp"

namespace blockexecd::daemon {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(int reason, const fs::path& folder) {
    throw std::system_error(reason, std::generic_category(), folder.string());
}

// A descriptor that tells when a file or folder was moved in, or a file was written to its end.
int watch(const fs::path& folder) {
    std::error_code error;
    fs::create_directories(folder, error);
    const int descriptor = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    if (descriptor < 0)
        fail(errno, folder);
    if (inotify_add_watch(descriptor, folder.c_str(), IN_MOVED_TO | IN_CLOSE_WRITE | IN_ONLYDIR) <
        0) {
        const int reason = errno;
        close(descriptor);
        fail(reason, folder);
    }
    return descriptor;
}

bool is_archive_name(const fs::path& path) {
    const auto name = path.filename().string();
    return !name.starts_with('.') && !name.ends_with(".part") && name != "imported" &&
           name != "refused";
}

// A name that is free in the folder: name, name.1, …
fs::path free_name(const fs::path& folder, const fs::path& name) {
    fs::path candidate = folder / name;
    for (int i = 1; fs::exists(candidate); ++i)
        candidate = folder / (name.string() + "." + std::to_string(i));
    return candidate;
}

}  // namespace

Inbox::Inbox(boost::asio::io_context& io, fs::path folder)
    : folder_(std::move(folder)), events_(io, watch(folder_)) {}

std::vector<fs::path> Inbox::archives() const {
    std::vector<fs::path> found;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(folder_, error))
        if (is_archive_name(entry.path()))
            found.push_back(entry.path());
    if (error)
        log_error("inbox cannot be read",
                  {{"folder", folder_.string()}, {"reason", error.message()}});
    std::ranges::sort(found);
    return found;
}

boost::asio::awaitable<void> Inbox::wait() {
    // What changed does not matter: the folder is read again.
    std::array<char, 4096> events{};
    co_await events_.async_read_some(boost::asio::buffer(events), boost::asio::use_awaitable);
}

void Inbox::put_away(const fs::path& archive, const std::string& refusal) const {
    const fs::path target = folder_ / (refusal.empty() ? "imported" : "refused");
    std::error_code error;
    fs::create_directories(target, error);
    const auto place = free_name(target, archive.filename());
    fs::rename(archive, place, error);
    if (error) {
        log_error("inbox archive cannot be moved",
                  {{"archive", archive.string()}, {"reason", error.message()}});
        return;
    }
    if (!refusal.empty())
        std::ofstream(place.string() + ".reason.txt") << refusal << "\n";
}

}  // namespace blockexecd::daemon
