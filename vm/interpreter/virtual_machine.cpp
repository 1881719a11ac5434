// SPDX-License-Identifier: Apache-2.0
// One step at a time, in the reference's exact order of operations: what the fast loop leaves to
// it, and what it is compared with.
#include "vm/interpreter/virtual_machine.hpp"

#include "vm/interpreter/blake.hpp"
#include "vm/interpreter/fast_loop.hpp"
#include "vm/interpreter/typed_operations.hpp"
#include "vm/program/instruction.hpp"

namespace blockexecd::vm {

namespace {

constexpr std::size_t kMaxTracebackEntries = 20;
// Room for the stack of all but long runs: growing copies it.
constexpr std::uint64_t kStackCells = 16384;

Error vm_error(std::string message) {
    return {ErrorKind::virtual_machine, std::move(message)};
}

Result<Relocatable> offset_by(const Relocatable& base, std::int32_t offset) {
    if (offset < 0)
        return sub_usize(base, static_cast<std::uint64_t>(-offset));
    return add_usize(base, static_cast<std::uint64_t>(offset));
}

// What an instruction reads, deduces and writes.
struct Operands {
    Relocatable dst_address, op0_address, op1_address;
    std::optional<Value> dst, op0, op1, res;
};

// op0 from dst and op1; res is overwritten in any case, as the reference does.
Result<void> deduce_op0(const Instruction& i, const Relocatable& pc, Operands& o) {
    o.res.reset();
    if (i.opcode == Opcode::call) {
        BX_TRY(const Relocatable return_pc, add_usize(pc, i.size()));
        o.op0 = return_pc;
        return {};
    }
    if (i.opcode != Opcode::assert_eq || !o.dst || !o.op1)
        return {};
    if (i.res == Res::add) {
        BX_TRY(const Value value, typed_sub(*o.dst, *o.op1, i.extension));
        o.op0 = value;
        o.res = o.dst;
    } else if (i.res == Res::mul && o.dst->is_felt() && o.op1->is_felt() &&
               !o.op1->felt().is_zero()) {
        BX_TRY(const Felt quotient, typed_div(o.dst->felt(), o.op1->felt(), i.extension));
        o.op0 = quotient;
        o.res = o.dst;
    }
    return {};
}

Result<void> deduce_op1(const Instruction& i, Operands& o) {
    if (i.opcode != Opcode::assert_eq)
        return {};
    std::optional<Value> res;
    if (i.res == Res::op1) {
        o.op1 = o.dst;
        res = o.dst;
    } else if (i.res == Res::add) {
        res = o.dst;
        if (o.dst && o.op0) {
            // A subtraction that is not possible leaves the operand unknown.
            auto value = typed_sub(*o.dst, *o.op0, i.extension);
            if (value.has_value())
                o.op1 = *value;
        }
    } else if (i.res == Res::mul && o.dst && o.dst->is_felt() && o.op0 && o.op0->is_felt() &&
               !o.op0->felt().is_zero()) {
        BX_TRY(const Felt quotient, typed_div(o.dst->felt(), o.op0->felt(), i.extension));
        o.op1 = quotient;
        res = o.dst;
    }
    if (!o.res)
        o.res = res;
    return {};
}

Error unknown_operand(const char* name, const Relocatable& address) {
    return vm_error("Couldn't compute operand " + std::string(name) +
                    ". Unknown value for memory cell " + address.to_string());
}

}  // namespace

VirtualMachine::VirtualMachine(Arena& arena, std::shared_ptr<const Code> code)
    : code_(std::move(code)), memory_(arena), builtins_(memory_) {
    memory_.add_shared_program_segment(code_->cells(), code_->length());
    memory_.add_segment(kStackCells);
}

VirtualMachine::~VirtualMachine() = default;

void VirtualMachine::enable_trace() {
    trace_.record(code_->length());
}

void VirtualMachine::stream_trace(TraceSink* sink) {
    trace_.stream(code_->length(), sink);
}

void VirtualMachine::repeat_last_step(std::uint64_t n) {
    steps_ += n;
    if (trace_.enabled())
        trace_.repeat_last(n);
}

Error VirtualMachine::hint_failed(const Error& cause, std::size_t index) {
    auto detail = std::make_shared<HintErrorDetail>();
    detail->index = index;
    return {ErrorKind::hint, "Got an exception while executing a hint: " + cause.message(), cause,
            detail};
}

Result<void> VirtualMachine::step() {
    return step_with_hints(code_->hints_at(pc_.offset));
}

Result<void> VirtualMachine::step_with_hints(std::span<const Hint> hints) {
    BX_CHECK(run_hints(hints));
    return step_instruction();
}

Result<void> VirtualMachine::step_instruction() {
    BX_TRY(const bool made, try_assertion());
    if (made)
        return {};
    if (pc_.segment == 0 && pc_.offset >= memory_.segment_size(0))
        return Error(ErrorKind::memory, "Unknown memory cell at address " + pc_.to_string());
    BX_TRY(const Felt word, memory_.get_felt(pc_));
    BX_TRY(const Instruction instruction, decode_instruction(word));
    if (skip_next_) {
        pc_ = pc_ + instruction.size();
        skip_next_ = false;
        return {};
    }
    return execute(instruction);
}

Result<void> VirtualMachine::execute(const Instruction& i) {
    Operands o;
    // Addresses and reads.
    BX_TRY(o.dst_address, offset_by(i.dst_register == Register::ap ? ap() : fp(), i.off_dst));
    o.dst = memory_.get(o.dst_address);
    BX_TRY(o.op0_address, offset_by(i.op0_register == Register::ap ? ap() : fp(), i.off_op0));
    o.op0 = memory_.get(o.op0_address);
    Relocatable op1_base;
    switch (i.op1_source) {
        case Op1Source::fp:
            op1_base = fp();
            break;
        case Op1Source::ap:
            op1_base = ap();
            break;
        case Op1Source::imm:
            if (i.off_op1 != 1)
                return vm_error("In immediate mode, off2 should be 1");
            op1_base = pc_;
            break;
        case Op1Source::op0:
            if (!o.op0)
                return vm_error("op0 must be known in double dereference");
            if (!o.op0->is_relocatable())
                return Error(ErrorKind::memory, "Memory addresses must be relocatable");
            op1_base = o.op0->relocatable();
            break;
    }
    BX_TRY(o.op1_address, offset_by(op1_base, i.off_op1));
    o.op1 = memory_.get(o.op1_address);

    // Deductions.
    const bool deduced_op0 = !o.op0;
    if (deduced_op0) {
        BX_TRY(o.op0, builtins_.deduce(o.op0_address));
        if (!o.op0)
            BX_CHECK(deduce_op0(i, pc_, o));
        if (!o.op0)
            return unknown_operand("op0", o.op0_address);
    }
    const bool deduced_op1 = !o.op1;
    if (deduced_op1) {
        BX_TRY(o.op1, builtins_.deduce(o.op1_address));
        if (!o.op1)
            BX_CHECK(deduce_op1(i, o));
        if (!o.op1)
            return unknown_operand("op1", o.op1_address);
    }
    if (!o.res) {
        switch (i.res) {
            case Res::op1:
                o.res = o.op1;
                break;
            case Res::add: {
                BX_TRY(o.res, typed_add(*o.op0, *o.op1, i.extension));
                break;
            }
            case Res::mul: {
                BX_TRY(o.res, typed_mul(*o.op0, *o.op1, i.extension));
                break;
            }
            case Res::unconstrained:
                break;
        }
    }
    const bool deduced_dst = !o.dst;
    if (deduced_dst) {
        if (i.opcode == Opcode::assert_eq && o.res)
            o.dst = o.res;
        else if (i.opcode == Opcode::call)
            o.dst = fp();
        else
            return vm_error("Couldn't get or load dst");
    }
    if (deduced_op0)
        BX_CHECK(memory_.insert(o.op0_address, *o.op0));
    if (deduced_op1)
        BX_CHECK(memory_.insert(o.op1_address, *o.op1));
    if (deduced_dst)
        BX_CHECK(memory_.insert(o.dst_address, *o.dst));

    // Assertions.
    if (i.opcode == Opcode::assert_eq) {
        if (!o.res)
            return vm_error("Res.UNCONSTRAINED cannot be used with Opcode.ASSERT_EQ");
        if (!(*o.res == *o.dst))
            return vm_error("An ASSERT_EQ instruction failed: " + o.dst->to_string() +
                            " != " + o.res->to_string() + ".");
    } else if (i.opcode == Opcode::call) {
        BX_TRY(const Relocatable return_pc, add_usize(pc_, i.size()));
        if (!(*o.op0 == Value(return_pc)))
            return vm_error(
                "Call failed to write return-pc (inconsistent op0): " + o.op0->to_string() +
                " != " + return_pc.to_string() + ". Did you forget to increment ap?");
        if (!(*o.dst == Value(fp())))
            return vm_error(
                "Call failed to write return-fp (inconsistent dst): " + o.dst->to_string() +
                " != " + fp().to_string() + ". Did you forget to increment ap?");
    }

    if (trace_.enabled()) {
        if (pc_.segment == 0 && pc_.offset < code_->length())
            trace_.push(pc_.offset, ap_, fp_);
        else
            trace_.push(pc_, ap_, fp_, i);
    }
    memory_.mark_accessed(o.dst_address);
    memory_.mark_accessed(o.op0_address);
    memory_.mark_accessed(o.op1_address);
    memory_.mark_accessed(pc_);

    if (i.extension == OpcodeExtension::blake || i.extension == OpcodeExtension::blake_finalize) {
        const bool finalize = i.extension == OpcodeExtension::blake_finalize;
        BX_CHECK(run_blake(memory_, o.dst_address, o.op0_address, o.op1_address, ap(), finalize));
        ++(finalize ? blake_finalize_count_ : blake_count_);
    }

    // Registers: fp, ap, pc, each from the values before the step.
    const std::uint64_t old_ap = ap_;
    if (i.fp_update == FpUpdate::ap_plus2) {
        fp_ = old_ap + 2;
    } else if (i.fp_update == FpUpdate::dst) {
        if (o.dst->is_relocatable()) {
            fp_ = o.dst->relocatable().offset;
        } else {
            const auto offset = o.dst->felt().to_u64();
            if (!offset)
                return Error(ErrorKind::math,
                             "Conversion to usize failed for Felt252 " + o.dst->to_string());
            fp_ = *offset;
        }
    }
    switch (i.ap_update) {
        case ApUpdate::regular:
            break;
        case ApUpdate::add1:
            ap_ = old_ap + 1;
            break;
        case ApUpdate::add2:
            ap_ = old_ap + 2;
            break;
        case ApUpdate::add: {
            if (!o.res)
                return vm_error("Res.UNCONSTRAINED cannot be used with ApUpdate.ADD");
            BX_TRY(const Value sum, add(Value(ap()), *o.res));
            ap_ = sum.relocatable().offset;
            break;
        }
    }
    switch (i.pc_update) {
        case PcUpdate::regular: {
            BX_TRY(pc_, add_usize(pc_, i.size()));
            break;
        }
        case PcUpdate::jump:
            if (!o.res || !o.res->is_relocatable())
                return vm_error("Res.UNCONSTRAINED cannot be used with PcUpdate.JUMP");
            pc_ = o.res->relocatable();
            break;
        case PcUpdate::jump_rel: {
            if (!o.res)
                return vm_error("Res.UNCONSTRAINED cannot be used with PcUpdate.JUMP_REL");
            if (!o.res->is_felt())
                return vm_error("A relocatable value as Res cannot be used with PcUpdate.JUMP_REL");
            BX_TRY(pc_, add(pc_, o.res->felt()));
            break;
        }
        case PcUpdate::jnz:
            if (o.dst->is_felt() && o.dst->felt().is_zero()) {
                BX_TRY(pc_, add_usize(pc_, i.size()));
            } else {
                BX_TRY(const Value target, add(Value(pc_), *o.op1));
                pc_ = target.relocatable();
            }
            break;
    }
    ++steps_;
    return {};
}

Result<void> VirtualMachine::run_until(const Relocatable& end, RunResources* resources) {
    while (!(pc_ == end)) {
        if (resources != nullptr && resources->n_steps == 0)
            return vm_error(
                "Could not reach the end of the program. RunResources has no remaining steps.");
        if (FastLoop::possible(*this)) {
            BX_CHECK(FastLoop::run(*this, end, resources));
            continue;
        }
        BX_CHECK(step());
        if (resources != nullptr && resources->n_steps != 0)
            --resources->n_steps;
    }
    return {};
}

std::vector<std::pair<Relocatable, Relocatable>> VirtualMachine::traceback() const {
    std::vector<std::pair<Relocatable, Relocatable>> entries;
    const auto is_call = [this](const Relocatable& address) -> std::optional<bool> {
        const auto word = memory_.get(address);
        if (!word || !word->is_felt())
            return std::nullopt;
        return is_call_instruction(word->felt());
    };
    Relocatable frame = fp();
    while (entries.size() < kMaxTracebackEntries) {
        if (frame.offset < 2)
            break;
        const auto return_pc = memory_.get(frame - 1);
        const auto caller_fp = memory_.get(frame - 2);
        if (!return_pc || !return_pc->is_relocatable() || !caller_fp ||
            !caller_fp->is_relocatable() || caller_fp->relocatable() == frame)
            break;
        frame = caller_fp->relocatable();
        // A call takes one word, or two with an immediate.
        const Relocatable after = return_pc->relocatable();
        if (after.offset < 1)
            break;
        const auto one_word = is_call(after - 1);
        if (!one_word)
            break;
        Relocatable call = after - 1;
        if (!*one_word) {
            if (after.offset < 2 || !is_call(after - 2).value_or(false))
                break;
            call = after - 2;
        }
        entries.emplace_back(frame, call);
    }
    return {entries.rbegin(), entries.rend()};
}

}  // namespace blockexecd::vm
