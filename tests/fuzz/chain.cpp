// SPDX-License-Identifier: Apache-2.0
#include "tests/fuzz/chain.hpp"

#include "storage/archive/archive_folder.hpp"
#include "tests/fuzz/target.hpp"

namespace blockexecd::fuzz {

namespace {

constexpr int kDocuments = 3;

const storage::ArchiveFolder& archive() {
    static const auto folder =
        storage::ArchiveFolder::open("tests/data/chains/mixed-small.tar.zst");
    if (folder.has_error())
        broken(folder.error().message);
    return *folder;
}

}  // namespace

Chain& chain() {
    static executor::test::ChainArchive read(archive().root());
    static Chain chain{read, executor::test::ChainReplay(read)};
    return chain;
}

std::vector<std::string> chain_documents(const std::string& folder) {
    std::vector<std::string> texts;
    for (int number = 0; number < kDocuments; ++number)
        texts.push_back(
            read_file((archive().root() / folder / (std::to_string(number) + ".json")).string()));
    return texts;
}

}  // namespace blockexecd::fuzz
