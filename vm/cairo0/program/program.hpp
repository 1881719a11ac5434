// SPDX-License-Identifier: Apache-2.0
// A Cairo 0 program as its compiler wrote it, reduced to what execution needs.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "vm/builtin_name.hpp"
#include "vm/cairo0/hints/names.hpp"
#include "vm/cairo0/hints/registry.hpp"
#include "vm/cairo0/program/reference.hpp"
#include "vm/error.hpp"
#include "vm/felt/felt.hpp"
#include "vm/program/code.hpp"

namespace blockexecd::vm::cairo0 {

// A variable's name and its index in the references.
struct NamedReference {
    std::string name;
    std::uint32_t reference = 0;
    friend bool operator==(const NamedReference&, const NamedReference&) = default;
};

// The same of a variable that some hint could ask for.
struct HintId {
    ids::Name name = {};
    std::uint32_t reference = 0;
};

struct HintSource {
    std::uint64_t pc = 0;
    const KnownHint* known = nullptr;  // null for a text that is none
    std::string unknown_text;          // then
    ApTracking ap_tracking;
    std::vector<HintId> ids;

    void set_text(std::string_view text) {
        known = find_hint(text);
        if (known == nullptr)
            unknown_text = text;
    }
    [[nodiscard]] std::string_view text() const {
        return known == nullptr ? std::string_view(unknown_text) : known->text;
    }
};

// "Error message: …" for the instructions [start_pc, end_pc).
struct ErrorAttribute {
    std::uint64_t start_pc = 0;
    std::uint64_t end_pc = 0;
    std::string value;
    ApTracking ap_tracking;
    std::vector<NamedReference> ids;
};

// Constants that hints ask for, by their path in the program.
struct NamedConstant {
    std::string path;
    Felt value;
};

// What a program has beside its words.
struct ProgramExtra {
    std::shared_ptr<const std::vector<Reference>> references =
        std::make_shared<const std::vector<Reference>>();
    std::vector<HintSource> hints;  // ascending pc
    std::vector<ErrorAttribute> attributes;
    std::vector<NamedConstant> constants;  // ascending path
};

// Lines and columns count from 1.
struct SourceLocation {
    std::uint32_t start_line = 0;
    std::uint32_t start_col = 0;
    std::uint32_t end_line = 0;
    std::uint32_t end_col = 0;
    std::string file;
    // Where this code was expanded, and what the compiler says of it ("While …").
    std::unique_ptr<SourceLocation> parent;
    std::string parent_message;
};

struct InstructionLocation {
    std::uint64_t pc = 0;
    SourceLocation instruction;
    std::vector<SourceLocation> hints;
};

using DebugInfo = std::vector<InstructionLocation>;  // ascending pc

struct Cairo0Program {
    std::vector<Felt> data;
    std::vector<BuiltinName> builtins;  // as written
    std::optional<std::uint64_t> main;  // of the entry point asked for
    std::optional<std::uint64_t> start_label;
    std::optional<std::uint64_t> end_label;
    ProgramExtra extra;
    std::shared_ptr<const DebugInfo> debug_info;  // null without
};

// The output of cairo-compile, a Cairo 0 contract class, or the `program` of one. `entrypoint`
// looks for __main__.NAME. Errors (kind program) say what is wrong and where: text that is not
// JSON, missing or mistyped fields, another prime, an entry point that is not there, a hint outside
// of the program, a constant without value.
[[nodiscard]] Result<Cairo0Program> parse_program(
    std::string_view json, std::optional<std::string_view> entrypoint = std::nullopt);
// The same from a document that is read already.
[[nodiscard]] Result<Cairo0Program> parse_program(const struct JsonDocument& document,
                                                  std::optional<std::string_view> entrypoint);

// The words with their hints resolved to functions and operands. A hint of unknown text fails when
// it is executed.
[[nodiscard]] std::shared_ptr<const Code> make_code(
    std::span<const Felt> words, const ProgramExtra& extra,
    std::shared_ptr<const DebugInfo> debug_info = nullptr);

// A binary form for storage. Errors of decoding (kind program): damaged bytes, another version.
[[nodiscard]] std::string encode_extra(const ProgramExtra& extra);
[[nodiscard]] Result<ProgramExtra> decode_extra(std::string_view bytes);

}  // namespace blockexecd::vm::cairo0
