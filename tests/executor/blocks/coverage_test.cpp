// SPDX-License-Identifier: Apache-2.0
// docs/starknet-coverage.md is what the bundled chains and the tables of system calls,
// transactions, constants and failures say; nothing is uncovered without a reason. Set
// BLOCKEXECD_WRITE_DOCS to write the document anew.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <map>
#include <set>

#include "executor/constants/versioned_constants.hpp"
#include "tests/executor/blocks/archive_json.hpp"
#include "tests/executor/blocks/chain_archive.hpp"
#include "tests/executor/blocks/chain_names.hpp"
#include "tests/executor/blocks/coverage_texts.hpp"
#include "tests/executor/blocks/recorded_result.hpp"

namespace blockexecd::executor {
namespace {

constexpr const char* kDocument = "docs/starknet-coverage.md";

enum class Generation : std::uint8_t { cairo0, cairo1, both };

// KeccakRound is a cost, not a system call.
constexpr std::array<std::pair<std::string_view, Generation>, kSyscallCount - 1> kGenerations{{
    {"CallContract", Generation::both},
    {"DelegateCall", Generation::cairo0},
    {"DelegateL1Handler", Generation::cairo0},
    {"Deploy", Generation::both},
    {"EmitEvent", Generation::both},
    {"GetBlockHash", Generation::cairo1},
    {"GetBlockNumber", Generation::cairo0},
    {"GetBlockTimestamp", Generation::cairo0},
    {"GetCallerAddress", Generation::cairo0},
    {"GetClassHashAt", Generation::cairo1},
    {"GetContractAddress", Generation::cairo0},
    {"GetExecutionInfo", Generation::cairo1},
    {"GetSequencerAddress", Generation::cairo0},
    {"GetTxInfo", Generation::cairo0},
    {"GetTxSignature", Generation::cairo0},
    {"Keccak", Generation::cairo1},
    {"LibraryCall", Generation::both},
    {"LibraryCallL1Handler", Generation::cairo0},
    {"MetaTxV0", Generation::cairo1},
    {"ReplaceClass", Generation::both},
    {"Secp256k1Add", Generation::cairo1},
    {"Secp256k1GetPointFromX", Generation::cairo1},
    {"Secp256k1GetXy", Generation::cairo1},
    {"Secp256k1Mul", Generation::cairo1},
    {"Secp256k1New", Generation::cairo1},
    {"Secp256r1Add", Generation::cairo1},
    {"Secp256r1GetPointFromX", Generation::cairo1},
    {"Secp256r1GetXy", Generation::cairo1},
    {"Secp256r1Mul", Generation::cairo1},
    {"Secp256r1New", Generation::cairo1},
    {"SendMessageToL1", Generation::both},
    {"Sha256ProcessBlock", Generation::cairo1},
    {"Sha512ProcessBlock", Generation::cairo1},
    {"StorageRead", Generation::both},
    {"StorageWrite", Generation::both},
}};

constexpr std::array<std::pair<TransactionType, const char*>, 5> kTypes{{
    {TransactionType::invoke, "invoke"},
    {TransactionType::declare, "declare"},
    {TransactionType::deploy_account, "deploy_account"},
    {TransactionType::l1_handler, "l1_handler"},
    {TransactionType::deploy, "deploy"},
}};

struct Kind {
    const char* name;
    const char* otherwise;
};
constexpr std::array kKinds{
    Kind{"invoke v0", ""},
    Kind{"invoke v1", ""},
    Kind{"invoke v3", ""},
    Kind{"declare v0", ""},
    Kind{"declare v1", ""},
    Kind{"declare v2", ""},
    Kind{"declare v3", ""},
    Kind{"deploy_account v1", ""},
    Kind{"deploy_account v3", ""},
    Kind{"l1_handler v0", ""},
    Kind{"deploy v0", "genesis_test on mainnet's first blocks; the reference cannot run it"},
};

using Chains = std::map<std::string, std::set<std::string>>;  // by item

struct Coverage {
    Chains versions;
    Chains kinds;
    Chains reverted_kinds;
    Chains syscalls_cairo0;
    Chains syscalls_cairo1;
    Chains failures;
    Chains modes;
};

class Collector {
  public:
    Collector(Coverage& coverage, const char* name)
        : coverage_(coverage), name_(name), archive_(test::chains_folder() / name) {}

    void collect() {
        for (BlockNumber number = 1; number <= archive_.last_block(); ++number) {
            const Block block = archive_.block(number);
            coverage_.versions[block.header.starknet_version].insert(name_);
            coverage_
                .modes[block.header.l1_da_mode == DataAvailabilityMode::blob ? "blob" : "calldata"]
                .insert(name_);
            for (std::size_t i = 0; i < block.transactions.size(); ++i) {
                const auto kind = kind_of(block.transactions[i]);
                coverage_.kinds[kind].insert(name_);
                if (block.receipts[i].execution_status == ExecutionStatus::reverted)
                    coverage_.reverted_kinds[kind].insert(name_);
                look_for_failures(block.receipts[i].revert_error);
            }
            for (const auto& rejection : archive_.rejections(number))
                look_for_failures(rejection.error);
            for (const auto& info : test::read_execution_infos(archive_, number))
                for (const auto* call : {&info.validate_call_info, &info.execute_call_info,
                                         &info.fee_transfer_call_info})
                    if (*call)
                        look_at_call(**call);
        }
    }

  private:
    static std::string kind_of(const Transaction& transaction) {
        for (const auto& [type, name] : kTypes)
            if (type == transaction.type)
                return std::string(name) + " v" + std::to_string(transaction.version);
        return {};
    }
    void look_for_failures(const std::string& text) {
        if (text.empty())
            return;
        for (const auto& failure : test::kFailureTexts)
            if (text.find(failure.text) != std::string::npos)
                coverage_.failures[std::string(failure.text)].insert(name_);
    }
    bool is_cairo0(const ClassHash& class_hash) {
        const auto found = cairo0_.find(class_hash);
        if (found != cairo0_.end())
            return found->second;
        return cairo0_[class_hash] = std::filesystem::exists(archive_.folder() / "classes" /
                                                             (class_hash.to_hex() + ".json"));
    }
    void look_at_call(const CallInfo& call) {
        auto& syscalls =
            is_cairo0(call.call.class_hash) ? coverage_.syscalls_cairo0 : coverage_.syscalls_cairo1;
        call.syscalls_usage.for_each([&](SyscallSelector selector, const SyscallUsage&) {
            syscalls[std::string(syscall_name(selector))].insert(name_);
        });
        for (const auto& felt : call.execution.retdata)
            for (const auto& failure : test::kFailureTexts)
                if (failure.text.size() <= 31 && felt == Felt::from_ascii(failure.text))
                    coverage_.failures[std::string(failure.text)].insert(name_);
        for (const auto& inner : call.inner_calls)
            look_at_call(inner);
    }

    Coverage& coverage_;
    std::string name_;
    test::ChainArchive archive_;
    std::map<ClassHash, bool> cairo0_;
};

class Document {
  public:
    void section(const std::string& title, const std::string& column) {
        text_ += "\n## " + title + "\n\n| " + column + " | reached by |\n| --- | --- |\n";
    }
    // A failure if neither a chain nor `otherwise` reaches the item.
    void row(const std::string& item, const Chains& chains, std::string_view otherwise = {}) {
        std::string cell;
        const auto found = chains.find(item);
        if (found == chains.end()) {
            EXPECT_FALSE(otherwise.empty()) << item << " is reached by nothing";
            cell = std::string(otherwise);
        } else {
            constexpr std::size_t kShown = 3;
            std::size_t shown = 0;
            for (const auto& chain : found->second)
                if (shown++ < kShown)
                    cell += (cell.empty() ? "" : ", ") + chain;
            if (found->second.size() > kShown)
                cell += " and " + std::to_string(found->second.size() - kShown) + " more";
        }
        text_ += "| " + item + " | " + cell + " |\n";
    }
    void add(const std::string& text) { text_ += text; }
    [[nodiscard]] const std::string& text() const { return text_; }

  private:
    std::string text_;
};

// The test that has the failure's text, with the reason why no chain has it; nothing if no test is
// named. A failure if that test does not have it.
std::string test_of(const test::FailureText& failure) {
    if (failure.test.empty())
        return {};
    const auto source = "tests/executor/" + std::string(failure.test);
    EXPECT_NE(test::read_text(source).find(failure.text), std::string::npos)
        << source << " does not have \"" << failure.text << '"';
    return std::string(failure.test) + ": " + std::string(failure.reason);
}

std::string document_of(const Coverage& coverage) {
    Document document;
    document.add(
        "# Coverage of Starknet execution\n\n"
        "Made by `starknet_coverage_test` (BLOCKEXECD_WRITE_DOCS=1 writes it), which fails when it "
        "is out of date or\nsomething is reached by nothing. The chains are those of "
        "tests/data/chains; `chain_test` compares each with the\nreference's results.\n");
    document.section("Versioned constants", "version");
    for (const auto& constants : all_versioned_constants())
        document.row(constants.starknet_version, coverage.versions,
                     constants.starknet_version == "0.12.3"
                         ? "genesis_test on Sepolia's first blocks; the reference has none"
                         : "");
    document.section("Data availability", "mode");
    for (const char* mode : {"blob", "calldata"})
        document.row(mode, coverage.modes);
    document.section("Transactions", "kind");
    for (const auto& kind : kKinds)
        document.row(kind.name, coverage.kinds, kind.otherwise);
    document.section("Reverted transactions", "kind");
    for (const char* kind : {"invoke v1", "invoke v3", "l1_handler v0"})
        document.row(kind, coverage.reverted_kinds);
    document.section("System calls of Cairo 1", "system call");
    for (const auto& [name, generation] : kGenerations)
        if (generation != Generation::cairo0)
            document.row(std::string(name), coverage.syscalls_cairo1);
    document.section("System calls of Cairo 0", "system call");
    for (const auto& [name, generation] : kGenerations)
        if (generation != Generation::cairo1)
            document.row(std::string(name), coverage.syscalls_cairo0,
                         name == "DelegateCall" ? "syscalls/deprecated_syscalls_test.cpp: Cairo 0 "
                                                  "contracts of the bundled chains do not call it"
                                                : "");
    document.section("Failures: revert reasons, refusals, and what callers catch", "text");
    for (const auto& failure : test::kFailureTexts)
        document.row(std::string(failure.text), coverage.failures, test_of(failure));
    return document.text();
}

TEST(StarknetCoverage, IsAsTheDocumentSays) {
    Coverage coverage;
    for (const char* name : test::kChainNames)
        Collector(coverage, name).collect();
    for (const char* name : test::kSyscallChainNames)
        Collector(coverage, name).collect();
    const std::string text = document_of(coverage);
    if (std::getenv("BLOCKEXECD_WRITE_DOCS") != nullptr)
        std::ofstream(kDocument, std::ios::binary) << text;
    EXPECT_EQ(test::read_text(kDocument), text);
}

}  // namespace
}  // namespace blockexecd::executor
