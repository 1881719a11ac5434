// SPDX-License-Identifier: Apache-2.0
#include "executor/classes/class_cache.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <barrier>
#include <thread>
#include <vector>

#include "executor/classes/class_codec.hpp"

namespace blockexecd::executor {
namespace {

using Loaded = vm::Result<std::shared_ptr<const CompiledClass>>;

Loaded load_any(const ClassHash& class_hash) {
    auto compiled_class = std::make_shared<CompiledClass>();
    compiled_class->class_hash = class_hash;
    return std::shared_ptr<const CompiledClass>(std::move(compiled_class));
}

std::size_t one_class() {
    return memory_bytes(CompiledClass{});
}

TEST(ClassCache, LoadsAClassOnceForAllThreads) {
    constexpr int kThreads = 8;
    ClassCache cache(1 << 20);
    std::atomic<int> loads = 0;
    std::barrier start(kThreads);
    std::vector<std::thread> threads;
    std::vector<const CompiledClass*> seen(kThreads);
    for (int i = 0; i < kThreads; ++i)
        threads.emplace_back([&, i] {
            start.arrive_and_wait();
            const auto loaded = cache.get(Felt(1), [&](const ClassHash& class_hash) {
                ++loads;
                std::this_thread::sleep_for(std::chrono::milliseconds(20));
                return load_any(class_hash);
            });
            seen[static_cast<std::size_t>(i)] = loaded->get();
        });
    for (auto& thread : threads)
        thread.join();
    EXPECT_EQ(loads, 1);
    for (const CompiledClass* compiled_class : seen)
        EXPECT_EQ(compiled_class, seen.front());
    EXPECT_EQ(cache.statistics().misses, 1U);
    EXPECT_EQ(cache.statistics().hits, kThreads - 1U);
}

TEST(ClassCache, LetsTheLeastRecentlyUsedGo) {
    ClassCache cache(2 * one_class());
    (void)cache.get(Felt(1), load_any);
    (void)cache.get(Felt(2), load_any);
    (void)cache.get(Felt(1), load_any);
    const auto held = *cache.get(Felt(2), load_any);
    (void)cache.get(Felt(1), load_any);
    (void)cache.get(Felt(3), load_any);
    EXPECT_EQ(held->class_hash, Felt(2)) << "an evicted class lives as long as somebody holds it";
    EXPECT_EQ(cache.statistics().evictions, 1U);
    EXPECT_EQ(cache.statistics().classes, 2U);
    EXPECT_EQ(cache.statistics().bytes, 2 * one_class());
    const auto misses = cache.statistics().misses;
    (void)cache.get(Felt(1), load_any);
    EXPECT_EQ(cache.statistics().misses, misses);
    (void)cache.get(Felt(2), load_any);
    EXPECT_EQ(cache.statistics().misses, misses + 1);
}

TEST(ClassCache, KeepsAClassLargerThanItselfUntilTheNext) {
    ClassCache cache(0);
    (void)cache.get(Felt(1), load_any);
    EXPECT_EQ(cache.statistics().classes, 1U);
    (void)cache.get(Felt(2), load_any);
    EXPECT_EQ(cache.statistics().classes, 1U);
    EXPECT_EQ(cache.statistics().evictions, 1U);
}

TEST(ClassCache, ShrinksWhenItsCapacityDoes) {
    ClassCache cache(10 * one_class());
    for (std::uint64_t i = 0; i < 10; ++i)
        (void)cache.get(Felt(i), load_any);
    cache.set_capacity(3 * one_class());
    EXPECT_EQ(cache.statistics().classes, 3U);
    EXPECT_EQ(cache.statistics().evictions, 7U);
}

TEST(ClassCache, DoesNotKeepAbsenceOrErrors) {
    ClassCache cache(1 << 20);
    const auto absent = cache.get(Felt(1), [](const ClassHash&) { return Loaded(nullptr); });
    ASSERT_TRUE(absent.has_value());
    EXPECT_EQ(*absent, nullptr);
    const auto failed = cache.get(Felt(1), [](const ClassHash&) {
        return Loaded(vm::Error(vm::ErrorKind::program, "the disk is gone"));
    });
    ASSERT_FALSE(failed.has_value());
    EXPECT_EQ(failed.error().message(), "the disk is gone");
    EXPECT_NE(*cache.get(Felt(1), load_any), nullptr);
    EXPECT_EQ(cache.statistics().misses, 3U);
}

}  // namespace
}  // namespace blockexecd::executor
