// SPDX-License-Identifier: Apache-2.0
// What the archive's JSON must look like. Unknown keys are passed over, as by the reference.
#include <algorithm>
#include <charconv>

#include "vm/cairo0/pie/pie_json.hpp"
#include "vm/cairo0/program/json.hpp"

namespace blockexecd::vm::cairo0 {

namespace {

Error wrong(std::string_view where, std::string_view what) {
    return program_error(std::string(where) + ": " + std::string(what));
}

Result<std::uint64_t> read_unsigned(const JsonValue& value, std::string_view where) {
    std::uint64_t number = 0;
    if (value.kind() != JsonValue::Kind::number || !parse_unsigned(value.text(), number))
        return wrong(where, "expected an unsigned number of 64 bits");
    return number;
}

Result<std::int64_t> read_signed(const JsonValue& value, std::string_view where) {
    std::int64_t number = 0;
    const char* const end = value.text().data() + value.text().size();
    const auto [stop, error] = std::from_chars(value.text().data(), end, number);
    if (value.kind() != JsonValue::Kind::number || error != std::errc() || stop != end)
        return wrong(where, "expected a number of 64 bits");
    return number;
}

Result<Felt> read_felt(const JsonValue& value, std::string_view where) {
    const auto felt =
        value.kind() == JsonValue::Kind::number ? Felt::from_decimal(value.text()) : std::nullopt;
    if (!felt)
        return wrong(where, "expected a field element as a number");
    return *felt;
}

// An array of exactly N elements.
template <std::size_t N>
Result<std::span<const JsonValue>> read_tuple(const JsonValue& value, std::string_view where) {
    if (value.kind() != JsonValue::Kind::array || value.elements().size() != N)
        return wrong(where, "expected a list of " + std::to_string(N));
    return value.elements();
}

Result<Relocatable> read_address(const JsonValue& value, std::string_view where) {
    BX_TRY(const auto parts, read_tuple<2>(value, where));
    BX_TRY(const std::uint64_t segment, read_unsigned(parts[0], where));
    BX_TRY(const std::uint64_t offset, read_unsigned(parts[1], where));
    if (segment > INT32_MAX)
        return wrong(where, "there is no such segment");
    return Relocatable{static_cast<std::int32_t>(segment), offset};
}

Result<PieSegment> read_segment(const JsonValue& value, std::string_view where) {
    PieSegment segment;
    BX_TRY(const JsonValue* const index, value.member("index"));
    BX_TRY(segment.index, read_signed(*index, where));
    BX_TRY(const JsonValue* const size, value.member("size"));
    BX_TRY(segment.size, read_unsigned(*size, where));
    return segment;
}

Result<BuiltinName> read_builtin(std::string_view text, bool suffix, std::string_view where) {
    const auto name = builtin_from_name(text);
    if (!name || text.ends_with("_builtin") != suffix)
        return wrong(where, "there is no builtin " + std::string(text.substr(0, 64)));
    return *name;
}

Result<void> read_program(const JsonValue& value, PieMetadata& metadata) {
    constexpr std::string_view kWhere = "metadata.json: program";
    BX_TRY(const JsonValue* const data, value.member("data"));
    BX_TRY(const auto words, data->as_array(kWhere));
    metadata.data.reserve(words.size());
    for (const JsonValue& word : words) {
        BX_TRY(const Felt felt, read_felt(word, kWhere));
        metadata.data.push_back(felt);
    }
    BX_TRY(const JsonValue* const builtins, value.member("builtins"));
    BX_TRY(const auto names, builtins->as_array(kWhere));
    for (const JsonValue& name : names) {
        BX_TRY(const std::string_view text, name.as_string(kWhere));
        BX_TRY(const BuiltinName builtin, read_builtin(text, false, kWhere));
        metadata.builtins.push_back(builtin);
    }
    BX_TRY(const JsonValue* const main, value.member("main"));
    BX_TRY(metadata.main, read_unsigned(*main, kWhere));
    BX_TRY(const JsonValue* const prime, value.member("prime"));
    if (prime->kind() != JsonValue::Kind::number || prime->text() != kPrimeDigits)
        return wrong(kWhere, "Invalid prime");
    return {};
}

Result<OutputData> read_output(const JsonValue& value, std::string_view where) {
    OutputData data;
    BX_TRY(const JsonValue* const pages, value.member("pages"));
    BX_TRY(const auto page_list, pages->as_object(where));
    for (const JsonMember& page : page_list) {
        std::uint64_t id = 0;
        if (!parse_unsigned(page.name, id))
            return wrong(where, "a page's name is its number");
        BX_TRY(const auto range, read_tuple<2>(page.value, where));
        BX_TRY(data.pages[id].start, read_unsigned(range[0], where));
        BX_TRY(data.pages[id].size, read_unsigned(range[1], where));
    }
    BX_TRY(const JsonValue* const attributes, value.member("attributes"));
    BX_TRY(const auto attribute_list, attributes->as_object(where));
    for (const JsonMember& attribute : attribute_list) {
        BX_TRY(const auto values, attribute.value.as_array(where));
        std::vector<std::uint64_t>& numbers = data.attributes[std::string(attribute.name)];
        numbers.clear();
        for (const JsonValue& each : values) {
            BX_TRY(const std::uint64_t number, read_unsigned(each, where));
            numbers.push_back(number);
        }
    }
    return data;
}

Result<PieSignatures> read_signatures(std::span<const JsonValue> list, std::string_view where) {
    std::map<Relocatable, std::pair<Felt, Felt>> sorted;
    for (const JsonValue& entry : list) {
        BX_TRY(const auto parts, read_tuple<2>(entry, where));
        BX_TRY(const Relocatable address, read_address(parts[0], where));
        BX_TRY(const auto signature, read_tuple<2>(parts[1], where));
        BX_TRY(const Felt r, read_felt(signature[0], where));
        BX_TRY(const Felt s, read_felt(signature[1], where));
        sorted[address] = {r, s};
    }
    return PieSignatures(sorted.begin(), sorted.end());
}

// The first shape that fits, in the reference's order.
Result<AdditionalData> read_additional_data(const JsonValue& value, std::string_view where) {
    switch (value.kind()) {
        case JsonValue::Kind::null:
            return AdditionalData(NoAdditionalData{});
        case JsonValue::Kind::object: {
            BX_TRY(OutputData output, read_output(value, where));
            return AdditionalData(std::move(output));
        }
        case JsonValue::Kind::array: {
            const auto is_address = [](const JsonValue& entry) {
                return entry.kind() == JsonValue::Kind::array && entry.elements().size() == 2 &&
                       entry.elements()[0].kind() == JsonValue::Kind::number;
            };
            if (!value.elements().empty() && !is_address(value.elements().front())) {
                BX_TRY(PieSignatures signatures, read_signatures(value.elements(), where));
                return AdditionalData(std::move(signatures));
            }
            VerifiedAddresses addresses;
            for (const JsonValue& entry : value.elements()) {
                BX_TRY(const Relocatable address, read_address(entry, where));
                addresses.push_back(address);
            }
            return AdditionalData(std::move(addresses));
        }
        default:
            return wrong(where, "expected a list, an object or null");
    }
}

// The document, its parser's error prefixed with the entry's name.
Result<JsonDocument> read_document(std::string_view text, std::string_view entry) {
    auto document = parse_json(text);
    if (document.has_error())
        return wrong(entry, document.error().message());
    if (document->kind() != JsonValue::Kind::object)
        return wrong(entry, "expected an object");
    return document;
}

Result<void> in_entry(std::string_view entry, Result<void> result) {
    if (result.has_error() && !result.error().message().starts_with(entry))
        return wrong(entry, result.error().message());
    return result;
}

Result<void> read_metadata(const JsonValue& document, PieMetadata& metadata) {
    constexpr std::string_view kWhere = "metadata.json";
    BX_TRY(const JsonValue* const program, document.member("program"));
    BX_CHECK(read_program(*program, metadata));
    const std::pair<std::string_view, PieSegment*> segments[]{
        {"program_segment", &metadata.program_segment},
        {"execution_segment", &metadata.execution_segment},
        {"ret_fp_segment", &metadata.ret_fp_segment},
        {"ret_pc_segment", &metadata.ret_pc_segment},
    };
    for (const auto& [name, segment] : segments) {
        BX_TRY(const JsonValue* const value, document.member(name));
        BX_TRY(*segment, read_segment(*value, kWhere));
    }
    BX_TRY(const JsonValue* const builtins, document.member("builtin_segments"));
    BX_TRY(const auto builtin_list, builtins->as_object(kWhere));
    for (const JsonMember& member : builtin_list) {
        BX_TRY(const BuiltinName name, read_builtin(member.name, false, kWhere));
        BX_TRY(metadata.builtin_segments[name], read_segment(member.value, kWhere));
    }
    BX_TRY(const JsonValue* const extra, document.member("extra_segments"));
    BX_TRY(const auto extra_list, extra->as_array(kWhere));
    for (const JsonValue& value : extra_list) {
        BX_TRY(const PieSegment segment, read_segment(value, kWhere));
        metadata.extra_segments.push_back(segment);
    }
    return {};
}

Result<void> read_resources(const JsonValue& document, CairoPie& pie) {
    constexpr std::string_view kWhere = "execution_resources.json";
    BX_TRY(const JsonValue* const steps, document.member("n_steps"));
    BX_TRY(pie.n_steps, read_unsigned(*steps, kWhere));
    BX_TRY(const JsonValue* const holes, document.member("n_memory_holes"));
    BX_TRY(pie.n_memory_holes, read_unsigned(*holes, kWhere));
    BX_TRY(const JsonValue* const counters, document.member("builtin_instance_counter"));
    BX_TRY(const auto list, counters->as_object(kWhere));
    for (const JsonMember& member : list) {
        BX_TRY(const BuiltinName name, read_builtin(member.name, true, kWhere));
        BX_TRY(pie.builtin_instances[name], read_unsigned(member.value, kWhere));
    }
    return {};
}

}  // namespace

Result<void> check_version_json(std::string_view text) {
    constexpr std::string_view kEntry = "version.json";
    BX_TRY(const JsonDocument document, read_document(text, kEntry));
    const JsonValue* const version = document.find("cairo_pie");
    if (version == nullptr || version->kind() != JsonValue::Kind::string ||
        version->text() != "1.1")
        return wrong(kEntry, "Invalid cairo_pie version");
    return {};
}

Result<void> parse_metadata_json(std::string_view text, PieMetadata& metadata) {
    constexpr std::string_view kEntry = "metadata.json";
    BX_TRY(const JsonDocument document, read_document(text, kEntry));
    return in_entry(kEntry, read_metadata(document, metadata));
}

Result<void> parse_additional_data_json(std::string_view text, CairoPie& pie) {
    constexpr std::string_view kEntry = "additional_data.json";
    BX_TRY(const JsonDocument document, read_document(text, kEntry));
    for (const JsonMember& member : document.members()) {
        BX_TRY(const BuiltinName name, read_builtin(member.name, true, kEntry));
        auto data = read_additional_data(member.value, kEntry);
        if (data.has_error())
            return in_entry(kEntry, data.error());
        pie.additional_data[name] = std::move(*data);
    }
    return {};
}

Result<void> parse_execution_resources_json(std::string_view text, CairoPie& pie) {
    constexpr std::string_view kEntry = "execution_resources.json";
    BX_TRY(const JsonDocument document, read_document(text, kEntry));
    return in_entry(kEntry, read_resources(document, pie));
}

}  // namespace blockexecd::vm::cairo0
