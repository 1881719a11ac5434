// SPDX-License-Identifier: Apache-2.0
// Times of field operations; BLOCKEXECD_CPU=baseline measures the portable path. Each is checked
// before it is timed.
#include <benchmark/benchmark.h>

#include <array>
#include <random>

#include "vm/felt/felt.hpp"
#include "vm/felt/limbs_adx.hpp"
#include "vm/felt/montgomery_felt.hpp"

namespace blockexecd::vm {
namespace {

constexpr std::size_t kValues = 64;

std::array<Felt, kValues> random_felts(bool small = false) {
    std::mt19937_64 engine(7);
    std::array<Felt, kValues> felts;
    for (Felt& felt : felts)
        felt = small ? Felt(engine() >> 32)
                     : Felt::from_limbs_mod_p({engine(), engine(), engine(), engine()});
    return felts;
}

// Independent operations: each reads two values and its result is kept.
template <class Operation>
void throughput(benchmark::State& state, const std::array<Felt, kValues>& felts,
                Operation operation) {
    std::size_t i = 0;
    for (auto _ : state) {
        auto result = operation(felts[i % kValues], felts[(i + 1) % kValues]);
        benchmark::DoNotOptimize(result);
        ++i;
    }
}

void felt_add(benchmark::State& state) {
    const auto felts = random_felts();
    if (felts[0] + felts[1] - felts[1] != felts[0])
        return state.SkipWithError("a + b - b is not a");
    throughput(state, felts, [](const Felt& a, const Felt& b) { return a + b; });
}
BENCHMARK(felt_add);

void felt_sub(benchmark::State& state) {
    const auto felts = random_felts();
    if (!(felts[0] - felts[0]).is_zero())
        return state.SkipWithError("a - a is not 0");
    throughput(state, felts, [](const Felt& a, const Felt& b) { return a - b; });
}
BENCHMARK(felt_sub);

void felt_mul_small(benchmark::State& state) {
    const auto felts = random_felts(true);
    if (Felt(3) * Felt(5) != Felt(15))
        return state.SkipWithError("3 * 5 is not 15");
    throughput(state, felts, [](const Felt& a, const Felt& b) { return a * b; });
}
BENCHMARK(felt_mul_small);

void felt_mul(benchmark::State& state) {
    const auto felts = random_felts();
    if ((felts[0] * felts[1]) * *felts[1].inverse() != felts[0])
        return state.SkipWithError("a * b / b is not a");
    throughput(state, felts, [](const Felt& a, const Felt& b) { return a * b; });
}
BENCHMARK(felt_mul);

void felt_mul_by_word(benchmark::State& state) {
    const auto felts = random_felts();
    if (felts[0] * Felt(3) != felts[0] + felts[0] + felts[0])
        return state.SkipWithError("a * 3 is not a + a + a");
    throughput(state, felts, [](const Felt& a, const Felt& b) { return a * Felt(b.limbs()[0]); });
}
BENCHMARK(felt_mul_by_word);

void montgomery_mul(benchmark::State& state) {
    const auto felts = random_felts();
    const MontgomeryFelt a(felts[0]), b(felts[1]);
    if ((a * b).to_felt() != felts[0] * felts[1])
        return state.SkipWithError("differs from the canonical product");
    std::array<MontgomeryFelt, kValues> values;
    for (std::size_t i = 0; i < kValues; ++i)
        values[i] = MontgomeryFelt(felts[i]);
    std::size_t i = 0;
    for (auto _ : state) {
        auto result = values[i % kValues] * values[(i + 1) % kValues];
        benchmark::DoNotOptimize(result);
        ++i;
    }
}
BENCHMARK(montgomery_mul);

void montgomery_mul_chain(benchmark::State& state) {
    const auto felts = random_felts();
    MontgomeryFelt a(felts[0]);
    const MontgomeryFelt b(felts[1]);
    if ((a * b).to_felt() != felts[0] * felts[1])
        return state.SkipWithError("differs from the canonical product");
    for (auto _ : state) {
        a = a * b;
        benchmark::DoNotOptimize(a);
    }
}
BENCHMARK(montgomery_mul_chain);

void montgomery_square_chain(benchmark::State& state) {
    const auto felts = random_felts();
    MontgomeryFelt a(felts[0]);
    if (a.square() != a * a)
        return state.SkipWithError("differs from the product");
    for (auto _ : state) {
        a = a.square();
        benchmark::DoNotOptimize(a);
    }
}
BENCHMARK(montgomery_square_chain);

void felt_inverse(benchmark::State& state) {
    const auto felts = random_felts();
    if (*felts[0].inverse() * felts[0] != Felt(1))
        return state.SkipWithError("a / a is not 1");
    throughput(state, felts, [](const Felt& a, const Felt&) { return *a.inverse(); });
}
BENCHMARK(felt_inverse);

void felt_sqrt(benchmark::State& state) {
    auto felts = random_felts();
    for (Felt& felt : felts)
        felt = felt * felt;
    const auto root = felts[0].sqrt();
    if (!root || *root * *root != felts[0])
        return state.SkipWithError("no root of a square");
    throughput(state, felts, [](const Felt& a, const Felt&) { return *a.sqrt(); });
}
BENCHMARK(felt_sqrt);

void felt_sqrt_of_non_residue(benchmark::State& state) {
    auto felts = random_felts();
    for (Felt& felt : felts)
        felt = felt * felt * Felt(3);
    if (felts[0].sqrt())
        return state.SkipWithError("a root of a non-residue");
    throughput(state, felts, [](const Felt& a, const Felt&) { return a.sqrt(); });
}
BENCHMARK(felt_sqrt_of_non_residue);

}  // namespace
}  // namespace blockexecd::vm
