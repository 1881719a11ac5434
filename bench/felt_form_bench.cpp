// SPDX-License-Identifier: Apache-2.0
// Which form of a felt memory cells should hold: canonical, or Montgomery (times 2^256). The same
// operations on the same values in both, in mixes from mostly small integers to field arithmetic:
// sums and products whose results are stored, and reads of the integer itself (range checks,
// address offsets, hints, storage keys, hash inputs), which Montgomery form must convert first.
#include <benchmark/benchmark.h>

#include <array>
#include <cstdint>
#include <random>
#include <vector>

#include "vm/felt/felt.hpp"
#include "vm/felt/montgomery_felt.hpp"

namespace blockexecd::vm {
namespace {

enum class Operation : std::uint8_t { add, mul, read };

struct Step {
    Operation operation;
    std::uint8_t a, b;
};

// Per thousand: operations that multiply and that read, the rest add; operands below 2^61.
struct Mix {
    unsigned mul;
    unsigned read;
    unsigned small;
};

constexpr std::size_t kSteps = 4096;
constexpr std::size_t kValues = 256;

std::array<Felt, kValues> make_values(const Mix& mix) {
    std::mt19937_64 engine(11);
    std::array<Felt, kValues> values;
    for (std::size_t i = 0; i < kValues; ++i)
        values[i] = engine() % 1000 < mix.small
                        ? Felt(engine() >> 40)
                        : Felt::from_limbs_mod_p({engine(), engine(), engine(), engine()});
    return values;
}

std::vector<Step> make_steps(const Mix& mix) {
    std::mt19937_64 engine(5);
    std::vector<Step> steps(kSteps);
    for (Step& step : steps) {
        const auto kind = engine() % 1000;
        step = {kind < mix.mul              ? Operation::mul
                : kind < mix.mul + mix.read ? Operation::read
                                            : Operation::add,
                static_cast<std::uint8_t>(engine()), static_cast<std::uint8_t>(engine())};
    }
    return steps;
}

struct Canonical {
    using Value = Felt;
    static Value store(const Felt& felt) { return felt; }
    static Felt read(const Value& value) { return value; }
};

struct Montgomery {
    using Value = MontgomeryFelt;
    static Value store(const Felt& felt) { return MontgomeryFelt(felt); }
    static Felt read(const Value& value) { return value.to_felt(); }
};

// The sum of everything that the steps gave.
template <class Form>
Felt run(const std::array<typename Form::Value, kValues>& values, const std::vector<Step>& steps) {
    std::array<typename Form::Value, kValues> results{};
    std::uint64_t integers = 0;
    for (std::size_t i = 0; i < kSteps; ++i) {
        const auto& a = values[steps[i].a];
        const auto& b = values[steps[i].b];
        auto& out = results[i % kValues];
        switch (steps[i].operation) {
            case Operation::add:
                out = a + b;
                break;
            case Operation::mul:
                out = a * b;
                break;
            case Operation::read:
                integers ^= Form::read(a).limbs()[0];
                break;
        }
    }
    Felt sum(integers);
    for (const auto& result : results)
        sum += Form::read(result);
    return sum;
}

template <class Form>
void mix(benchmark::State& state) {
    const Mix mix{static_cast<unsigned>(state.range(0)), static_cast<unsigned>(state.range(1)),
                  static_cast<unsigned>(state.range(2))};
    const auto felts = make_values(mix);
    const auto steps = make_steps(mix);
    std::array<typename Form::Value, kValues> values;
    for (std::size_t i = 0; i < kValues; ++i)
        values[i] = Form::store(felts[i]);
    if (run<Form>(values, steps) != run<Canonical>(felts, steps))
        return state.SkipWithError("the forms disagree");
    for (auto _ : state)
        benchmark::DoNotOptimize(run<Form>(values, steps));
    state.counters["ns/op"] =
        benchmark::Counter(static_cast<double>(state.iterations()) * kSteps * 1e-9,
                           benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

void mixes(benchmark::internal::Benchmark* bench) {
    bench->ArgNames({"mul", "read", "small"});
    bench->Args({20, 200, 900});   // small integers, often read
    bench->Args({20, 50, 900});    // small integers, seldom read
    bench->Args({200, 100, 500});  // big-integer limbs
    bench->Args({500, 20, 50});    // field arithmetic
}
BENCHMARK_TEMPLATE(mix, Canonical)->Apply(mixes);
BENCHMARK_TEMPLATE(mix, Montgomery)->Apply(mixes);

}  // namespace
}  // namespace blockexecd::vm
