// SPDX-License-Identifier: Apache-2.0
// What the readers of compiled Cairo 1 files have in common: simdjson's tree, which bounds depth
// and size, and errors that name the member.
#pragma once

#include <simdjson.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "vm/builtin_name.hpp"
#include "vm/error.hpp"
#include "vm/felt/felt.hpp"

namespace blockexecd::vm::cairo1 {

// Errors are of the kind program and begin with `what`, the kind of file.
class JsonReader {
  public:
    explicit JsonReader(std::string_view what) : what_(what) {}

    [[nodiscard]] Error bad(const std::string& why) const {
        return {ErrorKind::program, std::string(what_) + ": " + why};
    }
    template <class T>
    Result<T> member(const simdjson::dom::object& parent, std::string_view name) const {
        T value;
        if (parent[name].get(value) != simdjson::SUCCESS)
            return bad(std::string(name) + " is missing or of another type");
        return value;
    }
    // "0x…", and "-0x…" for what is below 0.
    Result<Felt> felt(const simdjson::dom::element& json, std::string_view where) const;
    // An array of those.
    Result<std::vector<Felt>> felts(const simdjson::dom::object& parent,
                                    std::string_view name) const;
    // The member `builtins`, with or without a suffix.
    Result<std::vector<BuiltinName>> builtins(const simdjson::dom::object& parent) const;
    // The member `offset`, which must be below the length of the bytecode.
    Result<std::uint64_t> offset(const simdjson::dom::object& parent, std::size_t length) const;

  private:
    std::string_view what_;
};

}  // namespace blockexecd::vm::cairo1
