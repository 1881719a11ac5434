// SPDX-License-Identifier: Apache-2.0
// Words to the interpreter's stream, all of a program when it is loaded: one table says by a word's
// flags which form it can have and what that asks of its operands.
#include "vm/program/stream.hpp"

#include <optional>

#include "vm/memory/cell.hpp"
#include "vm/program/flags.hpp"

namespace blockexecd::vm {

namespace {

// The lists in forms.hpp span their parts regularly, the ap update fastest, then the registers: a
// form is its list's first plus digits.
enum class Op1Form : std::uint8_t { small, imm, ap, fp };

constexpr Form advance(Form first, unsigned count) {
    return static_cast<Form>(static_cast<unsigned>(first) + count);
}
constexpr Form pick(Form first, unsigned digits, Register dst, ApUpdate ap_update) {
    return advance(first, (digits * 2 + static_cast<unsigned>(dst)) * 2 +
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

constexpr unsigned distance(Form from, Form to) {
    return static_cast<unsigned>(to) - static_cast<unsigned>(from);
}
constexpr unsigned kAssignImmediates =
    distance(Form::assign_small_ap_regular, Form::assign_imm_ap_regular);
constexpr unsigned kComputeImmediates =
    distance(Form::add_small_ap_ap_regular, Form::add_imm_ap_ap_regular);

enum class Kind : std::uint8_t {
    general,
    fault,      // no instruction
    registers,  // all operands on registers
    deref,      // the same, op1 counting cells
    immediate,  // the form is the one of small immediates
    target,     // a jump or call by an immediate
    ret,
    ap_add,
};

// What a word can become by its flags, the registers' aside.
struct Shape {
    Form form = Form::general;  // of ap as dst and op0
    Kind kind = Kind::general;
    bool unused_op0 : 1 = false;  // the form wants op0 to be [fp - 1]
    bool two_words : 1 = false;
    bool is_call : 1 = false;
    bool is_ret : 1 = false;
};
static_assert(sizeof(Shape) == 4);

constexpr Shape shape_of(const Meaning& m) {
    Shape shape;
    if (m.fault != Fault::none) {
        shape.kind = Kind::fault;
        return shape;
    }
    const bool immediate = m.op1_source == Op1Source::imm;
    shape.two_words = immediate;
    shape.is_call = m.opcode == Opcode::call;
    shape.is_ret = m.opcode == Opcode::ret;
    const auto become = [&shape](Kind kind, Form form, bool unused_op0) {
        shape.kind = kind;
        shape.form = form;
        shape.unused_op0 = unused_op0;
    };
    const bool simple_ap = m.ap_update == ApUpdate::regular || m.ap_update == ApUpdate::add1;
    const bool goes_on = m.pc_update == PcUpdate::regular;
    const bool jumps = m.pc_update == PcUpdate::jump_rel && m.res == Res::op1;
    if (m.opcode == Opcode::assert_eq && goes_on && simple_ap && m.op1_source == Op1Source::op0) {
        if (m.res == Res::op1)
            become(Kind::deref, deref_form(Register::ap, Register::ap, m.ap_update), false);
    } else if (m.opcode == Opcode::assert_eq && goes_on && simple_ap) {
        const Op1Form op1 = immediate                       ? Op1Form::small
                            : m.op1_source == Op1Source::ap ? Op1Form::ap
                                                            : Op1Form::fp;
        const Kind kind = immediate ? Kind::immediate : Kind::registers;
        if (m.res == Res::op1)
            become(kind, assign_form(op1, Register::ap, m.ap_update), true);
        else
            become(kind, compute_form(m.res, op1, Register::ap, Register::ap, m.ap_update), false);
    } else if (m.opcode == Opcode::nop && immediate && simple_ap &&
               (jumps || m.pc_update == PcUpdate::jnz)) {
        become(Kind::target, jump_form(m.pc_update, Register::ap, m.ap_update), true);
    } else if (m.opcode == Opcode::call && immediate && jumps) {
        become(Kind::target, Form::call_rel, false);
    } else if (m.opcode == Opcode::ret && m.ap_update == ApUpdate::regular) {
        become(Kind::ret, Form::ret, true);
    } else if (m.opcode == Opcode::nop && immediate && goes_on && m.res == Res::op1 &&
               m.ap_update == ApUpdate::add) {
        become(Kind::ap_add, Form::ap_add, true);
    }
    return shape;
}

constexpr auto kShapes = table_by_flags<Shape>(shape_of);

constexpr bool has_unused_op0(std::uint64_t word) {
    return (word & 0x2'0000'ffff'0000) == 0x2'0000'7fff'0000;
}

bool is_small(const Felt& value) {
    return value.fits_u64() && value.limbs()[0] <= kMaxStreamImmediate;
}

// Of a small negative number: out of line, where it does not take registers from the rest.
[[gnu::noinline]] std::optional<std::uint64_t> small_negated(const Felt& value) {
    const Felt negated = -value;
    return is_small(negated) ? negated.to_u64() : std::nullopt;
}

// The form of a word of that shape, with what the form keeps of its immediate.
[[gnu::always_inline]] inline Form choose_form(Shape shape, std::span<const Felt> words,
                                               std::uint64_t pc, DecodedInstruction& entry) {
    const std::uint64_t word = words[pc].limbs()[0];
    // Left to the general form: what fails, what leaves the program, and what no compiler emits.
    if (shape.unused_op0 && !has_unused_op0(word))
        return Form::general;
    if (shape.two_words && (decode_offset(word >> 32) != 1 || pc + 1 >= words.size()))
        return Form::general;
    // The flags of dst and op0 are digits of the form, but that an unused op0 is none.
    const auto registers = static_cast<unsigned>(word >> 48) & (shape.unused_op0 ? 1U : 3U);
    const Form form = advance(shape.form, 2 * registers);
    switch (shape.kind) {
        case Kind::general:
        case Kind::fault:
            return Form::general;
        case Kind::registers:
        case Kind::deref:
            return form;
        case Kind::immediate: {
            const Felt& value = words[pc + 1];
            if (is_small(value)) {
                entry.immediate = value.limbs()[0];
                return form;
            }
            if (const auto negated = small_negated(value)) {
                entry.immediate = *negated;
                entry.negative = 1;
            }
            return advance(form, shape.unused_op0 ? kAssignImmediates : kComputeImmediates);
        }
        case Kind::target: {
            const Felt& distance = words[pc + 1];
            std::uint64_t target = pc + distance.limbs()[0];
            if (!is_small(distance)) {
                const auto back = small_negated(distance);
                if (!back || *back > pc)
                    return Form::general;
                target = pc - *back;
            }
            // The place behind the last word has an entry too: `outside`.
            if (target > words.size())
                return Form::general;
            entry.immediate = target;
            return form;
        }
        case Kind::ret:
            return Form::ret;
        case Kind::ap_add: {
            const auto increment = words[pc + 1].to_u64();
            if (registers == 0 || !increment || *increment >= UINT32_MAX)
                return Form::general;
            entry.immediate = *increment;
            return Form::ap_add;
        }
    }
    return Form::general;
}

void set_operands(DecodedInstruction& entry, std::int32_t dst, std::int32_t op0, std::int32_t op1,
                  bool op1_counts_cells = false) {
    constexpr auto kScale = static_cast<std::int32_t>(sizeof(Cell));
    entry.dst = dst * kScale;
    entry.op0 = op0 * kScale;
    entry.op1 = op1_counts_cells ? op1 : op1 * kScale;
}

// Of a word with an extension, or of one that is too large.
[[gnu::noinline]] std::size_t decode_extended(const Felt& word, DecodedInstruction& entry) {
    entry = {};
    Instruction instruction;
    if (!try_decode_instruction(word, instruction))
        return 1;
    set_operands(entry, instruction.off_dst, instruction.off_op0, instruction.off_op1);
    return instruction.size();
}

// Fills the entry of the word at pc; returns how many words the instruction takes. What is no
// instruction takes one.
[[gnu::always_inline]] inline std::size_t decode_entry(std::span<const Felt> words,
                                                       std::uint64_t pc,
                                                       DecodedInstruction& entry) {
    const std::uint64_t word = words[pc].limbs()[0];
    if (!words[pc].fits_u64() || word >> 63 != 0) [[unlikely]]
        return decode_extended(words[pc], entry);
    const Shape shape = kShapes[word >> kFirstMeaningBit];
    if (shape.kind == Kind::fault || (shape.is_call && !has_call_operands(word)) ||
        (shape.is_ret && !has_ret_operands(word))) {
        entry = {};
        return 1;
    }
    entry.hint_range = entry.negative = 0;
    entry.immediate = 0;
    set_operands(entry, decode_offset(word), decode_offset(word >> 16), decode_offset(word >> 32),
                 shape.kind == Kind::deref);
    entry.form = entry.real_form = choose_form(shape, words, pc, entry);
    return shape.two_words ? 2 : 1;
}

// In `negative` of a general entry: the word behind an instruction that takes two. It is not
// decoded, since nothing should go there; what does is made step by step.
constexpr std::uint32_t kSecondWord = 2;

constexpr DecodedInstruction second_word() {
    DecodedInstruction entry{};
    entry.negative = kSecondWord;
    return entry;
}
constexpr DecodedInstruction outside() {
    DecodedInstruction entry{};
    entry.form = entry.real_form = Form::outside;
    return entry;
}

// Whether `immediate` is an offset in the program.
constexpr bool has_target(Form form) {
    return form == Form::call_rel || form >= Form::jump_rel_ap_regular;
}

}  // namespace

void decode_stream(std::span<const Felt> words, DecodedInstruction* stream) {
    for (std::size_t pc = 0; pc < words.size(); ++pc)
        if (decode_entry(words, pc, stream[pc]) == 2 && pc + 1 < words.size())
            stream[++pc] = second_word();
    stream[words.size()] = stream[words.size() + 1] = outside();
    // Data among the code may have looked like an instruction of two words, and have hidden the one
    // behind it.
    for (std::size_t pc = 0; pc < words.size(); ++pc) {
        const DecodedInstruction& entry = stream[pc];
        if (has_target(entry.form) && stream[entry.immediate].negative == kSecondWord) [[unlikely]]
            (void)decode_entry(words, entry.immediate, stream[entry.immediate]);
    }
}

}  // namespace blockexecd::vm
