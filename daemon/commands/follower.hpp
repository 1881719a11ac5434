// SPDX-License-Identifier: Apache-2.0
// A process of this program that follows an archive again and again, one run for each line that it
// gets on standard input. Sides of a comparison are such processes, so that they can be alternated,
// and run side by side.
#pragma once

#include <sys/types.h>

#include <boost/json/object.hpp>
#include <cstdint>
#include <cstdio>
#include <optional>
#include <string>
#include <vector>

namespace blockexecd::daemon {

// What the process is asked for in a run.
enum class Knowledge : bool { none, learned };  // of what the blocks' last run read and wrote

struct FollowedRun {
    double seconds = 0;      // of the run, wall clock
    double cpu_seconds = 0;  // user and system, of the whole process
    std::uint64_t transactions = 0;
    bool all_matched = false;
};

class Follower {
  public:
    // Starts `arguments` with this very program. Throws std::runtime_error when it cannot.
    explicit Follower(std::vector<std::string> arguments);
    // Ends the process by closing its input.
    ~Follower();
    Follower(const Follower&) = delete;
    Follower& operator=(const Follower&) = delete;

    void begin(Knowledge knowledge);
    // Waits for the run's end. Throws std::runtime_error when the process ended instead.
    FollowedRun end();

  private:
    pid_t process_ = -1;
    std::FILE* to_ = nullptr;
    std::FILE* from_ = nullptr;
};

boost::json::object to_json(const FollowedRun& run);
// Of a line from standard input; nothing for anything else.
std::optional<Knowledge> knowledge_of(const std::string& line);

}  // namespace blockexecd::daemon
