// SPDX-License-Identifier: Apache-2.0
// Blocks and state updates in any form that feeder gateways have served since the network began,
// for tests that recompute hashes. Throws std::runtime_error with the file's path.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "executor/types/block.hpp"

namespace blockexecd::executor::gateway {

struct BlockFile {
    std::filesystem::path path;
    Block block;
    bool has_state_update = false;
    StateUpdate state_update;
};

// A block, or {"block": …, "state_update": …}.
BlockFile read_block(const std::filesystem::path& path);
StateUpdate read_state_update(const std::filesystem::path& path);

// A transaction, with what tests/data/transactions has beside it.
struct TransactionFile {
    Transaction transaction;
    std::string chain_id;
    BlockNumber block_number = 0;
    std::optional<TransactionHash> only_query_hash;
};
std::vector<TransactionFile> read_transactions(const std::filesystem::path& path);

struct ChainFiles {
    std::filesystem::path folder;
    std::string chain_id;
    bool synthetic_block_hashes = false;
    std::vector<std::filesystem::path> blocks;  // ascending
    std::vector<std::filesystem::path> state_updates;
    [[nodiscard]] std::string name() const { return folder.filename().string(); }
};
ChainFiles read_chain(const std::filesystem::path& folder);

// "0.json", "1.json", … of a folder, ascending; other names in the order of the alphabet.
std::vector<std::filesystem::path> json_files(const std::filesystem::path& folder);

// The folder in which configuring the build unpacks tests/data/chains.
std::filesystem::path bundled_chains();

// A folder of the shared reference data (BLOCKEXECD_SHARED, or ../shared); nothing where it is
// absent.
std::optional<std::filesystem::path> shared(const std::string& folder);

std::string read_file(const std::filesystem::path& path);

}  // namespace blockexecd::executor::gateway
