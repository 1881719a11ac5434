// SPDX-License-Identifier: Apache-2.0
// The hashes against published vectors: those of starknet-types-core, starknet-crypto and the RFCs.
#include <gtest/gtest.h>
#include <openssl/sha.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "tests/vm/felt/felt_samples.hpp"
#include "vm/crypto/blake2s.hpp"
#include "vm/crypto/keccak.hpp"
#include "vm/crypto/pedersen.hpp"
#include "vm/crypto/pedersen_memo.hpp"
#include "vm/crypto/poseidon.hpp"
#include "vm/crypto/stark_curve.hpp"

namespace blockexecd::vm {
namespace {

Felt hex(std::string_view text) {
    return Felt::from_hex(text).value();
}

const Felt kX = hex("0x3d937c035c878245caf64531a5756109c53068da139362728feb561405371cb");
const Felt kY = hex("0x208a0a10250e382e1e4bbe2880906c2791bf6275695e02fbbc6aeff9cd8b31a");

std::string to_hex(std::span<const std::uint8_t> bytes) {
    std::string text;
    for (const std::uint8_t byte : bytes) {
        text += "0123456789abcdef"[byte >> 4];
        text += "0123456789abcdef"[byte & 15];
    }
    return text;
}
std::span<const std::uint8_t> as_bytes(std::string_view text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

TEST(Pedersen, MatchesPublishedVectors) {
    EXPECT_EQ(pedersen(1, 2),
              hex("0x5bb9440e27889a364bcb678b1f679ecd1347acdedcbf36e83494f857cc58026"));
    EXPECT_EQ(pedersen(kX, kY),
              hex("0x30e480bed5fe53fa909cc0f8c4d99b8f9f2c016be4c41e13a4848797979c662"));
    EXPECT_EQ(pedersen(kX, 0),
              hex("0x460ded9dacd215bcfc43f1b30b2a02690378e00f82a2283617d47d948c7b7f1"));
    // The shift point alone.
    EXPECT_EQ(pedersen(0, 0),
              hex("0x49ee3eba8c1600700ee1b87eb599f16716b0b1022947733551fde4050ca6804"));
}

TEST(Pedersen, ArrayEndsWithItsLength) {
    const std::vector<Felt> elements{0xaa, 0xbb, 0xcc};
    EXPECT_EQ(pedersen_array(elements),
              hex("0x10808e8929644950878c4f71326e47c6b584d9cfea2de0415daf8def0f5e89f"));
    EXPECT_EQ(pedersen_array({}), pedersen(0, 0));
}

TEST(Pedersen, RememberedHashesAreTheHashes) {
    test::RandomFelts random;
    const std::vector<Felt> felts{0, 1, kX, kY, random.next(), random.next()};
    for (int round = 0; round < 2; ++round)
        for (const Felt& a : felts)
            for (const Felt& b : felts)
                ASSERT_EQ(remembered_pedersen(a, b), pedersen(a, b)) << a.to_hex() << b.to_hex();
    // More than the table holds, so that places are taken again.
    for (std::uint64_t i = 0; i < 20000; ++i)
        (void)remembered_pedersen(i, kY);
    for (std::uint64_t i = 0; i < 20000; i += 100)
        ASSERT_EQ(remembered_pedersen(i, kY), pedersen(i, kY)) << i;
}

TEST(Pedersen, EqualsItsDefinitionOnTheCurve) {
    const auto point = [](std::string_view x, std::string_view y) {
        return AffinePoint(CurvePoint{hex(x), hex(y)});
    };
    const AffinePoint shift =
        point("0x49ee3eba8c1600700ee1b87eb599f16716b0b1022947733551fde4050ca6804",
              "0x3ca0cfe4b3bc6ddf346d49d06ea0ed34e621062c0e056c1d0405d266e10268a");
    const std::array points{
        point("0x234287dcbaffe7f969c748655fca9e58fa8120b6d56eb0c1080d17957ebe47b",
              "0x3b056f100f96fb21e889527d41f4e39940135dd7a6c94cc6ed0268ee89e5615"),
        point("0x4fa56f376c83db33f9dab2656558f3399099ec1de5e3018b7a6932dba8aa378",
              "0x3fa0984c931c9e38113e0c0e47e4401562761f92a7a23b45168f4e80ff5b54d"),
        point("0x4ba4cc166be8dec764910f75b45f74b40c690c74709e90f3aa372f0bd2d6997",
              "0x40301cf5c1751f4b971e46c4ede85fcac5c59a5ce5ae7c48151f27b24b219c"),
        point("0x54302dcb0e6cc1c6e44cca8f61a63bb2ca65048d53fb325d36ff12c49a58202",
              "0x1b77b3e37d13504b348046268d8ae25ce98ad783c25561a879dcc77e99c2426")};
    const auto expect = [&](const Felt& a, const Felt& b) {
        XyzzPoint sum(shift);
        const std::array inputs{a, b};
        for (std::size_t i = 0; i < 2; ++i) {
            Limbs low = inputs[i].limbs();
            const std::uint64_t high = low[3] >> 56;
            low[3] &= (std::uint64_t{1} << 56) - 1;
            sum = sum + scalar_mul(points[2 * i], low);
            sum = sum + scalar_mul(points[2 * i + 1], {high, 0, 0, 0});
        }
        ASSERT_EQ(pedersen(a, b), sum.affine_x().to_felt()) << a.to_hex() << ", " << b.to_hex();
    };
    const auto edges = test::edge_felts();
    for (std::size_t i = 0; i < edges.size(); ++i)
        expect(edges[i], edges[edges.size() - 1 - i]);
    test::RandomFelts random;
    for (int i = 0; i < 500; ++i)
        expect(random.next_of_any_size(), random.next());
    // All windows at the signed digit's limit, and one beyond it.
    for (const int offset : {0, 1}) {
        Felt value;
        for (int i = 0; i < 27; ++i)
            value = value * Felt(1 << 9) + Felt(static_cast<std::uint64_t>((1 << 8) + offset));
        expect(value, -value);
    }
}

TEST(Poseidon, MatchesPublishedVectors) {
    std::array<Felt, 3> zeros{};
    hades_permutation(zeros);
    EXPECT_EQ(zeros[0].to_decimal(),
              "3446325744004048536138401612021367625846492093718951375866996507163446763827");
    EXPECT_EQ(zeros[1].to_decimal(),
              "1590252087433376791875644726012779423683501236913937337746052470473806035332");
    EXPECT_EQ(zeros[2].to_decimal(),
              "867921192302518434283879514999422690776342565400001269945778456016268852423");
    std::array<Felt, 3> state{9, 11, 2};
    hades_permutation(state);
    EXPECT_EQ(state[0], hex("0x510f3a3faf4084e3b1e95fd44c30746271b48723f7ea9c8be6a9b6b5408e7e6"));
    EXPECT_EQ(state[1], hex("0x4f511749bd4101266904288021211333fb0a514cb15381af087462fa46e6bd9"));
    EXPECT_EQ(state[2], hex("0x186f6dd1a6e79cb1b66d505574c349272cd35c07c223351a0990410798bb9d8"));
    EXPECT_EQ(poseidon_single(9),
              hex("0x3bb3b91c714cb47003947f36dadc98326176963c434cd0a10320b8146c948b3"));
    EXPECT_EQ(poseidon(kX, kY),
              hex("0x67c6a2e2d0c7867f97444ae17956dbc89d40ad22255bb06f5f6c515958926ed"));
}

TEST(Poseidon, ArrayPadsWithOneAndZeros) {
    const std::vector<Felt> elements{0xaa, 0xbb, 0xcc};
    EXPECT_EQ(poseidon_array(elements),
              hex("0x2742e049f7e1613e4a014efeec0d742882a798ae0af8b8dd730358c23848775"));
    std::array<Felt, 3> state{1, 0, 0};
    hades_permutation(state);
    EXPECT_EQ(poseidon_array({}), state[0]);
}

// SHA-256("Hades{k}") as a big-endian integer mod p.
Felt hades_constant(int k) {
    const std::string name = std::string("Hades").append(std::to_string(k));
    std::array<std::uint8_t, 32> digest{};
    SHA256(as_bytes(name).data(), name.size(), digest.data());
    return Felt::from_bytes_be(digest);
}

// The permutation as it is defined: 273 constants, nothing merged.
std::array<Felt, 3> plain_hades(std::array<Felt, 3> state, std::span<const Felt> constants) {
    for (std::size_t round = 0; round < 91; ++round) {
        const bool full = round < 4 || round >= 87;
        for (std::size_t i = 0; i < 3; ++i) {
            state[i] += constants[3 * round + i];
            if (full || i == 2)
                state[i] = state[i] * state[i] * state[i];
        }
        const auto [a, b, c] = state;
        state = {Felt(3) * a + b + c, a - b + c, a + b - Felt(2) * c};
    }
    return state;
}

TEST(Poseidon, EqualsItsDefinitionOnEdgesAndRandomStates) {
    std::vector<Felt> constants;
    for (int i = 0; i < 273; ++i)
        constants.push_back(hades_constant(i));
    EXPECT_EQ(constants[0].to_decimal(),
              "2950795762459345168613727575620414179244544320470208355568817838579231751791");
    test::RandomFelts random;
    const auto edges = test::edge_felts();
    for (std::size_t i = 0; i < 400; ++i) {
        std::array<Felt, 3> state{random.next(), random.next(), random.next()};
        if (i < edges.size())
            state[i % 3] = edges[i];
        const auto expected = plain_hades(state, constants);
        hades_permutation(state);
        ASSERT_EQ(state, expected);
    }
}

TEST(Keccak, MatchesPublishedVectors) {
    EXPECT_EQ(to_hex(keccak256({})),
              "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470");
    EXPECT_EQ(to_hex(keccak256(as_bytes("abc"))),
              "4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45");
    KeccakState state{};
    keccak_f1600(state);
    EXPECT_EQ(state[0], 0xf1258f7940e1dde7ULL);
    EXPECT_EQ(state[24], 0xeaf1ff7b5ceca249ULL);
}

TEST(Keccak, PadsAroundTheRate) {
    // Ethereum's keccak of 135, 136 and 137 zero bytes differ only by padding.
    std::vector<std::string> digests;
    for (const std::size_t size : {135U, 136U, 137U})
        digests.push_back(to_hex(keccak256(std::vector<std::uint8_t>(size))));
    EXPECT_EQ(digests[1], "3a5912a7c5faa06ee4fe906253e339467a9ce87d533c65be3c15cb231cdb25f9");
    EXPECT_NE(digests[0], digests[1]);
    EXPECT_NE(digests[1], digests[2]);
}

TEST(Keccak, SelectorsAreCutTo250Bits) {
    EXPECT_EQ(sn_keccak("transfer"),
              hex("0x83afd3f4caedc6eebf44246fe54e38c95e3179a5ec9ea81740eca5b482d12e"));
    EXPECT_EQ(sn_keccak("__execute__"),
              hex("0x15d40a3d6ca2ac30f4031e42be28da9b056fef9bb7357ac5e85627ee876e5ad"));
}

TEST(Blake2s, MatchesPublishedVectors) {
    EXPECT_EQ(to_hex(blake2s({})),
              "69217a3079908094e11121d042354a7c1f55b6482ca1a51e1b250dfd1ed0eef9");
    EXPECT_EQ(to_hex(blake2s(as_bytes("abc"))),
              "508c5e8c327c14e2e1a72ba34eeb452f37458b209ed63a294d999b4c86675982");
}

TEST(Blake2s, BlockBoundariesHoldTheLastBlockBack) {
    // Python: hashlib.blake2s(bytes(range(n))).hexdigest()
    const auto digest = [](std::size_t size) {
        std::vector<std::uint8_t> bytes(size);
        for (std::size_t i = 0; i < size; ++i)
            bytes[i] = static_cast<std::uint8_t>(i);
        return to_hex(blake2s(bytes));
    };
    EXPECT_EQ(digest(1), "e34d74dbaf4ff4c6abd871cc220451d2ea2648846c7757fbaac82fe51ad64bea");
    EXPECT_EQ(digest(3), "e8f91c6ef232a041452ab0e149070cdd7dd1769e75b3a5921be37876c45c9900");
    EXPECT_EQ(digest(63), "e57cb79487dd57902432b250733813bd96a84efce59f650fac26e6696aefafc3");
    EXPECT_EQ(digest(64), "56f34e8b96557e90c1f24b52d0c89d51086acf1b00f634cf1dde9233b8eaaa3e");
    EXPECT_EQ(digest(65), "1b53ee94aaf34e4b159d48de352c7f0661d0a40edff95a0b1639b4090e974472");
    EXPECT_EQ(digest(128), "1fa877de67259d19863a2a34bcc6962a2b25fcbf5cbecd7ede8f1fa36688a796");
    EXPECT_EQ(digest(129), "5bd169e67c82c2c2e98ef7008bdf261f2ddf30b1c00f9e7f275bb3e8a28dc9a2");
}

TEST(Blake2s, FeltsAreEncodedBySize) {
    // From starknet-types-core: the encoding's border is 2^63.
    const std::uint64_t border = 1ULL << 63;
    const std::vector<std::pair<std::vector<Felt>, std::string_view>> cases{
        {{0}, "2471011119910570323316403034322245180559254195169660191343549104330540572483"},
        {{}, "874258848688468311465623299960361657518391155660316941922502367727700287818"},
        {{border - 1},
         "94160078030592802631039216199460125121854007413180444742120780261703604445"},
        {{border}, "318549634615606806810268830802792194529205864650702991817600345489579978482"},
        {{-Felt(1)},
         "3505594194634492896230805823524239179921427575619914728883524629460058657521"},
        {{42, border, 1337},
         "1127477916086913892828040583976438888091205536601278656613505514972451246501"},
        {{~0ULL}, "3515074221976790747383295076946184515593027667350620348239642126105984996390"},
    };
    for (const auto& [felts, expected] : cases)
        EXPECT_EQ(blake2s_felts(felts).to_decimal(), expected);
    EXPECT_EQ(blake2s_felts(std::vector<Felt>{1, 2}),
              hex("0x5534c03a14b214436366f30e9c77b6e56c8835de7dc5aee36957d4384cce66d"));
}

}  // namespace
}  // namespace blockexecd::vm
