// SPDX-License-Identifier: Apache-2.0
#include "executor/classes/class_cache.hpp"

#include <boost/unordered/unordered_flat_map.hpp>
#include <future>
#include <list>
#include <mutex>
#include <utility>

#include "executor/classes/class_codec.hpp"

namespace blockexecd::executor {
namespace {

using Class = std::shared_ptr<const CompiledClass>;

struct Loaded {
    Class compiled_class;
    std::size_t bytes = 0;
    std::list<ClassHash>::iterator recency;
};

}  // namespace

struct ClassCache::State {
    std::mutex mutex;
    std::size_t capacity_bytes = 0;
    boost::unordered_flat_map<ClassHash, Loaded, std::hash<ClassHash>> loaded;
    std::list<ClassHash> recency;  // most recently used first
    // Loads under way; a class is in `loaded`, here, or in neither.
    boost::unordered_flat_map<ClassHash, std::shared_future<vm::Result<Class>>,
                              std::hash<ClassHash>>
        loading;
    ClassCacheStatistics statistics;

    void keep(const ClassHash& class_hash, const Class& compiled_class) {
        const std::size_t bytes = memory_bytes(*compiled_class);
        recency.push_front(class_hash);
        loaded.insert_or_assign(class_hash, Loaded{compiled_class, bytes, recency.begin()});
        statistics.bytes += bytes;
        evict();
    }
    // Down to the capacity, but never the class that was used last: a single class may be larger
    // than the capacity.
    void evict() {
        while (statistics.bytes > capacity_bytes && recency.size() > 1) {
            const auto oldest = loaded.find(recency.back());
            statistics.bytes -= oldest->second.bytes;
            ++statistics.evictions;
            loaded.erase(oldest);
            recency.pop_back();
        }
    }
};

ClassCache::ClassCache(std::size_t capacity_bytes) : state_(std::make_unique<State>()) {
    state_->capacity_bytes = capacity_bytes;
}

ClassCache::~ClassCache() = default;

vm::Result<Class> ClassCache::get(const ClassHash& class_hash, const Load& load) {
    State& state = *state_;
    std::promise<vm::Result<Class>> promise;
    {
        std::unique_lock lock(state.mutex);
        if (const auto found = state.loaded.find(class_hash); found != state.loaded.end()) {
            ++state.statistics.hits;
            state.recency.splice(state.recency.begin(), state.recency, found->second.recency);
            return found->second.compiled_class;
        }
        if (const auto found = state.loading.find(class_hash); found != state.loading.end()) {
            ++state.statistics.hits;
            const auto other = found->second;
            lock.unlock();
            return other.get();
        }
        ++state.statistics.misses;
        state.loading.emplace(class_hash, promise.get_future().share());
    }
    const vm::Result<Class> result = load(class_hash);
    {
        const std::lock_guard lock(state.mutex);
        state.loading.erase(class_hash);
        if (result.has_value() && *result != nullptr)
            state.keep(class_hash, *result);
    }
    promise.set_value(result);
    return result;
}

void ClassCache::set_capacity(std::size_t capacity_bytes) {
    const std::lock_guard lock(state_->mutex);
    state_->capacity_bytes = capacity_bytes;
    state_->evict();
}

ClassCacheStatistics ClassCache::statistics() const {
    const std::lock_guard lock(state_->mutex);
    ClassCacheStatistics statistics = state_->statistics;
    statistics.classes = state_->loaded.size();
    return statistics;
}

}  // namespace blockexecd::executor
