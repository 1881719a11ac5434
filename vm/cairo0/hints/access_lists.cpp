// SPDX-License-Identifier: Apache-2.0
// Keys are numbered as they appear, counted, and sorted; then each access is put into its list.
#include "vm/cairo0/hints/access_lists.hpp"

#include <algorithm>
#include <boost/unordered/unordered_flat_map.hpp>
#include <utility>

namespace blockexecd::vm::cairo0 {

AccessLists::AccessLists(std::span<const Felt> accesses) {
    boost::unordered_flat_map<Felt, std::uint32_t, std::hash<Felt>> numbers;
    std::vector<std::pair<Felt, std::uint32_t>> keys;  // with their numbers
    std::vector<std::uint32_t> number_of_access(accesses.size());
    std::vector<std::uint64_t> counts;  // by number
    for (std::size_t i = 0; i < accesses.size(); ++i) {
        const auto next = static_cast<std::uint32_t>(keys.size());
        const auto [found, inserted] = numbers.try_emplace(accesses[i], next);
        if (inserted) {
            keys.emplace_back(accesses[i], next);
            counts.push_back(0);
        }
        number_of_access[i] = found->second;
        ++counts[found->second];
    }
    std::sort(keys.begin(), keys.end());
    keys_.reserve(keys.size());
    begins_.reserve(keys.size());
    ends_.reserve(keys.size());
    std::uint64_t begin = 0;
    for (const auto& [key, number] : keys) {
        keys_.push_back(key);
        begins_.push_back(begin);
        begin += std::exchange(counts[number], begin);  // from here on where its next access goes
        ends_.push_back(begin);
    }
    lists_.resize(accesses.size());
    for (std::size_t i = 0; i < accesses.size(); ++i)
        lists_[counts[number_of_access[i]]++] = i;
}

std::span<const std::uint64_t> AccessLists::of(const Felt& key) {
    const auto is_at = [&](std::size_t position) {
        return position < keys_.size() && keys_[position] == key;
    };
    if (!is_at(last_)) {
        if (is_at(last_ + 1)) {
            ++last_;
        } else {
            const auto found = std::lower_bound(keys_.begin(), keys_.end(), key);
            if (found == keys_.end() || *found != key)
                return {};
            last_ = static_cast<std::size_t>(found - keys_.begin());
        }
    }
    return std::span(lists_).subspan(begins_[last_], count(last_));
}

std::span<const std::uint64_t> AccessLists::take(const Felt& key) {
    const auto list = of(key);
    if (!list.empty())
        ends_[last_] = begins_[last_];
    return list;
}

}  // namespace blockexecd::vm::cairo0
