// SPDX-License-Identifier: Apache-2.0
// CASM hints of segments, curve points and system calls.
#include <array>
#include <mutex>
#include <string>

#include "vm/crypto/stark_curve.hpp"
#include "vm/hints/casm_functions.hpp"
#include "vm/hints/casm_operands.hpp"
#include "vm/hints/casm_state.hpp"
#include "vm/runner/function_runner.hpp"

namespace blockexecd::vm::casm_hints {

namespace {

// The n-th of a fixed sequence of points. The reference draws at random: no output, step or gas
// depends on the choice, so a run is made repeatable, and the first points, which nearly all runs
// are content with, are kept.
CurvePoint nth_point(std::uint64_t n) {
    for (std::uint64_t attempt = 0;; ++attempt) {
        Felt::Limbs limbs{};
        std::uint64_t seed = n * 0x9e3779b97f4a7c15ULL + attempt * 0xbf58476d1ce4e5b9ULL + 1;
        for (std::uint64_t& limb : limbs) {
            seed += 0x9e3779b97f4a7c15ULL;
            limb = seed;
            limb = (limb ^ limb >> 30) * 0xbf58476d1ce4e5b9ULL;
            limb = (limb ^ limb >> 27) * 0x94d049bb133111ebULL;
            limb ^= limb >> 31;
        }
        limbs[3] >>= 8;
        const Felt x = Felt::from_limbs_mod_p(limbs);
        if (const auto y = curve_y(x))
            return {x, *y};
    }
}

CurvePoint sample_point(std::uint64_t n) {
    static const auto first = [] {
        std::array<CurvePoint, 32> points;
        for (std::uint64_t i = 0; i < points.size(); ++i)
            points[i] = nth_point(i);
        return points;
    }();
    return n < first.size() ? first[n] : nth_point(n);
}

// An operand as the reference's Debug form has it.
std::string debug_text(const CellRef& cell) {
    return std::string("CellRef { register: ") + (cell.reg == Register::ap ? "AP" : "FP") +
           ", offset: " + std::to_string(cell.offset) + " }";
}

std::string debug_text(const HintOperand& operand) {
    using Kind = HintOperand::Kind;
    const std::string cell = debug_text(operand.cell);
    const std::string value =
        "Immediate(BigIntAsHex { value: " + operand.value.to_decimal() + " })";
    const auto operation = [&cell](const char* op, const std::string& b) {
        return std::string("BinOp(BinOpOperand { op: ") + op + ", a: " + cell + ", b: " + b + " })";
    };
    const std::string second = "Deref(" + debug_text(operand.second) + ")";
    switch (operand.kind) {
        case Kind::deref:
            return "Deref(" + cell + ")";
        case Kind::double_deref:
            return "DoubleDeref(" + cell + ", " + std::to_string(operand.offset) + ")";
        case Kind::immediate:
            return value;
        case Kind::add_deref:
            return operation("Add", second);
        case Kind::mul_deref:
            return operation("Mul", second);
        case Kind::add_immediate:
            return operation("Add", value);
        case Kind::mul_immediate:
            return operation("Mul", value);
    }
    return {};
}

}  // namespace

Result<void> AllocSegment(VirtualMachine& vm, const HintOperand* op) {
    return set_cell(vm, op[0], vm.memory().add_segment());
}

Result<void> AllocConstantSize(VirtualMachine& vm, const HintOperand* op) {
    BX_TRY(const std::uint64_t size, get_u64(vm, op[0], "Object size too large."));
    auto& next = vm.hint_state<CasmState>().next_constant;
    if (!next)
        next = vm.memory().add_segment();
    const Relocatable object = *next;
    BX_TRY(next, add_usize(object, size));
    return set_cell(vm, op[1], object);
}

Result<void> RandomEcPoint(VirtualMachine& vm, const HintOperand* op) {
    const CurvePoint point = sample_point(vm.hint_state<CasmState>().random_points++);
    BX_CHECK(set_cell(vm, op[0], point.x));
    return set_cell(vm, op[1], point.y);
}

Result<void> FieldSqrt(VirtualMachine& vm, const HintOperand* op) {
    BX_TRY(const Felt value, get_felt(vm, op[0]));
    auto root = value.sqrt();
    if (!root)
        root = (value * Felt(3)).sqrt();
    if (!root)
        return casm_hint_error("neither a value nor its triple is a square");
    return set_cell(vm, op[1], std::min(*root, -*root));
}

Result<void> DebugPrint(VirtualMachine& vm, const HintOperand* op) {
    // Nothing is printed, but what would be must be there.
    BX_TRY(Relocatable at, get_pointer(vm, op[0]));
    BX_TRY(const Relocatable end, get_pointer(vm, op[1]));
    while (!(at == end)) {
        BX_CHECK(vm.memory().get_felt(at));
        BX_TRY(at, add_usize(at, 1));
    }
    return {};
}

Result<void> SystemCall(VirtualMachine& vm, const HintOperand* op) {
    if (vm.syscalls() == nullptr)
        return casm_hint_error("Unknown Hint: Starknet(SystemCall { system: " + debug_text(op[0]) +
                               " })");
    return vm.syscalls()->system_call(vm);
}

Result<void> Cheatcode(VirtualMachine& /*vm*/, const HintOperand* /*op*/) {
    return casm_hint_error("Test functions are unsupported on starknet.");
}

}  // namespace blockexecd::vm::casm_hints
