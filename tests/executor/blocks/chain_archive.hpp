// SPDX-License-Identifier: Apache-2.0
// Test support: the archives of chains that the reference engine executed, as the executor's own
// types.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "executor/types/block.hpp"

namespace blockexecd::executor::test {

// A transaction that the reference refused behind the first `index` ones of a block.
struct Rejection {
    std::uint64_t index = 0;
    Transaction transaction;
    std::string error;
};

class ChainArchive {
  public:
    explicit ChainArchive(std::filesystem::path folder);

    [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }
    [[nodiscard]] const ChainInfo& info() const { return info_; }
    [[nodiscard]] BlockNumber last_block() const { return last_block_; }
    [[nodiscard]] Block block(BlockNumber number) const;
    [[nodiscard]] StateUpdate state_update(BlockNumber number) const;
    // None where the archive does not tell of any.
    [[nodiscard]] std::vector<Rejection> rejections(BlockNumber number) const;

  private:
    std::filesystem::path folder_;
    ChainInfo info_;
    BlockNumber last_block_ = 0;
};

// The folder that holds the chains: $BLOCKEXECD_CHAINS, else where the build unpacked them.
std::filesystem::path chains_folder();

}  // namespace blockexecd::executor::test
