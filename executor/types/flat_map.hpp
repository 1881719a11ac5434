// SPDX-License-Identifier: Apache-2.0
// The hash tables of hot paths: open addressing, one allocation a table, and memory kept by
// clear().
#pragma once

#include <boost/unordered/unordered_flat_map.hpp>
#include <boost/unordered/unordered_flat_set.hpp>
#include <functional>

namespace blockexecd::executor {

// Boost's own hash does not know our types; std::hash does.
template <class Key, class Value>
using FlatMap = boost::unordered_flat_map<Key, Value, std::hash<Key>>;
template <class Key>
using FlatSet = boost::unordered_flat_set<Key, std::hash<Key>>;

}  // namespace blockexecd::executor
