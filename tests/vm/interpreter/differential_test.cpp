// SPDX-License-Identifier: Apache-2.0
// The interpreter against the model on random programs: same steps, registers, cells, access marks
// and error texts.
#include <gtest/gtest.h>

#include <array>
#include <random>

#include "tests/vm/interpreter/model_run.hpp"

namespace blockexecd::vm {
namespace {

class RandomProgram {
  public:
    explicit RandomProgram(std::uint64_t seed) : random_(seed) {
        const std::size_t length = 12 + below(60);
        while (words.size() < length)
            add_instruction();
    }

    std::vector<Felt> words;

    // A value as programs meet them: small, around zero, large, or an address.
    Value value() {
        switch (below(8)) {
            case 0:
                return Relocatable{1, below(12)};
            case 1:
                return Relocatable{static_cast<std::int32_t>(below(6)), below(6)};
            case 2:
                return -Felt(below(4));
            case 3:
                return Felt::from_u128(below(5), below(3));
            case 4:
                return Felt(random_()) * Felt(random_()) * Felt(random_()) * Felt(random_());
            case 5:
                return Felt(UINT64_MAX - below(2));
            default:
                return Felt(below(6));
        }
    }
    std::uint64_t below(std::uint64_t n) { return random_() % n; }

  private:
    void add_instruction() {
        // Fields that go together most of the time; the rest of the cases are whatever the bits
        // say.
        const std::uint64_t kind = below(20);
        std::uint64_t op1_source = std::array{0, 1, 1, 1, 2, 2, 4, 4}[below(8)];
        std::uint64_t res = below(3), pc_update = 0, ap_update = std::array{0, 2}[below(2)],
                      opcode = 4;
        std::int64_t off_dst = offset(), off_op0 = offset(), off_op1 = offset();
        std::uint64_t dst_fp = below(2), op0_fp = below(2);
        if (kind < 6) {  // res = op1, op0 where compilers put it
            res = 0;
            if (op1_source != 0) {
                op0_fp = 1;
                off_op0 = -1;
            }
        } else if (kind == 15 || kind == 16) {  // jnz, jump
            opcode = 0;
            pc_update = kind == 15 ? 4 : std::array{1, 2}[below(2)];
            res = kind == 15 ? 0 : below(2);
            op0_fp = 1;
            off_op0 = -1;
        } else if (kind == 17) {  // call
            opcode = 1;
            res = 0;
            pc_update = std::array{1, 2, 2, 2}[below(4)];
            ap_update = 0;
            off_dst = 0;
            off_op0 = 1;
            dst_fp = op0_fp = 0;
        } else if (kind == 18) {  // ret
            opcode = 2;
            res = 0;
            pc_update = 1;
            ap_update = 0;
            op1_source = 2;
            off_dst = -2;
            off_op0 = -1;
            off_op1 = -1;
            dst_fp = op0_fp = 1;
        } else if (kind == 19) {  // ap += imm
            opcode = 0;
            res = 0;
            ap_update = 1;
            op1_source = 1;
            dst_fp = op0_fp = 1;
            off_dst = off_op0 = -1;
        }
        if (op1_source == 1 && below(40) != 0)
            off_op1 = 1;
        std::uint64_t flags = dst_fp | op0_fp << 1 | op1_source << 2 | res << 5 | pc_update << 7 |
                              ap_update << 10 | opcode << 12;
        if (below(100) == 0)
            flags ^= std::uint64_t{1} << below(15);
        const auto biased = [](std::int64_t o) { return static_cast<std::uint64_t>(o + 0x8000); };
        words.emplace_back(biased(off_dst) | biased(off_op0) << 16 | biased(off_op1) << 32 |
                           flags << 48);
        if (op1_source == 1) {
            const bool jumps = pc_update != 0 || opcode == 1;
            const Value immediate = value();
            words.push_back(jumps || immediate.is_relocatable() ? Felt(below(12)) - Felt(below(5))
                                                                : immediate.felt());
        }
    }
    std::int64_t offset() { return static_cast<std::int64_t>(below(9)) - 6; }

    std::mt19937_64 random_;
};

// Runs one random program in the model and, step by step or with the fast loop, in the machine.
ModelComparison run_both(std::uint64_t seed, ModelMode mode) {
    RandomProgram random(seed);
    static Arena arena(std::size_t{1} << 30);
    ModelProgram program;
    program.words = random.words;
    const std::size_t depth = 8 + random.below(8);
    for (std::size_t i = 0; i < depth; ++i)
        program.stack.push_back(random.value());
    for (std::size_t i = 0; i < 4; ++i)
        program.data.push_back(random.value());
    program.bits = {Felt(random.below(1000)), Felt(random.below(1000))};
    program.frame = random.below(depth);
    return compare_with_model(program, mode, arena);
}

class Differential : public testing::TestWithParam<ModelMode> {};

TEST_P(Differential, RandomProgramsRunAsInTheModel) {
    std::uint64_t completed = 0;
    for (std::uint64_t seed = 1; seed <= 30000; ++seed) {
        const ModelComparison result = run_both(seed, GetParam());
        ASSERT_EQ(result.difference, "") << "seed " << seed;
        completed += result.completed ? 1 : 0;
    }
    // The generator must not have degenerated to programs that all fail at once.
    EXPECT_GT(completed, 100U);
}
INSTANTIATE_TEST_SUITE_P(Modes, Differential,
                         testing::Values(ModelMode{false, false}, ModelMode{true, false},
                                         ModelMode{true, true}),
                         [](const auto& info) {
                             return std::string(info.param.fast ? "fast" : "step_by_step") +
                                    (info.param.trace ? "_traced" : "");
                         });

}  // namespace
}  // namespace blockexecd::vm
