// SPDX-License-Identifier: Apache-2.0
// The model's step, in the order of the specification.
#include "tests/vm/interpreter/machine_model.hpp"

namespace blockexecd::vm {

std::uint64_t MachineModel::size(std::int32_t segment) const {
    const auto behind = cells.lower_bound({segment + 1, 0});
    if (behind == cells.begin())
        return 0;
    const auto last = std::prev(behind);
    return last->first.first == segment ? last->first.second + 1 : 0;
}

std::string MachineModel::insert(const Relocatable& at, const Value& value) {
    if (at.segment < 0 || at.segment >= segments)
        return "Can't insert into segment #" + std::to_string(at.segment) + "; memory only has " +
               std::to_string(segments) + " segment";
    if (at.offset >= std::uint64_t{1} << 58)
        return "Vector capacity exceeded";
    if (const auto old = get(at); !old)
        cells.emplace(std::pair(at.segment, at.offset), value);
    else if (!(*old == value))
        return "Inconsistent memory assignment at address " + to_debug_string(at) + ". " +
               old->to_debug_string() + " != " + value.to_debug_string();
    if (range_check == at.segment) {
        if (!value.is_felt())
            return "Range-check validation failed, encountered non-int value at address " +
                   at.to_string();
        if (!value.felt().fits_u128())
            return "Range-check validation failed, number " + value.to_string() +
                   " is out of valid range [0, 340282366920938463463374607431768211456]";
    }
    return {};
}

std::optional<Value> MachineModel::deduce(const Relocatable& at, std::string& error) const {
    if (bitwise != at.segment || at.offset % 5 < 2)
        return std::nullopt;
    const Relocatable start{at.segment, at.offset - at.offset % 5};
    const auto x = get(start);
    const auto y = get(start + 1);
    if (!x || !x->is_felt() || !y || !y->is_felt())
        return std::nullopt;
    for (const std::uint64_t i : {0, 1})
        if (const Felt input = get(start + i)->felt(); input.bit_length() > 251) {
            error = "Expected integer at address " + to_debug_string(start + i) +
                    " to be smaller than 2^251, Got " + input.to_decimal();
            return std::nullopt;
        }
    Felt::Limbs limbs{};
    for (std::size_t i = 0; i < 4; ++i) {
        const std::uint64_t a = x->felt().limbs()[i];
        const std::uint64_t b = y->felt().limbs()[i];
        limbs[i] = at.offset % 5 == 2 ? a & b : at.offset % 5 == 3 ? a ^ b : a | b;
    }
    return Value(Felt::from_limbs_mod_p(limbs));
}

// Unwraps a Result or returns its text.
#define TRY(decl, ...)                   \
    auto result = (__VA_ARGS__);         \
    if (result.has_error())              \
        return result.error().message(); \
    decl = *result

std::string MachineModel::step() {
    const auto word = get(pc);
    if (!word)
        return "Unknown memory cell at address " + pc.to_string();
    if (!word->is_felt())
        return "Expected integer at address " + pc.to_string();
    const auto decoded = decode_instruction(word->felt());
    if (decoded.has_error())
        return decoded.error().message();
    const Instruction& i = *decoded;
    const auto displaced = [](const Relocatable& base, std::int32_t by) {
        return by < 0 ? sub_usize(base, static_cast<std::uint64_t>(-by))
                      : add_usize(base, static_cast<std::uint64_t>(by));
    };
    const Relocatable ap_address{1, ap};
    const Relocatable fp_address{1, fp};

    Relocatable dst_at, op0_at, op1_at;
    { TRY(dst_at, displaced(i.dst_register == Register::fp ? fp_address : ap_address, i.off_dst)); }
    { TRY(op0_at, displaced(i.op0_register == Register::fp ? fp_address : ap_address, i.off_op0)); }
    std::optional<Value> dst = get(dst_at);
    std::optional<Value> op0 = get(op0_at);
    Relocatable base = i.op1_source == Op1Source::fp   ? fp_address
                       : i.op1_source == Op1Source::ap ? ap_address
                                                       : pc;
    if (i.op1_source == Op1Source::imm && i.off_op1 != 1)
        return "In immediate mode, off2 should be 1";
    if (i.op1_source == Op1Source::op0) {
        if (!op0)
            return "op0 must be known in double dereference";
        if (!op0->is_relocatable())
            return "Memory addresses must be relocatable";
        base = op0->relocatable();
    }
    { TRY(op1_at, displaced(base, i.off_op1)); }
    std::optional<Value> op1 = get(op1_at);
    std::optional<Value> res;
    const bool new_dst = !dst, new_op0 = !op0, new_op1 = !op1;
    Relocatable next_pc;
    { TRY(next_pc, add_usize(pc, i.size())); }

    std::string error;
    if (!op0) {
        op0 = deduce(op0_at, error);
        if (!error.empty())
            return error;
        if (!op0 && i.opcode == Opcode::call) {
            op0 = next_pc;
        } else if (!op0 && i.opcode == Opcode::assert_eq && dst && op1) {
            if (i.res == Res::add) {
                TRY(op0, sub(*dst, *op1));
                res = dst;
            } else if (i.res == Res::mul && dst->is_felt() && op1->is_felt() &&
                       !op1->felt().is_zero()) {
                op0 = dst->felt() * *op1->felt().inverse();
                res = dst;
            }
        }
        if (!op0)
            return "Couldn't compute operand op0. Unknown value for memory cell " +
                   op0_at.to_string();
    }
    if (!op1) {
        op1 = deduce(op1_at, error);
        if (!error.empty())
            return error;
        if (!op1 && i.opcode == Opcode::assert_eq) {
            std::optional<Value> deduced_res;
            if (i.res == Res::op1) {
                op1 = deduced_res = dst;
            } else if (i.res == Res::add) {
                deduced_res = dst;
                if (dst)
                    if (const auto difference = sub(*dst, *op0); difference.has_value())
                        op1 = *difference;
            } else if (i.res == Res::mul && dst && dst->is_felt() && op0->is_felt() &&
                       !op0->felt().is_zero()) {
                op1 = dst->felt() * *op0->felt().inverse();
                deduced_res = dst;
            }
            if (!res)
                res = deduced_res;
        }
        if (!op1)
            return "Couldn't compute operand op1. Unknown value for memory cell " +
                   op1_at.to_string();
    }
    if (!res && i.res == Res::op1) {
        res = op1;
    } else if (!res && i.res == Res::add) {
        TRY(res, add(*op0, *op1));
    } else if (!res && i.res == Res::mul) {
        TRY(res, mul(*op0, *op1));
    }
    if (!dst) {
        if (i.opcode == Opcode::assert_eq && res)
            dst = res;
        else if (i.opcode == Opcode::call)
            dst = fp_address;
        else
            return "Couldn't get or load dst";
    }
    if (new_op0)
        error = insert(op0_at, *op0);
    if (error.empty() && new_op1)
        error = insert(op1_at, *op1);
    if (error.empty() && new_dst)
        error = insert(dst_at, *dst);
    if (!error.empty())
        return error;

    if (i.opcode == Opcode::assert_eq) {
        if (!res)
            return "Res.UNCONSTRAINED cannot be used with Opcode.ASSERT_EQ";
        if (!(*res == *dst))
            return "An ASSERT_EQ instruction failed: " + dst->to_string() +
                   " != " + res->to_string() + ".";
    }
    if (i.opcode == Opcode::call) {
        if (!(*op0 == Value(next_pc)))
            return "Call failed to write return-pc (inconsistent op0): " + op0->to_string() +
                   " != " + next_pc.to_string() + ". Did you forget to increment ap?";
        if (!(*dst == Value(fp_address)))
            return "Call failed to write return-fp (inconsistent dst): " + dst->to_string() +
                   " != " + fp_address.to_string() + ". Did you forget to increment ap?";
    }
    for (const Relocatable& at : {dst_at, op0_at, op1_at, pc})
        accessed.insert({at.segment, at.offset});

    const std::uint64_t old_ap = ap;
    if (i.opcode == Opcode::call)
        fp = old_ap + 2;
    if (i.opcode == Opcode::ret) {
        if (dst->is_relocatable())
            fp = dst->relocatable().offset;
        else if (dst->felt().fits_u64())
            fp = dst->felt().limbs()[0];
        else
            return "Conversion to usize failed for Felt252 " + dst->to_string();
    }
    if (i.ap_update == ApUpdate::add) {
        if (!res)
            return "Res.UNCONSTRAINED cannot be used with ApUpdate.ADD";
        TRY(const Value sum, add(Value(ap_address), *res));
        ap = sum.relocatable().offset;
    } else {
        ap = old_ap + (i.ap_update == ApUpdate::add1 ? 1 : i.ap_update == ApUpdate::add2 ? 2 : 0);
    }
    switch (i.pc_update) {
        case PcUpdate::regular:
            pc = next_pc;
            break;
        case PcUpdate::jump:
            if (!res || !res->is_relocatable())
                return "Res.UNCONSTRAINED cannot be used with PcUpdate.JUMP";
            pc = res->relocatable();
            break;
        case PcUpdate::jump_rel: {
            if (!res)
                return "Res.UNCONSTRAINED cannot be used with PcUpdate.JUMP_REL";
            if (!res->is_felt())
                return "A relocatable value as Res cannot be used with PcUpdate.JUMP_REL";
            TRY(pc, add(pc, res->felt()));
            break;
        }
        case PcUpdate::jnz:
            if (*dst == Value(std::uint64_t{0})) {
                pc = next_pc;
            } else {
                TRY(const Value target, add(Value(pc), *op1));
                pc = target.relocatable();
            }
            break;
    }
    ++steps;
    return {};
}

}  // namespace blockexecd::vm
