// SPDX-License-Identifier: Apache-2.0
#include "executor/transactions/proof_facts.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace blockexecd::executor {
namespace {

constexpr std::array<std::string_view, 3> kProofVersions{"PROOF0", "PROOF1", "PROOF2"};
constexpr std::string_view kVirtualSnos = "VIRTUAL_SNOS";
constexpr std::string_view kVirtualOsOutputVersion = "VIRTUAL_SNOS0";

vm::Error invalid(const std::string& detail) {
    return rejection("Invalid proof facts: " + detail);
}
vm::Error malformed(const std::string& detail) {
    return invalid("ProofFacts parse error: " + detail);
}

// As text: the felt in decimal and the name.
std::string proof_version_text(std::string_view name) {
    return Felt::from_ascii(name).to_decimal() + " (" + std::string(name) + ")";
}

struct SnosProofFacts {
    std::string_view proof_version;
    Felt program_hash;
    BlockNumber block_number = 0;
    BlockHash block_hash;
    Felt config_hash;
};

vm::Result<SnosProofFacts> parse(const std::vector<Felt>& facts) {
    if (facts.size() < 2)
        return malformed("Proof facts must have at least 2 fields, got " +
                         std::to_string(facts.size()));
    const auto* const version = std::ranges::find(kProofVersions, facts[0], Felt::from_ascii);
    if (version == kProofVersions.end())
        return malformed(
            "Expected first field to be one of " + proof_version_text(kProofVersions[0]) + ", " +
            proof_version_text(kProofVersions[1]) + ", " + proof_version_text(kProofVersions[2]) +
            ", but got " + facts[0].to_decimal());
    const Felt snos = Felt::from_ascii(kVirtualSnos);
    if (facts[1] != snos)
        return malformed(
            "Non-SNOS proofs are not currently supported. Expected second field to be " +
            snos.to_decimal() + " (VIRTUAL_SNOS), but got " + facts[1].to_decimal());
    if (facts.size() < 7)
        return malformed("SNOS proof facts is too small with " + std::to_string(facts.size()) +
                         " fields");
    const Felt output_version = Felt::from_ascii(kVirtualOsOutputVersion);
    if (facts[3] != output_version)
        return malformed("Expected SNOS proof facts version to be " + output_version.to_decimal() +
                         " (VIRTUAL_OS_OUTPUT_VERSION), but got " + facts[3].to_decimal());
    const auto block_number = facts[4].to_u64();
    if (!block_number)
        return malformed("Block number field is not a valid u64: " + facts[4].to_decimal());
    return SnosProofFacts{.proof_version = *version,
                          .program_hash = facts[2],
                          .block_number = *block_number,
                          .block_hash = facts[5],
                          .config_hash = facts[6]};
}

vm::Result<void> check_block(const SnosProofFacts& facts, const BlockContext& block,
                             CachedState& state) {
    if (block.block_number < kStoredBlockHashBuffer)
        return invalid("The current block number " + std::to_string(block.block_number) +
                       " is below the required block-hash retention buffer: " +
                       std::to_string(kStoredBlockHashBuffer) + ".");
    const BlockNumber max_allowed = block.block_number - kStoredBlockHashBuffer;
    const std::string number = std::to_string(facts.block_number);
    if (facts.block_number > max_allowed)
        return invalid("The proof block number " + number +
                       " is too recent. The maximum allowed block number is " +
                       std::to_string(max_allowed) + ".");
    if (facts.block_hash.is_zero())
        return invalid("Proof block hash is zero for block " + number + ".");
    BX_TRY(const Felt stored,
           state.storage_at(block.constants->os_constants.block_hash_contract_address,
                            Felt(facts.block_number)));
    if (stored != facts.block_hash)
        return invalid("Block hash mismatch for block " + number +
                       ". Proof block hash: " + facts.block_hash.to_decimal() +
                       ", stored block hash: " + stored.to_decimal() + ".");
    return {};
}

}  // namespace

vm::Result<void> validate_proof_facts(const TransactionRun& run, CachedState& state) {
    const Transaction& transaction = run.transaction();
    if (transaction.type != TransactionType::invoke || transaction.version < 3 ||
        transaction.proof_facts.empty())
        return {};
    BX_TRY(const SnosProofFacts facts, parse(transaction.proof_facts));
    const auto& os = run.constants().os_constants;
    const auto contains = [](const std::vector<Felt>& felts, const Felt& felt) {
        return std::ranges::find(felts, felt) != felts.end();
    };
    if (!contains(os.allowed_proof_versions, Felt::from_ascii(facts.proof_version)))
        return invalid("Proof version " + proof_version_text(facts.proof_version) +
                       " is not allowed under this protocol version.");
    if (!contains(os.allowed_virtual_os_program_hashes, facts.program_hash))
        return invalid("Virtual OS program hash " + facts.program_hash.to_decimal() +
                       " is not allowed");
    BX_CHECK(check_block(facts, run.block(), state));
    const Felt config_hash = virtual_os_config_hash(run.block());
    if (config_hash != facts.config_hash)
        return invalid("Virtual OS config hash mismatch. Computed virtual OS config hash: " +
                       config_hash.to_decimal() + ", expected virtual OS config hash: " +
                       facts.config_hash.to_decimal() + ".");
    return {};
}

}  // namespace blockexecd::executor
