// SPDX-License-Identifier: Apache-2.0
// What hints keep and how they scan memory: dictionaries, trackers, scopes, lists of accesses and
// arrays, with values on both sides of what fits a cell.
#include <gtest/gtest.h>

#include <map>

#include "vm/cairo0/hints/dict_manager.hpp"
#include "vm/cairo0/hints/elements.hpp"
#include "vm/cairo0/hints/scopes.hpp"

namespace blockexecd::vm::cairo0 {
namespace {

Felt power(unsigned exponent) {
    return power_of_two(exponent);
}

// Different values, most of them beside the limits of cell layouts.
std::vector<Value> boundary_values() {
    std::vector<Value> values{
        Felt(0),           -Felt(1),           Relocatable{0, 0},
        Relocatable{1, 0}, Relocatable{-1, 0}, Relocatable{1, std::uint64_t{1} << 40}};
    for (const unsigned exponent : {61U, 64U, 128U, 250U}) {
        values.emplace_back(power(exponent) - Felt(1));
        values.emplace_back(power(exponent));
        values.emplace_back(power(exponent) + Felt(1));
    }
    return values;
}

TEST(Dictionary, TellsKeysOfEverySizeApart) {
    Arena arena;
    DictTracker tracker{{}, Value(Felt(7)), {}};
    const auto keys = boundary_values();
    for (std::size_t i = 0; i < keys.size(); ++i) {
        const auto value = tracker.value_of(keys[i], arena);
        ASSERT_TRUE(value);
        EXPECT_EQ((*value)->load(), Value(Felt(7))) << keys[i].to_string();
        (*value)->store(keys[keys.size() - 1 - i], arena);
    }
    EXPECT_EQ(tracker.values.size(), keys.size());
    for (std::size_t i = 0; i < keys.size(); ++i)
        EXPECT_EQ((*tracker.value_of(keys[i], arena))->load(), keys[keys.size() - 1 - i]);
    EXPECT_EQ(tracker.values.size(), keys.size());
}

TEST(Dictionary, IsACopyOfItsOwn) {
    Arena arena;
    DictTracker tracker{{}, Value(power(200)), {}};
    (void)tracker.value_of(power(61), arena);
    const Dictionary copy = tracker.values;
    (*tracker.value_of(power(61), arena))->store(Felt(1), arena);
    EXPECT_EQ(copy.find(Value(power(61)))->second.load(), Value(power(200)));
}

TEST(Dictionary, HasNoDefaultUnlessGivenOne) {
    Arena arena;
    DictTracker tracker{{}, std::nullopt, {}};
    const auto value = tracker.value_of(power(64), arena);
    ASSERT_FALSE(value);
    EXPECT_EQ(value.error().message(), "Dict Error: No value found for key: 18446744073709551616");
}

TEST(DictManager, KnowsADictionaryByItsCurrentPointer) {
    DictManager manager;
    manager.add({5, 0}, {}, std::nullopt);
    manager.add({2, 0}, {}, std::nullopt);
    ASSERT_TRUE(manager.tracker({5, 0}));
    ASSERT_TRUE(manager.tracker({2, 0}));
    (*manager.tracker({5, 0}))->current_ptr.offset = 3;
    EXPECT_TRUE(manager.tracker({5, 3}));
    EXPECT_EQ(manager.tracker({5, 0}).error().message(),
              "Wrong dict pointer supplied. Got 5:3, expected 5:0.");
    for (const std::int32_t segment : {-1, 0, 3, 6})
        EXPECT_EQ(manager.tracker({segment, 0}).error().message(),
                  "Dict Error: No dict tracker found for segment " + std::to_string(segment));
}

TEST(ExecutionScopes, ShowAVariableToReadersOfItsTypeInItsScope) {
    ExecutionScopes scopes;
    scopes.set(scope::n, Felt(1));
    EXPECT_EQ(scopes.find<BigInt>(scope::n), nullptr);
    scopes.set(scope::n, BigInt(2));
    EXPECT_EQ(scopes.find<Felt>(scope::n), nullptr);
    EXPECT_EQ(*scopes.find<BigInt>(scope::n), 2);
    scopes.enter();
    EXPECT_EQ(scopes.find<BigInt>(scope::n), nullptr);
    scopes.set(scope::n, Felt(3));
    scopes.set(scope::key, Felt(4));
    scopes.remove(scope::n);
    EXPECT_EQ(scopes.find<Felt>(scope::n), nullptr);
    EXPECT_EQ(*scopes.find<Felt>(scope::key), Felt(4));
    scopes.set(scope::n, Felt(5));
    EXPECT_EQ(*scopes.find<Felt>(scope::n), Felt(5));
    EXPECT_TRUE(scopes.exit());
    EXPECT_EQ(*scopes.find<BigInt>(scope::n), 2);
    EXPECT_EQ(scopes.depth(), 1U);
    EXPECT_FALSE(scopes.exit());
}

TEST(ExecutionScopes, AreEmptyWhenEnteredAgain) {
    ExecutionScopes scopes;
    scopes.enter();
    const std::vector<std::uint64_t> list{1, 2, 3};
    EXPECT_EQ(scopes.set_reversed(scope::positions, list), (std::vector<std::uint64_t>{3, 2, 1}));
    ASSERT_TRUE(scopes.exit());
    scopes.enter();
    EXPECT_EQ(scopes.find<std::vector<std::uint64_t>>(scope::positions), nullptr);
    EXPECT_EQ(scopes.get<Felt>(scope::positions).error().message(),
              "Variable positions not present in current execution scope");
}

TEST(AccessLists, GiveAListOnceWhenTaken) {
    const std::vector<Felt> accesses{power(61), Felt(3), power(128), Felt(3), power(61), Felt(3)};
    AccessLists lists(accesses);
    EXPECT_EQ(lists.keys(), (std::vector<Felt>{Felt(3), power(61), power(128)}));
    EXPECT_EQ(lists.count(0), 3U);
    const auto threes = lists.take(Felt(3));
    EXPECT_EQ(std::vector(threes.begin(), threes.end()), (std::vector<std::uint64_t>{1, 3, 5}));
    EXPECT_TRUE(lists.take(Felt(3)).empty());
    const auto others = lists.of(power(61));
    EXPECT_EQ(std::vector(others.begin(), others.end()), (std::vector<std::uint64_t>{0, 4}));
    EXPECT_TRUE(lists.of(Felt(4)).empty());
}

// Few and many accesses, by keys of one byte up to all bytes of a word, and of a bit more.
TEST(AccessLists, AscendByKeyAndThenByIndex) {
    std::uint64_t state = 1;
    for (const std::size_t size : {0, 1, 63, 64, 300, 5000}) {
        for (const unsigned bits : {1U, 8U, 9U, 20U, 33U, 64U, 65U}) {
            std::vector<Felt> accesses;
            std::map<Felt, std::vector<std::uint64_t>> expected;
            for (std::size_t i = 0; i < size; ++i) {
                state = state * 6364136223846793005ULL + 1442695040888963407ULL;
                accesses.push_back(bits > 64 ? power(64) + Felt(state >> 56)
                                             : Felt(state >> (64 - bits)));
                if (bits > 64 && i % 2 == 0)
                    accesses.back() = Felt(UINT64_MAX - (state >> 56));
                expected[accesses.back()].push_back(i);
            }
            AccessLists lists(accesses);
            ASSERT_EQ(lists.keys().size(), expected.size());
            std::size_t position = 0;
            for (const auto& [key, indices] : expected) {
                EXPECT_EQ(lists.keys()[position], key);
                EXPECT_EQ(lists.first(position), indices.front());
                EXPECT_EQ(lists.count(position++), indices.size());
                const auto found = lists.of(key);
                EXPECT_EQ(std::vector(found.begin(), found.end()), indices);
            }
        }
    }
}

TEST(Elements, StopAtWhatIsWantedMissingOrNotSmall) {
    Arena arena;
    Memory memory(arena);
    memory.add_segment();
    const Relocatable array = memory.add_segment();
    const std::vector<Value> values{Felt(1), Felt(2), Felt(3), power(200), Felt(5), array};
    for (std::size_t i = 0; i < values.size(); ++i)
        ASSERT_TRUE(memory.insert(array + 2 * i, values[i]));
    ASSERT_TRUE(memory.insert(array + 2 * 7, Felt(8)));
    const Elements elements(memory, array, 2);
    const auto skip = [&](std::uint64_t from, std::uint64_t end, std::uint64_t wanted) {
        return elements.skip_small(from, end,
                                   [&](const Cell& cell) { return cell.small() == wanted; });
    };
    EXPECT_EQ(skip(0, 9, 2), 1U);
    EXPECT_EQ(skip(0, 2, 3), 2U);
    EXPECT_EQ(skip(0, 9, 9), 3U);  // of four words
    EXPECT_EQ(skip(4, 9, 9), 5U);  // an address
    EXPECT_EQ(skip(6, 9, 9), 6U);  // a hole
    EXPECT_EQ(skip(7, 9, 9), 8U);  // the end
    EXPECT_EQ(skip(8, 9, 9), 8U);
    EXPECT_EQ(elements.at(6), nullptr);
    EXPECT_EQ(elements.at(8), nullptr);
    EXPECT_EQ(elements.at(UINT64_MAX / 2), nullptr);
    EXPECT_EQ(elements.at(7)->felt(), Felt(8));
}

TEST(Elements, OfATemporarySegmentAreFoundOneByOne) {
    Arena arena;
    Memory memory(arena);
    const Relocatable array = memory.add_temporary_segment();
    ASSERT_TRUE(memory.insert(array, Felt(1)));
    const Elements elements(memory, array, 1);
    EXPECT_EQ(elements.skip_small(0, 1, [](const Cell&) { return false; }), 0U);
    EXPECT_EQ(elements.at(0)->felt(), Felt(1));
    EXPECT_EQ(elements.at(1), nullptr);
}

}  // namespace
}  // namespace blockexecd::vm::cairo0
