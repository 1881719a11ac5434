// SPDX-License-Identifier: Apache-2.0
#include "executor/parallel/prefetch.hpp"

#include <algorithm>

namespace blockexecd::executor {
namespace {

// Keys that a worker takes at a time: neighbours share blocks of the database's files.
constexpr std::size_t kPart = 16;

// visit(member of AccessKeys, map of VersionedState, read of StateReader), for each kind of cell.
template <class Visitor>
void for_each_kind(Visitor&& visit) {
    visit(&AccessKeys::classes, &VersionedState::classes,
          [](StateReader& before, const ClassHash& key) { return before.compiled_class(key); });
    visit(
        &AccessKeys::compiled_class_hashes, &VersionedState::compiled_class_hashes,
        [](StateReader& before, const ClassHash& key) { return before.compiled_class_hash(key); });
    visit(
        &AccessKeys::class_hashes, &VersionedState::class_hashes,
        [](StateReader& before, const ContractAddress& key) { return before.class_hash_at(key); });
    visit(&AccessKeys::nonces, &VersionedState::nonces,
          [](StateReader& before, const ContractAddress& key) { return before.nonce_at(key); });
    visit(&AccessKeys::storage, &VersionedState::storage,
          [](StateReader& before, const StorageCell& key) {
              return before.storage_at(key.address, key.key);
          });
}

}  // namespace

Prefetch::Prefetch(const BlockAccessSets* learned, VersionedState& state) : state_(state) {
    if (learned == nullptr)
        return;
    for_each_kind([&](auto keys_member, auto, auto) {
        auto& all = keys_.*keys_member;
        for (const auto& access : *learned) {
            const auto& reads = access.reads.*keys_member;
            all.insert(all.end(), reads.begin(), reads.end());
        }
        std::ranges::sort(all);
        const auto repeated = std::ranges::unique(all);
        all.erase(repeated.begin(), repeated.end());
        size_ += all.size();
    });
}

void Prefetch::run(StateReader& before) {
    for (auto first = next_.fetch_add(kPart); first < size_; first = next_.fetch_add(kPart)) {
        std::size_t kind_first = 0;  // of this kind's keys among all
        for_each_kind([&](auto keys_member, auto map_member, auto read) {
            const auto& keys = keys_.*keys_member;
            const auto from = std::clamp(first, kind_first, kind_first + keys.size());
            const auto to = std::clamp(first + kPart, kind_first, kind_first + keys.size());
            for (auto i = from; i < to; ++i) {
                const auto& key = keys[i - kind_first];
                if (const auto value = read(before, key); value.has_value())
                    (state_.*map_member).set_base(key, *value);
            }
            kind_first += keys.size();
        });
    }
}

}  // namespace blockexecd::executor
