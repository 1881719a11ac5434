// SPDX-License-Identifier: Apache-2.0
// Times one field, hash or curve operation: the operations, inputs and output of
// tests/oracle/crypto-bench; bench/compare_crypto.py puts both side by side and demands the same
// digest. usage: crypto_operations OPERATION COUNT
#include <algorithm>
#include <array>
#include <cstdint>
#include <ctime>
#include <iostream>
#include <string>
#include <string_view>

#include "vm/crypto/ec_op.hpp"
#include "vm/crypto/ecdsa.hpp"
#include "vm/crypto/keccak.hpp"
#include "vm/crypto/pedersen.hpp"
#include "vm/crypto/poseidon.hpp"
#include "vm/crypto/stark_curve.hpp"

namespace blockexecd::vm {
namespace {

const Felt kStart = kCurveGenerator.x;

Felt felt_multiply(std::uint64_t count) {
    Felt x = kStart;
    for (std::uint64_t i = 0; i < count; ++i)
        x = x * x + Felt(1);
    return x;
}

Felt montgomery_multiply(std::uint64_t count) {
    MontgomeryFelt x(kStart);
    for (std::uint64_t i = 0; i < count; ++i)
        x = x * x + MontgomeryFelt::one();
    return x.to_felt();
}

Felt inverse(std::uint64_t count) {
    Felt x = kStart;
    for (std::uint64_t i = 0; i < count; ++i)
        x = x.inverse().value() + Felt(1);
    return x;
}

Felt square_root(std::uint64_t count) {
    Felt x = kStart;
    for (std::uint64_t i = 0; i < count; ++i)
        x = (x * x).sqrt().value() + Felt(1);
    return x;
}

Felt pedersen_chain(std::uint64_t count) {
    Felt x = kStart;
    for (std::uint64_t i = 0; i < count; ++i)
        x = pedersen(x, Felt(i));
    return x;
}

Felt poseidon_chain(std::uint64_t count) {
    std::array<Felt, 3> state{kStart, Felt(1), Felt(2)};
    for (std::uint64_t i = 0; i < count; ++i)
        hades_permutation(state);
    return state[0];
}

Felt ecdsa(std::uint64_t count) {
    const Felt r =
        Felt::from_hex("0x411494b501a98abd8262b0da1351e17899a0c4ef23dd2f96fec5ba847310b20").value();
    const Felt s =
        Felt::from_hex("0x405c3191ab3883ef2b763af35bc5f5d15b3b4e99461d70e84c654a351a7c81b").value();
    std::uint64_t valid = 0;
    for (std::uint64_t i = 0; i < count; ++i)
        valid += ecdsa_verify(kStart, Felt(2 + i % 2), r, s) ? 1 : 0;
    return Felt(valid);
}

// p + m q with p's abscissa as the next m.
Felt ec_op(std::uint64_t count) {
    CurvePoint p = twice(AffinePoint(kCurveGenerator)).to_affine().to_point();
    for (std::uint64_t i = 0; i < count; ++i)
        p = ec_op_builtin(p, kCurveGenerator, p.x).value();
    return p.x;
}

Felt keccak(std::uint64_t count) {
    KeccakState lanes{};
    for (std::uint64_t i = 0; i < count; ++i)
        keccak_f1600(lanes);
    return Felt(lanes[0]);
}

}  // namespace

struct Operation {
    std::string_view name;
    Felt (*function)(std::uint64_t);
};

namespace {

constexpr std::array kOperations{
    Operation{"felt_multiply", felt_multiply},
    Operation{"montgomery_multiply", montgomery_multiply},
    Operation{"inverse", inverse},
    Operation{"square_root", square_root},
    Operation{"pedersen", pedersen_chain},
    Operation{"poseidon", poseidon_chain},
    Operation{"poseidon_lambdaworks", poseidon_chain},
    Operation{"ecdsa", ecdsa},
    Operation{"ec_op", ec_op},
    Operation{"keccak", keccak},
};

std::uint64_t process_ns() {
    timespec time{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return static_cast<std::uint64_t>(time.tv_sec) * 1'000'000'000 +
           static_cast<std::uint64_t>(time.tv_nsec);
}

}  // namespace

// A function of its own, so that callgrind can be told to count it alone.
[[gnu::noinline]] Felt measured_operation(const Operation& operation, std::uint64_t count) {
    return operation.function(count);
}

}  // namespace blockexecd::vm

int main(int argc, char** argv) {
    using namespace blockexecd::vm;
    const auto* const operation =
        argc != 3 ? kOperations.end()
                  : std::ranges::find(kOperations, std::string_view(argv[1]), &Operation::name);
    if (operation == kOperations.end()) {
        std::cerr << "usage: crypto_operations OPERATION COUNT\n";
        return 2;
    }
    const std::uint64_t count = std::stoull(argv[2]);
    operation->function(2);  // tables are built on first use
    const std::uint64_t begin = process_ns();
    const Felt digest = measured_operation(*operation, count);
    const std::uint64_t spent = process_ns() - begin;
    std::cout << R"({"ns":)" << spent << R"(,"digest":")" << digest.to_hex() << "\"}\n";
    return 0;
}
