// SPDX-License-Identifier: Apache-2.0
// Class hashes and compiled class hashes of every class that the reference data has, against the
// names and the declarations that the chains recorded.
#include "executor/classes/class_hash.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <fstream>
#include <map>
#include <sstream>

#include "executor/classes/class_definition.hpp"
#include "executor/classes/pythonic_json.hpp"
#include "tests/executor/classes/class_files.hpp"
#include "tests/executor/commitments/gateway.hpp"

namespace blockexecd::executor {
namespace {

// Compiled class hashes that the chain's state updates record, of each class.
std::multimap<ClassHash, CompiledClassHash> recorded_compiled_class_hashes(
    const gateway::ChainFiles& chain) {
    std::multimap<ClassHash, CompiledClassHash> recorded;
    for (const auto& path : chain.state_updates) {
        const StateDiff diff = gateway::read_state_update(path).diff;
        recorded.insert(diff.declared_classes.begin(), diff.declared_classes.end());
        recorded.insert(diff.migrated_compiled_classes.begin(),
                        diff.migrated_compiled_classes.end());
    }
    return recorded;
}

// What one declare of the chain of 0.13.6 claims: before 0.14.1 the reference takes any.
const Felt kRefusedSince0141(0xbad);
constexpr std::size_t kDeclaresWithIt = 1;

TEST(ClassHash, IsTheNameOfEveryClassOfTheReferenceChains) {
    const auto chains = gateway::bundled_chains();
    std::size_t classes = 0;
    std::size_t compiled = 0;
    std::size_t refused = 0;
    for (const auto& entry : std::filesystem::directory_iterator(chains)) {
        if (!entry.is_directory())
            continue;
        const auto chain = gateway::read_chain(entry.path());
        const auto recorded = recorded_compiled_class_hashes(chain);
        for (const ClassFiles& files : class_files(chain.folder / "classes")) {
            SCOPED_TRACE(chain.name() + " " + files.name);
            const auto definition = files.parse();
            EXPECT_EQ(definition.summary.class_hash.to_hex(), files.name);
            ++classes;
            const auto [begin, end] = recorded.equal_range(files.class_hash());
            for (auto hash = begin; hash != end; ++hash, ++compiled) {
                if (hash->second == kRefusedSince0141) {
                    ++refused;
                    continue;
                }
                EXPECT_TRUE(hash->second == definition.summary.compiled_class_hash_v1 ||
                            hash->second == definition.summary.compiled_class_hash_v2)
                    << hash->second.to_hex() << " is neither "
                    << definition.summary.compiled_class_hash_v1.to_hex() << " nor "
                    << definition.summary.compiled_class_hash_v2.to_hex();
            }
        }
    }
    std::cout << classes << " classes, " << compiled << " compiled class hashes\n";
    EXPECT_EQ(classes, 394U);
    EXPECT_EQ(compiled, 249U);
    EXPECT_EQ(refused, kDeclaresWithIt);
}

TEST(ClassHash, IsTheNameOfRealCairo0Classes) {
    const auto real = gateway::shared("real");
    if (!real)
        GTEST_SKIP() << "no ../shared/real";
    std::size_t classes = 0;
    for (const char* folder : {"classes/cairo0", "mainnet-0-9/class", "sepolia-0-7/class"})
        for (const auto& path : gateway::json_files(*real / folder)) {
            const std::string text = gateway::read_file(path);
            // A program as text is the JSON-RPC form, packed.
            if (text.find("sierra_program") != std::string::npos ||
                boost::json::parse(text).at("program").is_string())
                continue;
            SCOPED_TRACE(path.string());
            const auto definition = parse_cairo0_class({path.string(), text});
            ASSERT_TRUE(definition.has_value()) << definition.error().message();
            EXPECT_EQ(definition->summary.class_hash.to_hex(), path.stem().string());
            ++classes;
        }
    std::cout << classes << " classes\n";
    EXPECT_GT(classes, 12U);
}

// A compiler's output whose abi was laid out anew: in one line with ", " and ": " it has the hash.
constexpr const char* kReformatted =
    "0x6d8ede036bb4720e6f348643221d8672bf4f0895622c32c11e57460b3b7dffc.sierra.json";

TEST(ClassHash, IsTheNameOfRealSierraClasses) {
    const auto real = gateway::shared("real");
    if (!real)
        GTEST_SKIP() << "no ../shared/real";
    std::size_t classes = 0;
    for (const char* folder : {"classes/sierra", "sepolia-0-7/class", "casm-pairs"})
        for (const auto& path : gateway::json_files(*real / folder)) {
            const std::string text = gateway::read_file(path);
            const std::string file = path.filename().string();
            // An abi that is a list is the compiler's form: the text that was hashed is lost.
            if (text.find("sierra_program") == std::string::npos ||
                !boost::json::parse(text).at("abi").is_string() || file == kReformatted)
                continue;
            SCOPED_TRACE(path.string());
            const auto hash = sierra_class_hash(ClassSource{path.string(), text});
            ASSERT_TRUE(hash.has_value()) << hash.error().message();
            EXPECT_EQ(hash->to_hex(), file.substr(0, file.find('.')));
            ++classes;
        }
    std::cout << classes << " classes\n";
    EXPECT_EQ(classes, 15U);
}

// Lines of class hash, compiled class hash v2, v1, bytecode length.
TEST(CompiledClassHash, IsWhatTheReferenceCompilerComputesOfRealClasses) {
    const auto real = gateway::shared("real");
    if (!real)
        GTEST_SKIP() << "no ../shared/real";
    std::map<std::string, std::filesystem::path> casm_files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(*real))
        if (entry.path().parent_path().filename() == "casm")
            casm_files[entry.path().stem().string()] = entry.path();
    std::ifstream lines(*real / "casm-hashes.txt");
    std::size_t classes = 0;
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with('#') || line.empty())
            continue;
        std::istringstream fields(line);
        std::string name;
        std::string v2;
        std::string v1;
        std::size_t length = 0;
        fields >> name >> v2 >> v1 >> length;
        SCOPED_TRACE(name);
        if (!casm_files.contains(name))
            continue;
        const auto casm =
            parse_casm(JsonText::document(name, gateway::read_file(casm_files[name])));
        ASSERT_TRUE(casm.has_value()) << casm.error().message();
        EXPECT_EQ(compiled_class_hash(CompiledClassHashVersion::v1, *casm).to_hex(), v1);
        EXPECT_EQ(compiled_class_hash(CompiledClassHashVersion::v2, *casm).to_hex(), v2);
        EXPECT_EQ(casm->bytecode.size(), length);
        ++classes;
    }
    std::cout << classes << " classes\n";
    EXPECT_EQ(classes, 17U);
}

// Cairo 0 classes of the oldest compilers had named tuples as "a : b", newer ones attributes
// without scopes, and the texts hold what is not ASCII.
TEST(HintedClassJson, IsPythonsTextOfTheProgramWithoutDebugInfo) {
    const std::string program =
        R"j({"reference_manager": {"references": [{"value": "[cast(fp, (a: felt, b : felt)*)]"}]},)j"
        R"j("prime": "0x1", "main_scope": "__main__", "identifiers": {"b": {"cairo_type": "(x: felt)",)j"
        R"j("value": -36185027886661312136973227}, "a": {"full_name": "x: y"}}, "hints": {"10":)j"
        R"j(["\u00e9\ud83d\ude00\"\\\n\u007f/"], "9": []}, "debug_info": {"big": 1}, "data": ["0x00ff"],)j"
        R"j("builtins": [], "attributes": [{"value": "v", "accessible_scopes": [],)j"
        R"j("flow_tracking_data": null}]})j";
    const auto text = hinted_class_json(JsonText::document("program", program),
                                        JsonText::document("abi", "[ ]"), std::vector{Felt(255)});
    ASSERT_TRUE(text.has_value()) << text.error().message();
    EXPECT_EQ(
        *text,
        R"j({"abi": [], "program": {"attributes": [{"value": "v"}], "builtins": [], "data": ["0xff"], )j"
        R"j("debug_info": null, "hints": {"9": [], "10": ["\u00e9\ud83d\ude00\"\\\n\u007f/"]}, )j"
        R"j("identifiers": {"a": {"full_name": "x: y"}, "b": {"cairo_type": "(x : felt)", )j"
        R"j("value": -36185027886661312136973227}}, "main_scope": "__main__", "prime": "0x1", )j"
        R"j("reference_manager": {"references": [{"value": "[cast(fp, (a : felt, b : felt)*)]"}]}}})j");
}

}  // namespace
}  // namespace blockexecd::executor
