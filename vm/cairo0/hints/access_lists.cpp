// SPDX-License-Identifier: Apache-2.0
// Accesses by keys of a word are sorted, key and index together. With longer keys the keys are
// numbered as they appear, counted, and sorted; then each access is put into its list.
#include "vm/cairo0/hints/access_lists.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <boost/unordered/unordered_flat_map.hpp>
#include <utility>

namespace blockexecd::vm::cairo0 {

namespace {

// A key of a word above, the index of an access below: ordered as the lists are.
using KeyedIndex = u128;
constexpr unsigned kKeyShift = 64;
constexpr unsigned kDigitBits = 8;

std::uint64_t key_of(KeyedIndex access) {
    return static_cast<std::uint64_t>(access >> kKeyShift);
}

// The least significant byte of the keys first; precondition: the indices ascend.
void sort_by_bytes(std::vector<KeyedIndex>& accesses, std::uint64_t differing) {
    std::vector<KeyedIndex> sorted(accesses.size());
    for (unsigned shift = 0; shift < kKeyShift; shift += kDigitBits) {
        const auto digit = [shift](KeyedIndex access) {
            return static_cast<std::uint8_t>(key_of(access) >> shift);
        };
        if (static_cast<std::uint8_t>(differing >> shift) == 0)
            continue;
        std::array<std::size_t, std::size_t{1} << kDigitBits> places{};
        for (const KeyedIndex access : accesses)
            ++places[digit(access)];
        std::size_t place = 0;
        for (std::size_t& digit_place : places)
            place += std::exchange(digit_place, place);
        for (const KeyedIndex access : accesses)
            sorted[places[digit(access)]++] = access;
        accesses.swap(sorted);
    }
}

// A pass over all accesses for each byte in which keys differ, or comparisons, whichever is less.
void sort(std::vector<KeyedIndex>& accesses) {
    constexpr std::size_t kFewest = 64;
    std::uint64_t differing = 0;
    for (const KeyedIndex access : accesses)
        differing |= key_of(access) ^ key_of(accesses.front());
    const auto bytes = (std::bit_width(differing) + kDigitBits - 1) / kDigitBits;
    if (accesses.size() >= kFewest && 2 * bytes <= std::bit_width(accesses.size()))
        sort_by_bytes(accesses, differing);
    else
        std::sort(accesses.begin(), accesses.end());
}

}  // namespace

AccessLists::AccessLists(std::span<const Felt> accesses, const Relocatable& array) : array_(array) {
    if (std::all_of(accesses.begin(), accesses.end(), [](const Felt& k) { return k.fits_u64(); }))
        list_words(accesses);
    else
        list_felts(accesses);
}

void AccessLists::list_words(std::span<const Felt> accesses) {
    std::vector<KeyedIndex> sorted(accesses.size());
    for (std::size_t i = 0; i < accesses.size(); ++i)
        sorted[i] = KeyedIndex{accesses[i].limbs()[0]} << kKeyShift | i;
    sort(sorted);
    lists_.resize(sorted.size());
    for (std::size_t i = 0; i < sorted.size(); ++i) {
        lists_[i] = static_cast<std::uint64_t>(sorted[i]);
        if (i != 0 && key_of(sorted[i]) == key_of(sorted[i - 1]))
            continue;
        keys_.emplace_back(key_of(sorted[i]));
        begins_.push_back(i);
    }
    if (begins_.empty())
        return;
    ends_.assign(begins_.begin() + 1, begins_.end());
    ends_.push_back(sorted.size());
}

void AccessLists::list_felts(std::span<const Felt> accesses) {
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
