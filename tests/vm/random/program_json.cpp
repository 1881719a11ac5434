// SPDX-License-Identifier: Apache-2.0
// The program as its compiler would write it, and the line for the reference's runner.
#include <algorithm>
#include <array>
#include <map>

#include "tests/vm/random/random_program.hpp"

namespace blockexecd::vm::random {

namespace {

constexpr const char* kPrime = "0x800000000000011000000000000000000000000000000000000000000000001";

std::string quoted(const std::string& text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '\n')
            out += "\\n";
        else if (c == '"' || c == '\\')
            (out += '\\') += c;
        else
            out += c;
    }
    return out + "\"";
}

std::string value_text(const Value& value) {
    return quoted(value.is_felt() ? value.felt().to_hex() : value.relocatable().to_string());
}

template <class List, class Format>
std::string joined(const List& list, Format&& format) {
    std::string out;
    for (const auto& element : list)
        out += (out.empty() ? "" : ",") + format(element);
    return out;
}

struct Parts {
    std::string hints, references;
};

Parts hint_parts(const RandomProgram& p) {
    Parts parts;
    std::map<std::uint64_t, std::string> by_pc;
    std::size_t references = 0;
    for (const RandomHint& hint : p.hints) {
        std::string ids;
        for (const RandomId& id : hint.ids) {
            parts.references += (references == 0 ? "" : ",") +
                                (R"({"ap_tracking_data":{"group":0,"offset":0},"pc":0,"value":)" +
                                 quoted(id.reference)) +
                                "}";
            ids += (ids.empty() ? "" : ",") + quoted("__main__.main." + id.name) + ":" +
                   std::to_string(references++);
        }
        std::string& list = by_pc[hint.pc];
        list += (list.empty() ? "" : ",") +
                (R"({"accessible_scopes":[],"code":)" + quoted(hint.text)) +
                R"(,"flow_tracking_data":{"ap_tracking":{"group":0,"offset":0},"reference_ids":{)" +
                ids + "}}}";
    }
    parts.hints = joined(by_pc, [](const auto& entry) {
        return "\"" + std::to_string(entry.first) + "\":[" + entry.second + "]";
    });
    return parts;
}

std::string data_list(const RandomProgram& p) {
    return joined(p.data, [](const Felt& word) { return "\"" + word.to_hex() + "\""; });
}
std::string builtin_list(const RandomProgram& p) {
    return joined(p.builtins,
                  [](BuiltinName name) { return "\"" + std::string(builtin_name(name)) + "\""; });
}
std::string attribute_list(const RandomProgram& p) {
    return joined(p.attributes, [](const auto& attribute) {
        return R"({"name":"error_message","start_pc":)" + std::to_string(attribute.first.first) +
               R"(,"end_pc":)" + std::to_string(attribute.first.second) + R"(,"value":)" +
               quoted(attribute.second) + "}";
    });
}
std::string constant_list(const RandomProgram& p) {
    return joined(p.constants, [](const auto& constant) {
        return quoted(constant.first) + R"(:{"type":"const","value":)" +
               constant.second.to_decimal() + "}";
    });
}

std::string cell_text(const CellRef& cell) {
    return std::string(R"({"register":")") + (cell.reg == Register::ap ? "AP" : "FP") +
           R"(","offset":)" + std::to_string(cell.offset) + "}";
}

std::string operand_text(const HintOperand& operand) {
    using Kind = HintOperand::Kind;
    const std::string cell = cell_text(operand.cell);
    const std::string value = "\"" + operand.value.to_hex() + "\"";
    const auto operation = [&](const char* op, const std::string& b) {
        return std::string(R"({"BinOp":{"op":")") + op + R"(","a":)" + cell + R"(,"b":)" + b + "}}";
    };
    switch (operand.kind) {
        case Kind::deref:
            return R"({"Deref":)" + cell + "}";
        case Kind::double_deref:
            return R"({"DoubleDeref":[)" + cell + "," + std::to_string(operand.offset) + "]}";
        case Kind::immediate:
            return R"({"Immediate":)" + value + "}";
        case Kind::add_deref:
            return operation("Add", R"({"Deref":)" + cell_text(operand.second) + "}");
        case Kind::mul_deref:
            return operation("Mul", R"({"Deref":)" + cell_text(operand.second) + "}");
        case Kind::add_immediate:
            return operation("Add", R"({"Immediate":)" + value + "}");
        case Kind::mul_immediate:
            return operation("Mul", R"({"Immediate":)" + value + "}");
    }
    return {};
}

std::string casm_hint_text(const CasmHint& hint) {
    std::string operands;
    std::size_t index = 0;
    for (std::string_view rest = kCasmHintOperands[static_cast<std::size_t>(hint.id)];
         !rest.empty();) {
        std::string_view name = rest.substr(0, rest.find(' '));
        rest.remove_prefix(std::min(rest.size(), name.size() + 1));
        const bool is_cell = name.ends_with('&');
        if (is_cell)
            name.remove_suffix(1);
        const HintOperand& operand = hint.operands[index++];
        operands += (operands.empty() ? "" : ",") + quoted(std::string(name)) + ":" +
                    (is_cell ? cell_text(operand.cell) : operand_text(operand));
    }
    const std::string name = "\"" + std::string(casm_hint_name(hint.id)) + "\"";
    return operands.empty() ? name : "{" + name + ":{" + operands + "}}";
}

constexpr std::array kFlowNames{"main", "function", "casm"};

}  // namespace

std::string casm_hints_json(const CasmHints& hints) {
    return "[" +
           joined(hints,
                  [](const CasmHintsAtPc& at) {
                      return "[" + std::to_string(at.pc) + ",[" + joined(at.hints, casm_hint_text) +
                             "]]";
                  }) +
           "]";
}

std::string to_program_json(const RandomProgram& p) {
    const Parts parts = hint_parts(p);
    const std::string constants = constant_list(p);
    return std::string(R"({"prime":")") + kPrime + R"(","builtins":[)" + builtin_list(p) +
           R"(],"data":[)" + data_list(p) + R"(],"hints":{)" + parts.hints +
           R"(},"identifiers":{)" + constants + (constants.empty() ? "" : ",") +
           R"("__main__.main":{"pc":)" + std::to_string(p.main) +
           R"(,"type":"function"}},"reference_manager":{"references":[)" + parts.references +
           R"(]},"attributes":[)" + attribute_list(p) + "]}";
}

std::string to_json(const RandomProgram& p) {
    const Parts parts = hint_parts(p);
    return "{\"seed\":" + std::to_string(p.seed) + ",\"flow\":\"" +
           kFlowNames[static_cast<std::size_t>(p.flow)] +
           "\",\"steps\":" + std::to_string(p.steps) + ",\"builtins\":[" + builtin_list(p) +
           "],\"data\":[" + data_list(p) + "],\"main\":" + std::to_string(p.main) + ",\"hints\":{" +
           parts.hints + "},\"casm_hints\":" + casm_hints_json(p.casm_hints) + ",\"references\":[" +
           parts.references + "],\"constants\":{" + constant_list(p) + "},\"attributes\":[" +
           attribute_list(p) + "],\"arguments\":[" + joined(p.arguments, value_text) +
           "],\"segments\":" + std::to_string(p.segments) +
           ",\"temporary\":" + std::to_string(p.temporary) + ",\"cells\":[" +
           joined(p.cells,
                  [](const auto& cell) {
                      return "[\"" + cell.first.to_string() + "\"," + value_text(cell.second) + "]";
                  }) +
           "],\"signatures\":[" +
           joined(p.signatures,
                  [](const RandomSignature& signature) {
                      return "[\"" + signature.public_key.to_string() + "\",\"" +
                             signature.r.to_hex() + "\",\"" + signature.s.to_hex() + "\"]";
                  }) +
           "]}";
}

}  // namespace blockexecd::vm::random
