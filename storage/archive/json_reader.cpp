// SPDX-License-Identifier: Apache-2.0
#include "storage/archive/json_reader.hpp"

#include <array>
#include <charconv>

namespace blockexecd::storage {

using executor::Felt;

namespace {

// Values are quoted in errors, but not whole programs.
std::string shown(const simdjson::dom::element& value) {
    constexpr std::size_t kMost = 80;
    auto text = simdjson::minify(value);
    if (text.size() > kMost)
        text = text.substr(0, kMost) + "…";
    return text;
}

}  // namespace

Error archive_error(std::string_view file, std::string_view path, std::string_view reason) {
    std::string text(file);
    if (!path.empty())
        text.append(": ").append(path);
    return {ErrorCode::archive_invalid, text.append(": ").append(reason)};
}

Result<std::unique_ptr<JsonFile>> JsonFile::open(const std::filesystem::path& path,
                                                 std::string name) {
    auto file = std::make_unique<JsonFile>();
    file->name_ = std::move(name);
    std::error_code failed;
    if (!std::filesystem::is_regular_file(path, failed))
        return archive_error(file->name_, {}, "the file is missing");
    if (simdjson::padded_string::load(path.string()).get(file->text_) != simdjson::SUCCESS)
        return archive_error(file->name_, {}, "the file cannot be read");
    return parse(std::move(file));
}

Result<std::unique_ptr<JsonFile>> JsonFile::parse(std::string_view text, std::string name) {
    auto file = std::make_unique<JsonFile>();
    file->name_ = std::move(name);
    file->text_ = simdjson::padded_string(text);
    return parse(std::move(file));
}

Result<std::unique_ptr<JsonFile>> JsonFile::parse(std::unique_ptr<JsonFile> file) {
    if (const auto code = file->parser_.parse(file->text_).get(file->root_))
        return archive_error(file->name_, {},
                             std::string("not JSON: ") + simdjson::error_message(code));
    return file;
}

bool JsonNode::failed() const {
    return file_->failure_.has_value();
}

std::string JsonNode::path() const {
    std::string text = parent_ == nullptr ? "" : parent_->path();
    if (index_)
        return text + "[" + std::to_string(*index_) + "]";
    if (!text.empty() && !key_.empty())
        text += '.';
    return text.append(key_);
}

void JsonNode::fail(std::string_view reason) const {
    if (!failed())
        file_->failure_ = archive_error(file_->name_, path(), reason);
}

bool JsonNode::is_null() const {
    return !value_ || value_->is_null();
}

template <class T>
std::optional<T> JsonNode::as(std::string_view expected) const {
    if (failed())
        return std::nullopt;
    T value{};
    if (!value_)
        fail("is missing");
    else if (value_->get<T>().get(value) != simdjson::SUCCESS)
        fail("expected " + std::string(expected) + ", found " + shown(*value_));
    else
        return value;
    return std::nullopt;
}

JsonNode JsonNode::member(std::string_view key) const {
    std::optional<simdjson::dom::element> found;
    if (!failed() && value_) {
        simdjson::dom::object object;
        if (value_->get(object) != simdjson::SUCCESS)
            fail("expected an object, found " + shown(*value_));
        else if (simdjson::dom::element value; object.at_key(key).get(value) == simdjson::SUCCESS)
            found = value;
    } else if (!value_) {
        fail("is missing");
    }
    return {*file_, this, key, std::nullopt, found};
}

Felt JsonNode::as_felt() const {
    const auto text = as<std::string_view>("a felt (\"0x…\")");
    if (!text)
        return {};
    const auto felt = Felt::from_hex(*text);
    if (!felt)
        fail("expected a felt (\"0x…\", below the Stark prime), found " + shown(*value_));
    return felt.value_or(Felt());
}

executor::u128 JsonNode::as_hex(unsigned bits) const {
    const auto text = as<std::string_view>("a hexadecimal integer (\"0x…\")");
    if (!text)
        return 0;
    const auto felt = Felt::from_hex(*text);
    if (!felt || felt->bit_length() > bits) {
        fail("expected a hexadecimal integer below 2^" + std::to_string(bits) + ", found " +
             shown(*value_));
        return 0;
    }
    return static_cast<executor::u128>(felt->limbs()[1]) << 64 | felt->limbs()[0];
}

Felt JsonNode::felt(std::string_view key) const {
    return member(key).as_felt();
}

Felt JsonNode::address(std::string_view key) const {
    const auto node = member(key);
    const auto felt = node.as_felt();
    if (felt.bit_length() > 251)
        node.fail("is 2^251 or more, so it cannot be a key of the state");
    return felt;
}

std::uint64_t JsonNode::number(std::string_view key) const {
    return member(key).as<std::uint64_t>("an integer from 0 to 2^64-1").value_or(0);
}

std::uint64_t JsonNode::hex_u64(std::string_view key) const {
    return static_cast<std::uint64_t>(member(key).as_hex(64));
}

executor::u128 JsonNode::hex_u128(std::string_view key) const {
    return member(key).as_hex(128);
}

std::string JsonNode::text(std::string_view key) const {
    return std::string(member(key).as<std::string_view>("a string").value_or(""));
}

bool JsonNode::flag(std::string_view key) const {
    return member(key).as<bool>("true or false").value_or(false);
}

std::vector<Felt> JsonNode::felts(std::string_view key) const {
    std::vector<Felt> values;
    member(key).each(
        [&](const JsonNode& value, std::size_t) { values.push_back(value.as_felt()); });
    return values;
}

bool JsonNode::has(std::string_view key) const {
    return !member(key).is_null();
}

std::optional<Felt> JsonNode::optional_felt(std::string_view key) const {
    return has(key) ? std::optional(felt(key)) : std::nullopt;
}

std::optional<std::uint64_t> JsonNode::optional_number(std::string_view key) const {
    return has(key) ? std::optional(number(key)) : std::nullopt;
}

void JsonNode::each(const std::function<void(const JsonNode&, std::size_t)>& visit) const {
    const auto list = as<simdjson::dom::array>("a list");
    if (!list)
        return;
    std::size_t index = 0;
    for (const auto value : *list) {
        if (failed())
            return;
        visit(JsonNode(*file_, this, {}, index, value), index);
        ++index;
    }
}

void JsonNode::each_member(
    const std::function<void(const JsonNode&, std::string_view)>& visit) const {
    const auto object = as<simdjson::dom::object>("an object");
    if (!object)
        return;
    for (const auto [key, value] : *object) {
        if (failed())
            return;
        visit(JsonNode(*file_, this, key, std::nullopt, value), key);
    }
}

Felt JsonNode::key_as_address() const {
    const auto felt = Felt::from_hex(key_);
    if (!felt || felt->bit_length() > 251)
        fail("the key is no address (\"0x…\", below 2^251)");
    return felt.value_or(Felt());
}

}  // namespace blockexecd::storage
