// SPDX-License-Identifier: Apache-2.0
// The PIE of every program equals the reference's, entry by entry, and runs again with the same
// outcome.
#include <gtest/gtest.h>

#include "tests/vm/cairo0/pie_files.hpp"
#include "tests/vm/cairo0/proof_cases.hpp"

namespace blockexecd::vm::cairo0 {
namespace {

class PieTest : public testing::TestWithParam<RunCase> {
  protected:
    void compare(const std::string& path, const JsonValue& golden) const {
        const auto entries = unpack_zip(path);
        EXPECT_EQ(entries.size(), 5U);
        for (const auto& [name, bytes] : entries) {
            const JsonValue* const expected = golden.find(name);
            ASSERT_NE(expected, nullptr) << name;
            EXPECT_EQ(sha256_hex(bytes), expected->text())
                << name << ": " << (name == "memory.bin" ? "" : bytes.substr(0, 2000));
        }
        const auto loaded = load_pie(PieArchiveReader::from_file(path));
        EXPECT_EQ(run_pie_text(loaded, *layout_of(GetParam())), golden.find("run")->text());
    }
};

TEST_P(PieTest, EqualsTheReferenceAndRunsAgain) {
    const JsonValue& golden = proof_golden(GetParam().name);
    const auto program =
        parse_program(read_file(kCairo0Data + GetParam().program + ".json"), "main");
    ASSERT_TRUE(program.has_value());
    Arena arena;
    ProgramRunner runner(arena, *program, *layout_of(GetParam()), run_options(GetParam()));
    const auto ran = runner.run();
    if (const JsonValue* const error = golden.find("error")) {
        ASSERT_TRUE(ran.has_error());
        EXPECT_EQ(ran.error().message(), error->text());
        return;
    }
    ASSERT_TRUE(ran.has_value()) << ran.error().message();
    const auto pie = make_pie(runner);
    ASSERT_TRUE(pie.has_value()) << pie.error().message();
    const ScratchFolder scratch;
    const std::string plain = scratch.file("plain.zip"), merged = scratch.file("merged.zip");
    ASSERT_TRUE(write_pie(runner, *pie, plain, false).has_value());
    ASSERT_TRUE(write_pie(runner, *pie, merged, true).has_value());
    compare(plain, *golden.find("pie"));
    compare(merged, *golden.find("merged_pie"));
}

const auto kNameOf = [](const auto& info) { return info.param.name; };
INSTANTIATE_TEST_SUITE_P(Cairo0, PieTest, testing::ValuesIn(proof_cases("pie")), kNameOf);

class ReferencePieTest : public testing::TestWithParam<RunCase> {};

TEST_P(ReferencePieTest, RunsHere) {
    const std::string path = kCairo0Data + "proof/pies/" + GetParam().name + ".zip";
    const auto loaded = load_pie(PieArchiveReader::from_file(path));
    const std::string expected(proof_golden(GetParam().name).find("pie")->find("run")->text());
    EXPECT_EQ(run_pie_text(loaded, *layout_of(GetParam())), expected);
    EXPECT_EQ(run_pie_text(loaded, *layout_of(GetParam()), false), "");
}

std::vector<RunCase> kept_cases() {
    std::vector<RunCase> cases;
    for (const RunCase& each : proof_cases("pie"))
        if (each.flag("keep", false))
            cases.push_back(each);
    return cases;
}
INSTANTIATE_TEST_SUITE_P(Kept, ReferencePieTest, testing::ValuesIn(kept_cases()), kNameOf);

}  // namespace
}  // namespace blockexecd::vm::cairo0
