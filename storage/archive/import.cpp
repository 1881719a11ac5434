// SPDX-License-Identifier: Apache-2.0
#include "storage/archive/import.hpp"

#include <set>

#include "storage/archive/archive_folder.hpp"
#include "storage/archive/archived_class.hpp"
#include "storage/archive/block_json.hpp"
#include "storage/archive/checks.hpp"
#include "storage/archive/json_reader.hpp"
#include "storage/database/status.hpp"
#include "storage/database/writes.hpp"
#include "storage/schema/codec.hpp"

namespace blockexecd::storage {

using namespace executor;

namespace {

struct ArchivedChain {
    ChainInfo info;
    BlockRange range;
};

Result<ArchivedChain> read_chain_json(const ArchiveFolder& archive) {
    BX_TRY(const auto file,
           JsonFile::open(archive.root() / "chain.json", archive.describe("chain.json")));
    const auto root = file->root();
    ArchivedChain chain;
    chain.info.chain_id = root.text("chain_id");
    const auto tokens = root.member("fee_token_addresses");
    chain.info.eth_fee_token_address = tokens.address("eth");
    chain.info.strk_fee_token_address = tokens.address("strk");
    if (root.has("synthetic_block_hashes"))
        chain.info.synthetic_block_hashes = root.flag("synthetic_block_hashes");
    chain.range = {root.number("first_block"), root.number("last_block")};
    if (chain.info.chain_id.empty() || chain.info.chain_id.size() > 31)
        root.member("chain_id").fail("a chain id has 1 to 31 characters");
    if (chain.range.first > chain.range.last)
        root.member("last_block").fail("is below first_block");
    if (file->failure())
        return *file->failure();
    return chain;
}

Result<ArchivedBlock> read_archived_block(const ArchiveFolder& archive, BlockNumber number) {
    const auto name = std::to_string(number) + ".json";
    ArchivedBlock archived;
    archived.block_file = archive.describe("blocks/" + name);
    archived.update_file = archive.describe("state_updates/" + name);
    BX_TRY(const auto block, JsonFile::open(archive.root() / "blocks" / name, archived.block_file));
    const auto root = block->root();
    archived.block = read_block_json(root);
    if (archived.block.header.number != number)
        root.member("block_number")
            .fail("is " + std::to_string(archived.block.header.number) + ", the file's name says " +
                  std::to_string(number));
    if (block->failure())
        return *block->failure();
    BX_TRY(const auto update,
           JsonFile::open(archive.root() / "state_updates" / name, archived.update_file));
    archived.update = read_state_update_json(update->root());
    if (update->failure())
        return *update->failure();
    return archived;
}

Error conflict(const ArchiveFolder& archive, const std::string& file, const std::string& reason) {
    return {ErrorCode::archive_conflict, archive.describe(file) + ": " + reason};
}

// The whole of one import: what is validated so far, and the batch that it becomes.
class Import {
  public:
    Import(const Database& database, const ArchiveFolder& archive, const ImportSettings& settings)
        : database_(database), archive_(archive), settings_(settings) {}

    Result<void> validate() {
        BX_TRY(chain_, read_chain_json(archive_));
        BX_CHECK(check_chain());
        report_.archive = chain_.range;
        const auto count = chain_.range.last - chain_.range.first + 1;
        for (auto number = chain_.range.first; number <= chain_.range.last; ++number) {
            BX_TRY(auto archived, read_archived_block(archive_, number));
            BX_CHECK(is_stored(number) ? check_equal(archived) : add(archived));
            previous_ = std::move(archived.block.header);
            if (settings_.progress)
                settings_.progress(number - chain_.range.first + 1, count);
        }
        return {};
    }

    // The batch was made for the stored range that validation saw.
    Result<ImportReport> write(Database& database) {
        const auto lock = database.lock_writer();
        BX_TRY(const auto range, read_block_range(database));
        if (range != stored_)
            return Error{ErrorCode::archive_conflict,
                         "the stored chain changed during the import; import again"};
        if (report_.imported_blocks == 0)
            return report_;
        BX_CHECK(put_range(batch_, database,
                           {stored_ ? stored_->first : chain_.range.first, chain_.range.last}));
        if (!stored_) {
            BX_CHECK(to_result(
                batch_.Put(database.column(Column::meta), meta_key::chain, encode(chain_.info))));
            for (const auto mode : {StateMode::recorded, StateMode::computed})
                BX_CHECK(put_watermark(batch_, database, mode, chain_.range.first));
        }
        BX_CHECK(database.write(batch_, true));
        return report_;
    }

  private:
    [[nodiscard]] bool is_stored(BlockNumber number) const {
        return stored_ && number <= stored_->last;
    }

    // The archive is of the stored chain and continues it.
    Result<void> check_chain() {
        BX_TRY(stored_, read_block_range(database_));
        if (!stored_)
            return {};
        BX_TRY(const auto info, read_chain_info(database_));
        if (info != chain_.info)
            return conflict(archive_, "chain.json",
                            "the archive is of another chain (chain id \"" + chain_.info.chain_id +
                                "\") than the database (\"" + (info ? info->chain_id : "") +
                                "\"); name another database");
        if (chain_.range.first < stored_->first)
            return conflict(archive_, "chain.json",
                            "first_block: " + std::to_string(chain_.range.first) +
                                " is before the stored chain's first block " +
                                std::to_string(stored_->first));
        if (chain_.range.first > stored_->last + 1)
            return conflict(archive_, "chain.json",
                            "first_block: there is a gap, the stored chain ends with block " +
                                std::to_string(stored_->last) +
                                " and the archive starts with block " +
                                std::to_string(chain_.range.first));
        if (chain_.range.first == stored_->last + 1) {
            BX_TRY(previous_, read_header(database_, stored_->last));
        }
        return {};
    }

    Result<void> check_equal(const ArchivedBlock& archived) {
        const auto number = archived.block.header.number;
        const auto file = "blocks/" + std::to_string(number) + ".json";
        const auto differs = [&](const std::string& at, const std::string& what) {
            return conflict(
                archive_, at,
                what + " of the stored block " + std::to_string(number) +
                    ". If the chain was reorganised, revert to the last common block first");
        };
        BX_TRY(const auto block, read_block(database_, number));
        BX_TRY(const auto update, read_state_update(database_, number));
        if (block.header != archived.block.header)
            return differs(file, "the header differs from that");
        if (block.transactions != archived.block.transactions)
            return differs(file, "transactions: they differ from those");
        if (block.receipts != archived.block.receipts)
            return differs(file, "transaction_receipts: they differ from those");
        if (update != archived.update)
            return differs("state_updates/" + std::to_string(number) + ".json",
                           "it differs from that");
        ++report_.known_blocks;
        return {};
    }

    Result<void> add(const ArchivedBlock& archived) {
        const auto& [block, update, block_file, update_file] = archived;
        const bool first = !previous_;
        BX_CHECK(check_links(archived, first ? nullptr : &*previous_));
        if (first && !block.transactions.empty())
            return archive_error(block_file, "transactions",
                                 "a chain's first block is a bare state update, from which the "
                                 "others are executed; this one "
                                 "has transactions");
        if (settings_.check_hashes)
            BX_CHECK(check_hashes(archived, chain_.info));
        BX_TRY(const auto known, find_block(database_, block.header.hash));
        if (known || !hashes_.insert(block.header.hash).second)
            return archive_error(block_file, "block_hash", "another block has the same hash");
        BX_CHECK(add_classes(archived));
        BX_CHECK(check_contract_classes(archived));
        BX_CHECK(put_block(batch_, database_, block, update, first));
        ++report_.imported_blocks;
        report_.transactions += block.transactions.size();
        return {};
    }

    Result<bool> has_class(const ClassHash& class_hash) {
        if (classes_.contains(class_hash))
            return true;
        BX_TRY(const auto stored, read_class_source(database_, class_hash, SourcePart::first_use));
        if (stored)
            classes_.insert(class_hash);
        return stored.has_value();
    }

    Result<void> add_classes(const ArchivedBlock& archived) {
        for (const auto& needed :
             needed_classes(archived.block.transactions, archived.update.diff)) {
            BX_TRY(const bool known, has_class(needed.class_hash));
            if (known)
                continue;
            DeclaredAs declared{{}, archived.block.header.starknet_version, settings_.check_hashes};
            const auto& classes = archived.update.diff.declared_classes;
            if (const auto found = classes.find(needed.class_hash); found != classes.end())
                declared.compiled = found->second;
            BX_TRY(const auto record, read_archived_class(archive_, needed, declared));
            BX_CHECK(put_class(batch_, database_, needed.class_hash, record,
                               archived.block.header.number));
            classes_.insert(needed.class_hash);
            ++report_.imported_classes;
        }
        return {};
    }

    Result<void> check_contract_classes(const ArchivedBlock& archived) {
        const auto& diff = archived.update.diff;
        const std::pair<std::string_view, const std::map<Felt, Felt>&> lists[] = {
            {"deployed_contracts", diff.deployed_contracts},
            {"replaced_classes", diff.replaced_classes}};
        for (const auto& [list, contracts] : lists)
            for (const auto& [address, class_hash] : contracts) {
                BX_TRY(const bool known, has_class(class_hash));
                if (!known)
                    return archive_error(archived.update_file, "state_diff." + std::string(list),
                                         "contract " + address.to_hex() + " has the class " +
                                             class_hash.to_hex() +
                                             ", which no block so far declares");
            }
        return {};
    }

    const Database& database_;
    const ArchiveFolder& archive_;
    const ImportSettings& settings_;
    ArchivedChain chain_;
    std::optional<BlockRange> stored_;
    std::optional<BlockHeader> previous_;
    std::set<ClassHash> classes_;  // stored, or in the batch
    std::set<BlockHash> hashes_;   // in the batch
    rocksdb::WriteBatch batch_;
    ImportReport report_;
};

}  // namespace

Result<ImportReport> import_archive(Database& database, const std::filesystem::path& archive,
                                    const ImportSettings& settings) {
    BX_TRY(const auto folder, ArchiveFolder::open(archive));
    Import import(database, folder, settings);
    BX_CHECK(import.validate());
    return import.write(database);
}

}  // namespace blockexecd::storage
