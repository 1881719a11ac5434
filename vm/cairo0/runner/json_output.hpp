// SPDX-License-Identifier: Apache-2.0
// JSON text in the two shapes of the reference's serialiser: pretty with two spaces, or compact. It
// is handed on in pieces, so that long lists need no memory.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "vm/felt/felt.hpp"

namespace blockexecd::vm::cairo0 {

class JsonOutput {
  public:
    enum class Shape : std::uint8_t { pretty, compact };
    using Sink = std::function<void(std::string_view)>;

    JsonOutput(Shape shape, Sink sink) : pretty_(shape == Shape::pretty), sink_(std::move(sink)) {}

    void begin_object() { open('{'); }
    void end_object() { close('}'); }
    void begin_array() { open('['); }
    void end_array() { close(']'); }
    void key(std::string_view name);
    void string(std::string_view text);
    void number(std::uint64_t value);
    void signed_number(std::int64_t value);
    // Digits of any length.
    void digits(std::string_view text);
    void null() { digits("null"); }
    // "0x1f"
    void hex(const Felt& value);

    void member(std::string_view name, std::uint64_t value) {
        key(name);
        number(value);
    }
    void member(std::string_view name, std::string_view text) {
        key(name);
        string(text);
    }
    void member(std::string_view name, const Felt& value) {
        key(name);
        hex(value);
    }
    // Hands on what is left. The document is complete.
    void finish();

  private:
    static constexpr std::size_t kPieceBytes = std::size_t{64} << 10;
    void open(char bracket);
    void close(char bracket);
    void begin_value();
    void line();
    void quoted(std::string_view text);

    bool pretty_;
    Sink sink_;
    std::string text_;
    unsigned depth_ = 0;
    bool first_ = true;       // nothing in the innermost list or object yet
    bool after_key_ = false;  // the next value belongs to a key
};

}  // namespace blockexecd::vm::cairo0
