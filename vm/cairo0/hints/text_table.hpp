// SPDX-License-Identifier: Apache-2.0
// Finds a text among those of a list. Made by the compiler, so that no process spends time on a
// table that it hardly uses.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace blockexecd::vm::cairo0 {

template <std::size_t kSize>
class TextTable {
  public:
    // Of equal texts, the first one is found.
    consteval explicit TextTable(const std::array<std::string_view, kSize>& texts) : texts_(texts) {
        std::ranges::fill(slots_, kNone);
        for (std::size_t i = 0; i < kSize; ++i) {
            std::size_t slot = first_slot(texts[i]);
            while (slots_[slot] != kNone)
                slot = (slot + 1) % slots_.size();
            slots_[slot] = static_cast<std::uint16_t>(i);
        }
    }

    // The text's index in the list; kSize for a text that is none of them.
    [[nodiscard]] constexpr std::size_t find(std::string_view text) const {
        for (std::size_t slot = first_slot(text); slots_[slot] != kNone;
             slot = (slot + 1) % slots_.size())
            if (texts_[slots_[slot]] == text)
                return slots_[slot];
        return kSize;
    }

  private:
    static constexpr std::uint16_t kNone = UINT16_MAX;
    static constexpr std::size_t kSlots = std::bit_ceil(kSize * 4);
    static_assert(kSize < kNone);

    // By the length and nine characters: they tell nearly all texts apart, and cost the same for
    // long ones.
    static constexpr std::size_t first_slot(std::string_view text) {
        std::uint64_t key = text.size();
        for (std::size_t i = 0; i <= 8 && !text.empty(); ++i)
            key = (key ^ static_cast<unsigned char>(text[(text.size() - 1) * i / 8])) *
                  0x9e3779b97f4a7c15ULL;
        return static_cast<std::size_t>(key >> (64 - std::countr_zero(kSlots)));
    }

    std::array<std::string_view, kSize> texts_;
    std::array<std::uint16_t, kSlots> slots_{};
};

}  // namespace blockexecd::vm::cairo0
