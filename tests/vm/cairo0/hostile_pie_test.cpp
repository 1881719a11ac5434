// SPDX-License-Identifier: Apache-2.0
// Archives that are no PIEs, or are made to do harm, are refused with one error each and without
// taking memory.
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <random>

#include "tests/vm/cairo0/pie_files.hpp"

namespace blockexecd::vm::cairo0 {
namespace {

const std::string kOutputPie = "tests/data/cairo0/proof/pies/output_pie.zip";

std::uint64_t peak_bytes() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<std::uint64_t>(usage.ru_maxrss) << 10;
}

class HostilePie : public testing::Test {
  protected:
    std::map<std::string, std::string> entries_ = unpack_zip(kOutputPie);

    [[nodiscard]] std::string pack() const { return pack_zip({entries_.begin(), entries_.end()}); }
    // What is said of the archive as it is now.
    [[nodiscard]] std::string refused() const { return outcome(pack()); }
    [[nodiscard]] static std::string outcome(const std::string& bytes) {
        return run_pie_text(load_bytes(bytes), *find_layout("all_cairo"));
    }
    void replace(const std::string& entry, const std::string& from, const std::string& to) {
        std::string& text = entries_.at(entry);
        const auto at = text.find(from);
        ASSERT_NE(at, std::string::npos) << text;
        text.replace(at, from.size(), to);
    }
    static std::string cell(std::uint64_t segment, std::uint64_t offset) {
        const std::uint64_t address = (std::uint64_t{1} << 63) + (segment << 47) + offset;
        std::string bytes(reinterpret_cast<const char*>(&address), sizeof(address));
        return bytes + std::string(32, '\0');
    }
};

TEST_F(HostilePie, TheUntouchedOneRuns) {
    EXPECT_EQ(refused(), "");
}

TEST_F(HostilePie, NoArchive) {
    EXPECT_NE(outcome("no archive at all").find("the ZIP archive is damaged"), std::string::npos);
    EXPECT_NE(outcome("").find("Cairo PIE: "), std::string::npos);
    const std::string whole = pack();
    for (std::size_t size = 0; size < whole.size(); size += 97)
        EXPECT_NE(outcome(whole.substr(0, size)), "") << size;
}

TEST_F(HostilePie, MissingEntries) {
    for (const char* const name :
         {"metadata.json", "memory.bin", "additional_data.json", "execution_resources.json"}) {
        const std::string kept = entries_.at(name);
        entries_.erase(name);
        EXPECT_EQ(refused(), std::string("Cairo PIE: the entry ") + name + " is missing");
        entries_[name] = kept;
    }
    entries_.erase("version.json");
    EXPECT_EQ(refused(), "");
}

TEST_F(HostilePie, PathTricks) {
    for (const char* const name : {"../metadata.json", "/etc/passwd", "a/b"}) {
        Entries with(entries_.begin(), entries_.end());
        with.emplace_back(name, "x");
        EXPECT_EQ(outcome(pack_zip(with)),
                  std::string("Cairo PIE: the entry ") + name + " has a path");
    }
    EXPECT_EQ(outcome(pack_zip({entries_.begin(), entries_.end()}, AE_IFLNK)),
              "Cairo PIE: the entry additional_data.json is no plain file");
}

TEST_F(HostilePie, EntriesTwice) {
    Entries twice(entries_.begin(), entries_.end());
    twice.emplace_back("metadata.json", entries_.at("metadata.json"));
    EXPECT_EQ(outcome(pack_zip(twice)), "Cairo PIE: the entry metadata.json comes twice");
}

TEST_F(HostilePie, Bombs) {
    const std::uint64_t before = peak_bytes();
    std::string bomb;
    {
        Entries entries(entries_.begin(), entries_.end());
        for (auto& [name, text] : entries)
            if (name == "metadata.json")
                text = std::string(std::size_t{40} << 20, ' ');
        bomb = pack_zip(entries);
    }
    EXPECT_LT(bomb.size(), std::size_t{1} << 20);
    const std::uint64_t made = peak_bytes();
    EXPECT_EQ(outcome(bomb), "Cairo PIE: the entry metadata.json is longer than 33554432 bytes");
    EXPECT_LT(peak_bytes() - made, std::uint64_t{80} << 20) << before;
    // The same cell over and over.
    entries_["memory.bin"] = std::string(std::size_t{40} << 20, '\0');
    EXPECT_EQ(refused(), "Cairo PIE: the memory has two cells at 0:0");
}

TEST_F(HostilePie, WrongLengths) {
    entries_.at("memory.bin").pop_back();
    EXPECT_EQ(refused(), "Cairo PIE: the length of memory.bin is no multiple of 40");
}

TEST_F(HostilePie, CellsOutsideOfTheirSegments) {
    entries_.at("memory.bin") += cell(2, 1000);
    EXPECT_EQ(refused(), "Invalid address");
    entries_.at("memory.bin") = cell(60000, 0);
    EXPECT_EQ(refused(), "Invalid address");
}

TEST_F(HostilePie, SegmentsOfImpossibleSize) {
    replace("metadata.json", R"("extra_segments":[])",
            R"("extra_segments":[{"index":5,"size":140000000000000}])");
    const std::string memory = entries_.at("memory.bin");
    entries_.at("memory.bin") = memory + cell(5, 139999999999999);
    const std::uint64_t before = peak_bytes();
    EXPECT_EQ(refused(), "Cairo PIE: the memory takes more than 268435456 cells");
    entries_.at("memory.bin") = memory + cell(5, 200000000);
    EXPECT_NE(refused().find("cells are spread over"), std::string::npos) << refused();
    EXPECT_LT(peak_bytes() - before, std::uint64_t{128} << 20);
}

TEST_F(HostilePie, OverlappingSegments) {
    replace("metadata.json", R"("ret_fp_segment":{"index":3)", R"("ret_fp_segment":{"index":2)");
    EXPECT_EQ(refused(), "Invalid segment index for ret_fp_segment.");
    replace("metadata.json", R"("ret_fp_segment":{"index":2)", R"("ret_fp_segment":{"index":3)");
    replace("metadata.json", R"("extra_segments":[])",
            R"("extra_segments":[{"index":2,"size":1}])");
    EXPECT_EQ(refused(), "Invalid segment indices for extra_segments.");
}

TEST_F(HostilePie, TheReferencesChecks) {
    struct Change {
        const char* entry;
        const char* from;
        const char* to;
        const char* error;
    };
    const Change changes[]{
        {"version.json", "1.1", "1.0", "version.json: Invalid cairo_pie version"},
        {"metadata.json", R"("main":0)", R"("main":100)", "Invalid main() address."},
        {"metadata.json", R"("program_segment":{"index":0)", R"("program_segment":{"index":1)",
         "Invalid segment index for program_segment."},
        {"metadata.json", R"("execution_segment":{"index":1)", R"("execution_segment":{"index":0)",
         "Invalid segment index for execution_segment."},
        {"metadata.json", R"({"output":{"index":2)", R"({"output":{"index":3)",
         "Invalid segment index for output_builtin."},
        {"metadata.json", R"("ret_pc_segment":{"index":4,"size":0)",
         R"("ret_pc_segment":{"index":4,"size":1)", "Invalid segment size for ret_pc. Must be 0."},
        {"metadata.json", R"("builtins":["output"])", R"("builtins":[])",
         "Builtin list mismatch in builtin_segments."},
        {"metadata.json", "105623107215331596699973092056135872020481", "1",
         "metadata.json: program: Invalid prime"},
        {"execution_resources.json", R"({"output_builtin":3})", "{}",
         "Builtin list mismatch in builtin_segments."},
        {"execution_resources.json", R"({"output_builtin":3})", R"({"output_builtin":4})",
         "Cairo PIE diff: execution_resources mismatch"},
        {"additional_data.json", R"("attributes":{})", R"("attributes":{"a":[1]})", ""},
        {"additional_data.json", R"({"pages":{},"attributes":{}})", "[[2,0]]",
         "output_builtin: Invalid additional data"},
        {"additional_data.json", "output_builtin", "ecdsa_builtin",
         "Cairo PIE diff: additional_data[output_builtin] mismatch"},
    };
    const auto untouched = entries_;
    for (const Change& change : changes) {
        entries_ = untouched;
        replace(change.entry, change.from, change.to);
        EXPECT_EQ(refused(), change.error) << change.to;
    }
}

TEST_F(HostilePie, AnotherMemory) {
    std::string& memory = entries_.at("memory.bin");
    const std::string whole = memory;
    // The last cell of the output: the run writes it again, so it is there where it was not.
    memory.resize(memory.size() - 40);
    EXPECT_EQ(refused(), "Cairo PIE diff: memory mismatch");
    memory = whole;
    memory[memory.size() - 32] ^= 1;
    EXPECT_NE(refused().find("An ASSERT_EQ instruction failed"), std::string::npos) << refused();
}

// Bytes of the entries changed, removed and doubled, from fixed seeds: loaded or refused, run or
// failed, but always with a text and in small memory.
TEST_F(HostilePie, ChangedBytesNeverCrash) {
    const auto untouched = entries_;
    constexpr PieLimits kLimits{.json_bytes = 1 << 16, .cells = 1 << 16};
    constexpr std::uint64_t kMaxSteps = 10000;
    std::minstd_rand random(1);
    const auto below = [&random](std::size_t n) { return n == 0 ? 0 : random() % n; };
    std::size_t ran = 0, refused = 0;
    for (int round = 0; round < 3000; ++round) {
        entries_ = untouched;
        for (std::size_t changes = 1 + below(3); changes-- > 0;) {
            auto entry = entries_.begin();
            std::advance(entry, below(entries_.size()));
            std::string& bytes = entry->second;
            const std::size_t at = below(bytes.size());
            switch (below(4)) {
                case 0:
                    bytes[at] = static_cast<char>(random());
                    break;
                case 1:
                    bytes[at] = static_cast<char>('0' + below(10));
                    break;
                case 2:
                    bytes.erase(at, 1 + below(40));
                    break;
                default:
                    bytes.insert(at, bytes.substr(at, 1 + below(40)));
                    break;
            }
        }
        const std::string archive = pack();
        const auto loaded = load_bytes(archive, kLimits);
        if (loaded.has_error()) {
            ASSERT_NE(loaded.error().message(), "");
            ++refused;
        } else if (loaded->pie.n_steps <= kMaxSteps) {
            (void)run_pie_text(loaded, *find_layout("all_cairo"), below(2) == 0);
            ++ran;
        }
    }
    EXPECT_GT(ran, 100U);
    EXPECT_GT(refused, 100U);
}

TEST_F(HostilePie, DeepAndBrokenJson) {
    entries_.at("metadata.json") = std::string(100000, '[');
    EXPECT_EQ(refused().rfind("metadata.json: ", 0), 0U) << refused();
    entries_.at("metadata.json") = "{}";
    EXPECT_EQ(refused().rfind("metadata.json: ", 0), 0U) << refused();
}

}  // namespace
}  // namespace blockexecd::vm::cairo0
