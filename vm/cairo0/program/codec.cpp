// SPDX-License-Identifier: Apache-2.0
// The stored form of ProgramExtra: numbers as LEB128, strings once in a table, felts as 32 bytes.
// Hints keep their texts and names, so stored programs outlive changes of the hint table.
#include <algorithm>
#include <cstring>
#include <unordered_map>

#include "vm/cairo0/program/json.hpp"
#include "vm/cairo0/program/program.hpp"

namespace blockexecd::vm::cairo0 {

namespace {

constexpr std::uint8_t kVersion = 1;

class Writer {
  public:
    void number(std::uint64_t value) {
        for (; value >= 0x80; value >>= 7)
            bytes_.push_back(static_cast<char>(value | 0x80));
        bytes_.push_back(static_cast<char>(value));
    }
    void felt(const Felt& value) {
        const auto encoded = value.to_bytes_be();
        bytes_.append(reinterpret_cast<const char*>(encoded.data()), encoded.size());
    }
    // The first use of a string holds it, later ones its number.
    void string(std::string_view text) {
        const auto [known, fresh] = strings_.try_emplace(std::string(text), strings_.size());
        number(known->second);
        if (fresh) {
            number(text.size());
            bytes_ += text;
        }
    }
    void tracking(const ApTracking& value) {
        number(value.group);
        number(value.offset);
    }
    void id(std::string_view name, std::uint32_t reference) {
        string(name);
        number(reference);
    }
    void term(const ReferenceTerm& value) {
        number((value.is_register ? 1U : 0U) | (value.reg == Register::fp ? 2U : 0U) |
               (value.dereference ? 4U : 0U) | (value.positive ? 8U : 0U));
        if (value.is_register)
            number(static_cast<std::uint32_t>(value.offset));
        else
            felt(value.integer);
    }
    [[nodiscard]] std::string take() { return std::move(bytes_); }

  private:
    std::string bytes_;
    std::unordered_map<std::string, std::uint64_t> strings_;
};

// A read beyond the end, or of a value that is none, sets `failed` and gives zeros from then on.
class Reader {
  public:
    explicit Reader(std::string_view bytes) : bytes_(bytes) {}

    [[nodiscard]] bool failed() const { return failed_; }
    [[nodiscard]] bool at_end() const { return bytes_.empty(); }

    std::uint64_t number() {
        std::uint64_t value = 0;
        for (unsigned shift = 0; shift < 64; shift += 7) {
            if (bytes_.empty())
                break;
            const auto byte = static_cast<std::uint8_t>(bytes_.front());
            bytes_.remove_prefix(1);
            value |= std::uint64_t{byte & 0x7fU} << shift;
            if (byte < 0x80)
                return value;
        }
        failed_ = true;
        return 0;
    }
    // A length that the bytes left cannot hold is damage, so that nothing large is reserved.
    std::uint64_t count() {
        const std::uint64_t value = number();
        if (value > bytes_.size())
            failed_ = true;
        return failed_ ? 0 : value;
    }
    Felt felt() {
        std::array<std::uint8_t, 32> encoded{};
        if (bytes_.size() < encoded.size()) {
            failed_ = true;
            return {};
        }
        std::memcpy(encoded.data(), bytes_.data(), encoded.size());
        bytes_.remove_prefix(encoded.size());
        return Felt::from_bytes_be(encoded);
    }
    std::string string() {
        const std::uint64_t index = number();
        if (index < strings_.size())
            return std::string(strings_[index]);
        const std::uint64_t size = count();
        if (failed_ || index != strings_.size()) {
            failed_ = true;
            return {};
        }
        strings_.push_back(bytes_.substr(0, size));
        bytes_.remove_prefix(size);
        return std::string(strings_.back());
    }
    ApTracking tracking() {
        const std::uint64_t group = number();
        return {group, number()};
    }
    // Gives each name and reference to `add`.
    template <class Add>
    void ids(std::size_t reference_count, const Add& add) {
        for (std::uint64_t left = count(); left != 0; --left) {
            const std::string name = string();
            const std::uint64_t reference = number();
            if (reference >= reference_count)
                failed_ = true;
            if (failed_)
                return;
            add(name, static_cast<std::uint32_t>(reference));
        }
    }
    ReferenceTerm term() {
        const std::uint64_t flags = number();
        ReferenceTerm value;
        value.is_register = (flags & 1) != 0;
        value.reg = (flags & 2) != 0 ? Register::fp : Register::ap;
        value.dereference = (flags & 4) != 0;
        value.positive = (flags & 8) != 0;
        if (value.is_register)
            value.offset = static_cast<std::int32_t>(static_cast<std::uint32_t>(number()));
        else
            value.integer = felt();
        return value;
    }

  private:
    std::string_view bytes_;
    std::vector<std::string_view> strings_;
    bool failed_ = false;
};

}  // namespace

std::string encode_extra(const ProgramExtra& extra) {
    Writer out;
    out.number(kVersion);
    out.number(extra.references->size());
    for (const Reference& reference : *extra.references) {
        out.term(reference.term1);
        out.term(reference.term2);
        out.number((reference.outer_dereference ? 1U : 0U) |
                   (reference.inner_dereference ? 2U : 0U));
        out.string(reference.has_felt_type ? "felt" : "");
        out.tracking(reference.ap_tracking);
    }
    out.number(extra.hints.size());
    for (const HintSource& hint : extra.hints) {
        out.number(hint.pc);
        out.string(hint.text());
        out.tracking(hint.ap_tracking);
        out.number(hint.ids.size());
        for (const HintId& id : hint.ids)
            out.id(ids::name_text(id.name), id.reference);
    }
    out.number(extra.attributes.size());
    for (const ErrorAttribute& attribute : extra.attributes) {
        out.number(attribute.start_pc);
        out.number(attribute.end_pc);
        out.string(attribute.value);
        out.tracking(attribute.ap_tracking);
        out.number(attribute.ids.size());
        for (const NamedReference& id : attribute.ids)
            out.id(id.name, id.reference);
    }
    out.number(extra.constants.size());
    for (const NamedConstant& constant : extra.constants) {
        out.string(constant.path);
        out.felt(constant.value);
    }
    return out.take();
}

Result<ProgramExtra> decode_extra(std::string_view bytes) {
    Reader in(bytes);
    if (const std::uint64_t version = in.number(); version != kVersion)
        return program_error("stored program: version " + std::to_string(version) + ", expected " +
                             std::to_string(kVersion));
    ProgramExtra extra;
    std::vector<Reference> references(in.count());
    for (Reference& reference : references) {
        reference.term1 = in.term();
        reference.term2 = in.term();
        const std::uint64_t flags = in.number();
        reference.outer_dereference = (flags & 1) != 0;
        reference.inner_dereference = (flags & 2) != 0;
        // Older programs have the type's name.
        reference.has_felt_type = in.string().find("felt") != std::string::npos;
        reference.ap_tracking = in.tracking();
        if (in.failed())
            break;
    }
    const std::size_t reference_count = references.size();
    extra.references = std::make_shared<const std::vector<Reference>>(std::move(references));
    extra.hints.resize(in.count());
    for (HintSource& hint : extra.hints) {
        hint.pc = in.number();
        hint.set_text(in.string());
        hint.ap_tracking = in.tracking();
        in.ids(reference_count, [&hint](const std::string& name, std::uint32_t reference) {
            if (const auto id = ids::find(name))
                hint.ids.push_back({*id, reference});
        });
        if (in.failed())
            break;
    }
    extra.attributes.resize(in.count());
    for (ErrorAttribute& attribute : extra.attributes) {
        attribute.start_pc = in.number();
        attribute.end_pc = in.number();
        attribute.value = in.string();
        attribute.ap_tracking = in.tracking();
        in.ids(reference_count, [&attribute](const std::string& name, std::uint32_t reference) {
            attribute.ids.push_back({name, reference});
        });
        if (in.failed())
            break;
    }
    extra.constants.resize(in.count());
    for (NamedConstant& constant : extra.constants) {
        constant.path = in.string();
        constant.value = in.felt();
        if (in.failed())
            break;
    }
    if (in.failed() || !in.at_end())
        return program_error("stored program: damaged");
    if (!std::ranges::is_sorted(extra.hints, {}, &HintSource::pc))
        return program_error("stored program: hints out of order");
    return extra;
}

}  // namespace blockexecd::vm::cairo0
