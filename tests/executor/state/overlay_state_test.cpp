// SPDX-License-Identifier: Apache-2.0
// Blocks that are not written yet lie over the state below, the newest on top.
#include "executor/state/overlay_state.hpp"

#include <gtest/gtest.h>

#include "executor/state/in_memory_state.hpp"

namespace blockexecd::executor {
namespace {

class Overlay : public testing::Test {
  protected:
    // Block 1 sets everything that block 2 leaves alone or changes again.
    Overlay() {
        below_.storage[{Felt(1), Felt(1)}] = Felt(10);
        below_.nonces[Felt(1)] = Felt(10);
        below_.class_hashes[Felt(1)] = Felt(10);
        below_.compiled_class_hashes[Felt(1)] = Felt(10);
        StateDiff older;
        older.storage[{Felt(1), Felt(2)}] = Felt(20);
        older.storage[{Felt(1), Felt(3)}] = Felt(20);
        older.nonces[Felt(2)] = Felt(20);
        older.deployed_contracts[Felt(2)] = Felt(20);
        older.declared_classes[Felt(2)] = Felt(20);
        older.deprecated_declared_classes = {Felt(4)};
        StateDiff newer;
        newer.storage[{Felt(1), Felt(3)}] = Felt(0);  // back to 0, which is a value too
        newer.nonces[Felt(1)] = Felt(30);
        newer.replaced_classes[Felt(2)] = Felt(30);
        newer.migrated_compiled_classes[Felt(2)] = Felt(30);
        diffs_ = {std::make_shared<const StateDiff>(newer),
                  std::make_shared<const StateDiff>(older)};
    }

    InMemoryState below_;
    DiffsNewestFirst diffs_;
    const std::shared_ptr<const CompiledClass> loaded_ = std::make_shared<CompiledClass>();
    const OverlayState::LoadClass load_ =
        [this](const ClassHash&) -> vm::Result<std::shared_ptr<const CompiledClass>> {
        return loaded_;
    };
    OverlayState state_{below_, diffs_, load_};
};

TEST_F(Overlay, GivesTheNewestValueOfEachCell) {
    EXPECT_EQ(*state_.storage_at(Felt(1), Felt(1)), Felt(10));
    EXPECT_EQ(*state_.storage_at(Felt(1), Felt(2)), Felt(20));
    EXPECT_EQ(*state_.storage_at(Felt(1), Felt(3)), Felt(0));
    EXPECT_EQ(*state_.storage_at(Felt(9), Felt(9)), Felt(0));
    EXPECT_EQ(*state_.nonce_at(Felt(1)), Felt(30));
    EXPECT_EQ(*state_.nonce_at(Felt(2)), Felt(20));
    EXPECT_EQ(*state_.class_hash_at(Felt(1)), Felt(10));
    EXPECT_EQ(*state_.class_hash_at(Felt(2)), Felt(30));
    EXPECT_EQ(*state_.compiled_class_hash(Felt(1)), Felt(10));
    EXPECT_EQ(*state_.compiled_class_hash(Felt(2)), Felt(30));
}

TEST_F(Overlay, AClassIsDeclaredFromTheBlockThatDeclaresItOn) {
    EXPECT_EQ(*state_.compiled_class(Felt(2)), loaded_);
    EXPECT_EQ(*state_.compiled_class(Felt(4)), loaded_) << "Cairo 0";
    EXPECT_EQ(*state_.compiled_class(Felt(5)), nullptr);
}

}  // namespace
}  // namespace blockexecd::executor
