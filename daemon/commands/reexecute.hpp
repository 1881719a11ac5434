// SPDX-License-Identifier: Apache-2.0
// `replay --reexecution-data`: one block in the reference's offline re-execution form.
#pragma once

#include <filesystem>

#include "daemon/lifecycle/exit_code.hpp"

namespace blockexecd::daemon {

struct ReexecuteFlags {
    std::filesystem::path file;
    std::filesystem::path casm;  // empty: the folder casm beside the file
    bool json = false;
};
// Over the state in the file, without a database.
ExitCode reexecute_command(const ReexecuteFlags& flags);

}  // namespace blockexecd::daemon
