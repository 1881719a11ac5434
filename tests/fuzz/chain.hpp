// SPDX-License-Identifier: Apache-2.0
// A small bundled chain in memory: what transactions are run over, and documents to begin with.
#pragma once

#include <string>
#include <vector>

#include "tests/executor/blocks/chain_replay.hpp"

namespace blockexecd::fuzz {

// The chain `mixed-small`, unpacked and read once for the process.
struct Chain {
    executor::test::ChainArchive archive;
    executor::test::ChainReplay replay;  // state before block 1
};
[[nodiscard]] Chain& chain();

// The texts of the first files of a folder of the chain's archive.
[[nodiscard]] std::vector<std::string> chain_documents(const std::string& folder);

}  // namespace blockexecd::fuzz
