// SPDX-License-Identifier: Apache-2.0
// What a block's state diff says of its declarations.
#include "executor/blocks/finalize_block.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "executor/constants/versioned_constants.hpp"
#include "executor/state/in_memory_state.hpp"

namespace blockexecd::executor {
namespace {

using testing::ElementsAre;

std::shared_ptr<const CompiledClass> class_of(ClassKind kind) {
    auto compiled_class = std::make_shared<CompiledClass>();
    compiled_class->kind = kind;
    return compiled_class;
}

TEST(FinalizeBlock, NamesEachCairo0ClassThatWasDeclaredInItAgainOrNot) {
    const ClassHash known(0xc0);
    const ClassHash new_one(0xc1);
    const ClassHash sierra(0x51);
    InMemoryState before;
    before.add_class(known, class_of(ClassKind::cairo0));
    BlockContext block;
    block.constants = versioned_constants_for("0.13.1").value();
    CachedState state(&before);
    ASSERT_NE(state.compiled_class(known).value(), nullptr) << "it ran before it was declared";
    CachedState transaction(&state);
    transaction.set_compiled_class(known, class_of(ClassKind::cairo0));
    transaction.set_compiled_class(new_one, class_of(ClassKind::cairo0));
    transaction.set_compiled_class(sierra, class_of(ClassKind::cairo1));
    transaction.set_compiled_class_hash(sierra, Felt(0xca5));
    transaction.commit_to(state);
    const auto diff = finalize_block(state, before, block, {});
    ASSERT_TRUE(diff.has_value()) << diff.error().message();
    EXPECT_THAT(diff->deprecated_declared_classes, ElementsAre(known, new_one));
    EXPECT_THAT(diff->declared_classes, ElementsAre(testing::Pair(sierra, Felt(0xca5))));
}

}  // namespace
}  // namespace blockexecd::executor
