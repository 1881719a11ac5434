// SPDX-License-Identifier: Apache-2.0
// config/default.toml is the generated reference, and both texts read back as the settings they
// were made from.
#include "config/reference.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

namespace blockexecd::config {
namespace {

TEST(Reference, DefaultTomlIsTheGeneratedText) {
    std::ifstream in("config/default.toml");
    std::ostringstream text;
    text << in.rdbuf();
    EXPECT_EQ(text.str(), reference_text())
        << "make it again: blockexecd print-config --reference > config/default.toml";
}

TEST(Reference, ReadsBackAsTheDefaults) {
    const auto loaded = load_text(reference_text(), "reference");
    EXPECT_TRUE(loaded.problems.empty());
    EXPECT_EQ(loaded.settings, Settings{});
    EXPECT_EQ(loaded.origins.size(), options().size());
}

TEST(Reference, EffectiveTextReadsBackAndTellsOrigins) {
    Sources sources;
    sources.environment = {{"BLOCKEXECD_STORAGE_PATH", "a \"quoted\"\tpath\\"}};
    sources.flags = {{"execution.vms", "4"}};
    const auto loaded = load(sources);
    const auto text = effective_text(loaded);
    EXPECT_THAT(text, testing::HasSubstr("vms = 4  # flag\n"));
    EXPECT_THAT(text, testing::HasSubstr("port = 9780  # default\n"));
    const auto again = load_text(text, "effective");
    EXPECT_TRUE(again.problems.empty());
    EXPECT_EQ(again.settings, loaded.settings);
}

}  // namespace
}  // namespace blockexecd::config
