// SPDX-License-Identifier: Apache-2.0
#include "executor/gas/os_work.hpp"

#include "executor/constants/builtins_gas.hpp"
#include "executor/gas/computation_resources.hpp"

namespace blockexecd::executor {
namespace {

using vm::BuiltinName;

constexpr auto kSmallFelts = std::uint64_t{1} << 63;  // below it BLAKE2s packs a felt in two words

struct FeltSizes {
    std::uint64_t small = 0;
    std::uint64_t large = 0;
    [[nodiscard]] std::uint64_t count() const { return small + large; }
};

OsWork steps(std::uint64_t n_steps) {
    OsWork work;
    work.vm.n_steps = n_steps;
    return work;
}

struct PoseidonHash {
    static constexpr std::uint64_t kSegmentSteps = 18;
    static constexpr std::uint64_t kEntryPointSteps = 27;
    static OsWork hash(const FeltSizes& felts) {
        return {poseidon_hash_many_cost(felts.count())};
    }
};

struct Blake2sHash {
    static constexpr std::uint64_t kSegmentSteps = 30;
    static constexpr std::uint64_t kEntryPointSteps = 31;
    static OsWork hash(const FeltSizes& felts) {
        constexpr std::uint64_t kMessageWords = 16;
        constexpr std::uint64_t kEmptySteps = 167;
        const auto words = 8 * felts.large + 2 * felts.small;
        if (words == 0)
            return steps(kEmptySteps);
        const std::uint64_t base = words % kMessageWords == 0 ? 216 : 192;
        const auto full = 50 * felts.large + 18 * felts.small + base;
        const auto discount = 26 * (words / kMessageWords);
        auto work = steps(full > discount ? full - discount : 0);
        work.vm[BuiltinName::range_check] = felts.count() + 3;
        work.blake = (words + kMessageWords - 1) / kMessageWords;
        return work;
    }
};

FeltSizes sizes_of(const vm::Code& code, std::uint64_t first, std::uint64_t length) {
    FeltSizes sizes;
    for (auto pc = first; pc < first + length && pc < code.length(); ++pc)
        ++(code.cells()[pc].felt() < vm::Felt(kSmallFelts) ? sizes.small : sizes.large);
    return sizes;
}

template <class Hash>
OsWork entry_points_work(const std::vector<EntryPoint>& entry_points) {
    auto work = steps(21);
    for (const auto& entry_point : entry_points) {
        work += steps(Hash::kEntryPointSteps + 3);
        work += Hash::hash({.large = entry_point.builtins.size()});
    }
    return work += Hash::hash({.small = entry_points.size(), .large = 2 * entry_points.size()});
}

// Compilers nest segments one deep; deeper ones count as their whole.
template <class Hash>
OsWork bytecode_work(const CompiledClass& compiled_class) {
    auto work = steps(4);
    const auto& segments = compiled_class.bytecode_segments.children;
    const auto& code = *compiled_class.code;
    if (segments.empty())
        return work += Hash::hash(sizes_of(code, 0, code.length()));
    work += steps(15);
    std::uint64_t first = 0;
    for (const auto& segment : segments) {
        work += steps(Hash::kSegmentSteps);
        work += Hash::hash(sizes_of(code, first, segment.length));
        first += segment.length;
    }
    return work += Hash::hash({.small = segments.size(), .large = segments.size()});
}

template <class Hash>
OsWork compiled_class_hash_work(const CompiledClass& compiled_class) {
    auto work = steps(54);
    for (const auto& entry_points : compiled_class.entry_points)
        work += entry_points_work<Hash>(entry_points);
    work += bytecode_work<Hash>(compiled_class);
    return work += Hash::hash({.large = 5});
}

// A chain of Pedersen hashes over everything.
OsWork cairo0_class_hash_work(const CompiledClass& compiled_class) {
    constexpr std::uint64_t kEntryPointFelts = 2;
    constexpr std::uint64_t kStepsPerPedersen = 8;
    std::uint64_t felts = compiled_class.program_builtins.size() + compiled_class.code->length() +
                          1;  // its hinted hash
    for (const auto& entry_points : compiled_class.entry_points)
        felts += kEntryPointFelts * entry_points.size();
    auto work = steps(kStepsPerPedersen * felts);
    work.vm[BuiltinName::pedersen] = felts;
    return work;
}

}  // namespace

PrimitiveCounts& PrimitiveCounts::operator+=(const PrimitiveCounts& other) {
    for (std::size_t i = 0; i < builtins.size(); ++i)
        builtins[i] += other.builtins[i];
    blake += other.blake;
    return *this;
}

OsWork& OsWork::operator+=(const OsWork& other) {
    vm += other.vm;
    blake += other.blake;
    return *this;
}

PrimitiveCounts OsWork::primitives() const {
    PrimitiveCounts counts{vm.builtins, blake};
    counts.builtins[static_cast<std::size_t>(BuiltinName::segment_arena)] = 0;
    return counts;
}

OsWork class_hash_work(const CompiledClass& compiled_class) {
    return compiled_class.kind == ClassKind::cairo0
               ? cairo0_class_hash_work(compiled_class)
               : compiled_class_hash_work<Blake2sHash>(compiled_class);
}

OsWork migration_work(const CompiledClass& compiled_class) {
    auto work = compiled_class_hash_work<Blake2sHash>(compiled_class);
    return work += compiled_class_hash_work<PoseidonHash>(compiled_class);
}

vm::ExecutionResources patricia_update_work(std::uint64_t visited_cells,
                                            std::uint64_t changed_cells) {
    constexpr std::uint64_t kTreeHeight = 24;
    vm::ExecutionResources traversal;
    traversal.n_steps = kTreeHeight * 16;
    traversal[BuiltinName::pedersen] = kTreeHeight;
    return traversal * (visited_cells + changed_cells);
}

std::uint64_t primitives_gas(const PrimitiveCounts& counts, const BuiltinGasCosts& prices) {
    return builtins_gas(counts.builtins, prices) + counts.blake * prices.blake;
}

std::uint64_t work_gas(const OsWork& work, const BuiltinGasCosts& prices,
                       const BaseGasCosts& base_prices) {
    return prover_steps(work.vm) * base_prices.step_gas_cost +
           work.vm.n_memory_holes * base_prices.memory_hole_gas_cost +
           primitives_gas(work.primitives(), prices);
}

}  // namespace blockexecd::executor
