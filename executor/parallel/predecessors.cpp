// SPDX-License-Identifier: Apache-2.0
#include "executor/parallel/predecessors.hpp"

#include <algorithm>

#include "executor/types/flat_map.hpp"

namespace blockexecd::executor {

namespace {

// The last writer of each cell of one kind.
template <class Key>
class LastWriters {
  public:
    void look_up(const std::vector<Key>& reads, std::optional<TransactionIndex>& last) const {
        for (const auto& key : reads)
            if (const auto found = writers_.find(key); found != writers_.end())
                last = std::max(last.value_or(0), found->second);
    }
    void add(const std::vector<Key>& writes, TransactionIndex writer) {
        for (const auto& key : writes)
            writers_.insert_or_assign(key, writer);
    }

  private:
    FlatMap<Key, TransactionIndex> writers_;
};

}  // namespace

std::vector<std::optional<TransactionIndex>> expected_predecessors(
    const std::vector<Transaction>& transactions, const BlockAccessSets* learned) {
    std::vector<std::optional<TransactionIndex>> predecessors(transactions.size());
    if (learned != nullptr && learned->size() == transactions.size()) {
        LastWriters<StorageCell> storage;
        LastWriters<ContractAddress> nonces;
        LastWriters<ContractAddress> class_hashes;
        LastWriters<ClassHash> compiled_class_hashes;
        LastWriters<ClassHash> classes;
        for (TransactionIndex i = 0; i < transactions.size(); ++i) {
            const auto& access = (*learned)[i];
            storage.look_up(access.reads.storage, predecessors[i]);
            nonces.look_up(access.reads.nonces, predecessors[i]);
            class_hashes.look_up(access.reads.class_hashes, predecessors[i]);
            compiled_class_hashes.look_up(access.reads.compiled_class_hashes, predecessors[i]);
            classes.look_up(access.reads.classes, predecessors[i]);
            storage.add(access.writes.storage, i);
            nonces.add(access.writes.nonces, i);
            class_hashes.add(access.writes.class_hashes, i);
            compiled_class_hashes.add(access.writes.compiled_class_hashes, i);
            classes.add(access.writes.classes, i);
        }
        return predecessors;
    }
    FlatMap<ContractAddress, TransactionIndex> last_of_sender;
    for (TransactionIndex i = 0; i < transactions.size(); ++i) {
        if (transactions[i].type == TransactionType::l1_handler)
            continue;
        const auto [entry, first] = last_of_sender.try_emplace(transactions[i].sender_address, i);
        if (!first) {
            predecessors[i] = entry->second;
            entry->second = i;
        }
    }
    return predecessors;
}

}  // namespace blockexecd::executor
