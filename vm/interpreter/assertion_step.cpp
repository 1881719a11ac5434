// SPDX-License-Identifier: Apache-2.0
// The assertions that the fast loop leaves most: a cell behind a gap or where its segment must
// grow, a builtin's deduced or validated cell, an unknown operand. What is unusual is left alone:
// execute() does it then in the reference's order, so every refusal here must come before the first
// effect, or after effects that execute() would have too.
#include "vm/interpreter/virtual_machine.hpp"
#include "vm/program/form_shape.hpp"

namespace blockexecd::vm {

namespace {

constexpr std::uint64_t kMaxOffset = std::uint64_t{1} << 40;

// The address of `displacement` bytes of cells from a register; false where it is negative.
bool displace(Relocatable& address, std::uint64_t base, std::int32_t displacement) {
    const std::int64_t offset =
        static_cast<std::int64_t>(base) + displacement / static_cast<std::int32_t>(sizeof(Cell));
    address = {address.segment, static_cast<std::uint64_t>(offset)};
    return offset >= 0;
}

const Cell* known(const Memory& memory, const Relocatable& address) {
    const Cell* const cell = memory.cell(address);
    return cell == nullptr || cell->is_empty() ? nullptr : cell;
}

bool equal(const Cell& cell, const Value& value) {
    if (value.is_relocatable())
        return cell.is_relocatable() && cell.relocatable() == value.relocatable();
    return !cell.is_relocatable() && cell.felt() == value.felt();
}

}  // namespace

Result<bool> VirtualMachine::try_assertion() {
    if (pc_.segment != 0 || pc_.offset >= code_->length() || skip_next_ || ap_ >= kMaxOffset ||
        fp_ >= kMaxOffset || memory_.has_relocation_rules())
        return false;
    const DecodedInstruction& in = code_->instructions()[pc_.offset];
    if (!is_assertion(in.real_form))
        return false;
    const AssertionShape shape = assertion_shape(in.real_form);
    const auto base = [this](Register reg) { return reg == Register::ap ? ap_ : fp_; };
    Relocatable dst_at{1, 0}, op0_at{1, 0}, op1_at{1, 0};
    if (!displace(dst_at, base(shape.dst_register), in.dst) ||
        !displace(op0_at, base(shape.op0_register), in.op0))
        return false;
    const Cell* const op0 = known(memory_, op0_at);
    switch (shape.op1) {
        case AssertionShape::Op1::small:
        case AssertionShape::Op1::imm:
            op1_at = pc_ + 1;
            break;
        case AssertionShape::Op1::ap:
        case AssertionShape::Op1::fp:
            if (!displace(op1_at, shape.op1 == AssertionShape::Op1::ap ? ap_ : fp_, in.op1))
                return false;
            break;
        case AssertionShape::Op1::dereferenced: {
            if (op0 == nullptr || !op0->is_relocatable())
                return false;
            const Relocatable at = op0->relocatable();
            op1_at.segment = at.segment;
            if (at.segment < 0 || at.offset >= kMaxOffset || !displace(op1_at, at.offset, in.op1))
                return false;
            break;
        }
    }
    const Cell* const dst = known(memory_, dst_at);
    const Cell* const op1 = known(memory_, op1_at);
    if (shape.res == Res::op1) {
        if (op0 == nullptr)
            return false;
        if (op1 == nullptr) {
            BX_TRY(std::optional<Value> value, builtins_.deduce(op1_at));
            if (!value && dst == nullptr)
                return false;
            const bool agrees = !value || dst == nullptr || equal(*dst, *value);
            if (!value)
                value = dst->load();
            BX_CHECK(memory_.insert(op1_at, *value));
            if (!agrees)
                return false;
            if (dst == nullptr)
                BX_CHECK(memory_.insert(dst_at, *value));
        } else if (dst == nullptr) {
            BX_CHECK(memory_.insert(dst_at, op1->load()));
        } else if (!equal(*dst, op1->load())) {
            return false;
        }
    } else if (op0 != nullptr && op1 != nullptr) {
        const auto value =
            shape.res == Res::add ? add(op0->load(), op1->load()) : mul(op0->load(), op1->load());
        if (value.has_error())
            return false;
        if (dst == nullptr)
            BX_CHECK(memory_.insert(dst_at, *value));
        else if (!equal(*dst, *value))
            return false;
    } else {
        // One operand is unknown: a difference. Quotients are left alone.
        if (shape.res != Res::add || dst == nullptr || (op0 == nullptr) == (op1 == nullptr) ||
            (op0 == nullptr ? op0_at : op1_at).segment != 1)
            return false;
        const auto value = sub(dst->load(), (op0 == nullptr ? op1 : op0)->load());
        if (value.has_error())
            return false;
        BX_CHECK(memory_.insert(op0 == nullptr ? op0_at : op1_at, *value));
    }
    if (trace_enabled_)
        trace_.push_back({pc_, ap_, fp_});
    memory_.mark_accessed(dst_at);
    memory_.mark_accessed(op0_at);
    memory_.mark_accessed(op1_at);
    ap_ += shape.increments_ap ? 1 : 0;
    pc_.offset += shape.immediate() ? 2 : 1;
    ++steps_;
    return true;
}

}  // namespace blockexecd::vm
