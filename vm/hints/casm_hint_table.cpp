// SPDX-License-Identifier: Apache-2.0
// From hint data to the functions that run it.
#include "vm/hints/casm_hint_table.hpp"

#include <algorithm>

#include "vm/hints/casm_functions.hpp"
#include "vm/hints/casm_operands.hpp"

namespace blockexecd::vm {

namespace {

template <Result<void> (*kFunction)(VirtualMachine&, const HintOperand*)>
Result<void> run(VirtualMachine& vm, const void* operands) {
    return kFunction(vm, static_cast<const HintOperand*>(operands));
}

constexpr std::array<HintFunction, kCasmHintCount> kFunctions{
#define X(name, operands) run<casm_hints::name>,
    BLOCKEXECD_CASM_HINTS(X)
#undef X
};

// Operands that must name a buffer, by position; the rest take any form.
constexpr std::uint32_t buffer_operands(CasmHintId id) {
    switch (id) {
        case CasmHintId::AllocFelt252Dict:
        case CasmHintId::Felt252DictEntryInit:
        case CasmHintId::Felt252DictEntryUpdate:
        case CasmHintId::GetSegmentArenaIndex:
        case CasmHintId::InitSquashData:
        case CasmHintId::GetCurrentAccessIndex:
        case CasmHintId::AssertLeFindSmallArcs:
        case CasmHintId::Felt252DictRead:
        case CasmHintId::Felt252DictWrite:
            return 0b1;
        case CasmHintId::DebugPrint:
        case CasmHintId::AddRelocationRule:
        case CasmHintId::AddMarker:
            return 0b11;
        case CasmHintId::EvalCircuit:
            return 0b1010;
        default:
            return 0;
    }
}

Error bad(const CasmHint& hint, const char* what) {
    return {ErrorKind::program, "CASM hint " + std::string(casm_hint_name(hint.id)) + ": " + what};
}

}  // namespace

Result<HintTable> resolve_casm_hints(const CasmHints& hints) {
    std::size_t total = 0;
    for (const CasmHintsAtPc& at : hints)
        for (const CasmHint& hint : at.hints)
            total += hint.operands.size();
    // Filled without ever growing: the hints point into it.
    auto operands = std::make_shared<std::vector<HintOperand>>();
    operands->reserve(total);

    // A class lists its pcs in ascending order; one that does not is put into it. Of a pc that is
    // listed twice the reference keeps the last list.
    std::vector<const CasmHintsAtPc*> order;
    for (const CasmHintsAtPc& at : hints)
        order.push_back(&at);
    std::stable_sort(order.begin(), order.end(),
                     [](const CasmHintsAtPc* a, const CasmHintsAtPc* b) { return a->pc < b->pc; });
    HintTable table;
    for (std::size_t i = 0; i < order.size(); ++i) {
        if (i + 1 < order.size() && order[i + 1]->pc == order[i]->pc)
            continue;
        for (const CasmHint& hint : order[i]->hints) {
            if (hint.operands.size() != casm_hint_operand_count(hint.id))
                return bad(hint, "wrong number of operands");
            for (std::size_t j = 0; j < hint.operands.size(); ++j)
                if ((buffer_operands(hint.id) >> j & 1) != 0 && !is_buffer(hint.operands[j]))
                    return bad(hint, "illegal argument for a buffer");
            const HintOperand* const first = operands->data() + operands->size();
            operands->insert(operands->end(), hint.operands.begin(), hint.operands.end());
            table.add(order[i]->pc, kFunctions[static_cast<std::size_t>(hint.id)], first);
        }
    }
    table.operands.push_back(std::move(operands));
    return table;
}

Result<std::shared_ptr<const Code>> make_casm_code(std::span<const Felt> bytecode,
                                                   const CasmHints& hints) {
    BX_TRY(HintTable table, resolve_casm_hints(hints));
    return Code::make(bytecode, std::move(table));
}

}  // namespace blockexecd::vm
