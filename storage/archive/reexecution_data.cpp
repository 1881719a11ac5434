// SPDX-License-Identifier: Apache-2.0
#include "storage/archive/reexecution_data.hpp"

#include <simdjson.h>

#include <fstream>
#include <iterator>

#include "executor/calls/block_context.hpp"
#include "executor/classes/class_codec.hpp"
#include "executor/classes/class_definition.hpp"
#include "storage/archive/json_reader.hpp"
#include "storage/archive/reexecution_transaction.hpp"

namespace blockexecd::storage {

using namespace executor;

namespace {

// The fee tokens of Starknet's public networks, which the form does not tell.
const ContractAddress kEthFeeToken =
    *Felt::from_hex("0x49d36570d4e46f48e99674bd3fcc84644ddd6b96f7c741b1562b82f9e004dc7");
const ContractAddress kStrkFeeToken =
    *Felt::from_hex("0x4718f5a0fc34cc1af16a1cdee98ffb20c31f5cd61d6ab07201858f4287c938d");

// visit(key, value) for each member of an object of felts.
template <class Visit>
void each_felt(const JsonNode& map, Visit visit) {
    map.each_member([&](const JsonNode& value, std::string_view) {
        const Felt felt = value.as_felt();
        visit(value.key_as_address(), felt);
    });
}

template <class Visit>
void each_cell(const JsonNode& map, Visit visit) {
    map.each_member([&](const JsonNode& cells, std::string_view) {
        const auto address = cells.key_as_address();
        each_felt(cells, [&](const Felt& key, const Felt& value) {
            visit(StorageCell{address, key}, value);
        });
    });
}

GasPrices read_prices(const JsonNode& json, std::string_view key) {
    const auto prices = json.member(key);
    return {.l1_gas = prices.hex_u128("l1_gas_price"),
            .l1_data_gas = prices.hex_u128("l1_data_gas_price"),
            .l2_gas = prices.hex_u128("l2_gas_price")};
}

BlockHeader read_header(const JsonNode& info) {
    BlockHeader header;
    header.number = info.number("block_number");
    header.timestamp = info.number("block_timestamp");
    header.starknet_version = info.text("starknet_version");
    header.sequencer_address = info.address("sequencer_address");
    header.l1_da_mode =
        info.flag("use_kzg_da") ? DataAvailabilityMode::blob : DataAvailabilityMode::calldata;
    const auto prices = info.member("gas_prices");
    header.eth_prices = read_prices(prices, "eth_gas_prices");
    header.strk_prices = read_prices(prices, "strk_gas_prices");
    return header;
}

void read_transactions(const JsonNode& list, Block& block) {
    list.each([&](const JsonNode& pair, std::size_t) {
        Transaction transaction;
        pair.each([&](const JsonNode& part, std::size_t index) {
            if (index == 0)
                transaction = read_reexecution_transaction(part);
            else
                transaction.hash = part.as_felt();
        });
        block.transactions.push_back(std::move(transaction));
    });
}

void read_state(const JsonNode& maps, InMemoryState& state) {
    each_felt(maps.member("nonces"),
              [&](const Felt& key, const Felt& value) { state.nonces[key] = value; });
    each_felt(maps.member("class_hashes"),
              [&](const Felt& key, const Felt& value) { state.class_hashes[key] = value; });
    each_felt(maps.member("compiled_class_hashes"), [&](const Felt& key, const Felt& value) {
        state.compiled_class_hashes[key] = value;
    });
    each_cell(maps.member("storage"),
              [&](const StorageCell& cell, const Felt& value) { state.storage[cell] = value; });
}

// The form names an address's class and a class's compiled class whether new or changed. Empty maps
// may be left out.
std::optional<StateDiff> read_state_diff(const JsonNode& json, const InMemoryState& before) {
    StateDiff diff;
    const auto read = [&json](std::string_view name, const auto& read_member) {
        if (json.has(name))
            read_member(json.member(name));
    };
    const auto is_new = [](const auto& known, const Felt& key) {
        const auto found = known.find(key);
        return found == known.end() || found->second.is_zero();
    };
    read("storage_updates", [&](const JsonNode& map) {
        each_cell(map,
                  [&](const StorageCell& cell, const Felt& value) { diff.storage[cell] = value; });
    });
    read("address_to_nonce", [&](const JsonNode& map) {
        each_felt(map, [&](const Felt& key, const Felt& value) { diff.nonces[key] = value; });
    });
    read("address_to_class_hash", [&](const JsonNode& map) {
        each_felt(map, [&](const Felt& key, const Felt& value) {
            (is_new(before.class_hashes, key) ? diff.deployed_contracts
                                              : diff.replaced_classes)[key] = value;
        });
    });
    read("class_hash_to_compiled_class_hash", [&](const JsonNode& map) {
        each_felt(map, [&](const Felt& key, const Felt& value) {
            (is_new(before.compiled_class_hashes, key) ? diff.declared_classes
                                                       : diff.migrated_compiled_classes)[key] =
                value;
        });
    });
    return diff == StateDiff{} ? std::nullopt : std::optional(diff);
}

Result<std::string> read_file(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(file), {}};
    if (!file)
        return archive_error(path.string(), {}, "the file is missing or cannot be read");
    return text;
}

using ClassJson = simdjson::dom::element;

bool has(const ClassJson& json, std::string_view key) {
    return json[key].error() == simdjson::SUCCESS;
}

// A Sierra class whose ABI is a list is as a compiler wrote it: the text that its hash is of is not
// there, and nothing else needs it.
std::string without_abi(const ClassJson& json) {
    std::string text = "{\"abi\":\"\"";
    for (const auto* key : {"sierra_program", "contract_class_version", "entry_points_by_type"})
        if (ClassJson member; json[key].get(member) == simdjson::SUCCESS)
            text += ",\"" + std::string(key) + "\":" + simdjson::minify(member);
    return text + "}";
}

Result<std::shared_ptr<const CompiledClass>> read_class(const ClassJson& json,
                                                        const std::string& name,
                                                        const ClassHash& class_hash,
                                                        const std::filesystem::path& casm_folder) {
    const bool is_sierra = has(json, "sierra_program");
    std::string_view abi;
    const bool is_hashed = !is_sierra || json["abi"].get(abi) == simdjson::SUCCESS;
    const auto source = is_hashed ? std::string(simdjson::minify(json)) : without_abi(json);
    const auto definition = [&]() -> vm::Result<ClassDefinition> {
        if (!is_sierra)
            return parse_cairo0_class({.name = name, .json = source});
        auto file = casm_folder / (class_hash.to_hex() + ".casm.json");
        if (!std::filesystem::exists(file))
            file = casm_folder / (class_hash.to_hex() + ".json");
        const auto casm = read_file(file);
        if (casm.has_error())
            return vm::Error(vm::ErrorKind::host, casm.error().message);
        return parse_cairo1_class({.name = name, .json = source},
                                  {.name = file.string(), .json = *casm});
    }();
    if (definition.has_error())
        return Error{ErrorCode::archive_invalid, definition.error().message()};
    if (is_hashed)
        if (const auto checked = check_class_hash(*definition, class_hash, name);
            checked.has_error())
            return Error{ErrorCode::archive_invalid, checked.error().message()};
    const auto compiled = compile_class(*definition);
    if (compiled.has_error())
        return Error{ErrorCode::archive_invalid, name + ": " + compiled.error().message()};
    return *compiled;
}

// add(class_hash, class) for each member of an object of classes. `classes`: the same object.
template <class Add>
Result<void> read_classes(const JsonNode& map, const std::string& file_name,
                          const ClassJson& classes, const std::filesystem::path& casm_folder,
                          Add add) {
    Result<void> result;
    map.each_member([&](const JsonNode& node, std::string_view key) {
        ClassJson json;
        if (result.has_error() || classes[key].get(json) != simdjson::SUCCESS)
            return;
        const auto class_hash = node.key_as_address();
        auto compiled = read_class(json, file_name + ": " + node.path(), class_hash, casm_folder);
        if (compiled.has_error())
            result = compiled.error();
        else
            add(class_hash, std::move(*compiled));
    });
    return result;
}

}  // namespace

Result<ReexecutionData> read_reexecution_data(const std::filesystem::path& path,
                                              const std::filesystem::path& casm_folder) {
    BX_TRY(const auto file, JsonFile::open(path, path.string()));
    // Classes are handed on as text, which JsonNode does not give.
    simdjson::dom::parser parser;
    simdjson::dom::element whole;
    if (parser.load(path.string()).get(whole) != simdjson::SUCCESS)
        return archive_error(path.string(), {}, "the file cannot be read");
    const auto classes = [&whole](std::string_view pointer) {
        simdjson::dom::element found;
        return whole.at_pointer(pointer).get(found) == simdjson::SUCCESS ? found : whole;
    };
    const JsonNode root = file->root();
    const auto before = root.member("serializable_data_prev_block");
    const auto next = root.member("serializable_data_next_block");
    ReexecutionData data;
    data.chain = {.chain_id = root.text("chain_id"),
                  .eth_fee_token_address = kEthFeeToken,
                  .strk_fee_token_address = kStrkFeeToken,
                  .synthetic_block_hashes = false};
    data.block.header = read_header(next.member("block_info_next_block"));
    read_transactions(next.member("transactions_next_block"), data.block);
    const auto number = data.block.header.number;
    if (number >= kStoredBlockHashBuffer)
        data.old_block_hash = {number - kStoredBlockHashBuffer, root.felt("old_block_hash")};
    read_state(before.member("state_maps"), data.before);
    data.recorded = read_state_diff(next.member("state_diff_next_block"), data.before);
    BX_CHECK(read_classes(before.member("contract_class_mapping"), path.string(),
                          classes("/serializable_data_prev_block/contract_class_mapping"),
                          casm_folder, [&](const ClassHash& class_hash, auto compiled) {
                              data.before.add_class(class_hash, std::move(compiled));
                          }));
    if (next.has("declared_classes"))
        BX_CHECK(read_classes(next.member("declared_classes"), path.string(),
                              classes("/serializable_data_next_block/declared_classes"),
                              casm_folder, [&](const ClassHash& class_hash, auto compiled) {
                                  data.declared_classes[class_hash] = std::move(compiled);
                              }));
    if (file->failure())
        return *file->failure();
    return data;
}

}  // namespace blockexecd::storage
