// SPDX-License-Identifier: Apache-2.0
// Binary forms of storage: damaged bytes are refused, and what is taken is written back as the same
// bytes.
#include <array>

#include "executor/classes/class_codec.hpp"
#include "executor/classes/class_definition.hpp"
#include "storage/schema/codec.hpp"
#include "storage/schema/records.hpp"
#include "tests/fuzz/target.hpp"
#include "vm/cairo0/program/program.hpp"
#include "vm/hints/casm_hint.hpp"

namespace blockexecd::fuzz {

namespace {

const std::string kSierra =
    R"({"sierra_program":["0x1","0x7","0x0"],"contract_class_version":"0.1.0","entry_points_by_type":{},"abi":"[]"})";

std::string hints_json(const std::string& casm) {
    const auto start = casm.find("\"hints\"");
    const auto open = casm.find('[', start);
    int depth = 0;
    for (std::size_t i = open; i < casm.size(); ++i) {
        depth += casm[i] == '[' ? 1 : casm[i] == ']' ? -1 : 0;
        if (depth == 0)
            return casm.substr(open, i + 1 - open);
    }
    return "[]";
}

template <class T>
void decode_record(std::string_view bytes) {
    const auto value = storage::decode<T>(bytes, "value");
    if (value.has_error() && value.error().message.empty())
        broken("an error without a text");
    if (value.has_value() && storage::decode<T>(storage::encode(*value), "value").has_error())
        broken("an encoded value is refused");
}

}  // namespace

void run_program_codec(Bytes input) {
    const auto extra = vm::cairo0::decode_extra(text_of(input));
    if (extra.has_error())
        return;
    const std::string encoded = vm::cairo0::encode_extra(*extra);
    const auto again = vm::cairo0::decode_extra(encoded);
    if (again.has_error() || vm::cairo0::encode_extra(*again) != encoded)
        broken("encode_extra and decode_extra disagree");
    std::vector<vm::Felt> words(1 + (extra->hints.empty() ? 0 : extra->hints.back().pc % 1000));
    (void)vm::cairo0::make_code(words, *vm::cairo0::decode_extra(encoded));
}

std::vector<std::string> seeds_program_codec() {
    std::vector<std::string> seeds;
    for (const char* name : {"empty", "dict", "usort", "error_message", "hint_felt"})
        if (const auto program = vm::cairo0::parse_program(
                read_file(std::string("tests/data/cairo0/") + name + ".json"));
            program.has_value())
            seeds.push_back(vm::cairo0::encode_extra(program->extra));
    return seeds;
}

void run_hint_codec(Bytes input) {
    const auto hints = vm::decode_casm_hints(input);
    if (hints.has_error())
        return;
    const std::string encoded = vm::encode_casm_hints(*hints);
    const auto again = vm::decode_casm_hints(bytes_of(encoded));
    if (again.has_error() || *again != *hints)
        broken("encode_casm_hints and decode_casm_hints disagree");
}

std::vector<std::string> seeds_hint_codec() {
    std::vector<std::string> seeds;
    for (const char* name : {"circuit_contract", "minimal_contract", "small_contract"})
        if (const auto hints = vm::parse_casm_hints(
                hints_json(read_file(std::string("tests/data/casm/") + name + ".casm.json")));
            hints.has_value())
            seeds.push_back(vm::encode_casm_hints(*hints));
    return seeds;
}

void run_class_codec(Bytes input) {
    const auto decoded = executor::decode_class(input);
    if (decoded.has_value())
        (void)executor::memory_bytes(**decoded);
    else if (decoded.error().message().empty())
        broken("an error without a text");
}

std::vector<std::string> seeds_class_codec() {
    std::vector<std::string> seeds;
    for (const char* name : {"circuit_contract", "minimal_contract", "small_contract"}) {
        const std::string casm = read_file(std::string("tests/data/casm/") + name + ".casm.json");
        if (const auto definition =
                executor::parse_cairo1_class({"sierra", kSierra}, {"casm", casm});
            definition.has_value())
            seeds.push_back(executor::encode_class(*definition));
    }
    for (const std::string& cairo0 : seeds_cairo0_class())
        if (const auto definition = executor::parse_cairo0_class({"class", cairo0});
            definition.has_value())
            seeds.push_back(executor::encode_class(*definition));
    return seeds;
}

// The first byte chooses the type.
void run_stored_records(Bytes input) {
    using Decode = void (*)(std::string_view);
    static constexpr std::array<Decode, 8> kDecoders{
        decode_record<executor::ChainInfo>,
        decode_record<storage::StoredHeader>,
        decode_record<std::vector<executor::Transaction>>,
        decode_record<std::vector<executor::Receipt>>,
        decode_record<executor::StateUpdate>,
        decode_record<executor::StateDiff>,
        decode_record<storage::OutcomeRecord>,
        decode_record<storage::BlockTimings>,
    };
    if (!input.empty())
        kDecoders[input[0] % kDecoders.size()](text_of(input.subspan(1)));
}

std::vector<std::string> seeds_stored_records() {
    executor::Transaction transaction;
    transaction.calldata = {vm::Felt(1), vm::Felt(2), vm::Felt(3)};
    transaction.signature = {vm::Felt(7), -vm::Felt(1)};
    transaction.resource_bounds.l1_data_gas = executor::ResourceBounds{5, 6};
    executor::Receipt receipt;
    receipt.revert_error = "Error in the called contract";
    executor::StateUpdate update;
    update.contracts_root = vm::Felt(9);
    executor::BlockHeader header;
    header.starknet_version = "0.14.1";
    header.receipt_commitment = vm::Felt(3);
    storage::OutcomeRecord outcome;
    outcome.failure = "why";
    storage::BlockTimings timings;
    timings.placements = {{1, 2, 0}};
    const auto seed = [](char type, const std::string& bytes) {
        return std::string(1, type) + bytes;
    };
    return {
        seed(0, storage::encode(executor::ChainInfo{"SN_MAIN", vm::Felt(1), vm::Felt(2), true})),
        seed(1, storage::encode(storage::StoredHeader{header, 5})),
        seed(2, storage::encode(std::vector<executor::Transaction>{transaction, {}})),
        seed(3, storage::encode(std::vector<executor::Receipt>{receipt, {}})),
        seed(4, storage::encode(update)),
        seed(5, storage::encode(update.diff)),
        seed(6, storage::encode(outcome)),
        seed(7, storage::encode(timings)),
    };
}

}  // namespace blockexecd::fuzz
