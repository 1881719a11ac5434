// SPDX-License-Identifier: Apache-2.0
// Field elements are JSON numbers here, of any length.
#include "vm/builtins/builtins.hpp"
#include "vm/cairo0/pie/pie_json.hpp"
#include "vm/cairo0/runner/json_output.hpp"
#include "vm/cairo0/runner/layout.hpp"

namespace blockexecd::vm::cairo0 {

namespace {

template <class Write>
std::string compact(Write&& write) {
    std::string text;
    JsonOutput out(JsonOutput::Shape::compact, [&text](std::string_view part) { text += part; });
    write(out);
    out.finish();
    return text;
}

void write_segment(JsonOutput& out, const PieSegment& segment) {
    out.begin_object();
    out.key("index");
    out.signed_number(segment.index);
    out.member("size", segment.size);
    out.end_object();
}

void write_address(JsonOutput& out, const Relocatable& address) {
    out.begin_array();
    out.signed_number(address.segment);
    out.number(address.offset);
    out.end_array();
}

struct DataWriter {
    JsonOutput& out;

    void operator()(NoAdditionalData) const { out.null(); }
    void operator()(const VerifiedAddresses& addresses) const {
        out.begin_array();
        for (const Relocatable& address : addresses)
            write_address(out, address);
        out.end_array();
    }
    void operator()(const OutputData& data) const {
        out.begin_object();
        out.key("pages");
        out.begin_object();
        for (const auto& [id, page] : data.pages) {
            out.key(std::to_string(id));
            out.begin_array();
            out.number(page.start);
            out.number(page.size);
            out.end_array();
        }
        out.end_object();
        out.key("attributes");
        out.begin_object();
        for (const auto& [name, values] : data.attributes) {
            out.key(name);
            out.begin_array();
            for (const std::uint64_t value : values)
                out.number(value);
            out.end_array();
        }
        out.end_object();
        out.end_object();
    }
    void operator()(const PieSignatures& signatures) const {
        out.begin_array();
        for (const auto& [address, signature] : signatures) {
            out.begin_array();
            write_address(out, address);
            out.begin_array();
            out.digits(signature.first.to_decimal());
            out.digits(signature.second.to_decimal());
            out.end_array();
            out.end_array();
        }
        out.end_array();
    }
};

void write_program(JsonOutput& out, const PieMetadata& metadata) {
    out.key("program");
    out.begin_object();
    out.key("data");
    out.begin_array();
    for (const Felt& word : metadata.data)
        out.digits(word.to_decimal());
    out.end_array();
    out.key("builtins");
    out.begin_array();
    for (const BuiltinName name : metadata.builtins)
        out.string(builtin_name(name));
    out.end_array();
    out.member("main", metadata.main);
    out.key("prime");
    out.digits(kPrimeDigits);
    out.end_object();
}

}  // namespace

std::string metadata_json(const PieMetadata& metadata) {
    return compact([&](JsonOutput& out) {
        out.begin_object();
        write_program(out, metadata);
        const auto segment = [&](std::string_view name, const PieSegment& value) {
            out.key(name);
            write_segment(out, value);
        };
        segment("program_segment", metadata.program_segment);
        segment("execution_segment", metadata.execution_segment);
        segment("ret_fp_segment", metadata.ret_fp_segment);
        segment("ret_pc_segment", metadata.ret_pc_segment);
        out.key("builtin_segments");
        out.begin_object();
        for (const BuiltinName name : kBuiltinOrder)
            if (const auto found = metadata.builtin_segments.find(name);
                found != metadata.builtin_segments.end())
                segment(builtin_name(name), found->second);
        out.end_object();
        out.key("extra_segments");
        out.begin_array();
        for (const PieSegment& extra : metadata.extra_segments)
            write_segment(out, extra);
        out.end_array();
        out.end_object();
    });
}

std::string additional_data_json(const CairoPie& pie) {
    return compact([&](JsonOutput& out) {
        out.begin_object();
        for (const auto& [name, data] : pie.additional_data) {
            out.key(builtin_display(name));
            std::visit(DataWriter{out}, data);
        }
        out.end_object();
    });
}

std::string execution_resources_json(const CairoPie& pie) {
    return compact([&](JsonOutput& out) {
        out.begin_object();
        out.member("n_steps", pie.n_steps);
        out.member("n_memory_holes", pie.n_memory_holes);
        out.key("builtin_instance_counter");
        out.begin_object();
        for (const auto& [name, count] : pie.builtin_instances)
            out.member(builtin_display(name), count);
        out.end_object();
        out.end_object();
    });
}

}  // namespace blockexecd::vm::cairo0
