// SPDX-License-Identifier: Apache-2.0
// blockexecd: the command line, and the one place where an exception that nobody expected ends.
#include <exception>
#include <iostream>

#include "daemon/commands/command_line.hpp"

int main(int argc, char** argv) {
    using blockexecd::daemon::ExitCode;
    try {
        return static_cast<int>(blockexecd::daemon::run_command_line(argc, argv));
    } catch (const std::exception& fault) {
        std::cerr << "blockexecd: " << fault.what() << "\n";
        return static_cast<int>(ExitCode::internal_fault);
    }
}
