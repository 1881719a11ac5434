// SPDX-License-Identifier: Apache-2.0
#include "executor/state/access_keys.hpp"

#include <algorithm>

namespace blockexecd::executor {
namespace {

template <class Map, class Key>
void append_keys(const Map& map, std::vector<Key>& keys) {
    keys.reserve(map.size());
    for (const auto& [key, value] : map)
        keys.push_back(key);
    std::sort(keys.begin(), keys.end());
}

}  // namespace

AccessKeys keys_of(const StateMaps& maps) {
    AccessKeys keys;
    append_keys(maps.storage, keys.storage);
    append_keys(maps.nonces, keys.nonces);
    append_keys(maps.class_hashes, keys.class_hashes);
    append_keys(maps.compiled_class_hashes, keys.compiled_class_hashes);
    append_keys(maps.declared_contracts, keys.classes);
    return keys;
}

}  // namespace blockexecd::executor
