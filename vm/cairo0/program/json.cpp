// SPDX-License-Identifier: Apache-2.0
// boost's event parser checks the text; the events build the tree on an explicit stack.
#include "vm/cairo0/program/json.hpp"

#include <algorithm>
#include <boost/json/basic_parser_impl.hpp>
#include <charconv>
#include <functional>
#include <limits>
#include <utility>
#include <vector>

namespace blockexecd::vm::cairo0 {

namespace {

constexpr std::size_t kMaxBytes = std::size_t{512} << 20;
constexpr std::size_t kMaxDepth = 512;

class TreeBuilder {
  public:
    using string_view = boost::json::string_view;
    using error_code = boost::json::error_code;
    static constexpr std::size_t max_object_size = std::numeric_limits<std::size_t>::max();
    static constexpr std::size_t max_array_size = std::numeric_limits<std::size_t>::max();
    static constexpr std::size_t max_key_size = std::numeric_limits<std::size_t>::max();
    static constexpr std::size_t max_string_size = std::numeric_limits<std::size_t>::max();

    TreeBuilder() = default;
    TreeBuilder(const TreeBuilder&) = delete;
    TreeBuilder& operator=(const TreeBuilder&) = delete;

    // Keeps the text: strings without escapes are views of it.
    string_view keep(std::string_view text) {
        auto* const copy = static_cast<char*>(memory_->allocate(text.size() + 1, 1));
        std::ranges::copy(text, copy);
        input_ = {copy, text.size()};
        return input_;
    }
    JsonDocument finish() {
        JsonDocument document;
        static_cast<JsonValue&>(document) = root_;
        document.memory = std::move(memory_);
        return document;
    }

    bool on_document_begin(error_code&) { return true; }
    bool on_document_end(error_code&) { return true; }
    bool on_object_begin(error_code&) { return open(JsonValue::Kind::object); }
    bool on_object_end(std::size_t, error_code&) { return close(); }
    bool on_array_begin(error_code&) { return open(JsonValue::Kind::array); }
    bool on_array_end(std::size_t, error_code&) { return close(); }
    bool on_key_part(string_view part, std::size_t, error_code&) { return append(part); }
    bool on_key(string_view part, std::size_t, error_code&) {
        open_.back().key = whole(part);
        return true;
    }
    bool on_string_part(string_view part, std::size_t, error_code&) { return append(part); }
    bool on_string(string_view part, std::size_t, error_code&) {
        return scalar(JsonValue::Kind::string, part);
    }
    bool on_number_part(string_view part, error_code&) { return append(part); }
    bool on_int64(std::int64_t, string_view part, error_code&) {
        return scalar(JsonValue::Kind::number, part);
    }
    bool on_uint64(std::uint64_t, string_view part, error_code&) {
        return scalar(JsonValue::Kind::number, part);
    }
    bool on_double(double, string_view part, error_code&) {
        return scalar(JsonValue::Kind::number, part);
    }
    bool on_bool(bool value, error_code&) {
        JsonValue boolean;
        boolean.kind = JsonValue::Kind::boolean;
        boolean.boolean = value;
        return add(boolean);
    }
    bool on_null(error_code&) { return add({}); }
    bool on_comment_part(string_view, error_code&) { return true; }
    bool on_comment(string_view, error_code&) { return true; }

  private:
    struct Frame {
        JsonValue::Kind kind;
        std::size_t first = 0;  // of its elements or members on the stack
        std::string_view key;   // of the member being read
    };

    bool append(string_view part) {
        parts_.append(part.data(), part.size());
        return true;
    }
    // The parts seen so far and the last one, kept as long as the document.
    std::string_view whole(string_view part) {
        const bool in_input =
            std::greater_equal<>()(part.data(), input_.data()) &&
            std::less_equal<>()(part.data() + part.size(), input_.data() + input_.size());
        if (parts_.empty() && in_input)
            return {part.data(), part.size()};
        append(part);
        auto* const copy = static_cast<char*>(memory_->allocate(parts_.size() + 1, 1));
        std::ranges::copy(parts_, copy);
        const std::string_view joined(copy, parts_.size());
        parts_.clear();
        return joined;
    }
    bool scalar(JsonValue::Kind kind, string_view part) {
        JsonValue value;
        value.kind = kind;
        value.text = whole(part);
        return add(value);
    }
    bool open(JsonValue::Kind kind) {
        open_.push_back(
            {kind, kind == JsonValue::Kind::array ? elements_.size() : members_.size(), {}});
        return true;
    }
    // Moves what the container has on the stack into the document.
    template <class Node>
    std::span<const Node> take(std::vector<Node>& stack, std::size_t first) {
        const std::span<const Node> nodes = std::span(stack).subspan(first);
        auto* const kept =
            static_cast<Node*>(memory_->allocate(nodes.size_bytes() + 1, alignof(Node)));
        std::ranges::uninitialized_copy(nodes, std::span(kept, nodes.size()));
        const std::span<const Node> taken(kept, nodes.size());
        stack.resize(first);
        return taken;
    }
    bool close() {
        const Frame frame = open_.back();
        open_.pop_back();
        JsonValue container;
        container.kind = frame.kind;
        if (frame.kind == JsonValue::Kind::array)
            container.elements = take(elements_, frame.first);
        else
            container.members = take(members_, frame.first);
        return add(container);
    }
    bool add(const JsonValue& value) {
        if (open_.empty())
            root_ = value;
        else if (open_.back().kind == JsonValue::Kind::array)
            elements_.push_back(value);
        else
            members_.push_back({open_.back().key, value});
        return true;
    }

    std::unique_ptr<std::pmr::monotonic_buffer_resource> memory_ =
        std::make_unique<std::pmr::monotonic_buffer_resource>(std::size_t{64} << 10);
    string_view input_;
    JsonValue root_;
    std::vector<Frame> open_;
    std::vector<JsonValue> elements_;
    std::vector<JsonMember> members_;
    std::string parts_;
};

Error expected(std::string_view where, std::string_view what) {
    return program_error(std::string(where) + ": expected " + std::string(what));
}

}  // namespace

Error program_error(std::string message) {
    return {ErrorKind::program, std::move(message)};
}

bool parse_unsigned(std::string_view text, std::uint64_t& value) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size();
}

const JsonValue* JsonValue::find(std::string_view name) const {
    for (auto i = members.rbegin(); i != members.rend(); ++i)
        if (i->name == name)
            return &i->value;
    return nullptr;
}

Result<const JsonValue*> JsonValue::member(std::string_view name) const {
    const JsonValue* const value = kind == Kind::object ? find(name) : nullptr;
    if (value == nullptr)
        return program_error("missing field `" + std::string(name) + "`");
    return value;
}

Result<std::string_view> JsonValue::as_string(std::string_view where) const {
    if (kind != Kind::string)
        return expected(where, "a string");
    return text;
}

Result<std::uint64_t> JsonValue::as_unsigned(std::string_view where) const {
    std::uint64_t value = 0;
    if (kind != Kind::number || !parse_unsigned(text, value))
        return expected(where, "an integer from 0 to 2^64-1");
    return value;
}

Result<const std::span<const JsonValue>*> JsonValue::as_array(std::string_view where) const {
    if (kind != Kind::array)
        return expected(where, "an array");
    return &elements;
}

Result<const std::span<const JsonMember>*> JsonValue::as_object(std::string_view where) const {
    if (kind != Kind::object)
        return expected(where, "an object");
    return &members;
}

Result<JsonDocument> parse_json(std::string_view text) {
    if (text.size() > kMaxBytes)
        return program_error("a program of more than 512 MiB");
    boost::json::parse_options options;
    options.max_depth = kMaxDepth;
    boost::json::basic_parser<TreeBuilder> parser(options);
    const auto kept = parser.handler().keep(text);
    boost::json::error_code code;
    const std::size_t read = parser.write_some(false, kept.data(), kept.size(), code);
    std::size_t at = read;
    if (!code) {
        at = text.find_first_not_of(" \t\r\n", read);
        if (at == text.npos)
            return parser.handler().finish();
        code = boost::json::error::extra_data;
    }
    at = std::min(at, text.size());
    const std::string_view before = text.substr(0, at);
    const auto line_start = before.rfind('\n');
    const auto column = line_start == before.npos ? at + 1 : at - line_start;
    return program_error(code.message() + " at line " +
                         std::to_string(std::count(before.begin(), before.end(), '\n') + 1) +
                         " column " + std::to_string(column));
}

}  // namespace blockexecd::vm::cairo0
