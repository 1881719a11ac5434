// SPDX-License-Identifier: Apache-2.0
#include "storage/archive/archived_class.hpp"

#include <fstream>
#include <iterator>

#include "executor/classes/class_codec.hpp"
#include "executor/classes/class_definition.hpp"
#include "executor/commitments/starknet_version.hpp"
#include "storage/archive/json_reader.hpp"

namespace blockexecd::storage {

using namespace executor;

namespace {

Result<std::string> read_file(const ArchiveFolder& archive, const std::string& name) {
    std::ifstream file(archive.root() / name, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(file), {}};
    if (!file)
        return archive_error(archive.describe(name), {}, "the file is missing or cannot be read");
    return text;
}

// Before 0.14.1 compiled classes are named by Poseidon, from then on by BLAKE2s.
bool has_blake_hashes(std::string_view starknet_version) {
    const auto version = parse_starknet_version(starknet_version);
    return version && *version >= StarknetVersion{0, 14, 1, 0};
}

}  // namespace

std::string class_file(const ClassHash& class_hash, SourcePart part) {
    constexpr std::array<std::string_view, 4> kEndings{"", ".json", ".sierra.json", ".casm.json"};
    return "classes/" + class_hash.to_hex() + std::string(kEndings[static_cast<std::size_t>(part)]);
}

Result<ClassRecord> read_archived_class(const ArchiveFolder& archive, const NeededClass& needed,
                                        const DeclaredAs& declared) {
    ClassRecord record;
    record.form = needed.form;
    const bool is_sierra = needed.form == ClassForm::sierra;
    const auto source_file =
        class_file(needed.class_hash, is_sierra ? SourcePart::sierra : SourcePart::cairo0);
    const auto casm_file = class_file(needed.class_hash, SourcePart::casm);
    BX_TRY(record.source, read_file(archive, source_file));
    if (is_sierra) {
        BX_TRY(record.casm, read_file(archive, casm_file));
    }
    const auto source_name = archive.describe(source_file);
    const auto casm_name = archive.describe(casm_file);

    const ClassSource source{source_name, record.source};
    const auto definition = is_sierra ? parse_cairo1_class(source, {casm_name, record.casm})
                                      : parse_cairo0_class(source);
    if (!definition)
        return Error{ErrorCode::archive_invalid, definition.error().message()};
    if (declared.check_hashes) {
        if (const auto checked = check_class_hash(*definition, needed.class_hash, source_name);
            !checked)
            return Error{ErrorCode::archive_invalid, checked.error().message()};
        const auto& summary = definition->summary;
        const auto& compiled = has_blake_hashes(declared.starknet_version)
                                   ? summary.compiled_class_hash_v2
                                   : summary.compiled_class_hash_v1;
        if (is_sierra && declared.compiled && *declared.compiled != compiled)
            return archive_error(casm_name, {},
                                 "the compiled class hash is " + compiled.to_hex() +
                                     ", declared is " + declared.compiled->to_hex());
    }
    record.binary = encode_class(*definition);
    return record;
}

}  // namespace blockexecd::storage
