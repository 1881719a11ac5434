// SPDX-License-Identifier: Apache-2.0
// The parser: recursive descent in one pass. Containers are gathered on two stacks and moved into
// the document when they close.
#include <algorithm>
#include <vector>

#include "vm/cairo0/program/json.hpp"
#include "vm/cairo0/program/json_text.hpp"

namespace blockexecd::vm::cairo0 {

namespace {

constexpr std::size_t kMaxBytes = std::size_t{512} << 20;
constexpr unsigned kMaxDepth = 512;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

// Each function takes something from `at` on, and answers the place behind it; null when it is not
// there, and then error() says why. The place is an argument so that it stays in a register.
class Parser {
  public:
    Parser(std::string_view text, std::pmr::memory_resource& memory)
        : memory_(memory), begin_(text.data()), end_(begin_ + text.size()) {
        // Most programs are read without growing.
        const std::size_t nodes = std::clamp<std::size_t>(text.size() / 32, 64, 4096);
        elements_.reserve(nodes);
        members_.reserve(nodes);
    }

    [[nodiscard]] bool document(JsonValue& root) {
        const char* at = value(begin_, 0, root);
        if (at == nullptr)
            return false;
        at = blanks(at);
        return at == end_ || fail(at, "characters behind the value") != nullptr;
    }
    [[nodiscard]] Error error() const {
        const std::string_view before(begin_, static_cast<std::size_t>(failed_at_ - begin_));
        const auto line_start = before.rfind('\n');
        const std::size_t column =
            line_start == before.npos ? before.size() + 1 : before.size() - line_start;
        return program_error(std::string(reason_) + " at line " +
                             std::to_string(std::ranges::count(before, '\n') + 1) + " column " +
                             std::to_string(column));
    }

  private:
    const char* fail(const char* at, std::string_view reason) {
        failed_at_ = at;
        reason_ = reason;
        return nullptr;
    }
    const char* fail_here(const char* at, std::string_view reason) {
        return fail(at, at == end_ ? "the text ends too early" : reason);
    }
    [[nodiscard]] const char* blanks(const char* at) const {
        if (at != end_ && *at > ' ') [[likely]]
            return at;
        while (at != end_ && (*at == ' ' || *at == '\n' || *at == '\r' || *at == '\t'))
            ++at;
        return at;
    }
    [[nodiscard]] bool is_at(const char* at, char c) const { return at != end_ && *at == c; }

    // In line, here and below: most values are strings of one or two groups, or short numbers.
    [[gnu::always_inline]] const char* value(const char* at, unsigned depth, JsonValue& out) {
        at = blanks(at);
        if (is_at(at, '"')) {
            std::string_view text;
            at = string(at, text);
            out = JsonValue(JsonValue::Kind::string, text);
            return at;
        }
        if (at != end_ && is_digit(*at)) {
            const char* const last = skip_digits(at + 1);
            if ((*at != '0' || last == at + 1) && last != end_ && *last != '.' &&
                (*last | 0x20) != 'e') {
                out = {JsonValue::Kind::number, {at, last}};
                return last;
            }
        }
        return other_value(at, depth, out);
    }
    // Containers, literals and what remains of numbers.
    [[gnu::noinline]] const char* other_value(const char* at, unsigned depth, JsonValue& out) {
        if (at == end_)
            return fail_here(at, "");
        switch (*at) {
            case '[':
            case '{':
                if (depth == kMaxDepth)
                    return fail(at, "nested too deep");
                return *at == '[' ? array(at + 1, depth + 1, out) : object(at + 1, depth + 1, out);
            case 't':
                return literal(at, "true", JsonValue(true), out);
            case 'f':
                return literal(at, "false", JsonValue(false), out);
            case 'n':
                return literal(at, "null", JsonValue(), out);
            default:
                return number(at, out);
        }
    }
    const char* literal(const char* at, std::string_view name, JsonValue meaning, JsonValue& out) {
        if (!std::string_view(at, end_).starts_with(name))
            return fail(at, "no value");
        out = meaning;
        return at + name.size();
    }
    [[nodiscard]] const char* skip_digits(const char* at) const {
        while (at != end_ && is_digit(*at))
            ++at;
        return at;
    }
    const char* digits(const char* first, std::string_view reason) {
        const char* const at = skip_digits(first);
        return at != first ? at : fail_here(at, reason);
    }
    const char* number(const char* const first, JsonValue& out) {
        const char* const integer = first + (*first == '-' ? 1 : 0);
        const char* at = digits(integer, integer == first ? "no value" : "no number");
        if (at == nullptr)
            return at;
        if (*integer == '0' && at - integer > 1)
            return fail(integer + 1, "a number with a leading zero");
        if (is_at(at, '.')) {
            at = digits(at + 1, "no number");
            if (at == nullptr)
                return at;
        }
        if (at != end_ && (*at | 0x20) == 'e') {
            ++at;
            if (is_at(at, '+') || is_at(at, '-'))
                ++at;
            at = digits(at, "no number");
        }
        out = {JsonValue::Kind::number, {first, at == nullptr ? first : at}};
        return at;
    }

    // Precondition: at a quote.
    [[gnu::always_inline]] const char* string(const char* at, std::string_view& out) {
        const char* const first = at + 1;
        const char* const stop = skip_plain(first, end_);
        if (stop == end_ || *stop != '"') [[unlikely]]
            return unusual_string(first, stop, out);
        out = {first, stop};
        return stop + 1;
    }
    // One with escapes, with other than ASCII, or near the text's end.
    [[gnu::noinline]] const char* unusual_string(const char* first, const char* at,
                                                 std::string_view& out) {
        while (true) {
            if (at == end_)
                return fail_here(at, "");
            if (*at == '"') {
                out = {first, at};
                return at + 1;
            }
            if (*at == '\\')
                return string_with_escapes(first, at, out);
            at = character(at);
            if (at == nullptr)
                return at;
            at = skip_plain(at, end_);
        }
    }
    // One character that is itself.
    const char* character(const char* at) {
        if (static_cast<unsigned char>(*at) < 0x20)
            return fail(at, "a control character in a string");
        const std::size_t length = utf8_length(at, end_);
        return length != 0 ? at + length : fail(at, "a string that is no UTF-8");
    }
    // Precondition: at the first backslash.
    const char* string_with_escapes(const char* first, const char* at, std::string_view& out) {
        // What escapes stand for is never longer than they are: all such strings together have room
        // where the whole text has.
        if (unescaped_ == nullptr)
            unescaped_ = static_cast<char*>(
                memory_.allocate(static_cast<std::size_t>(end_ - begin_) + kTextGroup, 1));
        char* const start = unescaped_;
        char* to = std::copy(first, at, start);
        while (true) {
            if (at == end_)
                return fail_here(at, "");
            if (*at == '"')
                break;
            const char* const here = at;
            at = *at == '\\' ? escape(at + 1, to) : character(at);
            if (at == nullptr)
                return at;
            if (*here != '\\')
                to = std::copy(here, at, to);
            at = copy_plain(at, end_, to);
        }
        unescaped_ = to;
        out = {start, to};
        return at + 1;
    }
    // Precondition: behind a backslash.
    const char* escape(const char* at, char*& to) {
        if (at == end_)
            return fail_here(at, "");
        if (const char meaning = kEscapes[static_cast<unsigned char>(*at)]; meaning != 0) {
            *to++ = meaning;
            return at + 1;
        }
        std::uint32_t code = 0, low = 0;
        at = code_unit(at, code);
        if (at == nullptr)
            return at;
        if (code >= 0xd800 && code <= 0xdbff) {
            if (!is_at(at, '\\'))
                return fail(at, "half of a surrogate pair");
            at = code_unit(at + 1, low);
            if (at == nullptr)
                return at;
            if (low < 0xdc00 || low > 0xdfff)
                return fail(at, "half of a surrogate pair");
            code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
        } else if (code >= 0xdc00 && code <= 0xdfff) {
            return fail(at, "half of a surrogate pair");
        }
        to = write_utf8(to, code);
        return at;
    }
    // u and four hexadecimal digits.
    const char* code_unit(const char* at, std::uint32_t& code) {
        if (!is_at(at, 'u'))
            return fail_here(at, "no such escape");
        ++at;
        for (int i = 0; i < 4; ++i, ++at) {
            const char lower = at == end_ ? '\0' : static_cast<char>(*at | 0x20);
            if (at == end_ || !(is_digit(*at) || (lower >= 'a' && lower <= 'f')))
                return fail_here(at, "no such escape");
            code = code << 4 |
                   static_cast<std::uint32_t>(is_digit(*at) ? *at - '0' : lower - 'a' + 10);
        }
        return at;
    }

    // Precondition, here and below: behind the opening bracket.
    [[gnu::noinline]] const char* array(const char* at, unsigned depth, JsonValue& out) {
        const std::size_t first = elements_.size();
        at = blanks(at);
        if (!is_at(at, ']')) {
            while (true) {
                JsonValue element;
                at = value(at, depth, element);
                if (at == nullptr)
                    return at;
                elements_.push_back(element);
                // Words of programs, mostly: strings without blanks between them.
                while (end_ - at > 1 && at[0] == ',' && at[1] == '"') {
                    std::string_view text;
                    at = string(at + 1, text);
                    if (at == nullptr)
                        return at;
                    elements_.emplace_back(JsonValue::Kind::string, text);
                }
                at = blanks(at);
                if (!is_at(at, ','))
                    break;
                ++at;
            }
            if (!is_at(at, ']'))
                return fail_here(at, "expected a comma or the array's end");
        }
        out = JsonValue(moved(elements_, first));
        return at + 1;
    }
    [[gnu::noinline]] const char* object(const char* at, unsigned depth, JsonValue& out) {
        const std::size_t first = members_.size();
        at = blanks(at);
        if (!is_at(at, '}')) {
            while (true) {
                std::string_view name;
                JsonValue member;
                at = blanks(at);
                if (!is_at(at, '"'))
                    return fail_here(at, "expected a name");
                at = string(at, name);
                if (at == nullptr)
                    return at;
                at = blanks(at);
                if (!is_at(at, ':'))
                    return fail_here(at, "expected a colon");
                at = value(at + 1, depth, member);
                if (at == nullptr)
                    return at;
                members_.push_back({name, member});
                at = blanks(at);
                if (!is_at(at, ','))
                    break;
                ++at;
            }
            if (!is_at(at, '}'))
                return fail_here(at, "expected a comma or the object's end");
        }
        out = JsonValue(moved(members_, first));
        return at + 1;
    }
    // What a container has on the stack, moved into the document.
    template <class Node>
    std::span<const Node> moved(std::vector<Node>& stack, std::size_t first) {
        const std::span<const Node> nodes = std::span(stack).subspan(first);
        if (nodes.empty())
            return {};
        static_assert(sizeof(Node) % alignof(std::max_align_t) == 0);
        auto* const kept = static_cast<Node*>(allocate(nodes.size_bytes()));
        std::ranges::uninitialized_copy(nodes, std::span(kept, nodes.size()));
        const std::span<const Node> taken(kept, nodes.size());
        stack.resize(first);
        return taken;
    }
    // From the document, in blocks: its memory is asked through a virtual function.
    void* allocate(std::size_t bytes) {
        constexpr std::size_t kBlock = 4096;
        if (bytes > left_) [[unlikely]] {
            left_ = std::max(bytes, kBlock);
            free_ = static_cast<std::byte*>(memory_.allocate(left_));
        }
        void* const start = free_;
        free_ += bytes;
        left_ -= bytes;
        return start;
    }

    std::pmr::memory_resource& memory_;
    const char* begin_;
    const char* end_;
    const char* failed_at_ = nullptr;
    std::string_view reason_;
    std::vector<JsonValue> elements_;
    std::vector<JsonMember> members_;
    char* unescaped_ = nullptr;  // where the next string with escapes goes
    std::byte* free_ = nullptr;
    std::size_t left_ = 0;
};

}  // namespace

Result<JsonDocument> parse_json(std::string_view text) {
    if (text.size() > kMaxBytes)
        return program_error("a program of more than 512 MiB");
    JsonDocument document;
    document.memory = std::make_unique<std::pmr::monotonic_buffer_resource>(
        std::max<std::size_t>(text.size(), 1024));
    Parser parser(text, *document.memory);
    if (!parser.document(document))
        return parser.error();
    return document;
}

Result<JsonDocument> parse_json(std::string&& text) {
    auto kept = std::make_unique<const std::string>(std::move(text));
    BX_TRY(JsonDocument document, parse_json(std::string_view(*kept)));
    document.kept_text = std::move(kept);
    return document;
}

}  // namespace blockexecd::vm::cairo0
