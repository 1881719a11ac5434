// SPDX-License-Identifier: Apache-2.0
// The open database: RocksDB with our column families, checked to be ours and of our schema. One
// process writes; within it, import, commits and reverts take turns through the writer's lock,
// reads need no lock.
#pragma once

#include <rocksdb/db.h>
#include <rocksdb/write_batch.h>

#include <array>
#include <atomic>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "storage/schema/columns.hpp"
#include "storage/schema/error.hpp"

namespace blockexecd::storage {

enum class Access : std::uint8_t {
    create,     // read and write; made when missing
    existing,   // read and write; ErrorCode::missing when there is none
    read_only,  // no lock is taken: works beside a running writer, and sees the state at the time
                // of opening
};

struct DatabaseSettings {
    std::filesystem::path path;
    Access access = Access::create;
    // Bytes for cached blocks of table files, index and filters included; shared by all column
    // families.
    std::uint64_t block_cache_bytes = 256ULL << 20;
    // Bytes of unflushed writes, all column families together.
    std::uint64_t write_buffer_bytes = 128ULL << 20;
    // Files held open; -1: all.
    int max_open_files = 512;
    // Threads of RocksDB for flushes and compactions. They are born with the opening thread's CPU
    // mask.
    unsigned background_jobs = 2;
    // Results are flushed to the disk before a commit returns. Without it a power cut (not a crash
    // of the process) may lose the latest results, which are then executed again. Imports are
    // always flushed.
    bool sync_results = false;
};

class Database {
  public:
    // Errors: in_use, missing, schema, corrupt, io; each names the path and what to do.
    static Result<std::shared_ptr<Database>> open(const DatabaseSettings& settings);
    ~Database();
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    [[nodiscard]] const DatabaseSettings& settings() const { return settings_; }
    [[nodiscard]] rocksdb::DB& rocks() const { return *rocks_; }
    [[nodiscard]] rocksdb::ColumnFamilyHandle* column(Column column) const {
        return columns_[static_cast<std::size_t>(column)];
    }

    // Nothing when the key is absent.
    [[nodiscard]] Result<std::optional<std::string>> get(Column column,
                                                         const rocksdb::Slice& key) const;
    // Precondition: the caller holds the writer's lock. `sync`: on the disk when this returns.
    Result<void> write(rocksdb::WriteBatch& batch, bool sync);
    [[nodiscard]] std::unique_lock<std::mutex> lock_writer() { return std::unique_lock(writer_); }

    // Merges a column family's tables: without it deleted ranges keep their place on the disk, and
    // every read passes over them.
    Result<void> compact(Column column);

    // Grows with every write that may change a history; readers refresh their iterators when it
    // moved.
    [[nodiscard]] std::uint64_t history_version() const {
        return history_version_.load(std::memory_order_acquire);
    }

    // SHA-256 (hex) over every key and value of all column families but `timings` and
    // `access_sets`: equal content, equal digest.
    [[nodiscard]] Result<std::string> digest() const;

  private:
    Database() = default;

    DatabaseSettings settings_;
    std::unique_ptr<rocksdb::DB> rocks_;
    std::array<rocksdb::ColumnFamilyHandle*, kColumnCount> columns_{};
    rocksdb::ColumnFamilyHandle* default_column_ = nullptr;  // RocksDB insists on it; empty
    std::mutex writer_;
    std::atomic<std::uint64_t> history_version_{0};
};

}  // namespace blockexecd::storage
