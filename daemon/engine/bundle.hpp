// SPDX-License-Identifier: Apache-2.0
// The bundle of a block that mismatches: one JSON file that says what was expected and what we got,
// and by which versions.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "daemon/engine/block_work.hpp"

namespace blockexecd::daemon {

struct BundleContext {
    executor::ChainInfo chain;
    storage::StateMode mode = storage::StateMode::recorded;
};

std::string bundle_text(const BundleContext& context, const ExecutedBlock& block);

// Writes block-NUMBER-MODE.json; an older one of the block is replaced. Returns the reason when it
// cannot.
std::optional<std::string> write_bundle(const std::filesystem::path& folder,
                                        const BundleContext& context, const ExecutedBlock& block);

}  // namespace blockexecd::daemon
