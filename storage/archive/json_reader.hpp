// SPDX-License-Identifier: Apache-2.0
// Reading a JSON file field by field. The first thing that is wrong is kept, with file, JSON path
// and reason; from then on every read gives an empty value, so that a parser is a list of fields
// and asks once, at the end.
#pragma once

#include <simdjson.h>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "executor/types/ids.hpp"
#include "storage/schema/error.hpp"

namespace blockexecd::storage {

class JsonFile;

// A value and the way to it. A node refers to its parent: both are locals of the same parser.
class JsonNode {
  public:
    // The node's own value. `is_null`: also for a member that is not there.
    [[nodiscard]] bool is_null() const;
    [[nodiscard]] executor::Felt as_felt() const;

    // Members of an object; a missing one, or one of another type or out of range, is a failure.
    [[nodiscard]] JsonNode member(std::string_view key) const;
    [[nodiscard]] executor::Felt felt(std::string_view key) const;  // "0x…"
    [[nodiscard]] executor::Felt address(
        std::string_view key) const;  // a felt below 2^251: a key of the state's tries
    [[nodiscard]] std::uint64_t number(std::string_view key) const;  // a JSON integer
    [[nodiscard]] std::uint64_t hex_u64(std::string_view key) const;
    [[nodiscard]] executor::u128 hex_u128(std::string_view key) const;
    [[nodiscard]] std::string text(std::string_view key) const;
    [[nodiscard]] bool flag(std::string_view key) const;
    [[nodiscard]] std::vector<executor::Felt> felts(std::string_view key) const;
    // Nothing where the member is missing or null.
    [[nodiscard]] bool has(std::string_view key) const;
    [[nodiscard]] std::optional<executor::Felt> optional_felt(std::string_view key) const;
    [[nodiscard]] std::optional<std::uint64_t> optional_number(std::string_view key) const;

    // The elements of a list, the members of an object.
    void each(const std::function<void(const JsonNode&, std::size_t)>& visit) const;
    void each_member(const std::function<void(const JsonNode&, std::string_view key)>& visit) const;
    // A member's key as a felt; a failure at that member if it is none.
    [[nodiscard]] executor::Felt key_as_address() const;

    // "transactions[5].resource_bounds.L1_GAS"
    [[nodiscard]] std::string path() const;
    void fail(std::string_view reason) const;
    [[nodiscard]] bool failed() const;

  private:
    friend class JsonFile;
    JsonNode(JsonFile& file, const JsonNode* parent, std::string_view key,
             std::optional<std::size_t> index, std::optional<simdjson::dom::element> value)
        : file_(&file), parent_(parent), key_(key), index_(index), value_(value) {}
    template <class T>
    [[nodiscard]] std::optional<T> as(std::string_view expected) const;
    [[nodiscard]] executor::u128 as_hex(unsigned bits) const;

    JsonFile* file_;
    const JsonNode* parent_;
    std::string_view key_;
    std::optional<std::size_t> index_;
    std::optional<simdjson::dom::element> value_;
};

class JsonFile {
  public:
    // `name` is what errors call the file. Errors: archive_invalid for a file that is missing or no
    // JSON.
    static Result<std::unique_ptr<JsonFile>> open(const std::filesystem::path& path,
                                                  std::string name);
    // The same of a text.
    static Result<std::unique_ptr<JsonFile>> parse(std::string_view text, std::string name);

    [[nodiscard]] JsonNode root() { return {*this, nullptr, {}, std::nullopt, root_}; }
    [[nodiscard]] const std::optional<Error>& failure() const { return failure_; }
    [[nodiscard]] const std::string& name() const { return name_; }

  private:
    friend class JsonNode;
    static Result<std::unique_ptr<JsonFile>> parse(std::unique_ptr<JsonFile> file);

    std::string name_;
    simdjson::padded_string text_;
    simdjson::dom::parser parser_;
    simdjson::dom::element root_;
    std::optional<Error> failure_;
};

// "FILE: PATH: REASON", the form of every refusal.
Error archive_error(std::string_view file, std::string_view path, std::string_view reason);

}  // namespace blockexecd::storage
