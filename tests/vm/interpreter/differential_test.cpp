// SPDX-License-Identifier: Apache-2.0
// The interpreter against the model on random programs: same steps, registers, cells, access marks
// and error texts.
#include <gtest/gtest.h>

#include <random>

#include "tests/vm/interpreter/machine_model.hpp"
#include "vm/interpreter/virtual_machine.hpp"

namespace blockexecd::vm {
namespace {

constexpr std::uint64_t kStepLimit = 120;

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

void compare(const MachineModel& model, const VirtualMachine& vm, bool marks) {
    EXPECT_EQ(vm.pc(), model.pc);
    EXPECT_EQ(vm.steps(), model.steps);
    EXPECT_EQ(vm.ap().offset, model.ap);
    EXPECT_EQ(vm.fp().offset, model.fp);
    ASSERT_EQ(vm.memory().segment_count(), static_cast<std::size_t>(model.segments));
    for (std::int32_t segment = 0; segment < model.segments; ++segment) {
        if (marks) {
            ASSERT_EQ(vm.memory().segment_size(segment), model.size(segment))
                << "segment " << segment;
        }
        const std::uint64_t size = std::max(vm.memory().segment_size(segment), model.size(segment));
        ASSERT_LT(size, 100000U);
        for (std::uint64_t offset = 0; offset < size; ++offset) {
            const Relocatable at{segment, offset};
            ASSERT_EQ(vm.memory().get(at), model.get(at)) << at.to_string();
            if (marks) {
                ASSERT_EQ(vm.memory().is_accessed(at),
                          model.get(at) && model.accessed.contains({segment, offset}))
                    << at.to_string();
            }
        }
    }
}

// Runs one random program in the model and, step by step or with the fast loop, in the machine.
void run_both(std::uint64_t seed, bool fast, bool trace, std::uint64_t& completed) {
    RandomProgram program(seed);
    static Arena arena(std::size_t{1} << 30);
    const Arena::Mark mark = arena.mark();
    MachineModel model;
    std::vector<Value> stack;
    const std::size_t depth = 8 + program.below(8);
    for (std::size_t i = 0; i < depth; ++i)
        stack.push_back(program.value());
    std::vector<Value> data;
    for (std::size_t i = 0; i < 4; ++i)
        data.push_back(program.value());
    const std::array<Value, 2> bits{Felt(program.below(1000)), Felt(program.below(1000))};
    {
        VirtualMachine vm(arena, Code::make(program.words, {}));
        vm.builtins().add(BuiltinName::range_check);
        vm.builtins().add(BuiltinName::bitwise);
        vm.builtins().install_rules();
        (void)vm.memory().add_segment();
        const Relocatable end = vm.memory().add_segment();
        stack.emplace_back(Relocatable{1, program.below(depth)});
        stack.emplace_back(end);
        ASSERT_TRUE(vm.memory().load({1, 0}, stack).has_value());
        ASSERT_TRUE(vm.memory().load({4, 0}, data).has_value());
        ASSERT_TRUE(vm.memory().load({3, 0}, std::span<const Value>(bits)).has_value());
        vm.set_registers({0, 0}, stack.size(), stack.size());
        if (trace)
            vm.enable_trace();

        model.segments = 6;
        model.range_check = 2;
        model.bitwise = 3;
        model.ap = model.fp = stack.size();
        const auto load = [&model](std::int32_t segment, const auto& values) {
            std::uint64_t offset = 0;
            for (const auto& value : values)
                model.cells.emplace(std::pair(segment, offset++), Value(value));
        };
        load(0, program.words);
        for (std::uint64_t i = 0; i < program.words.size(); ++i)
            model.accessed.insert({0, i});
        load(1, stack);
        load(3, bits);
        load(4, data);

        std::string expected;
        std::vector<TraceEntry> expected_trace;
        while (expected.empty() && !(model.pc == end) && model.steps < kStepLimit) {
            const TraceEntry entry{model.pc, model.ap, model.fp};
            expected = model.step();
            if (expected.empty())
                expected_trace.push_back(entry);
        }
        const bool exhausted = expected.empty() && !(model.pc == end);
        if (exhausted)
            expected =
                "Could not reach the end of the program. RunResources has no remaining steps.";
        else if (expected.empty())
            ++completed;

        std::string found;
        if (fast) {
            RunResources resources{kStepLimit};
            if (const auto result = vm.run_until(end, &resources); result.has_error())
                found = result.error().message();
            EXPECT_EQ(resources.n_steps, kStepLimit - model.steps);
        } else {
            while (found.empty() && !(vm.pc() == end) && vm.steps() < kStepLimit)
                if (const auto result = vm.step(); result.has_error())
                    found = result.error().message();
            if (exhausted && found.empty())
                found = expected;
        }
        EXPECT_EQ(found, expected);
        if (trace && (expected.empty() || exhausted)) {
            EXPECT_EQ(vm.trace().entries(), expected_trace);
        }
        compare(model, vm, expected.empty() || exhausted);
    }
    arena.rewind(mark);
}

struct Mode {
    bool fast, trace;
};
class Differential : public testing::TestWithParam<Mode> {};

TEST_P(Differential, RandomProgramsRunAsInTheModel) {
    std::uint64_t completed = 0;
    for (std::uint64_t seed = 1; seed <= 30000; ++seed) {
        run_both(seed, GetParam().fast, GetParam().trace, completed);
        ASSERT_FALSE(testing::Test::HasFailure()) << "seed " << seed;
    }
    // The generator must not have degenerated to programs that all fail at once.
    EXPECT_GT(completed, 100U);
}
INSTANTIATE_TEST_SUITE_P(Modes, Differential,
                         testing::Values(Mode{false, false}, Mode{true, false}, Mode{true, true}),
                         [](const auto& info) {
                             return std::string(info.param.fast ? "fast" : "step_by_step") +
                                    (info.param.trace ? "_traced" : "");
                         });

}  // namespace
}  // namespace blockexecd::vm
