// SPDX-License-Identifier: Apache-2.0
// Times of hashes, curve operations and signatures; BLOCKEXECD_CPU=baseline measures the portable
// path. Each is checked against a published value before it is timed.
#include <benchmark/benchmark.h>

#include <array>
#include <random>
#include <vector>

#include "vm/crypto/blake2s.hpp"
#include "vm/crypto/ec_op.hpp"
#include "vm/crypto/ecdsa.hpp"
#include "vm/crypto/fixed_base.hpp"
#include "vm/crypto/keccak.hpp"
#include "vm/crypto/pedersen.hpp"
#include "vm/crypto/poseidon.hpp"
#include "vm/crypto/secp.hpp"
#include "vm/crypto/stark_curve.hpp"

namespace blockexecd::vm {
namespace {

Felt hex(std::string_view text) {
    return Felt::from_hex(text).value();
}

std::vector<Felt> random_felts(std::size_t count) {
    std::mt19937_64 engine(11);
    std::vector<Felt> felts(count);
    for (Felt& felt : felts)
        felt = Felt::from_limbs_mod_p({engine(), engine(), engine(), engine()});
    return felts;
}

void pedersen_hash(benchmark::State& state) {
    if (pedersen(1, 2) != hex("0x5bb9440e27889a364bcb678b1f679ecd1347acdedcbf36e83494f857cc58026"))
        return state.SkipWithError("wrong hash");
    const auto felts = random_felts(1024);
    std::size_t i = 0;
    for (auto _ : state) {
        auto hash = pedersen(felts[i % 1024], felts[(i + 1) % 1024]);
        benchmark::DoNotOptimize(hash);
        ++i;
    }
}
BENCHMARK(pedersen_hash);

void poseidon_permutation(benchmark::State& state) {
    std::array<Felt, 3> values{9, 11, 2};
    hades_permutation(values);
    if (values[0] != hex("0x510f3a3faf4084e3b1e95fd44c30746271b48723f7ea9c8be6a9b6b5408e7e6"))
        return state.SkipWithError("wrong permutation");
    for (auto _ : state) {
        hades_permutation(values);
        benchmark::DoNotOptimize(values);
    }
}
BENCHMARK(poseidon_permutation);

void poseidon_array_of_100(benchmark::State& state) {
    const std::vector<Felt> known{0xaa, 0xbb, 0xcc};
    if (poseidon_array(known) !=
        hex("0x2742e049f7e1613e4a014efeec0d742882a798ae0af8b8dd730358c23848775"))
        return state.SkipWithError("wrong hash");
    const auto felts = random_felts(100);
    for (auto _ : state) {
        auto hash = poseidon_array(felts);
        benchmark::DoNotOptimize(hash);
    }
}
BENCHMARK(poseidon_array_of_100);

void ec_op(benchmark::State& state, const CurvePoint& q) {
    const CurvePoint p =
        scalar_mul(AffinePoint(kCurveGenerator), {77, 88, 99, 0}).to_affine().to_point();
    const auto scalars = random_felts(64);
    const auto expected =
        (scalar_mul(AffinePoint(q), scalars[0].limbs()) + AffinePoint(p)).to_affine().to_point();
    if (ec_op_builtin(p, q, scalars[0]).value() != expected)
        return state.SkipWithError("wrong sum");
    std::size_t i = 0;
    for (auto _ : state) {
        auto sum = ec_op_builtin(p, q, scalars[i % 64]);
        benchmark::DoNotOptimize(sum);
        ++i;
    }
}
BENCHMARK_CAPTURE(ec_op, any_point, twice(AffinePoint(kCurveGenerator)).to_affine().to_point());
BENCHMARK_CAPTURE(ec_op, generator, kCurveGenerator);

void ecdsa(benchmark::State& state) {
    const Felt key = hex("0x1ef15c18599971b7beced415a40f0c7deacfd9b0d1819e03d723d8bc943cfca");
    const Felt r = hex("0x411494b501a98abd8262b0da1351e17899a0c4ef23dd2f96fec5ba847310b20");
    const Felt s = hex("0x405c3191ab3883ef2b763af35bc5f5d15b3b4e99461d70e84c654a351a7c81b");
    if (!ecdsa_verify(key, 2, r, s) || ecdsa_verify(key, 3, r, s))
        return state.SkipWithError("wrong verdict");
    for (auto _ : state) {
        bool valid = ecdsa_verify(key, 2, r, s);
        benchmark::DoNotOptimize(valid);
    }
}
BENCHMARK(ecdsa);

void keccak_permutation(benchmark::State& state) {
    KeccakState lanes{};
    keccak_f1600(lanes);
    if (lanes[0] != 0xf1258f7940e1dde7ULL)
        return state.SkipWithError("wrong permutation");
    for (auto _ : state) {
        keccak_f1600(lanes);
        benchmark::DoNotOptimize(lanes);
    }
}
BENCHMARK(keccak_permutation);

void blake2s_compression(benchmark::State& state) {
    Blake2sState h = kBlake2sIv;
    h[0] ^= 0x01010020;
    Blake2sMessage message{};
    blake2s_compress(h, message, 0, 0, 0xffffffff, 0);
    if (h[0] != 0x307a2169)
        return state.SkipWithError("wrong compression");
    for (auto _ : state) {
        blake2s_compress(h, message, 64, 0, 0, 0);
        benchmark::DoNotOptimize(h);
    }
}
BENCHMARK(blake2s_compression);

void secp_multiplication(benchmark::State& state, SecpCurve curve, std::uint64_t x) {
    const auto point = secp_from_x(curve, {x}, true);
    if (!point || secp_mul(curve, *point, {2}) != secp_add(curve, *point, *point))
        return state.SkipWithError("2 p is not p + p");
    const U256 scalar{0x1234567890abcdefULL, 0xfedcba0987654321ULL, 0x1111222233334444ULL,
                      0x9999888877776666ULL};
    for (auto _ : state) {
        auto product = secp_mul(curve, *point, scalar);
        benchmark::DoNotOptimize(product);
    }
}
BENCHMARK_CAPTURE(secp_multiplication, k1, SecpCurve::k1, 1);
BENCHMARK_CAPTURE(secp_multiplication, r1, SecpCurve::r1, 5);

}  // namespace
}  // namespace blockexecd::vm
