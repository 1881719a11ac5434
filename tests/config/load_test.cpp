// SPDX-License-Identifier: Apache-2.0
// Every wrong setting is refused with its place, its value, the limit and a cure; sources go over
// each other in order.
#include "config/load.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

namespace blockexecd::config {
namespace {

using testing::HasSubstr;

std::string only_problem(const Loaded& loaded) {
    EXPECT_EQ(loaded.problems.size(), 1U);
    return loaded.problems.empty() ? "" : loaded.problems[0].to_string();
}

TEST(Load, DefaultsWithoutAnySource) {
    const auto loaded = load({});
    EXPECT_TRUE(loaded.problems.empty());
    EXPECT_EQ(loaded.settings, Settings{});
    EXPECT_TRUE(loaded.origins.empty());
}

TEST(Load, FileValuesWithTheirLines) {
    const auto loaded = load_text(
        "[execution]\nvms = 8\nstate = \"computed\"\n\n[admin]\nenabled = false\n", "a.toml");
    ASSERT_TRUE(loaded.problems.empty());
    EXPECT_EQ(loaded.settings.execution.vms, 8U);
    EXPECT_EQ(loaded.settings.execution.state, "computed");
    EXPECT_FALSE(loaded.settings.admin.enabled);
    EXPECT_EQ(loaded.origins.at("execution.state"), "a.toml:3");
}

TEST(Load, RefusesAnUnknownKeyWithSectionLineAndSuggestion) {
    EXPECT_EQ(only_problem(load_text("[execution]\n\nvmz = 3\n", "a.toml")),
              "a.toml:3: [execution] vmz = 3 is no option of this section. Did you mean vms?");
}

TEST(Load, RefusesAnUnknownSection) {
    EXPECT_EQ(only_problem(load_text("[placment]\nsmt = \"all\"\n", "a.toml")),
              "a.toml:1: [placment] is no section. Did you mean [placement]?");
}

TEST(Load, RefusesAValueOutsideOfASection) {
    EXPECT_THAT(only_problem(load_text("vms = 3\n", "a.toml")),
                HasSubstr("a.toml:1: vms = 3 stands outside of a section"));
    EXPECT_THAT(only_problem(load_text("log = 3\n", "a.toml")),
                HasSubstr("log = 3 is a section, not a value"));
}

TEST(Load, RefusesAWrongType) {
    EXPECT_EQ(only_problem(load_text("[execution]\nvms = \"eight\"\n", "a.toml")),
              "a.toml:2: [execution] vms = 'eight' must be an integer. Set an integer from 0 to "
              "4096 VMs; the default is 0.");
    EXPECT_THAT(only_problem(load_text("[execution]\nvms = 1.5\n", "a.toml")),
                HasSubstr("must be an integer"));
    EXPECT_THAT(only_problem(load_text("[admin]\nenabled = 1\n", "a.toml")),
                HasSubstr("must be true or false"));
    EXPECT_THAT(only_problem(load_text("[storage]\npath = 1\n", "a.toml")),
                HasSubstr("must be a text"));
}

TEST(Load, RefusesAValueOutOfRange) {
    EXPECT_EQ(only_problem(load_text("[execution]\nvms = 70000\n", "a.toml")),
              "a.toml:2: [execution] vms = 70000 must be from 0 to 4096 VMs. Set an integer from 0 "
              "to 4096 VMs; the default is 0.");
    EXPECT_THAT(only_problem(load_text("[execution]\nvms = -1\n", "a.toml")),
                HasSubstr("a.toml:2: [execution] vms = -1 must be from 0"));
    EXPECT_EQ(only_problem(load_text("[placement]\nsmt = \"some\"\n", "a.toml")),
              "a.toml:2: [placement] smt = \"some\" must be none, second or all. Set none, second "
              "or all; the default is \"none\".");
}

TEST(Load, RefusesWhatIsNotToml) {
    EXPECT_THAT(only_problem(load_text("[execution]\nvms = \n", "a.toml")),
                HasSubstr("a.toml:2: TOML"));
    EXPECT_THAT(only_problem(load_text("[log]\nlevel = \"info\"\nlevel = \"warn\"\n", "a.toml")),
                HasSubstr("a.toml:3: TOML"));
}

TEST(Load, TellsEveryProblemAtOnce) {
    EXPECT_EQ(
        load_text("[execution]\nvms = 70000\nstate = 1\n[nothing]\n", "a.toml").problems.size(),
        3U);
}

TEST(Load, RefusesAMissingFile) {
    Sources sources;
    sources.file = "/nonexistent/blockexecd.toml";
    EXPECT_THAT(only_problem(load(sources)),
                HasSubstr("/nonexistent/blockexecd.toml: configuration file cannot be read"));
}

TEST(Load, FlagsOverEnvironmentOverFile) {
    const auto path = std::filesystem::path(testing::TempDir()) / "blockexecd_load_test.toml";
    std::ofstream(path) << "[execution]\nvms = 2\nread_ahead_blocks = 2\n[admin]\nport = 2\n";
    Sources sources{.file = path,
                    .environment = {{"BLOCKEXECD_EXECUTION_VMS", "3"},
                                    {"BLOCKEXECD_EXECUTION_READ_AHEAD_BLOCKS", "3"},
                                    {"PATH", "/bin"}},
                    .flags = {{"execution.vms", "4"}}};
    const auto loaded = load(sources);
    std::filesystem::remove(path);
    ASSERT_TRUE(loaded.problems.empty()) << loaded.problems[0].to_string();
    EXPECT_EQ(loaded.settings.execution.vms, 4U);
    EXPECT_EQ(loaded.settings.execution.read_ahead_blocks, 3U);
    EXPECT_EQ(loaded.settings.admin.port, 2U);
    EXPECT_EQ(loaded.origins.at("execution.vms"), "flag");
    EXPECT_EQ(loaded.origins.at("execution.read_ahead_blocks"), "environment");
}

TEST(Load, RefusesUnknownVariablesOfItsPrefix) {
    Sources sources;
    sources.environment = {{"BLOCKEXECD_EXECUTION_VM", "3"}};
    EXPECT_EQ(only_problem(load(sources)),
              "environment: BLOCKEXECD_EXECUTION_VM = \"3\" is no option. Did you mean "
              "BLOCKEXECD_EXECUTION_VMS?");
    sources.environment = {{"BLOCKEXECD_CPU", "baseline"}, {"BLOCKEXECD_CONFIG", "x"}};
    EXPECT_TRUE(load(sources).problems.empty());
}

TEST(Load, RefusesTextThatIsNoNumberOrBoolean) {
    Sources sources;
    sources.environment = {{"BLOCKEXECD_ADMIN_PORT", "80x"}};
    EXPECT_THAT(only_problem(load(sources)),
                HasSubstr("[admin] port = \"80x\" must be an integer"));
    sources.environment = {{"BLOCKEXECD_ADMIN_ENABLED", "yes"}};
    EXPECT_THAT(only_problem(load(sources)),
                HasSubstr("[admin] enabled = \"yes\" must be true or false"));
}

TEST(Option, EveryRowIsConsistent) {
    for (const auto& option : options()) {
        EXPECT_TRUE(in_range(option, option.default_value)) << option.name();
        EXPECT_EQ(option.get(Settings{}), option.default_value) << option.name();
        EXPECT_EQ(find_option(option.section, option.key), &option) << option.name();
        EXPECT_FALSE(option.documentation.empty()) << option.name();
    }
}

}  // namespace
TEST(Load, NamesASettingThatTurnsOutToBeUnusable) {
    const auto loaded = load_text("[admin]\nport = 81\n", "x.toml");
    EXPECT_EQ(unusable(loaded, "admin", "port", "is taken", "Choose another.").to_string(),
              "x.toml:2: [admin] port = 81 is taken. Choose another.");
    EXPECT_EQ(unusable(loaded, "admin", "address", "is far", "Move.").to_string(),
              "default: [admin] address = \"127.0.0.1\" is far. Move.");
}

}  // namespace blockexecd::config
