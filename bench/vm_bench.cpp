// SPDX-License-Identifier: Apache-2.0
// The interpreter on a fibonacci loop: nanoseconds a step.
#include <benchmark/benchmark.h>

#include <cstdint>
#include <stdexcept>
#include <vector>

#include "vm/runner/function_runner.hpp"

namespace blockexecd::vm {
namespace {

// fib(first, second, n) -> value: jumps to the end when n is 0, else calls itself with (second,
// first + second, n - 1).
const std::vector<Felt> kFibonacci = [] {
    std::vector<Felt> words;
    for (const char* word :
         {"0x20780017fff7ffd", "0x4", "0x480a7ffc7fff8000", "0x208b7fff7fff7ffe",
          "0x480a7ffc7fff8000", "0x482a7ffc7ffb8000", "0x482680017ffd8000",
          "0x800000000000011000000000000000000000000000000000000000000000000", "0x1104800180018000",
          "0x800000000000010fffffffffffffffffffffffffffffffffffffffffffffff9",
          "0x208b7fff7fff7ffe"})
        words.push_back(*Felt::from_hex(word));
    return words;
}();

void fibonacci(benchmark::State& state) {
    Arena arena;
    const auto code = Code::make(kFibonacci, {});
    const auto n = static_cast<std::uint64_t>(state.range(0));
    std::uint64_t steps = 0;
    for (auto _ : state) {
        FunctionRunner runner(arena, code, nullptr);
        const std::vector<Value> args{std::uint64_t{1}, std::uint64_t{1}, n};
        if (runner.run_from_entrypoint(0, args, nullptr).has_error())
            throw std::runtime_error("fibonacci failed");
        if (n == 10 && !((*runner.return_values(1))[0] == Value(std::uint64_t{144})))
            throw std::runtime_error("fibonacci is wrong");
        steps += runner.steps();
    }
    state.counters["steps/s"] =
        benchmark::Counter(static_cast<double>(steps), benchmark::Counter::kIsRate);
    state.counters["ns/step"] =
        benchmark::Counter(static_cast<double>(steps) * 1e-9,
                           benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}
BENCHMARK(fibonacci)->Arg(10)->Arg(80)->Arg(1000)->Arg(1000000);

void call_setup(benchmark::State& state) {
    Arena arena;
    const auto code = Code::make(kFibonacci, {});
    const std::vector<BuiltinName> builtins{BuiltinName::pedersen, BuiltinName::range_check,
                                            BuiltinName::poseidon};
    for (auto _ : state) {
        FunctionRunner runner(arena, code, nullptr);
        if (runner.add_builtins(builtins).has_error())
            throw std::runtime_error("builtins failed");
        const std::vector<Value> args{std::uint64_t{1}, std::uint64_t{1}, std::uint64_t{0}};
        if (runner.run_from_entrypoint(0, args, nullptr).has_error())
            throw std::runtime_error("call failed");
        benchmark::DoNotOptimize(runner.resources());
    }
}
BENCHMARK(call_setup);

}  // namespace
}  // namespace blockexecd::vm
