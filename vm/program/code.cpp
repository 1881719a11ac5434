// SPDX-License-Identifier: Apache-2.0
// Code: words to shared cells and to the interpreter's stream, once for each program.
#include "vm/program/code.hpp"

namespace blockexecd::vm {

namespace {

// The lists in forms.hpp span their parts regularly, the ap update fastest: a form is its list's
// first plus digits.
const Felt kSmallLimit(kMaxStreamImmediate + 1);

enum class Op1Form : std::uint8_t { small, imm, ap, fp };

constexpr Form pick(Form first, unsigned digits, Register dst, ApUpdate ap_update) {
    return static_cast<Form>(static_cast<unsigned>(first) +
                             (digits * 2 + static_cast<unsigned>(dst)) * 2 +
                             (ap_update == ApUpdate::add1 ? 1U : 0U));
}
constexpr Form assign_form(Op1Form op1, Register dst, ApUpdate ap_update) {
    return pick(Form::assign_small_ap_regular, static_cast<unsigned>(op1), dst, ap_update);
}
constexpr Form deref_form(Register op0, Register dst, ApUpdate ap_update) {
    return pick(Form::deref_ap_ap_regular, static_cast<unsigned>(op0), dst, ap_update);
}
constexpr Form compute_form(Res res, Op1Form op1, Register op0, Register dst, ApUpdate ap_update) {
    return pick(
        Form::add_small_ap_ap_regular,
        ((res == Res::mul ? 4U : 0U) + static_cast<unsigned>(op1)) * 2 + static_cast<unsigned>(op0),
        dst, ap_update);
}
constexpr Form jump_form(PcUpdate kind, Register dst, ApUpdate ap_update) {
    return pick(Form::jump_rel_ap_regular, kind == PcUpdate::jnz ? 1 : 0, dst, ap_update);
}

constexpr bool has_target(Form form) {
    return form == Form::call_rel ||
           form >= jump_form(PcUpdate::jump_rel, Register::ap, ApUpdate::regular);
}

// In `negative` of a general entry: the word behind an instruction that takes two. It is not
// decoded, since nothing should go there; what does is made step by step.
constexpr std::uint32_t kSecondWord = 2;

#define X(o, d, a)                                                     \
    static_assert(assign_form(Op1Form::o, Register::d, ApUpdate::a) == \
                  Form::BLOCKEXECD_ASSIGN_NAME(o, d, a));
BLOCKEXECD_ASSIGN_FORMS(X)
#undef X
#define X(p, d, a)                                                     \
    static_assert(deref_form(Register::p, Register::d, ApUpdate::a) == \
                  Form::BLOCKEXECD_DEREF_NAME(p, d, a));
BLOCKEXECD_DEREF_FORMS(X)
#undef X
#define X(r, o, p, d, a)                                                                     \
    static_assert(compute_form(Res::r, Op1Form::o, Register::p, Register::d, ApUpdate::a) == \
                  Form::BLOCKEXECD_COMPUTE_NAME(r, o, p, d, a));
BLOCKEXECD_COMPUTE_FORMS(X)
#undef X
#define X(k, d, a)                                                    \
    static_assert(jump_form(PcUpdate::k, Register::d, ApUpdate::a) == \
                  Form::BLOCKEXECD_JUMP_NAME(k, d, a));
BLOCKEXECD_JUMP_FORMS(X)
#undef X

}  // namespace

void specialise(const Instruction& i, std::span<const Felt> words, std::uint64_t pc,
                DecodedInstruction& d) {
    constexpr auto kScale = static_cast<std::int32_t>(sizeof(Cell));
    d = {};
    d.form = Form::general;
    d.dst = i.off_dst * kScale;
    d.op0 = i.off_op0 * kScale;
    d.op1 = i.off_op1 * kScale;
    const bool immediate = i.op1_source == Op1Source::imm;
    // Left to the general form: what fails, what leaves the program, and what no compiler emits.
    if (i.extension != OpcodeExtension::stone ||
        (immediate && (i.off_op1 != 1 || pc + 1 >= words.size()))) {
        d.real_form = d.form;
        return;
    }
    std::optional<std::uint64_t> target;
    if (immediate && (i.pc_update == PcUpdate::jump_rel || i.pc_update == PcUpdate::jnz)) {
        // The place behind the last word has an entry too: `outside`.
        if (const auto t = (Felt(pc) + words[pc + 1]).to_u64(); t && *t <= words.size())
            target = t;
    }
    const bool simple_ap = i.ap_update == ApUpdate::regular || i.ap_update == ApUpdate::add1;
    const bool op0_is_return_pc = i.op0_register == Register::fp && i.off_op0 == -1;
    const bool goes_on = i.pc_update == PcUpdate::regular;
    if (i.opcode == Opcode::assert_eq && goes_on && simple_ap && i.op1_source == Op1Source::op0) {
        if (i.res == Res::op1) {
            d.form = deref_form(i.op0_register, i.dst_register, i.ap_update);
            d.op1 = i.off_op1;
        }
    } else if (i.opcode == Opcode::assert_eq && goes_on && simple_ap) {
        Op1Form op1 = i.op1_source == Op1Source::ap ? Op1Form::ap : Op1Form::fp;
        if (immediate) {
            const Felt& word = words[pc + 1];
            op1 = word < kSmallLimit ? Op1Form::small : Op1Form::imm;
            if (word < kSmallLimit) {
                d.immediate = word.limbs()[0];
            } else if (const Felt negated = -word; negated < kSmallLimit) {
                d.immediate = negated.limbs()[0];
                d.negative = 1;
            }
        }
        if (i.res != Res::op1)
            d.form = compute_form(i.res, op1, i.op0_register, i.dst_register, i.ap_update);
        else if (op0_is_return_pc)
            d.form = assign_form(op1, i.dst_register, i.ap_update);
    } else if (i.opcode == Opcode::nop && target && simple_ap && op0_is_return_pc &&
               ((i.pc_update == PcUpdate::jump_rel && i.res == Res::op1) ||
                i.pc_update == PcUpdate::jnz)) {
        d.form = jump_form(i.pc_update, i.dst_register, i.ap_update);
        d.immediate = *target;
    } else if (i.opcode == Opcode::call && target && i.pc_update == PcUpdate::jump_rel &&
               i.res == Res::op1) {
        d.form = Form::call_rel;
        d.immediate = *target;
    } else if (i.opcode == Opcode::ret && op0_is_return_pc && i.ap_update == ApUpdate::regular) {
        d.form = Form::ret;
    } else if (i.opcode == Opcode::nop && immediate && goes_on && i.res == Res::op1 &&
               i.ap_update == ApUpdate::add && op0_is_return_pc && i.dst_register == Register::fp &&
               words[pc + 1] < Felt(UINT32_MAX)) {
        d.form = Form::ap_add;
        d.immediate = words[pc + 1].limbs()[0];
    }
    d.real_form = d.form;
}

std::shared_ptr<const Code> Code::make(std::span<const Felt> words, HintTable hints,
                                       std::shared_ptr<const ProgramAnnotations> annotations) {
    return std::shared_ptr<const Code>(new Code(words, std::move(hints), std::move(annotations)));
}

Code::Code(std::span<const Felt> words, HintTable hints,
           std::shared_ptr<const ProgramAnnotations> annotations)
    : length_(words.size()),
      arena_(std::make_unique<Arena>(words.size() * 2 * (sizeof(Cell) + sizeof(Felt)) + 4096,
                                     Arena::Pages::small)),
      hints_(std::move(hints)),
      annotations_(std::move(annotations)) {
    cells_ = arena_->allocate_array<Cell>(words.size());
    for (std::size_t i = 0; i < words.size(); ++i)
        cells_[i].store_felt(words[i], *arena_, true);

    // All are `general` now.
    instructions_.resize(words.size() + 2);
    for (std::size_t pc = 0; pc < words.size(); ++pc)
        if (decode(words, pc) && pc + 1 < words.size())
            instructions_[++pc].negative = kSecondWord;
    // Data among the code may have looked like an instruction of two words, and have hidden the one
    // behind it.
    for (const DecodedInstruction& entry : instructions_)
        if (has_target(entry.form) && instructions_[entry.immediate].negative == kSecondWord)
            decode(words, entry.immediate);
    for (std::size_t i = words.size(); i < instructions_.size(); ++i)
        instructions_[i].form = instructions_[i].real_form = Form::outside;
    for (std::size_t i = 0; i < hints_.ranges.size(); ++i) {
        if (hints_.ranges[i].pc >= words.size())
            break;
        DecodedInstruction& entry = instructions_[hints_.ranges[i].pc];
        entry.form = Form::hinted;
        entry.hint_range = static_cast<std::uint32_t>(i);
    }
}

Code::~Code() = default;

bool Code::decode(std::span<const Felt> words, std::uint64_t pc) {
    Instruction decoded;
    if (!try_decode_instruction(words[pc], decoded))
        return false;
    specialise(decoded, words, pc, instructions_[pc]);
    return decoded.size() == 2;
}

std::size_t Code::memory_size() const {
    return sizeof(*this) + arena_->used() + instructions_.size() * sizeof(DecodedInstruction) +
           hints_.hints.size() * sizeof(Hint) + hints_.ranges.size() * sizeof(HintRange);
}

}  // namespace blockexecd::vm
