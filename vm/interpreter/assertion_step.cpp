// SPDX-License-Identifier: Apache-2.0
// The assertions that the fast loop leaves most: a cell behind a gap or where its segment must
// grow, a builtin's deduced or validated cell, an unknown operand. What is unusual is left alone:
// execute() does it then in the reference's order, so every refusal here must come before the first
// effect, or after effects that execute() would have too.
#include "vm/interpreter/virtual_machine.hpp"
#include "vm/program/instruction.hpp"

namespace blockexecd::vm {

namespace {

constexpr std::uint64_t kMaxOffset = std::uint64_t{1} << 40;

// The execution segment, where dst and op0 are: no rule, no relocation.
struct Stack {
    Memory& memory;

    [[nodiscard]] Segment& segment() const { return memory.segments()[1]; }
    // Null for an empty cell or one beyond the end.
    [[nodiscard]] const Cell* known(std::uint64_t offset) const {
        const Segment& stack = segment();
        if (offset >= stack.size || stack.cells[offset].is_empty())
            return nullptr;
        return stack.cells + offset;
    }
    // Precondition: the cell is not known.
    Result<void> write(std::uint64_t offset, const Value& value) const {
        if (offset >= segment().size)
            BX_CHECK(memory.extend(segment(), offset));
        segment().cells[offset].store(value, memory.arena());
        return {};
    }
    // The same from another cell, which may be of the stack: a segment that moves leaves its old
    // cells as they are.
    Result<void> copy(std::uint64_t offset, const Cell& from) const {
        if (offset >= segment().size)
            BX_CHECK(memory.extend(segment(), offset));
        segment().cells[offset].copy_accessed(from, memory.arena());
        return {};
    }
    void mark(std::uint64_t offset) const { segment().cells[offset].mark_accessed(); }
};

const Cell* known(const Memory& memory, const Relocatable& address) {
    const Cell* const cell = memory.cell(address);
    return cell == nullptr || cell->is_empty() ? nullptr : cell;
}

bool equal(const Cell& cell, const Value& value) {
    if (value.is_relocatable())
        return cell.is_relocatable() && cell.relocatable() == value.relocatable();
    return !cell.is_relocatable() && cell.felt() == value.felt();
}

// An assertion that goes on with the next instruction.
bool is_usual(const Instruction& i) {
    return i.opcode == Opcode::assert_eq && i.extension == OpcodeExtension::stone &&
           i.pc_update == PcUpdate::regular && i.fp_update == FpUpdate::regular &&
           i.res != Res::unconstrained &&
           (i.ap_update == ApUpdate::regular || i.ap_update == ApUpdate::add1) &&
           (i.op1_source != Op1Source::imm || i.off_op1 == 1);
}

// False where the offset would be negative.
bool displace(std::uint64_t& offset, std::uint64_t base, std::int16_t displacement) {
    offset = base + static_cast<std::uint64_t>(std::int64_t{displacement});
    return static_cast<std::int64_t>(offset) >= 0;
}

}  // namespace

Result<bool> VirtualMachine::try_assertion() {
    if (pc_.segment != 0 || skip_next_ || ap_ >= kMaxOffset || fp_ >= kMaxOffset ||
        memory_.has_relocation_rules())
        return false;
    const Cell* const word = known(memory_, pc_);
    if (word == nullptr || word->is_relocatable())
        return false;
    Instruction i;
    if (!try_decode_instruction(word->felt(), i) || !is_usual(i))
        return false;
    const Stack stack{memory_};
    std::uint64_t dst_at = 0, op0_at = 0;
    if (!displace(dst_at, i.dst_register == Register::ap ? ap_ : fp_, i.off_dst) ||
        !displace(op0_at, i.op0_register == Register::ap ? ap_ : fp_, i.off_op0))
        return false;
    const Cell* const op0 = stack.known(op0_at);
    Relocatable op1_base = i.op1_source == Op1Source::imm  ? pc_
                           : i.op1_source == Op1Source::ap ? ap()
                                                           : fp();
    if (i.op1_source == Op1Source::op0) {
        if (op0 == nullptr || !op0->is_relocatable())
            return false;
        op1_base = op0->relocatable();
        if (op1_base.segment < 0 || op1_base.offset >= kMaxOffset)
            return false;
    }
    Relocatable op1_at = op1_base;
    if (!displace(op1_at.offset, op1_base.offset, i.off_op1))
        return false;
    const Cell* const dst = stack.known(dst_at);
    const Cell* const op1 = known(memory_, op1_at);
    if (i.res == Res::op1) {
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
                BX_CHECK(stack.write(dst_at, *value));
        } else if (dst == nullptr) {
            BX_CHECK(stack.copy(dst_at, *op1));
        } else if (!equal(*dst, op1->load())) {
            return false;
        }
    } else if (op0 != nullptr && op1 != nullptr) {
        const auto value =
            i.res == Res::add ? add(op0->load(), op1->load()) : mul(op0->load(), op1->load());
        if (value.has_error())
            return false;
        if (dst == nullptr)
            BX_CHECK(stack.write(dst_at, *value));
        else if (!equal(*dst, *value))
            return false;
    } else {
        // One operand is unknown: a difference. Quotients are left alone, as is op1 elsewhere.
        if (i.res != Res::add || dst == nullptr || (op0 == nullptr) == (op1 == nullptr) ||
            (op1 == nullptr && op1_at.segment != 1))
            return false;
        const auto value = sub(dst->load(), (op0 == nullptr ? op1 : op0)->load());
        if (value.has_error())
            return false;
        BX_CHECK(stack.write(op0 == nullptr ? op0_at : op1_at.offset, *value));
    }
    if (trace_.enabled()) {
        if (pc_.offset < code_->length())
            trace_.push(pc_.offset, ap_, fp_);
        else
            trace_.push(pc_, ap_, fp_, i);
    }
    stack.mark(dst_at);
    stack.mark(op0_at);
    memory_.mark_accessed(op1_at);
    memory_.mark_accessed(pc_);
    ap_ += i.ap_update == ApUpdate::add1 ? 1 : 0;
    pc_.offset += i.size();
    ++steps_;
    return true;
}

}  // namespace blockexecd::vm
