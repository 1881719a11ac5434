// SPDX-License-Identifier: Apache-2.0
// The JSON of CASM hints, as serde writes cairo-lang-casm's enums: {"Name": {operand: …}} or
// "Name".
#include <simdjson.h>

#include "vm/hints/casm_hint.hpp"

namespace blockexecd::vm {

namespace {

using simdjson::dom::element;
using simdjson::dom::object;

Error malformed(const std::string& what) {
    return {ErrorKind::program, "CASM hints: " + what};
}

// A JSON text or object member, or the error that it is missing or of another type.
template <class T>
Result<T> member(const object& parent, std::string_view name) {
    T value;
    if (parent[name].get(value) != simdjson::SUCCESS)
        return malformed("missing or bad " + std::string(name));
    return value;
}

// "0x1f" or "-0x1f", of any size, reduced mod p.
Result<Felt> big_int(std::string_view text) {
    const std::string shown(text);
    const bool negative = text.starts_with('-');
    if (negative)
        text.remove_prefix(1);
    if (!text.starts_with("0x") || text.size() < 3)
        return malformed("bad number " + shown);
    text.remove_prefix(2);
    Felt value;
    for (const char c : text) {
        const int digit = c >= '0' && c <= '9'   ? c - '0'
                          : c >= 'a' && c <= 'f' ? c - 'a' + 10
                          : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                                 : -1;
        if (digit < 0)
            return malformed("bad number " + shown);
        value = value * Felt(16) + Felt(static_cast<std::uint64_t>(digit));
    }
    return negative ? -value : value;
}

Result<std::int16_t> small(std::int64_t value) {
    if (value < INT16_MIN || value > INT16_MAX)
        return malformed("offset " + std::to_string(value) + " is out of range");
    return static_cast<std::int16_t>(value);
}

Result<CellRef> cell_ref(const object& json) {
    CellRef cell;
    BX_TRY(const std::string_view reg, member<std::string_view>(json, "register"));
    if (reg != "AP" && reg != "FP")
        return malformed("unknown register " + std::string(reg));
    cell.reg = reg == "AP" ? Register::ap : Register::fp;
    BX_TRY(const std::int64_t offset, member<std::int64_t>(json, "offset"));
    BX_TRY(cell.offset, small(offset));
    return cell;
}

Result<HintOperand> bin_op(const object& json) {
    using Kind = HintOperand::Kind;
    HintOperand operand;
    BX_TRY(const std::string_view op, member<std::string_view>(json, "op"));
    if (op != "Add" && op != "Mul")
        return malformed("unknown operation " + std::string(op));
    BX_TRY(const object a, member<object>(json, "a"));
    BX_TRY(operand.cell, cell_ref(a));
    BX_TRY(const object b, member<object>(json, "b"));
    if (object second; b["Deref"].get(second) == simdjson::SUCCESS) {
        operand.kind = op == "Add" ? Kind::add_deref : Kind::mul_deref;
        BX_TRY(operand.second, cell_ref(second));
    } else {
        operand.kind = op == "Add" ? Kind::add_immediate : Kind::mul_immediate;
        BX_TRY(const std::string_view value, member<std::string_view>(b, "Immediate"));
        BX_TRY(operand.value, big_int(value));
    }
    return operand;
}

Result<HintOperand> res_operand(const object& json) {
    HintOperand operand;
    if (object cell; json["Deref"].get(cell) == simdjson::SUCCESS) {
        BX_TRY(operand.cell, cell_ref(cell));
    } else if (simdjson::dom::array pair; json["DoubleDeref"].get(pair) == simdjson::SUCCESS) {
        std::int64_t offset = 0;
        if (pair.size() != 2 || pair.at(0).get(cell) != simdjson::SUCCESS ||
            pair.at(1).get(offset) != simdjson::SUCCESS)
            return malformed("bad DoubleDeref");
        operand.kind = HintOperand::Kind::double_deref;
        BX_TRY(operand.cell, cell_ref(cell));
        BX_TRY(operand.offset, small(offset));
    } else if (std::string_view text; json["Immediate"].get(text) == simdjson::SUCCESS) {
        operand.kind = HintOperand::Kind::immediate;
        BX_TRY(operand.value, big_int(text));
    } else if (object both; json["BinOp"].get(both) == simdjson::SUCCESS) {
        return bin_op(both);
    } else {
        return malformed("unknown operand " + simdjson::minify(json));
    }
    return operand;
}

Result<CasmHint> hint_from(const element& json) {
    std::string_view name;
    object fields;
    if (json.get(name) != simdjson::SUCCESS) {
        object outer;
        if (json.get(outer) != simdjson::SUCCESS || outer.size() != 1)
            return malformed("a hint is neither a name nor an object of one");
        const auto entry = *outer.begin();
        name = entry.key;
        if (entry.value.get(fields) != simdjson::SUCCESS)
            return malformed("hint " + std::string(name) + " has no operands");
    }
    const auto id = casm_hint_from_name(name);
    if (!id)
        return malformed("unknown hint " + std::string(name));
    CasmHint hint;
    hint.id = *id;
    for (std::string_view rest = kCasmHintOperands[static_cast<std::size_t>(*id)]; !rest.empty();) {
        std::string_view operand = rest.substr(0, rest.find(' '));
        rest.remove_prefix(std::min(rest.size(), operand.size() + 1));
        const char kind = operand.back();
        if (kind == '&' || kind == '#')
            operand.remove_suffix(1);
        if (kind == '#') {
            BX_TRY(const std::string_view text, member<std::string_view>(fields, operand));
            HintOperand number;
            number.kind = HintOperand::Kind::immediate;
            BX_TRY(number.value, big_int(text));
            hint.operands.push_back(number);
            continue;
        }
        BX_TRY(const object value, member<object>(fields, operand));
        if (kind == '&') {
            HintOperand cell;
            BX_TRY(cell.cell, cell_ref(value));
            hint.operands.push_back(cell);
        } else {
            BX_TRY(const HintOperand parsed, res_operand(value));
            hint.operands.push_back(parsed);
        }
    }
    return hint;
}

}  // namespace

Result<CasmHints> parse_casm_hints(std::string_view json) {
    simdjson::dom::parser parser;
    element root;
    simdjson::dom::array entries;
    if (const auto error = parser.parse(json.data(), json.size()).get(root))
        return malformed(simdjson::error_message(error));
    if (root.get(entries) != simdjson::SUCCESS)
        return malformed("not an array");
    CasmHints hints;
    for (const element entry : entries) {
        simdjson::dom::array pair, list;
        CasmHintsAtPc at;
        if (entry.get(pair) != simdjson::SUCCESS || pair.size() != 2 ||
            pair.at(0).get(at.pc) != simdjson::SUCCESS || pair.at(1).get(list) != simdjson::SUCCESS)
            return malformed("an entry is not [pc, [hints]]");
        for (const element hint : list) {
            BX_TRY(CasmHint parsed, hint_from(hint));
            at.hints.push_back(std::move(parsed));
        }
        hints.push_back(std::move(at));
    }
    return hints;
}

}  // namespace blockexecd::vm
