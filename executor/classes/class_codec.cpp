// SPDX-License-Identifier: Apache-2.0
// Layout: version, kind, hashes, entry points, builtins, declaration sizes, bytecode segments,
// bytecode, program extra. Integers are LEB128; a felt is its length in bytes and that many
// little-endian bytes, so an instruction takes nine.
#include "executor/classes/class_codec.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <limits>

#include "executor/classes/program_code.hpp"

namespace blockexecd::executor {
namespace {

// Deeper than any class that class_json lets in.
constexpr unsigned kMaxSegmentDepth = 64;

class Writer {
  public:
    void byte(std::uint8_t value) { out_.push_back(static_cast<char>(value)); }
    void integer(std::uint64_t value) {
        for (; value >= 0x80; value >>= 7)
            byte(static_cast<std::uint8_t>(value | 0x80));
        byte(static_cast<std::uint8_t>(value));
    }
    void felt(const Felt& value) {
        const unsigned length = (value.bit_length() + 7) / 8;
        byte(static_cast<std::uint8_t>(length));
        const auto bytes = value.to_bytes_le();
        out_.append(reinterpret_cast<const char*>(bytes.data()), length);
    }
    void bytes(std::span<const std::uint8_t> value) {
        integer(value.size());
        out_.append(reinterpret_cast<const char*>(value.data()), value.size());
    }
    void builtins(std::span<const vm::BuiltinName> names) {
        integer(names.size());
        for (const vm::BuiltinName name : names)
            byte(static_cast<std::uint8_t>(name));
    }
    void segment(const BytecodeSegment& segment) {
        integer(segment.children.size());
        if (segment.children.empty())
            integer(segment.length);
        for (const BytecodeSegment& child : segment.children)
            this->segment(child);
    }
    std::string take() { return std::move(out_); }

  private:
    std::string out_;
};

class Reader {
  public:
    explicit Reader(std::span<const std::uint8_t> bytes) : bytes_(bytes) {}

    [[nodiscard]] vm::Error error(std::string_view reason) const {
        return {vm::ErrorKind::program, "stored class, byte " + std::to_string(at_) + " of " +
                                            std::to_string(bytes_.size()) + ": " +
                                            std::string(reason)};
    }
    [[nodiscard]] std::size_t left() const { return bytes_.size() - at_; }

    vm::Result<std::uint8_t> byte() {
        if (left() == 0)
            return error("ends too early");
        return bytes_[at_++];
    }
    vm::Result<std::uint64_t> integer() {
        std::uint64_t value = 0;
        for (unsigned shift = 0; shift < 64; shift += 7) {
            BX_TRY(const std::uint8_t group, byte());
            value |= std::uint64_t{group & 0x7fU} << shift;
            if (group < 0x80)
                return value;
        }
        return error("an integer of more than 64 bits");
    }
    // A number of things of at least one byte each.
    vm::Result<std::size_t> count() {
        BX_TRY(const std::uint64_t value, integer());
        if (value > left())
            return error("ends too early");
        return static_cast<std::size_t>(value);
    }
    vm::Result<Felt> felt() {
        BX_TRY(const std::uint8_t length, byte());
        if (length > 32 || length > left())
            return error(length > 32 ? "a field element of more than 32 bytes" : "ends too early");
        Felt::Limbs limbs{};
        static_assert(std::endian::native == std::endian::little);
        std::memcpy(limbs.data(), bytes_.data() + at_, length);
        if (length == 32 &&
            !std::lexicographical_compare(limbs.rbegin(), limbs.rend(), Felt::kPrime.rbegin(),
                                          Felt::kPrime.rend()))
            return error("not a field element");
        at_ += length;
        return Felt::from_canonical(limbs);
    }
    vm::Result<std::span<const std::uint8_t>> bytes() {
        BX_TRY(const std::size_t size, count());
        at_ += size;
        return bytes_.subspan(at_ - size, size);
    }
    vm::Result<std::vector<vm::BuiltinName>> builtins() {
        BX_TRY(const std::size_t size, count());
        std::vector<vm::BuiltinName> names(size);
        for (vm::BuiltinName& name : names) {
            BX_TRY(const std::uint8_t number, byte());
            if (number >= vm::kBuiltinCount)
                return error("no builtin has this number");
            name = static_cast<vm::BuiltinName>(number);
        }
        return names;
    }
    vm::Result<std::vector<EntryPoint>> entry_points() {
        BX_TRY(const std::size_t size, count());
        std::vector<EntryPoint> entry_points(size);
        for (EntryPoint& entry_point : entry_points) {
            BX_TRY(entry_point.selector, felt());
            BX_TRY(entry_point.offset, integer());
            BX_TRY(entry_point.builtins, builtins());
        }
        return entry_points;
    }
    vm::Result<BytecodeSegment> segment(unsigned depth = 0) {
        if (depth == kMaxSegmentDepth)
            return error("bytecode segments nested too deeply");
        BytecodeSegment segment;
        BX_TRY(const std::size_t children, count());
        if (children == 0) {
            BX_TRY(segment.length, integer());
            return segment;
        }
        for (std::size_t i = 0; i < children; ++i) {
            BX_TRY(BytecodeSegment child, this->segment(depth + 1));
            if (child.length > std::numeric_limits<std::uint64_t>::max() - segment.length)
                return error("bytecode segments too long");
            segment.length += child.length;
            segment.children.push_back(std::move(child));
        }
        return segment;
    }

  private:
    std::span<const std::uint8_t> bytes_;
    std::size_t at_ = 0;
};

std::size_t segment_bytes(const BytecodeSegment& segment) {
    std::size_t bytes = sizeof(BytecodeSegment);
    for (const BytecodeSegment& child : segment.children)
        bytes += segment_bytes(child);
    return bytes;
}

vm::Result<ClassDefinition> decode_definition(Reader& reader) {
    ClassDefinition definition;
    CompiledClass& summary = definition.summary;
    BX_TRY(const std::uint8_t version, reader.byte());
    if (version != kClassCodecVersion)
        return reader.error("written in version " + std::to_string(version) + " of the form, not " +
                            std::to_string(kClassCodecVersion));
    BX_TRY(const std::uint8_t kind, reader.byte());
    if (kind > static_cast<std::uint8_t>(ClassKind::cairo1))
        return reader.error("no kind of class has this number");
    summary.kind = static_cast<ClassKind>(kind);
    BX_TRY(summary.class_hash, reader.felt());
    BX_TRY(summary.compiled_class_hash_v1, reader.felt());
    BX_TRY(summary.compiled_class_hash_v2, reader.felt());
    for (auto& entry_points : summary.entry_points) {
        BX_TRY(entry_points, reader.entry_points());
    }
    BX_TRY(summary.program_builtins, reader.builtins());
    BX_TRY(summary.sierra_version.major, reader.integer());
    BX_TRY(summary.sierra_version.minor, reader.integer());
    BX_TRY(summary.sierra_version.patch, reader.integer());
    BX_TRY(summary.sierra_program_length, reader.integer());
    BX_TRY(summary.abi_length, reader.integer());
    BX_TRY(summary.bytecode_segments, reader.segment());
    BX_TRY(summary.bytecode_length, reader.count());
    if (summary.bytecode_segments.length != summary.bytecode_length)
        return reader.error("bytecode segments do not add up to the bytecode");
    definition.bytecode.reserve(summary.bytecode_length);
    for (std::uint64_t i = 0; i < summary.bytecode_length; ++i) {
        BX_TRY(const Felt word, reader.felt());
        definition.bytecode.push_back(word);
    }
    BX_TRY(const auto extra, reader.bytes());
    definition.program_extra.assign(extra.begin(), extra.end());
    if (reader.left() != 0)
        return reader.error("bytes behind the end");
    return definition;
}

}  // namespace

std::string encode_class(const ClassDefinition& definition) {
    const CompiledClass& summary = definition.summary;
    Writer writer;
    writer.byte(kClassCodecVersion);
    writer.byte(static_cast<std::uint8_t>(summary.kind));
    writer.felt(summary.class_hash);
    writer.felt(summary.compiled_class_hash_v1);
    writer.felt(summary.compiled_class_hash_v2);
    for (const auto& entry_points : summary.entry_points) {
        writer.integer(entry_points.size());
        for (const EntryPoint& entry_point : entry_points) {
            writer.felt(entry_point.selector);
            writer.integer(entry_point.offset);
            writer.builtins(entry_point.builtins);
        }
    }
    writer.builtins(summary.program_builtins);
    writer.integer(summary.sierra_version.major);
    writer.integer(summary.sierra_version.minor);
    writer.integer(summary.sierra_version.patch);
    writer.integer(summary.sierra_program_length);
    writer.integer(summary.abi_length);
    writer.segment(summary.bytecode_segments);
    writer.integer(definition.bytecode.size());
    for (const Felt& word : definition.bytecode)
        writer.felt(word);
    writer.bytes(definition.program_extra);
    return writer.take();
}

vm::Result<std::shared_ptr<const CompiledClass>> decode_class(std::span<const std::uint8_t> bytes) {
    Reader reader(bytes);
    BX_TRY(const ClassDefinition definition, decode_definition(reader));
    return compile_class(definition);
}

vm::Result<std::shared_ptr<const CompiledClass>> compile_class(const ClassDefinition& definition) {
    auto compiled_class = std::make_shared<CompiledClass>(definition.summary);
    BX_TRY(compiled_class->code, make_program_code(definition));
    return std::shared_ptr<const CompiledClass>(std::move(compiled_class));
}

std::size_t memory_bytes(const CompiledClass& compiled_class) {
    std::size_t bytes = sizeof(CompiledClass) + segment_bytes(compiled_class.bytecode_segments);
    for (const auto& entry_points : compiled_class.entry_points)
        for (const EntryPoint& entry_point : entry_points)
            bytes += sizeof(EntryPoint) + entry_point.builtins.size();
    if (compiled_class.code != nullptr)
        bytes += compiled_class.code->memory_size();
    return bytes;
}

}  // namespace blockexecd::executor
