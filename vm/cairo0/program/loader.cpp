// SPDX-License-Identifier: Apache-2.0
// From the compiler's JSON to a Cairo0Program. Fields that execution does not use are not looked
// at.
#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>

#include "vm/cairo0/hints/big_integer.hpp"
#include "vm/cairo0/hints/names.hpp"
#include "vm/cairo0/hints/text_table.hpp"
#include "vm/cairo0/program/json.hpp"
#include "vm/cairo0/program/program.hpp"
#include "vm/felt/read_hex.hpp"

namespace blockexecd::vm::cairo0 {

namespace {

constexpr std::string_view kPrime =
    "0x800000000000011000000000000000000000000000000000000000000000001";

// A word that is no hexadecimal felt: p loads as 0.
Result<Felt> parse_unusual_word(const JsonValue& value) {
    BX_TRY(const std::string_view text, value.as_string("data"));
    if (text.starts_with("0x")) {
        const auto digits = text.substr(std::min(text.find_first_not_of('0', 2), text.size()));
        if (digits == kPrime.substr(2))
            return Felt(0);
    }
    return program_error("failed to create Felt from string: " +
                         std::string(text.find_first_not_of("0123456789abcdefABCDEFx") == text.npos
                                         ? "representative out of range"
                                         : "invalid hex string") +
                         " (" + std::string(text.substr(0, 80)) + ")");
}

// Decimal digits modulo p, however many.
Felt digits_mod_p(std::string_view digits) {
    Felt value;
    for (const char digit : digits)
        value = value * Felt(10) + Felt(static_cast<std::uint64_t>(digit - '0'));
    return value;
}

// 2^256 has 78 digits.
constexpr std::size_t kExactDigits = 78;

bool is_digits(std::string_view token) {
    return std::ranges::all_of(token, [](char c) { return c >= '0' && c <= '9'; });
}

// Digits as written, or a float rounded to an integer; both modulo p. Nothing for what is neither.
std::optional<Felt> parse_constant(std::string_view token) {
    const bool negative = token.starts_with('-');
    const std::string_view digits = token.substr(negative ? 1 : 0);
    if (std::uint64_t small = 0; parse_unsigned(digits, small))
        return negative ? -Felt(small) : Felt(small);
    const std::string text(token);
    if (is_digits(digits)) {
        const std::string_view significant =
            digits.substr(std::min(digits.find_first_not_of('0'), digits.size() - 1));
        if (significant.size() <= kExactDigits) {
            const BigInt magnitude = parse_integer(std::string(significant).c_str());
            if ((magnitude >> 256) == 0)
                return to_felt(negative ? BigInt(-magnitude) : magnitude);
        }
    }
    const double value = std::strtod(text.c_str(), nullptr);
    if (std::isfinite(value))
        return to_felt(BigInt(std::round(value)));
    const auto e = digits.find('e');
    std::uint64_t exponent = 0;
    if (e == digits.npos || digits.find_first_not_of("0123456789") != e ||
        !parse_unsigned(digits.substr(e + 1), exponent))
        return std::nullopt;
    const Felt base = digits_mod_p(digits.substr(0, e));
    return (negative ? -base : base) * Felt(10).pow({exponent, 0, 0, 0});
}

Result<ApTracking> parse_ap_tracking(const JsonValue& value) {
    ApTracking tracking;
    BX_TRY(const JsonValue* group, value.member("group"));
    BX_TRY(tracking.group, group->as_unsigned("ap_tracking.group"));
    BX_TRY(const JsonValue* offset, value.member("offset"));
    BX_TRY(tracking.offset, offset->as_unsigned("ap_tracking.offset"));
    return tracking;
}

constexpr std::string_view last_component(std::string_view path) {
    const auto dot = path.rfind('.');
    return dot == path.npos ? path : path.substr(dot + 1);
}

// Keeps the last one of a name.
template <class Id, class Name>
void add_id(std::vector<Id>& list, const Name& name, std::uint32_t reference) {
    const auto same = std::ranges::find(list, name, &Id::name);
    if (same == list.end())
        list.push_back({name, reference});
    else
        same->reference = reference;
}

// Gives each variable's name and reference to `add`.
template <class Add>
Result<ApTracking> parse_flow_tracking(const JsonValue& value, std::size_t reference_count,
                                       const Add& add) {
    BX_TRY(const JsonValue* tracking, value.member("ap_tracking"));
    BX_TRY(const ApTracking ap_tracking, parse_ap_tracking(*tracking));
    BX_TRY(const JsonValue* reference_ids, value.member("reference_ids"));
    BX_TRY(const auto members, reference_ids->as_object("reference_ids"));
    for (const auto& [path, index_value] : members) {
        BX_TRY(const std::uint64_t index, index_value.as_unsigned("reference_ids"));
        if (index >= reference_count)
            return program_error("reference_ids: " + std::string(path) + " is reference " +
                                 std::to_string(index) + " of " + std::to_string(reference_count));
        add(last_component(path), static_cast<std::uint32_t>(index));
    }
    return ap_tracking;
}

Result<std::shared_ptr<const std::vector<Reference>>> parse_references(const JsonValue& program) {
    BX_TRY(const JsonValue* manager, program.member("reference_manager"));
    BX_TRY(const JsonValue* list, manager->member("references"));
    BX_TRY(const auto elements, list->as_array("references"));
    auto references = std::make_shared<std::vector<Reference>>();
    references->reserve(elements.size());
    for (const JsonValue& element : elements) {
        BX_TRY(const JsonValue* text_value, element.member("value"));
        BX_TRY(const std::string_view text, text_value->as_string("references.value"));
        references->push_back(parse_reference(text));
        BX_TRY(const JsonValue* tracking, element.member("ap_tracking_data"));
        BX_TRY(references->back().ap_tracking, parse_ap_tracking(*tracking));
    }
    return std::shared_ptr<const std::vector<Reference>>(std::move(references));
}

Result<std::vector<HintSource>> parse_hints(const JsonValue& program, std::size_t length,
                                            std::size_t reference_count) {
    BX_TRY(const JsonValue* map_value, program.member("hints"));
    BX_TRY(const auto map, map_value->as_object("hints"));
    std::vector<HintSource> hints;
    hints.reserve(map.size());
    std::optional<std::uint64_t> highest;
    for (const auto& [pc_text, list_value] : map) {
        std::uint64_t pc = 0;
        if (!parse_unsigned(pc_text, pc))
            return program_error("hints: " + std::string(pc_text) + " is no pc");
        BX_TRY(const auto list, list_value.as_array("hints"));
        highest = std::max(highest.value_or(0), pc);
        for (const JsonValue& entry : list) {
            HintSource& hint = hints.emplace_back();
            hint.pc = pc;
            BX_TRY(const JsonValue* code, entry.member("code"));
            BX_TRY(const std::string_view text, code->as_string("hints.code"));
            hint.set_text(text);
            BX_TRY(const JsonValue* scopes, entry.member("accessible_scopes"));
            BX_CHECK(scopes->as_array("hints.accessible_scopes"));
            BX_TRY(const JsonValue* flow_value, entry.member("flow_tracking_data"));
            BX_TRY(hint.ap_tracking,
                   parse_flow_tracking(*flow_value, reference_count,
                                       [&hint](std::string_view name, std::uint32_t reference) {
                                           // Most names are none that a hint asks for.
                                           if (const auto id = ids::find(name))
                                               add_id(hint.ids, *id, reference);
                                       }));
        }
    }
    if (highest && *highest >= length)
        return program_error("Hint PC (" + std::to_string(*highest) +
                             ") is greater or equal to program length (" + std::to_string(length) +
                             ")");
    std::ranges::stable_sort(hints, {}, &HintSource::pc);
    return hints;
}

// The last components of the constants that hints ask for.
constexpr TextTable kConstantNames([] {
    std::array<std::string_view, kConstantCount> names;
    std::ranges::transform(constants::kSources, names.begin(), [](const ConstantSource& source) {
        return last_component(source.path.empty() ? source.last_component : source.path);
    });
    return names;
}());

static_assert(std::ranges::all_of(constants::kSources, [](const ConstantSource& source) {
    return source.path.empty() || source.last_component.empty() ||
           source.last_component == last_component(source.path);
}));

bool is_wanted_constant(std::string_view path) {
    const std::string_view last = last_component(path);
    // Most constants are the SIZEOF_LOCALS of some function.
    if (kConstantNames.find(last) == kConstantCount)
        return false;
    return std::ranges::any_of(constants::kSources, [&](const ConstantSource& source) {
        return path == source.path ||
               (!source.last_component.empty() && last == source.last_component);
    });
}

Result<std::vector<NamedConstant>> parse_constants(const JsonValue& identifiers) {
    BX_TRY(const auto members, identifiers.as_object("identifiers"));
    std::vector<NamedConstant> constants;
    for (const auto& [path, identifier] : members) {
        const JsonValue* const type = identifier.find("type");
        const JsonValue* const value = identifier.find("value");
        const bool constant = type != nullptr && type->text() == "const";
        if (value == nullptr) {
            if (constant)
                return program_error("Constant " + std::string(path) + " has no value");
            continue;
        }
        const bool number = value->kind() == JsonValue::Kind::number;
        const bool wanted = constant && is_wanted_constant(path);
        // So many digits are always a constant, so that nobody has to know which.
        if (number && !wanted && value->text().size() <= kExactDigits && is_digits(value->text()))
            continue;
        const auto felt = number ? parse_constant(value->text()) : std::nullopt;
        if (!felt)
            return program_error("identifiers." + std::string(path) +
                                 ".value: felt_from_number parse error");
        if (wanted)
            constants.push_back({std::string(path), *felt});
    }
    std::ranges::sort(constants, {}, &NamedConstant::path);
    return constants;
}

Result<std::vector<ErrorAttribute>> parse_attributes(const JsonValue& program,
                                                     std::size_t reference_count) {
    std::vector<ErrorAttribute> attributes;
    const JsonValue* const list_value = program.find("attributes");
    if (list_value == nullptr)
        return attributes;
    BX_TRY(const auto list, list_value->as_array("attributes"));
    for (const JsonValue& entry : list) {
        ErrorAttribute attribute;
        BX_TRY(const JsonValue* name_value, entry.member("name"));
        BX_TRY(const std::string_view name, name_value->as_string("attributes.name"));
        BX_TRY(const JsonValue* start, entry.member("start_pc"));
        BX_TRY(attribute.start_pc, start->as_unsigned("attributes.start_pc"));
        BX_TRY(const JsonValue* end, entry.member("end_pc"));
        BX_TRY(attribute.end_pc, end->as_unsigned("attributes.end_pc"));
        BX_TRY(const JsonValue* value, entry.member("value"));
        BX_TRY(attribute.value, value->as_string("attributes.value"));
        if (const JsonValue* flow_value = entry.find("flow_tracking_data");
            flow_value != nullptr && !flow_value->is_null()) {
            BX_TRY(attribute.ap_tracking,
                   parse_flow_tracking(*flow_value, reference_count,
                                       [&attribute](std::string_view id, std::uint32_t reference) {
                                           const std::string name(id);
                                           if (attribute.value.find("{" + name + "}") !=
                                               std::string::npos)
                                               add_id(attribute.ids, name, reference);
                                       }));
        }
        if (name == "error_message")
            attributes.push_back(std::move(attribute));
    }
    return attributes;
}

Result<std::uint32_t> parse_line(const JsonValue& location, std::string_view name) {
    BX_TRY(const JsonValue* value, location.member(name));
    BX_TRY(const std::uint64_t number, value->as_unsigned(name));
    if (number > std::numeric_limits<std::uint32_t>::max())
        return program_error(std::string(name) + ": " + std::to_string(number) + " is too large");
    return static_cast<std::uint32_t>(number);
}

Result<SourceLocation> parse_location(const JsonValue& value) {
    SourceLocation location;
    BX_TRY(location.start_line, parse_line(value, "start_line"));
    BX_TRY(location.start_col, parse_line(value, "start_col"));
    BX_TRY(location.end_line, parse_line(value, "end_line"));
    BX_TRY(location.end_col, parse_line(value, "end_col"));
    BX_TRY(const JsonValue* input_file, value.member("input_file"));
    BX_TRY(const JsonValue* filename, input_file->member("filename"));
    BX_TRY(location.file, filename->as_string("filename"));
    if (const JsonValue* parent = value.find("parent_location");
        parent != nullptr && !parent->is_null()) {
        BX_TRY(const auto pair, parent->as_array("parent_location"));
        if (pair.size() != 2)
            return program_error("parent_location: expected a location and a message");
        BX_TRY(SourceLocation outer, parse_location(pair[0]));
        location.parent = std::make_unique<SourceLocation>(std::move(outer));
        BX_TRY(location.parent_message, pair[1].as_string("parent_location"));
    }
    return location;
}

Result<std::shared_ptr<const DebugInfo>> parse_debug_info(const JsonValue& program) {
    const JsonValue* const value = program.find("debug_info");
    if (value == nullptr || value->is_null())
        return std::shared_ptr<const DebugInfo>();
    BX_TRY(const JsonValue* map_value, value->member("instruction_locations"));
    BX_TRY(const auto map, map_value->as_object("instruction_locations"));
    auto debug_info = std::make_shared<DebugInfo>();
    for (const auto& [pc_text, entry] : map) {
        InstructionLocation place;
        if (!parse_unsigned(pc_text, place.pc))
            return program_error("instruction_locations: " + std::string(pc_text) + " is no pc");
        BX_TRY(const JsonValue* instruction, entry.member("inst"));
        BX_TRY(place.instruction, parse_location(*instruction));
        BX_TRY(const JsonValue* hints_value, entry.member("hints"));
        BX_TRY(const auto hints, hints_value->as_array("hints"));
        for (const JsonValue& hint : hints) {
            BX_TRY(const JsonValue* location_value, hint.member("location"));
            BX_TRY(SourceLocation location, parse_location(*location_value));
            place.hints.push_back(std::move(location));
        }
        debug_info->push_back(std::move(place));
    }
    std::ranges::sort(*debug_info, {}, &InstructionLocation::pc);
    return std::shared_ptr<const DebugInfo>(std::move(debug_info));
}

// The pc of a function or label; nothing for an identifier without one.
Result<std::optional<std::uint64_t>> identifier_pc(const JsonValue& identifiers,
                                                   std::string_view path) {
    const JsonValue* const identifier = identifiers.find(path);
    const JsonValue* const pc = identifier == nullptr ? nullptr : identifier->find("pc");
    if (pc == nullptr || pc->is_null())
        return std::optional<std::uint64_t>();
    std::uint64_t value = 0;
    if (!pc->read_unsigned(value))
        return pc->as_unsigned("identifiers." + std::string(path) + ".pc").error();
    return std::optional(value);
}

}  // namespace

Result<Cairo0Program> parse_program(std::string_view json,
                                    std::optional<std::string_view> entrypoint) {
    BX_TRY(const JsonDocument document, parse_json(json));
    return parse_program(document, entrypoint);
}

Result<Cairo0Program> parse_program(const JsonDocument& document,
                                    std::optional<std::string_view> entrypoint) {
    const JsonValue* const inner = document.find("program");
    const JsonValue& program = inner == nullptr ? document : *inner;

    Cairo0Program result;
    BX_TRY(const JsonValue* prime_value, program.member("prime"));
    BX_TRY(const std::string_view prime, prime_value->as_string("prime"));
    BX_TRY(const JsonValue* builtins_value, program.member("builtins"));
    BX_TRY(const auto builtins, builtins_value->as_array("builtins"));
    for (const JsonValue& builtin : builtins) {
        BX_TRY(const std::string_view name, builtin.as_string("builtins"));
        const auto known = builtin_from_name(name);
        if (!known || name.ends_with("_builtin"))
            return program_error("unknown builtin `" + std::string(name) + "`");
        result.builtins.push_back(*known);
    }
    BX_TRY(const JsonValue* data_value, program.member("data"));
    BX_TRY(const auto data, data_value->as_array("data"));
    result.data.resize(data.size());
    for (std::size_t i = 0; i < data.size(); ++i) {
        if (data[i].is_string() && read_hex(data[i].text(), result.data[i])) [[likely]]
            continue;
        BX_TRY(result.data[i], parse_unusual_word(data[i]));
    }
    BX_TRY(const JsonValue* identifiers, program.member("identifiers"));
    BX_TRY(result.extra.constants, parse_constants(*identifiers));
    BX_TRY(result.extra.references, parse_references(program));
    const std::size_t references = result.extra.references->size();
    BX_TRY(result.extra.attributes, parse_attributes(program, references));
    BX_TRY(result.debug_info, parse_debug_info(program));
    if (prime != kPrime)
        return program_error("Expected prime " + std::string(kPrime) + ", got " +
                             std::string(prime));
    if (entrypoint) {
        const std::string path = "__main__." + std::string(*entrypoint);
        if (identifiers->find(path) == nullptr)
            return program_error("Entrypoint " + std::string(*entrypoint) + " not found");
        BX_TRY(result.main, identifier_pc(*identifiers, path));
    }
    BX_TRY(result.start_label, identifier_pc(*identifiers, "__main__.__start__"));
    BX_TRY(result.end_label, identifier_pc(*identifiers, "__main__.__end__"));
    BX_TRY(result.extra.hints, parse_hints(program, result.data.size(), references));
    return result;
}

}  // namespace blockexecd::vm::cairo0
