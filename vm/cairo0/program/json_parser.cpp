// SPDX-License-Identifier: Apache-2.0
// The parser: recursive descent in one pass, strings many bytes at a time. Containers are gathered
// on two stacks and moved into the document when they close.
#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <vector>

#include "vm/cairo0/program/json.hpp"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace blockexecd::vm::cairo0 {

namespace {

constexpr std::size_t kMaxBytes = std::size_t{512} << 20;
constexpr unsigned kMaxDepth = 512;
static_assert(std::endian::native == std::endian::little);

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

// How many bytes from `at` need no look: no quote, no backslash, no control character, ASCII.
std::size_t plain_bytes(const char* at, const char* end) {
#if defined(__SSE2__)
    const char* const start = at;
    for (; end - at >= 16; at += 16) {
        const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
        // Signed: bytes from 0x80 on are below a blank.
        const __m128i stops = _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('"')),
                                                        _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\'))),
                                           _mm_cmplt_epi8(bytes, _mm_set1_epi8(' ')));
        if (const auto mask = static_cast<unsigned>(_mm_movemask_epi8(stops)); mask != 0)
            return static_cast<std::size_t>(at - start) +
                   static_cast<std::size_t>(std::countr_zero(mask));
    }
    return static_cast<std::size_t>(at - start);
#else
    constexpr std::uint64_t kOnes = 0x0101010101010101, kTops = 0x8080808080808080;
    const char* const begin = at;
    for (; end - at >= 8; at += 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, at, sizeof(word));
        // The top bit of each byte that is to stop at; only the lowest one is sure to be right.
        const std::uint64_t quote = word ^ (kOnes * '"'), backslash = word ^ (kOnes * '\\');
        const std::uint64_t stops =
            ((quote - kOnes) | (backslash - kOnes) | (word - kOnes * 0x20) | word) & kTops;
        if (stops != 0)
            return static_cast<std::size_t>(at - begin) +
                   static_cast<std::size_t>(std::countr_zero(stops)) / 8;
    }
    return static_cast<std::size_t>(at - begin);
#endif
}

// Bytes of the UTF-8 sequence at `at`; 0 where there is none.
std::size_t utf8_length(const char* at, const char* end) {
    const auto byte = [&](std::ptrdiff_t i) {
        return end - at > i ? static_cast<unsigned char>(at[i]) : 0U;
    };
    const auto continues = [&](std::ptrdiff_t i, unsigned low = 0x80, unsigned high = 0xbf) {
        return byte(i) >= low && byte(i) <= high;
    };
    const unsigned first = byte(0);
    if (first < 0x80)
        return 1;
    if (first >= 0xc2 && first <= 0xdf)
        return continues(1) ? 2 : 0;
    if (first >= 0xe0 && first <= 0xef)
        return continues(1, first == 0xe0 ? 0xa0 : 0x80, first == 0xed ? 0x9f : 0xbf) &&
                       continues(2)
                   ? 3
                   : 0;
    if (first >= 0xf0 && first <= 0xf4)
        return continues(1, first == 0xf0 ? 0x90 : 0x80, first == 0xf4 ? 0x8f : 0xbf) &&
                       continues(2) && continues(3)
                   ? 4
                   : 0;
    return 0;
}

void append_utf8(std::string& out, std::uint32_t code) {
    const auto put = [&](std::uint32_t byte) { out += static_cast<char>(byte); };
    if (code < 0x80) {
        put(code);
    } else if (code < 0x800) {
        put(0xc0 | code >> 6);
        put(0x80 | (code & 0x3f));
    } else {
        if (code < 0x10000) {
            put(0xe0 | code >> 12);
        } else {
            put(0xf0 | code >> 18);
            put(0x80 | (code >> 12 & 0x3f));
        }
        put(0x80 | (code >> 6 & 0x3f));
        put(0x80 | (code & 0x3f));
    }
}

// Each function leaves at_ behind what it took, or fails: with a reason, and at_ where it applies.
// A value of its own tells nothing then.
class Parser {
  public:
    Parser(std::string_view text, std::pmr::memory_resource& memory)
        : memory_(memory), begin_(text.data()), at_(begin_), end_(begin_ + text.size()) {
        // Short programs are read without growing.
        elements_.reserve(128);
        members_.reserve(64);
    }

    JsonValue document() {
        const JsonValue root = value(0);
        if (failed())
            return root;
        blanks();
        return at_ == end_ ? root : fail("characters behind the value");
    }
    [[nodiscard]] bool failed() const { return !reason_.empty(); }
    [[nodiscard]] Error error() const {
        const std::string_view before(begin_, static_cast<std::size_t>(at_ - begin_));
        const auto line_start = before.rfind('\n');
        const std::size_t column =
            line_start == before.npos ? before.size() + 1 : before.size() - line_start;
        return program_error(std::string(reason_) + " at line " +
                             std::to_string(std::ranges::count(before, '\n') + 1) + " column " +
                             std::to_string(column));
    }

  private:
    // What every function answers that fails.
    struct Failure {
        operator bool() const { return false; }
        operator JsonValue() const { return {}; }
    };
    Failure fail(std::string_view reason) {
        reason_ = reason;
        return {};
    }
    void blanks() {
        if (at_ != end_ && *at_ > ' ') [[likely]]
            return;
        while (at_ != end_ && (*at_ == ' ' || *at_ == '\n' || *at_ == '\r' || *at_ == '\t'))
            ++at_;
    }
    // The next character that is no blank, taken if it is this one.
    bool take(char c) {
        blanks();
        if (at_ == end_ || *at_ != c)
            return false;
        ++at_;
        return true;
    }
    Failure fail_here(std::string_view reason) {
        return fail(at_ == end_ ? "the text ends too early" : reason);
    }

    JsonValue value(unsigned depth) {
        blanks();
        if (at_ == end_)
            return fail_here("");
        switch (*at_) {
            case '"': {
                std::string_view text;
                return string(text) ? JsonValue(JsonValue::Kind::string, text) : JsonValue();
            }
            case '[':
            case '{':
                if (depth == kMaxDepth)
                    return fail("nested too deep");
                return *at_++ == '[' ? array(depth + 1) : object(depth + 1);
            case 't':
                return literal("true", JsonValue(true));
            case 'f':
                return literal("false", JsonValue(false));
            case 'n':
                return literal("null", JsonValue());
            default:
                return number();
        }
    }
    JsonValue literal(std::string_view name, JsonValue meaning) {
        if (!std::string_view(at_, end_).starts_with(name))
            return fail("no value");
        at_ += name.size();
        return meaning;
    }
    bool digits() {
        const char* const first = at_;
        while (at_ != end_ && is_digit(*at_))
            ++at_;
        return at_ != first || fail_here("no number");
    }
    JsonValue number() {
        const char* const first = at_;
        if (*at_ == '-')
            ++at_;
        const char* const integer = at_;
        if (!digits())
            return fail_here(integer == first ? "no value" : "no number");
        if (*integer == '0' && at_ - integer > 1) {
            at_ = integer + 1;
            return fail("a number with a leading zero");
        }
        if (at_ != end_ && *at_ == '.') {
            ++at_;
            if (!digits())
                return {};
        }
        if (at_ != end_ && (*at_ | 0x20) == 'e') {
            ++at_;
            if (at_ != end_ && (*at_ == '+' || *at_ == '-'))
                ++at_;
            if (!digits())
                return {};
        }
        return {JsonValue::Kind::number, {first, at_}};
    }

    // Precondition: at a quote.
    bool string(std::string_view& out) {
        const char* const first = at_ + 1;
        const char* const stop = first + plain_bytes(first, end_);
        at_ = stop;
        if (stop == end_ || *stop != '"') [[unlikely]]
            return unusual_string(first, out);
        out = {first, stop};
        ++at_;
        return true;
    }
    // One with escapes, with other than ASCII, or at the text's end.
    bool unusual_string(const char* first, std::string_view& out) {
        while (true) {
            at_ += plain_bytes(at_, end_);
            if (at_ == end_)
                return fail_here("");
            if (*at_ == '"') {
                out = {first, at_++};
                return true;
            }
            if (*at_ == '\\')
                return string_with_escapes(first, out);
            if (!character())
                return false;
        }
    }
    // One character that is itself.
    bool character() {
        if (static_cast<unsigned char>(*at_) < 0x20)
            return fail("a control character in a string");
        const std::size_t length = utf8_length(at_, end_);
        if (length == 0)
            return fail("a string that is no UTF-8");
        at_ += length;
        return true;
    }
    bool string_with_escapes(const char* first, std::string_view& out) {
        unescaped_.assign(first, at_);
        while (true) {
            const char* const plain = at_;
            at_ += plain_bytes(at_, end_);
            unescaped_.append(plain, at_);
            if (at_ == end_)
                return fail_here("");
            const char* const here = at_;
            if (*at_ == '"')
                break;
            if (*at_ == '\\') {
                if (!escape())
                    return false;
            } else {
                if (!character())
                    return false;
                unescaped_.append(here, at_);
            }
        }
        ++at_;
        auto* const kept = static_cast<char*>(memory_.allocate(unescaped_.size() + 1, 1));
        std::ranges::copy(unescaped_, kept);
        out = {kept, unescaped_.size()};
        return true;
    }
    bool escape() {
        static constexpr std::string_view kNames = "\"\\/bfnrt", kMeanings = "\"\\/\b\f\n\r\t";
        ++at_;
        if (at_ == end_)
            return fail_here("");
        if (const auto found = kNames.find(*at_); found != kNames.npos) {
            unescaped_ += kMeanings[found];
            ++at_;
            return true;
        }
        std::uint32_t code = 0, low = 0;
        if (!code_unit(code))
            return false;
        if (code >= 0xd800 && code <= 0xdbff) {
            if (at_ == end_ || *at_++ != '\\' || !code_unit(low) || low < 0xdc00 || low > 0xdfff)
                return fail("half of a surrogate pair");
            code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
        } else if (code >= 0xdc00 && code <= 0xdfff) {
            return fail("half of a surrogate pair");
        }
        append_utf8(unescaped_, code);
        return true;
    }
    // u and four hexadecimal digits.
    bool code_unit(std::uint32_t& code) {
        if (at_ == end_ || *at_ != 'u')
            return fail_here("no such escape");
        ++at_;
        for (int i = 0; i < 4; ++i, ++at_) {
            const char lower = at_ == end_ ? '\0' : static_cast<char>(*at_ | 0x20);
            if (at_ == end_ || !(is_digit(*at_) || (lower >= 'a' && lower <= 'f')))
                return fail_here("no such escape");
            code = code << 4 |
                   static_cast<std::uint32_t>(is_digit(*at_) ? *at_ - '0' : lower - 'a' + 10);
        }
        return true;
    }

    JsonValue array(unsigned depth) {
        const std::size_t first = elements_.size();
        if (!take(']')) {
            do {
                blanks();
                // Words of programs, mostly: a string needs no way through value(), which costs
                // their parsing 13% more instructions.
                if (std::string_view text; at_ != end_ && *at_ == '"') {
                    if (!string(text))
                        return {};
                    elements_.emplace_back(JsonValue::Kind::string, text);
                } else {
                    const JsonValue element = value(depth);
                    if (failed())
                        return {};
                    elements_.push_back(element);
                }
            } while (take(','));
            if (!take(']'))
                return fail_here("expected a comma or the array's end");
        }
        return JsonValue(moved(elements_, first));
    }
    JsonValue object(unsigned depth) {
        const std::size_t first = members_.size();
        if (!take('}')) {
            do {
                std::string_view name;
                blanks();
                if (at_ == end_ || *at_ != '"')
                    return fail_here("expected a name");
                if (!string(name))
                    return {};
                if (!take(':'))
                    return fail_here("expected a colon");
                const JsonValue member = value(depth);
                if (failed())
                    return {};
                members_.push_back({name, member});
            } while (take(','));
            if (!take('}'))
                return fail_here("expected a comma or the object's end");
        }
        return JsonValue(moved(members_, first));
    }
    // What a container has on the stack, moved into the document.
    template <class Node>
    std::span<const Node> moved(std::vector<Node>& stack, std::size_t first) {
        const std::span<const Node> nodes = std::span(stack).subspan(first);
        if (nodes.empty())
            return {};
        auto* const kept = static_cast<Node*>(memory_.allocate(nodes.size_bytes(), alignof(Node)));
        std::ranges::uninitialized_copy(nodes, std::span(kept, nodes.size()));
        const std::span<const Node> taken(kept, nodes.size());
        stack.resize(first);
        return taken;
    }

    std::pmr::memory_resource& memory_;
    const char* begin_;
    const char* at_;
    const char* end_;
    std::string_view reason_;
    std::vector<JsonValue> elements_;
    std::vector<JsonMember> members_;
    std::string unescaped_;
};

}  // namespace

Result<JsonDocument> parse_json(std::string_view text) {
    if (text.size() > kMaxBytes)
        return program_error("a program of more than 512 MiB");
    JsonDocument document;
    document.memory = std::make_unique<std::pmr::monotonic_buffer_resource>(
        std::max<std::size_t>(text.size(), 1024));
    Parser parser(text, *document.memory);
    static_cast<JsonValue&>(document) = parser.document();
    if (parser.failed())
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
