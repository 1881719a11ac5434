// SPDX-License-Identifier: Apache-2.0
// A JSON document as the one text that all equal documents have: keys sorted, nothing between
// tokens.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "vm/cairo0/program/json.hpp"
#include "vm/cairo0/runner/json_output.hpp"

namespace blockexecd::vm::cairo0 {

inline void write_canonical(const JsonValue& value, JsonOutput& out) {
    switch (value.kind()) {
        case JsonValue::Kind::null:
            return out.null();
        case JsonValue::Kind::boolean:
            return out.digits(value.boolean() ? "true" : "false");
        case JsonValue::Kind::number:
            return out.digits(value.text());
        case JsonValue::Kind::string:
            return out.string(value.text());
        case JsonValue::Kind::array:
            out.begin_array();
            for (const JsonValue& element : value.elements())
                write_canonical(element, out);
            return out.end_array();
        case JsonValue::Kind::object: {
            std::vector<const JsonMember*> members;
            for (const JsonMember& member : value.members())
                members.push_back(&member);
            std::ranges::sort(members, {}, [](const JsonMember* member) { return member->name; });
            out.begin_object();
            for (const JsonMember* const member : members) {
                out.key(member->name);
                write_canonical(member->value, out);
            }
            return out.end_object();
        }
    }
}

inline std::string canonical_json(const JsonValue& value) {
    std::string text;
    JsonOutput out(JsonOutput::Shape::compact, [&text](std::string_view part) { text += part; });
    write_canonical(value, out);
    out.finish();
    return text;
}

}  // namespace blockexecd::vm::cairo0
