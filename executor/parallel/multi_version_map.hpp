// SPDX-License-Identifier: Apache-2.0
// One kind of state cells of a block in flight: for each cell, the values that its transactions
// wrote, by transaction, over the value before the block. Sharded, so that workers meet only on the
// same cells.
#pragma once

#include <algorithm>
#include <array>
#include <boost/container/small_vector.hpp>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>

#include "executor/parallel/scheduler.hpp"
#include "executor/parallel/separate_lines.hpp"
#include "executor/types/flat_map.hpp"

namespace blockexecd::executor {

template <class Key, class Value>
class MultiVersionMap {
  public:
    struct Read {
        enum class Kind : std::uint8_t {
            value,     // value holds it
            estimate,  // writer will write it again: wait for it
            unknown,   // no transaction below wrote it and the value before the block is not known
                       // here yet
        };
        Kind kind = Kind::unknown;
        Value value{};
        TransactionIndex writer = 0;
    };

    // What transaction `reader` sees: the value of the greatest writer below it, else the value
    // before the block.
    [[nodiscard]] Read read(const Key& key, TransactionIndex reader) const {
        const auto& shard = shard_of(key);
        const std::lock_guard lock(shard.mutex);
        const auto found = shard.cells.find(key);
        if (found == shard.cells.end())
            return {};
        const auto& cell = found->second;
        const auto above = lower_bound(cell, reader);
        if (above != cell.versions.begin()) {
            const auto& version = *std::prev(above);
            if (version.is_estimate)
                return {Read::Kind::estimate, {}, version.writer};
            return {Read::Kind::value, version.value, version.writer};
        }
        if (cell.base)
            return {Read::Kind::value, *cell.base, 0};
        return {};
    }

    // The value before the block, read from below by some worker without any lock. The first one
    // stays: all workers read the same, and what is written before the block's first transaction is
    // set before they begin.
    void set_base(const Key& key, const Value& value) {
        auto& shard = shard_of(key);
        const std::lock_guard lock(shard.mutex);
        auto& base = shard.cells[key].base;
        if (!base)
            base = value;
    }

    // True if writer had no version of this cell before.
    bool write(const Key& key, TransactionIndex writer, const Value& value) {
        auto& shard = shard_of(key);
        const std::lock_guard lock(shard.mutex);
        auto& cell = shard.cells[key];
        const auto at = lower_bound(cell, writer);
        if (at != cell.versions.end() && at->writer == writer) {
            at->value = value;
            at->is_estimate = false;
            return false;
        }
        cell.versions.insert(at, Version{writer, false, value});
        return true;
    }

    // Readers above must wait for writer to execute again.
    void mark_estimate(const Key& key, TransactionIndex writer) {
        change(key, writer, [](auto& cell, auto at) {
            static_cast<void>(cell);
            at->is_estimate = true;
        });
    }

    // writer's new incarnation did not write this cell.
    void erase(const Key& key, TransactionIndex writer) {
        change(key, writer, [](auto& cell, auto at) { cell.versions.erase(at); });
    }

  private:
    struct Version {
        TransactionIndex writer = 0;
        bool is_estimate = false;
        Value value{};
    };
    struct Cell {
        std::optional<Value> base;
        boost::container::small_vector<Version, 1> versions;  // by writer, ascending
    };
    struct alignas(kSeparateLines) Shard {
        mutable std::mutex mutex;
        FlatMap<Key, Cell> cells;
    };
    static constexpr std::size_t kShards = 64;

    template <class C>
    static auto lower_bound(C& cell, TransactionIndex writer) {
        return std::lower_bound(
            cell.versions.begin(), cell.versions.end(), writer,
            [](const Version& version, TransactionIndex index) { return version.writer < index; });
    }
    template <class Change>
    void change(const Key& key, TransactionIndex writer, Change&& apply) {
        auto& shard = shard_of(key);
        const std::lock_guard lock(shard.mutex);
        const auto found = shard.cells.find(key);
        if (found == shard.cells.end())
            return;
        const auto at = lower_bound(found->second, writer);
        if (at != found->second.versions.end() && at->writer == writer)
            apply(found->second, at);
    }
    // The hash's high bits: the table inside a shard uses the low ones.
    [[nodiscard]] static std::size_t shard_index(const Key& key) {
        return std::hash<Key>{}(key) >> 58;
    }
    [[nodiscard]] const Shard& shard_of(const Key& key) const { return shards_[shard_index(key)]; }
    [[nodiscard]] Shard& shard_of(const Key& key) { return shards_[shard_index(key)]; }

    std::array<Shard, kShards> shards_;
};

}  // namespace blockexecd::executor
