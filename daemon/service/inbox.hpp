// SPDX-License-Identifier: Apache-2.0
// The inbox: a folder into which archives are moved. The kernel tells of new ones; each is imported
// once and then moved to imported/ or refused/ below the folder.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <filesystem>
#include <functional>
#include <vector>

namespace blockexecd::daemon {

class Inbox {
  public:
    // Makes the folder when it is missing. Throws std::system_error when it cannot be watched.
    Inbox(boost::asio::io_context& io, std::filesystem::path folder);

    // Archives that are in the folder now, by name. Hidden names and *.part are not looked at.
    [[nodiscard]] std::vector<std::filesystem::path> archives() const;

    // Returns after the folder changed.
    boost::asio::awaitable<void> wait();

    // Moves a handled archive away; a refused one gets a text file with the reason beside it.
    void put_away(const std::filesystem::path& archive, const std::string& refusal) const;

  private:
    std::filesystem::path folder_;
    boost::asio::posix::stream_descriptor events_;
};

}  // namespace blockexecd::daemon
