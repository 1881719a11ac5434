// SPDX-License-Identifier: Apache-2.0
#include "storage/database/database.hpp"

#include <algorithm>
#include <set>
#include <vector>

#include "storage/database/options.hpp"
#include "storage/database/status.hpp"
#include "storage/schema/keys.hpp"

namespace blockexecd::storage {

namespace {

namespace fs = std::filesystem;

std::string quoted(const fs::path& path) {
    return "\"" + path.string() + "\"";
}

Error not_ours(const fs::path& path, const std::string& reason) {
    return {ErrorCode::schema, "database " + quoted(path) + ": " + reason +
                                   "; it was left as it is. Name a folder of blockexecd's, or one "
                                   "that does not exist yet"};
}

Error damaged(const fs::path& path, const std::string& what) {
    return {ErrorCode::corrupt,
            "database " + quoted(path) + " is damaged: " + what +
                ". Restore it from a backup, or remove it and import the archives again"};
}

Error open_error(const fs::path& path, const rocksdb::Status& status) {
    const auto text = status.ToString();
    if (status.IsIOError() && (text.find("lock file") != std::string::npos ||
                               text.find("lock hold") != std::string::npos))
        return {ErrorCode::in_use, "database " + quoted(path) +
                                       " is in use by another process. Stop the daemon that runs "
                                       "on it, or let it do the work (its admin "
                                       "endpoint imports archives), or name another folder (" +
                                       text + ")"};
    if (status.IsCorruption() || text.find("No such file") != std::string::npos)
        return damaged(path, text);
    return {ErrorCode::io, "database " + quoted(path) + " cannot be opened: " + text};
}

Error other_schema(const fs::path& path, std::uint32_t schema) {
    return {ErrorCode::schema, "database " + quoted(path) + " has schema " +
                                   std::to_string(schema) + ", this program has " +
                                   std::to_string(kSchemaVersion) +
                                   ". Use the program version that wrote it, or name another "
                                   "folder and import the archives there"};
}

std::string schema_bytes(std::uint32_t schema) {
    std::string bytes(4, '\0');
    for (std::size_t i = 0; i < 4; ++i)
        bytes[i] = static_cast<char>(schema >> (24 - 8 * i));
    return bytes;
}

std::optional<std::uint32_t> read_schema(std::string_view bytes) {
    if (bytes.size() != 4)
        return std::nullopt;
    std::uint32_t schema = 0;
    for (const auto byte : bytes)
        schema = schema << 8 | static_cast<std::uint8_t>(byte);
    return schema;
}

struct Opened {
    std::unique_ptr<rocksdb::DB> rocks;
    std::vector<rocksdb::ColumnFamilyHandle*> handles;
};

rocksdb::Status open_rocks(const rocksdb::DBOptions& options, const fs::path& path, bool read_only,
                           const std::vector<rocksdb::ColumnFamilyDescriptor>& columns,
                           Opened& opened) {
    rocksdb::DB* rocks = nullptr;
    const auto status =
        read_only
            ? rocksdb::DB::OpenForReadOnly(options, path.string(), columns, &opened.handles, &rocks)
            : rocksdb::DB::Open(options, path.string(), columns, &opened.handles, &rocks);
    opened.rocks.reset(rocks);
    return status;
}

// Why a folder without RocksDB's CURRENT is not free to be made a database; nothing when it is.
std::optional<Error> check_free(const fs::path& path) {
    std::error_code failed;
    const auto state = fs::status(path, failed);
    if (!fs::exists(state))
        return std::nullopt;
    if (!fs::is_directory(state))
        return not_ours(path, "the path is not a folder");
    const fs::directory_iterator files(path, failed);
    if (failed)
        return Error{ErrorCode::io,
                     "database " + quoted(path) + " cannot be read: " + failed.message()};
    // RocksDB makes these before CURRENT; a crash may leave them alone.
    const std::set<std::string> started{"LOCK", "LOG", "IDENTITY", "MANIFEST-000001",
                                        "000001.dbtmp"};
    for (const auto& file : files) {
        const auto name = file.path().filename().string();
        if (name.ends_with(".sst") || name.ends_with(".log"))
            return damaged(path, "its file CURRENT is missing");
        if (!started.contains(name) && !name.starts_with("LOG.old.") && !name.ends_with(".dbtmp"))
            return not_ours(path, "the folder holds other files (\"" + name + "\")");
    }
    return std::nullopt;
}

// A RocksDB database whose column families are not ours: another program's, another schema's, or
// ours, when a crash cut its creation off; then there is nothing in it, and the answer is nothing.
// Reads only.
std::optional<Error> inspect_foreign(const fs::path& path) {
    std::vector<std::string> names;
    if (const auto status = rocksdb::DB::ListColumnFamilies({}, path.string(), &names);
        !status.ok())
        return damaged(path, status.ToString());
    std::vector<rocksdb::ColumnFamilyDescriptor> columns;
    for (const auto& name : names)
        columns.emplace_back(name, rocksdb::ColumnFamilyOptions());
    Opened opened;
    if (const auto status = open_rocks({}, path, true, columns, opened); !status.ok())
        return open_error(path, status);
    bool empty = true;
    std::optional<std::uint32_t> schema;
    for (auto* const handle : opened.handles) {
        const std::unique_ptr<rocksdb::Iterator> entries(
            opened.rocks->NewIterator(scan_read_options(), handle));
        entries->SeekToFirst();
        empty = empty && !entries->Valid();
        if (std::string value;
            handle->GetName() == column_name(Column::meta) &&
            opened.rocks->Get({}, handle, rocksdb::Slice(meta_key::schema), &value).ok())
            schema = read_schema(value);
    }
    for (auto* const handle : opened.handles)
        opened.rocks->DestroyColumnFamilyHandle(handle).PermitUncheckedError();
    if (schema && *schema != kSchemaVersion)
        return other_schema(path, *schema);
    if (schema)
        return damaged(path, "its column families are not those of its schema");
    if (!empty)
        return not_ours(path, "it is a RocksDB database of another program");
    return std::nullopt;
}

}  // namespace

// First without leave to create anything, so that a folder that is not ours stays as it is; then,
// if it is free or a creation was cut off, with it.
Result<std::shared_ptr<Database>> Database::open(const DatabaseSettings& settings) {
    const auto& path = settings.path;
    const bool read_only = settings.access == Access::read_only;
    auto options = database_options(settings);
    const auto cache = rocksdb::NewLRUCache(settings.block_cache_bytes);
    std::vector<rocksdb::ColumnFamilyDescriptor> columns{{rocksdb::kDefaultColumnFamilyName, {}}};
    for (const auto& column : kColumns)
        columns.emplace_back(std::string(column.name), column_options(column.kind, cache));

    Opened opened;
    std::error_code failed;
    bool create = !fs::exists(path / "CURRENT", failed);
    if (create) {
        if (auto error = check_free(path))
            return *std::move(error);
    } else {
        auto status = open_rocks(options, path, read_only, columns, opened);
        // Beside a running writer, files that are being replaced look like damage for a moment.
        for (int attempt = 0;
             read_only && attempt < 5 && (status.IsCorruption() || status.IsIOError()); ++attempt)
            status = open_rocks(options, path, read_only, columns, opened);
        if (status.IsInvalidArgument()) {
            if (auto error = inspect_foreign(path))
                return *std::move(error);
            create = true;
        } else if (!status.ok()) {
            return open_error(path, status);
        }
    }
    if (create) {
        if (settings.access != Access::create)
            return Error{
                ErrorCode::missing,
                "there is no database in " + quoted(path) +
                    ". Import an archive first (blockexecd import), or name the right folder"};
        if (!fs::create_directories(path, failed) && failed)
            return Error{ErrorCode::bad_path,
                         "database " + quoted(path) + " cannot be made: " + failed.message() +
                             ". Set [storage] path to a folder that this user may make"};
        options.create_if_missing = true;
        options.create_missing_column_families = true;
        if (const auto status = open_rocks(options, path, false, columns, opened); !status.ok())
            return open_error(path, status);
    }

    std::shared_ptr<Database> database(new Database);
    database->settings_ = settings;
    database->rocks_ = std::move(opened.rocks);
    database->default_column_ = opened.handles.front();
    std::copy(opened.handles.begin() + 1, opened.handles.end(), database->columns_.begin());

    BX_TRY(const auto stored, database->get(Column::meta, meta_key::schema));
    if (stored) {
        const auto schema = read_schema(*stored);
        if (!schema)
            return damaged(path, "its schema number cannot be read");
        if (*schema != kSchemaVersion)
            return other_schema(path, *schema);
        return database;
    }
    BX_TRY(const auto range, database->get(Column::meta, meta_key::range));
    if (range)
        return damaged(path, "its schema number is missing");
    if (settings.access != Access::create)
        return Error{ErrorCode::missing, "the database in " + quoted(path) +
                                             " was never finished. Import an archive first"};
    rocksdb::WriteBatch batch;
    BX_CHECK(to_result(
        batch.Put(database->column(Column::meta), meta_key::schema, schema_bytes(kSchemaVersion))));
    const auto lock = database->lock_writer();
    BX_CHECK(database->write(batch, true));
    return database;
}

Database::~Database() {
    for (auto* const handle : columns_)
        if (handle != nullptr)
            rocks_->DestroyColumnFamilyHandle(handle).PermitUncheckedError();
    if (default_column_ != nullptr)
        rocks_->DestroyColumnFamilyHandle(default_column_).PermitUncheckedError();
}

Result<std::optional<std::string>> Database::get(Column column, const rocksdb::Slice& key) const {
    std::string value;
    const auto status = rocks_->Get({}, this->column(column), key, &value);
    if (status.IsNotFound())
        return std::optional<std::string>();
    BX_CHECK(to_result(status));
    return std::optional(std::move(value));
}

Result<void> Database::write(rocksdb::WriteBatch& batch, bool sync) {
    if (settings_.access == Access::read_only)
        return Error{ErrorCode::misuse,
                     "database " + quoted(settings_.path) + " is open for reading only"};
    rocksdb::WriteOptions options;
    options.sync = sync;
    BX_CHECK(to_result(rocks_->Write(options, &batch)));
    history_version_.fetch_add(1, std::memory_order_release);
    return {};
}

Result<void> Database::compact(Column column) {
    rocksdb::CompactRangeOptions options;
    options.exclusive_manual_compaction = false;
    return to_result(rocks_->CompactRange(options, this->column(column), nullptr, nullptr));
}

}  // namespace blockexecd::storage
