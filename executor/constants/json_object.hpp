// SPDX-License-Identifier: Apache-2.0
// Reads a JSON object field by field and refuses what nobody read. Throws std::runtime_error naming
// the field: this is start-up code, and parse_versioned_constants turns it into a value.
#pragma once

#include <boost/json.hpp>
#include <concepts>
#include <cstdint>
#include <limits>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "executor/constants/ratio.hpp"
#include "executor/types/gas.hpp"
#include "vm/builtin_name.hpp"
#include "vm/felt/felt.hpp"

namespace blockexecd::executor::json {

[[noreturn]] inline void fail(const std::string& path, std::string_view what) {
    throw std::runtime_error(path + ": " + std::string(what));
}

class Object {
  public:
    Object(const boost::json::value& value, std::string path) : path_(std::move(path)) {
        if (!value.is_object())
            fail(path_, "not an object");
        object_ = &value.get_object();
    }

    [[nodiscard]] bool has(std::string_view name) const { return object_->contains(name); }
    [[nodiscard]] const std::string& path() const { return path_; }
    [[nodiscard]] std::string path_of(std::string_view name) const {
        return path_ + "." + std::string(name);
    }

    const boost::json::value& field(std::string_view name) {
        const auto* value = object_->if_contains(name);
        if (value == nullptr)
            fail(path_of(name), "missing");
        read_.emplace(name);
        return *value;
    }
    Object object(std::string_view name) { return {field(name), path_of(name)}; }
    std::uint64_t number(std::string_view name) { return to_number(field(name), path_of(name)); }
    std::uint64_t number_or_zero(std::string_view name) { return has(name) ? number(name) : 0; }
    bool boolean(std::string_view name) {
        const auto& value = field(name);
        if (!value.is_bool())
            fail(path_of(name), "not a boolean");
        return value.get_bool();
    }
    std::string text(std::string_view name) {
        const auto& value = field(name);
        if (!value.is_string())
            fail(path_of(name), "not a string");
        return std::string(value.get_string());
    }
    vm::Felt felt(std::string_view name) { return to_felt(field(name), path_of(name)); }
    // The text of a short string as a felt.
    vm::Felt short_string(std::string_view name) {
        const std::string value = text(name);
        if (value.size() > 31)
            fail(path_of(name), "longer than 31 characters");
        return vm::Felt::from_ascii(value);
    }
    std::vector<vm::Felt> felts(std::string_view name) {
        const auto& value = field(name);
        if (!value.is_array())
            fail(path_of(name), "not an array");
        std::vector<vm::Felt> felts;
        for (const auto& item : value.get_array())
            felts.push_back(to_felt(item, path_of(name)));
        return felts;
    }
    Ratio ratio(std::string_view name) {
        const auto& value = field(name);
        if (!value.is_array() || value.get_array().size() != 2)
            fail(path_of(name), "not a [numerator, denominator] pair");
        const Ratio ratio{to_number(value.get_array()[0], path_of(name)),
                          to_number(value.get_array()[1], path_of(name))};
        if (ratio.denominator == 0)
            fail(path_of(name), "denominator 0");
        return ratio;
    }
    // A number that the code takes for granted: another value in a data file would need other code.
    void expect(std::string_view name, std::int64_t expected) {
        const auto& value = field(name);
        if (!value.is_int64() || value.get_int64() != expected)
            fail(path_of(name), "not " + std::to_string(expected));
    }
    // Calls visit(name) for each field, in the file's order.
    template <std::invocable<std::string_view> Visit>
    void for_each(Visit visit) const {
        for (const auto& item : *object_)
            visit(std::string_view(item.key()));
    }
    // Call last.
    void refuse_unknown() const {
        for (const auto& item : *object_)
            if (!read_.contains(item.key()))
                fail(path_of(item.key()), "unknown field");
    }

  private:
    static std::uint64_t to_number(const boost::json::value& value, const std::string& path) {
        if (value.is_uint64())
            return value.get_uint64();
        if (!value.is_int64() || value.get_int64() < 0)
            fail(path, "not a number of 64 bits");
        return static_cast<std::uint64_t>(value.get_int64());
    }
    static vm::Felt to_felt(const boost::json::value& value, const std::string& path) {
        const auto felt = value.is_string() ? vm::Felt::from_hex(value.get_string()) : std::nullopt;
        if (!felt)
            fail(path, "not a felt");
        return *felt;
    }

    const boost::json::object* object_;
    std::string path_;
    std::set<std::string, std::less<>> read_;
};

}  // namespace blockexecd::executor::json
