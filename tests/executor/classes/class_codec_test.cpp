// SPDX-License-Identifier: Apache-2.0
#include "executor/classes/class_codec.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/executor/classes/class_files.hpp"
#include "tests/executor/commitments/gateway.hpp"

namespace blockexecd::executor {
namespace {

std::span<const std::uint8_t> bytes_of(const std::string& text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

bool same_segments(const BytecodeSegment& a, const BytecodeSegment& b) {
    return a.length == b.length && std::ranges::equal(a.children, b.children, same_segments);
}

void expect_same(const CompiledClass& a, const CompiledClass& b) {
    EXPECT_EQ(a.kind, b.kind);
    EXPECT_EQ(a.class_hash, b.class_hash);
    EXPECT_EQ(a.compiled_class_hash_v1, b.compiled_class_hash_v1);
    EXPECT_EQ(a.compiled_class_hash_v2, b.compiled_class_hash_v2);
    EXPECT_EQ(a.program_builtins, b.program_builtins);
    EXPECT_EQ(a.sierra_version, b.sierra_version);
    EXPECT_EQ(a.bytecode_length, b.bytecode_length);
    EXPECT_EQ(a.sierra_program_length, b.sierra_program_length);
    EXPECT_EQ(a.abi_length, b.abi_length);
    EXPECT_TRUE(same_segments(a.bytecode_segments, b.bytecode_segments));
    for (std::size_t type = 0; type < a.entry_points.size(); ++type)
        EXPECT_TRUE(std::ranges::equal(a.entry_points[type], b.entry_points[type],
                                       [](const EntryPoint& x, const EntryPoint& y) {
                                           return x.selector == y.selector &&
                                                  x.offset == y.offset && x.builtins == y.builtins;
                                       }));
}

TEST(ClassCodec, GivesBackEveryClassOfAChain) {
    const auto chain = gateway::bundled_chains() / "mixed-small";
    std::size_t json_bytes = 0;
    std::size_t binary_bytes = 0;
    for (const ClassFiles& files : class_files(chain / "classes")) {
        SCOPED_TRACE(files.name);
        const ClassDefinition definition = files.parse();
        const std::string encoded = encode_class(definition);
        const auto decoded = decode_class(bytes_of(encoded));
        ASSERT_TRUE(decoded.has_value()) << decoded.error().message();
        expect_same(**decoded, definition.summary);
        ASSERT_NE((*decoded)->code, nullptr);
        EXPECT_EQ((*decoded)->code->length(), definition.bytecode.size());
        EXPECT_GT(memory_bytes(**decoded), definition.bytecode.size() * sizeof(Felt));
        json_bytes += std::filesystem::file_size(files.cairo0.empty() ? files.casm : files.cairo0);
        binary_bytes += encoded.size();
    }
    std::cout << json_bytes << " bytes of CASM and Cairo 0 JSON, " << binary_bytes
              << " bytes stored\n";
    EXPECT_LT(binary_bytes * 2, json_bytes);
}

TEST(ClassCodec, RefusesDamagedBytes) {
    const auto chain = gateway::bundled_chains() / "mixed-small";
    const auto classes = class_files(chain / "classes");
    const auto& smallest = *std::ranges::min_element(classes, {}, [](const ClassFiles& files) {
        return std::filesystem::file_size(files.cairo0.empty() ? files.casm : files.cairo0);
    });
    const std::string encoded = encode_class(smallest.parse());
    for (std::size_t length = 0; length < encoded.size(); ++length)
        EXPECT_FALSE(decode_class(bytes_of(encoded).first(length)).has_value()) << length;
    const std::string longer = encoded + '\0';
    EXPECT_FALSE(decode_class(bytes_of(longer)).has_value());
    std::string other_version = encoded;
    other_version[0] = 0;
    const auto refused = decode_class(bytes_of(other_version));
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().message(), "stored class, byte 1 of " +
                                             std::to_string(encoded.size()) +
                                             ": written in version 0 of the form, not 1");
    // Whatever a byte becomes, decoding ends with a class or an error.
    for (std::size_t at = 1; at < encoded.size(); at += 1 + encoded.size() / 2000) {
        std::string damaged = encoded;
        damaged[at] = static_cast<char>(~damaged[at]);
        (void)decode_class(bytes_of(damaged)).has_value();
    }
}

}  // namespace
}  // namespace blockexecd::executor
