// SPDX-License-Identifier: Apache-2.0
// Runs one compiled Cairo 0 program and prints one line of JSON: CPU times, or hashes of trace and
// memory. tests/oracle/vm-runner/src/bin/speed.rs prints the same keys for the reference;
// bench/compare_reference.py puts both side by side.
#include <openssl/evp.h>
#include <sys/resource.h>

#include <array>
#include <cstdint>
#include <cstdio>
#include <ctime>
#include <iostream>
#include <memory>
#include <optional>
#include <streambuf>
#include <string>
#include <string_view>

#include "vm/cairo0/runner/flat_memory.hpp"
#include "vm/cairo0/runner/input_file.hpp"
#include "vm/cairo0/runner/outputs.hpp"
#include "vm/cairo0/runner/process_heap.hpp"
#include "vm/cairo0/runner/program_runner.hpp"

namespace blockexecd::vm::cairo0 {

// What the reference does after its runner is initialised. A function of its own, so that callgrind
// can be told to count it alone.
[[gnu::noinline]] Result<void> measured_run(ProgramRunner& runner) {
    BX_CHECK(runner.run_to_end());
    BX_CHECK(runner.end());
    BX_CHECK(runner.read_return_values());
    return runner.verify_secure();
}

namespace {

// Hashes what is written to it.
class Sha256Sink : public ByteSink {
  public:
    Sha256Sink() { EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr); }

    void write(std::span<const std::byte> bytes) override {
        EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size());
    }
    std::string hex() {
        std::array<unsigned char, 32> digest;
        EVP_DigestFinal_ex(context_.get(), digest.data(), nullptr);
        std::string text;
        for (const unsigned char byte : digest) {
            text += "0123456789abcdef"[byte >> 4];
            text += "0123456789abcdef"[byte & 15];
        }
        return text;
    }

  private:
    struct Free {
        void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
    };
    std::unique_ptr<EVP_MD_CTX, Free> context_{EVP_MD_CTX_new()};
};

std::uint64_t process_ns() {
    timespec time{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return static_cast<std::uint64_t>(time.tv_sec) * 1'000'000'000 +
           static_cast<std::uint64_t>(time.tv_nsec);
}

rusage usage() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return usage;
}

std::uint64_t user_ns() {
    const timeval time = usage().ru_utime;
    return static_cast<std::uint64_t>(time.tv_sec) * 1'000'000'000 +
           static_cast<std::uint64_t>(time.tv_usec) * 1000;
}

Result<Cairo0Program> read_program(const std::string& path) {
    BX_TRY(const std::string json, read_file(path));
    return parse_program(json, "main");
}

Layout layout() {
    return find_layout("all_cairo").value();
}

Result<void> verify(const std::string& path) {
    BX_TRY(const Cairo0Program program, read_program(path));
    Arena arena;
    ProgramRunner runner(arena, program, layout(), {.trace = true});
    BX_CHECK(runner.initialize());
    BX_CHECK(measured_run(runner));
    const VirtualMachine& vm = runner.vm();
    BX_TRY(const FlatMemory flat, FlatMemory::make(vm.memory(), runner.segment_sizes()));
    Sha256Sink trace, memory;
    BX_CHECK(write_trace(vm.trace(), flat.table(), trace));
    flat.write(memory);
    std::string output;
    for (const char character : output_lines(vm))
        output += character == '\n' ? std::string("\\n") : std::string(1, character);
    std::cout << R"({"steps":)" << vm.steps() << R"(,"output":")" << output
              << R"(","trace_sha256":")" << trace.hex() << R"(","memory_sha256":")" << memory.hex()
              << "\"}\n";
    return {};
}

// Process CPU time of one load (file, JSON, runner up to the first step), the mean of many.
Result<void> load(const std::string& path, std::uint64_t times) {
    Arena arena;
    const std::uint64_t begin = process_ns();
    for (std::uint64_t i = 0; i < times; ++i) {
        BX_TRY(const Cairo0Program program, read_program(path));
        const Arena::Mark mark = arena.mark();
        ProgramRunner runner(arena, program, layout(), {});
        BX_CHECK(runner.initialize());
        arena.rewind(mark);
    }
    std::cout << R"({"load_ns":)" << (process_ns() - begin) / times << "}\n";
    return {};
}

Result<void> measure(const std::string& path, std::uint64_t times) {
    BX_TRY(const Cairo0Program program, read_program(path));
    Arena arena;
    std::uint64_t steps = 0, user = 0, cpu = 0;
    for (std::uint64_t i = 0; i < times; ++i) {
        const Arena::Mark mark = arena.mark();
        const std::uint64_t user_begin = user_ns(), cpu_begin = process_ns();
        ProgramRunner runner(arena, program, layout(), {});
        BX_CHECK(runner.initialize());
        BX_CHECK(measured_run(runner));
        user += user_ns() - user_begin;
        cpu += process_ns() - cpu_begin;
        steps += runner.vm().steps();
        arena.rewind(mark);
    }
    std::cout << R"({"steps":)" << steps << R"(,"user_ns":)" << user << R"(,"cpu_ns":)" << cpu
              << R"(,"peak_rss_kb":)" << usage().ru_maxrss << "}\n";
    return {};
}

std::optional<Result<void>> perform(int argc, char** argv) {
    if (argc < 2)
        return std::nullopt;
    const std::string path = argv[1];
    const std::string_view mode = argc > 2 ? argv[2] : "";
    if (argc == 2)
        return measure(path, 1);
    if (argc == 3 && mode == "--verify")
        return verify(path);
    if (argc == 4 && mode == "--repeat")
        return measure(path, std::stoull(argv[3]));
    if (argc == 4 && mode == "--load")
        return load(path, std::stoull(argv[3]));
    return std::nullopt;
}

}  // namespace
}  // namespace blockexecd::vm::cairo0

int main(int argc, char** argv) {
    // As cairovm does.
    blockexecd::vm::cairo0::keep_freed_memory();
    const auto result = blockexecd::vm::cairo0::perform(argc, argv);
    if (!result) {
        std::cerr << "usage: program_bench PROGRAM.json [--repeat N | --verify | --load N]\n";
        return 2;
    }
    if (result->has_error()) {
        std::cerr << result->error().message() << "\n";
        return 1;
    }
    return 0;
}
