// SPDX-License-Identifier: Apache-2.0
#include "executor/classes/class_json.hpp"

#include <string_view>

namespace blockexecd::executor {
namespace {

// By EntryPointType.
constexpr std::array<std::string_view, 3> kEntryPointTypeNames{"EXTERNAL", "L1_HANDLER",
                                                               "CONSTRUCTOR"};

// Deeper trees than the compiler's (one level) are hashed by the reference too; this only bounds
// the recursion.
constexpr unsigned kMaxSegmentDepth = 32;

// `parse` makes an entry point of a JSON object.
template <class EntryPoint, class Parse>
vm::Result<std::array<std::vector<EntryPoint>, 3>> parse_entry_points(const JsonObject& object,
                                                                      Parse&& parse) {
    std::array<std::vector<EntryPoint>, 3> entry_points;
    BX_TRY(const JsonText json, object.at("entry_points_by_type"));
    BX_TRY(const JsonObject by_type, json.object());
    for (std::size_t type = 0; type < entry_points.size(); ++type) {
        const JsonText* list = by_type.find(kEntryPointTypeNames[type]);
        if (list == nullptr)
            continue;
        BX_TRY(const auto elements, list->elements());
        for (const JsonText& element : elements) {
            BX_TRY(const JsonObject members, element.object());
            BX_TRY(auto entry_point, parse(members));
            entry_points[type].push_back(std::move(entry_point));
        }
    }
    return entry_points;
}

vm::Result<Felt> felt_at(const JsonObject& object, std::string_view key) {
    BX_TRY(const JsonText json, object.at(key));
    return json.felt();
}

vm::Result<BytecodeSegment> parse_segment(const JsonText& json, unsigned depth) {
    if (!json.is_array()) {
        BX_TRY(const std::uint64_t length, json.integer());
        return BytecodeSegment{length, {}};
    }
    if (depth == kMaxSegmentDepth)
        return json.error("nested too deeply");
    BytecodeSegment segment;
    BX_TRY(const auto elements, json.elements());
    if (elements.empty())
        return json.error("an empty list of segments");
    for (const JsonText& element : elements) {
        BX_TRY(BytecodeSegment child, parse_segment(element, depth + 1));
        if (child.length > UINT32_MAX)
            return element.error("too long");
        segment.length += child.length;
        segment.children.push_back(std::move(child));
    }
    return segment;
}

vm::Result<BytecodeSegment> parse_segments(const JsonObject& casm, std::size_t bytecode_length) {
    const JsonText* json = casm.find("bytecode_segment_lengths");
    if (json == nullptr || json->is_null())
        return BytecodeSegment{bytecode_length, {}};
    BX_TRY(BytecodeSegment segments, parse_segment(*json, 0));
    if (segments.length != bytecode_length)
        return json->error("adds up to " + std::to_string(segments.length) +
                           ", but the bytecode has " + std::to_string(bytecode_length) + " felts");
    return segments;
}

vm::Result<std::vector<vm::BuiltinName>> parse_builtins(const JsonText& json) {
    std::vector<vm::BuiltinName> builtins;
    BX_TRY(const auto elements, json.elements());
    for (const JsonText& element : elements) {
        BX_TRY(const std::string text, element.string());
        const auto name = vm::builtin_from_name(text);
        if (!name)
            return element.error("no builtin is called \"" + text + "\"");
        builtins.push_back(*name);
    }
    return builtins;
}

}  // namespace

vm::Result<SierraClass> parse_sierra(const JsonText& json) {
    SierraClass sierra;
    BX_TRY(const JsonObject object, json.object());
    BX_TRY(const JsonText program, object.at("sierra_program"));
    BX_TRY(sierra.program, program.felts());
    BX_TRY(const JsonText version, object.at("contract_class_version"));
    BX_TRY(sierra.contract_class_version, version.string());
    if (sierra.contract_class_version.size() > 15)
        return version.error("too long");
    if (const JsonText* abi = object.find("abi")) {
        BX_TRY(sierra.abi, abi->string());
    }
    BX_TRY(sierra.entry_points,
           parse_entry_points<SierraEntryPoint>(
               object, [](const JsonObject& members) -> vm::Result<SierraEntryPoint> {
                   BX_TRY(const Felt selector, felt_at(members, "selector"));
                   BX_TRY(const JsonText function_idx, members.at("function_idx"));
                   BX_TRY(const std::uint64_t index, function_idx.integer());
                   return SierraEntryPoint{selector, index};
               }));
    return sierra;
}

vm::Result<CasmClass> parse_casm(const JsonText& json) {
    CasmClass casm;
    BX_TRY(const JsonObject object, json.object());
    BX_TRY(const JsonText bytecode, object.at("bytecode"));
    BX_TRY(casm.bytecode, bytecode.felts());
    BX_TRY(casm.segments, parse_segments(object, casm.bytecode.size()));
    BX_TRY(casm.entry_points, parse_entry_points<EntryPoint>(
                                  object, [](const JsonObject& members) -> vm::Result<EntryPoint> {
                                      BX_TRY(const Felt selector, felt_at(members, "selector"));
                                      BX_TRY(const JsonText offset, members.at("offset"));
                                      BX_TRY(const std::uint64_t pc, offset.integer());
                                      BX_TRY(const JsonText names, members.at("builtins"));
                                      BX_TRY(auto builtins, parse_builtins(names));
                                      return EntryPoint{selector, pc, std::move(builtins)};
                                  }));
    BX_TRY(const JsonText hints, object.at("hints"));
    auto parsed = vm::parse_casm_hints(hints.text());
    if (parsed.has_error())
        return hints.error(parsed.error().message());
    casm.hints = std::move(*parsed);
    return casm;
}

vm::Result<Cairo0Class> parse_cairo0(const JsonText& json) {
    BX_TRY(const JsonObject object, json.object());
    BX_TRY(const JsonText program, object.at("program"));
    const JsonText* abi = object.find("abi");
    Cairo0Class cairo0{
        {}, {}, {}, program, abi != nullptr ? *abi : JsonText::document("abi", "null")};
    BX_TRY(const JsonObject program_object, program.object());
    BX_TRY(const JsonText data, program_object.at("data"));
    BX_TRY(cairo0.data, data.felts());
    BX_TRY(const JsonText builtins, program_object.at("builtins"));
    BX_TRY(const auto names, builtins.elements());
    for (const JsonText& name : names) {
        BX_TRY(std::string text, name.string());
        if (!vm::builtin_from_name(text) || text.ends_with("_builtin"))
            return name.error("no builtin is called \"" + text + "\"");
        cairo0.builtins.push_back(std::move(text));
    }
    BX_TRY(cairo0.entry_points,
           parse_entry_points<EntryPoint>(
               object, [](const JsonObject& members) -> vm::Result<EntryPoint> {
                   BX_TRY(const Felt selector, felt_at(members, "selector"));
                   BX_TRY(const JsonText offset, members.at("offset"));
                   BX_TRY(const std::uint64_t pc, offset.integer_or_hex());
                   return EntryPoint{selector, pc, {}};
               }));
    return cairo0;
}

vm::Result<SierraVersion> sierra_version(const SierraClass& sierra, const JsonText& json) {
    // The first compilers wrote one felt, a text, where later ones write three numbers.
    static const Felt version_0_1_0 = Felt::from_ascii("0.1.0");
    if (!sierra.program.empty() && sierra.program.front() == version_0_1_0)
        return SierraVersion{0, 1, 0};
    std::array<std::uint64_t, 3> version{};
    for (std::size_t i = 0; i < version.size(); ++i) {
        const auto number = i < sierra.program.size() ? sierra.program[i].to_u64() : std::nullopt;
        if (!number)
            return json.error("the Sierra program does not begin with a version");
        version[i] = *number;
    }
    return SierraVersion{version[0], version[1], version[2]};
}

}  // namespace blockexecd::executor
