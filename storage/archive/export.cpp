// SPDX-License-Identifier: Apache-2.0
#include "storage/archive/export.hpp"

#include <fstream>
#include <set>

#include "storage/archive/archive_folder.hpp"
#include "storage/archive/archived_class.hpp"
#include "storage/archive/json_writer.hpp"
#include "storage/database/writes.hpp"

namespace blockexecd::storage {

using namespace executor;
namespace fs = std::filesystem;

namespace {

Result<void> write_file(const fs::path& path, const std::string& text) {
    std::error_code failed;
    fs::create_directories(path.parent_path(), failed);
    std::ofstream file(path, std::ios::binary);
    file << text;
    file.close();
    if (!file)
        return Error{ErrorCode::io, "cannot write " + path.string()};
    return {};
}

Result<void> export_class(const Database& database, const NeededClass& needed,
                          const fs::path& folder) {
    const auto write = [&](SourcePart part) -> Result<void> {
        BX_TRY(const auto source, read_class_source(database, needed.class_hash, part));
        if (!source)
            return Error{ErrorCode::corrupt,
                         "class " + needed.class_hash.to_hex() + " is declared but not stored"};
        return write_file(folder / class_file(needed.class_hash, part), *source);
    };
    if (needed.form == ClassForm::cairo0)
        return write(SourcePart::cairo0);
    BX_CHECK(write(SourcePart::sierra));
    return write(SourcePart::casm);
}

Result<ExportReport> export_folder(const Database& database, BlockRange range,
                                   const fs::path& folder) {
    BX_TRY(const auto chain, read_chain_info(database));
    if (!chain)
        return Error{ErrorCode::not_found, "no chain is stored"};
    ExportReport report;
    report.range = range;
    std::set<NeededClass> classes;
    for (auto number = range.first; number <= range.last; ++number) {
        BX_TRY(const auto block, read_block(database, number));
        BX_TRY(const auto update, read_state_update(database, number));
        const auto name = std::to_string(number) + ".json";
        BX_CHECK(write_file(folder / "blocks" / name, block_to_json(block)));
        BX_CHECK(write_file(folder / "state_updates" / name, state_update_to_json(update)));
        report.transactions += block.transactions.size();
        const auto needed = needed_classes(block.transactions, update.diff);
        classes.insert(needed.begin(), needed.end());
    }
    for (const auto& needed : classes)
        BX_CHECK(export_class(database, needed, folder));
    report.classes = classes.size();
    BX_TRY(const auto first, read_header(database, range.first));
    BX_TRY(const auto last, read_header(database, range.last));
    BX_CHECK(write_file(folder / "chain.json", chain_to_json(*chain, first, last)));
    return report;
}

}  // namespace

Result<ExportReport> export_archive(const Database& database, BlockRange range,
                                    const fs::path& target) {
    std::error_code failed;
    if (fs::exists(target, failed))
        return Error{ErrorCode::misuse,
                     target.string() + " exists already; an export does not overwrite"};
    if (range.first > range.last)
        return Error{ErrorCode::misuse, "block " + std::to_string(range.first) +
                                            " is after block " + std::to_string(range.last)};
    for (const auto number : {range.first, range.last})
        BX_CHECK(read_stored_header(database, number));

    // Beside the target and under another name until it is complete.
    auto folder = target;
    folder += ".partial";
    fs::remove_all(folder, failed);
    const auto report = export_folder(database, range, folder);
    const auto finish = [&]() -> Result<void> {
        const auto name = target.filename().string();
        if (!name.ends_with(".tar.zst")) {
            fs::rename(folder, target, failed);
            return failed ? Result<void>(Error{ErrorCode::io, "cannot make " + target.string() +
                                                                  ": " + failed.message()})
                          : Result<void>();
        }
        return pack(folder, target);
    };
    const auto finished = report ? finish() : Result<void>(report.error());
    fs::remove_all(folder, failed);
    if (!finished) {
        fs::remove(target, failed);
        return finished.error();
    }
    return report;
}

}  // namespace blockexecd::storage
