// SPDX-License-Identifier: Apache-2.0
// The hint table's questions, and the binary form.
#include "vm/hints/casm_hint.hpp"

#include <algorithm>

namespace blockexecd::vm {

namespace {

constexpr std::uint8_t kVersion = 1;
// Shortest felt first: a length byte and that many little-endian bytes.
constexpr std::size_t kFeltBytes = 32;

Error malformed(const std::string& what) {
    return {ErrorKind::program, "CASM hints: " + what};
}

void put_varint(std::string& out, std::uint64_t value) {
    for (; value >= 0x80; value >>= 7)
        out.push_back(static_cast<char>(value | 0x80));
    out.push_back(static_cast<char>(value));
}

void put_cell(std::string& out, const CellRef& cell) {
    const auto offset = static_cast<std::uint16_t>(cell.offset);
    out.push_back(static_cast<char>(cell.reg));
    out.push_back(static_cast<char>(offset & 0xff));
    out.push_back(static_cast<char>(offset >> 8));
}

void put_felt(std::string& out, const Felt& felt) {
    const auto bytes = felt.to_bytes_le();
    const std::size_t length = (felt.bit_length() + 7) / 8;
    out.push_back(static_cast<char>(length));
    out.append(reinterpret_cast<const char*>(bytes.data()), length);
}

class Reader {
  public:
    explicit Reader(std::span<const std::uint8_t> bytes) : bytes_(bytes) {}
    [[nodiscard]] bool at_end() const { return bytes_.empty(); }
    [[nodiscard]] std::size_t left() const { return bytes_.size(); }

    Result<std::uint8_t> byte() {
        if (bytes_.empty())
            return malformed("truncated");
        const std::uint8_t value = bytes_.front();
        bytes_ = bytes_.subspan(1);
        return value;
    }
    Result<std::uint64_t> varint() {
        std::uint64_t value = 0;
        for (unsigned shift = 0; shift < 64; shift += 7) {
            BX_TRY(const std::uint8_t next, byte());
            value |= std::uint64_t{next & 0x7fU} << shift;
            if ((next & 0x80) == 0)
                return value;
        }
        return malformed("a number is too long");
    }
    Result<std::int16_t> offset() {
        BX_TRY(const std::uint8_t low, byte());
        BX_TRY(const std::uint8_t high, byte());
        return static_cast<std::int16_t>(static_cast<std::uint16_t>(low | high << 8));
    }
    Result<CellRef> cell() {
        BX_TRY(const std::uint8_t reg, byte());
        if (reg > 1)
            return malformed("unknown register");
        BX_TRY(const std::int16_t at, offset());
        return CellRef{static_cast<Register>(reg), at};
    }
    Result<Felt> felt() {
        BX_TRY(const std::uint8_t length, byte());
        if (length > kFeltBytes || length > bytes_.size())
            return malformed("truncated felt");
        std::array<std::uint8_t, kFeltBytes> big{};
        std::reverse_copy(bytes_.begin(), bytes_.begin() + length, big.end() - length);
        bytes_ = bytes_.subspan(length);
        return Felt::from_bytes_be(big);
    }

  private:
    std::span<const std::uint8_t> bytes_;
};

using Kind = HintOperand::Kind;

bool has_value(Kind kind) {
    return kind == Kind::immediate || kind == Kind::add_immediate || kind == Kind::mul_immediate;
}
bool has_second(Kind kind) {
    return kind == Kind::add_deref || kind == Kind::mul_deref;
}

Result<HintOperand> read_operand(Reader& in) {
    HintOperand operand;
    BX_TRY(const std::uint8_t kind, in.byte());
    if (kind > static_cast<std::uint8_t>(Kind::mul_immediate))
        return malformed("unknown operand");
    operand.kind = static_cast<Kind>(kind);
    if (operand.kind != Kind::immediate) {
        BX_TRY(operand.cell, in.cell());
    }
    if (has_second(operand.kind)) {
        BX_TRY(operand.second, in.cell());
    }
    if (operand.kind == Kind::double_deref) {
        BX_TRY(operand.offset, in.offset());
    }
    if (has_value(operand.kind)) {
        BX_TRY(operand.value, in.felt());
    }
    return operand;
}

void put_operand(std::string& out, const HintOperand& operand) {
    out.push_back(static_cast<char>(operand.kind));
    if (operand.kind != Kind::immediate)
        put_cell(out, operand.cell);
    if (has_second(operand.kind))
        put_cell(out, operand.second);
    if (operand.kind == Kind::double_deref) {
        const auto offset = static_cast<std::uint16_t>(operand.offset);
        out.push_back(static_cast<char>(offset & 0xff));
        out.push_back(static_cast<char>(offset >> 8));
    }
    if (has_value(operand.kind))
        put_felt(out, operand.value);
}

}  // namespace

std::size_t casm_hint_operand_count(CasmHintId id) {
    const std::string_view names = kCasmHintOperands[static_cast<std::size_t>(id)];
    return names.empty()
               ? 0
               : 1 + static_cast<std::size_t>(std::count(names.begin(), names.end(), ' '));
}

std::optional<CasmHintId> casm_hint_from_name(std::string_view name) {
    const auto found = std::find(kCasmHintNames.begin(), kCasmHintNames.end(), name);
    if (found == kCasmHintNames.end())
        return std::nullopt;
    return static_cast<CasmHintId>(found - kCasmHintNames.begin());
}

std::string encode_casm_hints(const CasmHints& hints) {
    std::string out;
    out.push_back(static_cast<char>(kVersion));
    put_varint(out, hints.size());
    for (const CasmHintsAtPc& at : hints) {
        put_varint(out, at.pc);
        put_varint(out, at.hints.size());
        for (const CasmHint& hint : at.hints) {
            out.push_back(static_cast<char>(hint.id));
            for (const HintOperand& operand : hint.operands)
                put_operand(out, operand);
        }
    }
    return out;
}

Result<CasmHints> decode_casm_hints(std::span<const std::uint8_t> bytes) {
    Reader in(bytes);
    BX_TRY(const std::uint8_t version, in.byte());
    if (version != kVersion)
        return malformed("unknown version " + std::to_string(version));
    BX_TRY(const std::uint64_t count, in.varint());
    if (count > in.left())
        return malformed("truncated");
    CasmHints hints(count);
    for (CasmHintsAtPc& at : hints) {
        BX_TRY(at.pc, in.varint());
        BX_TRY(const std::uint64_t size, in.varint());
        if (size > in.left())
            return malformed("truncated");
        at.hints.resize(size);
        for (CasmHint& hint : at.hints) {
            BX_TRY(const std::uint8_t id, in.byte());
            if (id >= kCasmHintCount)
                return malformed("unknown hint number " + std::to_string(id));
            hint.id = static_cast<CasmHintId>(id);
            hint.operands.resize(casm_hint_operand_count(hint.id));
            for (HintOperand& operand : hint.operands) {
                BX_TRY(operand, read_operand(in));
            }
        }
    }
    if (!in.at_end())
        return malformed("bytes behind the end");
    return hints;
}

}  // namespace blockexecd::vm
