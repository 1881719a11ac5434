// SPDX-License-Identifier: Apache-2.0
#include "storage/database/options.hpp"

#include <rocksdb/filter_policy.h>
#include <rocksdb/slice_transform.h>
#include <rocksdb/table.h>

#include <algorithm>

namespace blockexecd::storage {

rocksdb::DBOptions database_options(const DatabaseSettings& settings) {
    rocksdb::DBOptions options;
    options.max_background_jobs = static_cast<int>(std::max(settings.background_jobs, 1U));
    options.max_open_files = settings.max_open_files;
    // One bound for all memtables: 20 column families of which few are written much.
    options.db_write_buffer_size = settings.write_buffer_bytes;
    // The tail of the log that a crash cut off is dropped, what is before it is kept: commits are
    // atomic and in order.
    options.wal_recovery_mode = rocksdb::WALRecoveryMode::kPointInTimeRecovery;
    // A log that one seldom written column family keeps alive makes recovery long.
    options.max_total_wal_size = 4 * settings.write_buffer_bytes;
    // Dirty pages go out evenly instead of in one stall.
    options.bytes_per_sync = 1 << 20;
    options.wal_bytes_per_sync = 1 << 20;
    options.keep_log_file_num = 4;
    return options;
}

rocksdb::ColumnFamilyOptions column_options(ColumnKind kind,
                                            const std::shared_ptr<rocksdb::Cache>& cache) {
    rocksdb::ColumnFamilyOptions options;
    rocksdb::BlockBasedTableOptions table;
    table.block_cache = cache;
    // Index and filters count against the cache, so that it is the bound of memory; those of the
    // newest files stay.
    table.cache_index_and_filter_blocks = true;
    table.cache_index_and_filter_blocks_with_high_priority = true;
    table.pin_l0_filter_and_index_blocks_in_cache = true;
    table.format_version = 5;
    options.level_compaction_dynamic_level_bytes = true;

    switch (kind) {
        case ColumnKind::point:
            table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));
            options.compression = rocksdb::kZSTD;
            break;
        case ColumnKind::ordered:
            // Read by block, one or a few values at a time: large blocks compress better.
            table.block_size = 32 << 10;
            options.compression = rocksdb::kZSTD;
            break;
        case ColumnKind::by_contract:
        case ColumnKind::by_slot:
            // A look-up is one seek below a prefix: the filter holds prefixes only, and most slots
            // of a block's reads that were never written cost no block at all. Small blocks, since
            // each look-up needs one entry; the restart points hold whole keys, and keys share at
            // least their prefix. Values are hashes and balances, which do not compress; LZ4 takes
            // the keys' repetition and decodes fast.
            options.prefix_extractor.reset(
                rocksdb::NewFixedPrefixTransform(kind == ColumnKind::by_slot ? 64 : 32));
            options.memtable_prefix_bloom_size_ratio = 0.1;
            table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));
            table.whole_key_filtering = false;
            table.block_size = 4 << 10;
            options.compression = rocksdb::kLZ4Compression;
            break;
    }
    options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
    return options;
}

rocksdb::ReadOptions history_read_options() {
    rocksdb::ReadOptions options;
    options.prefix_same_as_start = true;
    return options;
}

rocksdb::ReadOptions scan_read_options() {
    rocksdb::ReadOptions options;
    options.total_order_seek = true;
    options.fill_cache = false;
    options.readahead_size = 2 << 20;
    return options;
}

}  // namespace blockexecd::storage
