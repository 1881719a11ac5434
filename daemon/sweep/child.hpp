// SPDX-License-Identifier: Apache-2.0
// A child process that is told when to begin, and whose standard output is kept.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <vector>

namespace blockexecd::daemon {

class Child {
  public:
    // Starts the program; its standard error goes to ours. Throws std::system_error when it cannot.
    Child(const std::filesystem::path& program, const std::vector<std::string>& arguments);
    // Kills and collects it when it still runs.
    ~Child();
    Child(Child&& other) noexcept;
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;
    Child& operator=(Child&&) = delete;

    // One line without its end; empty at the end of the output.
    std::string read_line();
    void write_line(const std::string& line);
    // Reads the rest of the output, and waits. Returns the exit code, or 128 + signal.
    int finish(std::string& output);

  private:
    pid_t process_ = -1;
    int input_ = -1;   // we write
    int output_ = -1;  // we read
};

}  // namespace blockexecd::daemon
