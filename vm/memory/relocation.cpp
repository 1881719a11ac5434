// SPDX-License-Identifier: Apache-2.0
// Temporary segments: rules that map them to real ones, and the move at the end of a run.
#include "vm/memory/memory.hpp"
#include "vm/memory/memory_detail.hpp"

namespace blockexecd::vm {

Result<void> Memory::add_relocation_rule(const Relocatable& source,
                                         const Relocatable& destination) {
    if (source.segment >= 0)
        return memory_error("Memory addresses must be in a TemporarySegment, segment: " +
                            std::to_string(source.segment));
    if (source.offset != 0)
        return memory_error("The TemporarySegment: " + std::to_string(source.offset) +
                            " doesn't have a relocation address");
    const std::size_t index = temporary_index(source.segment);
    if (index >= rules_.size())
        rules_.resize(index + 1);
    if (rules_[index])
        return memory_error("Attempt to overwrite a relocation rule, segment: " +
                            std::to_string(source.segment));
    rules_[index] = destination;
    has_rules_ = true;
    return {};
}

Result<void> Memory::relocate_temporary_segments() {
    if (!has_rules_ || temporary_.empty())
        return {};
    std::size_t rule_count = 0;
    for (const auto& rule : rules_)
        rule_count += rule.has_value() ? 1 : 0;

    for (auto& rule : rules_) {
        if (!rule)
            continue;
        Relocatable target = *rule;
        std::size_t hops = 0;
        while (target.segment < 0) {
            const std::size_t next = temporary_index(target.segment);
            if (next >= rules_.size() || !rules_[next])
                return memory_error("Temporary segment " + std::to_string(target.segment) +
                                    " has no relocation mapping (unmapped temporary segment).");
            BX_TRY(target, add_usize(*rules_[next], target.offset));
            if (++hops > rule_count + 1)
                return memory_error("Inconsistent Relocation");
        }
        rule = target;
    }

    const auto rewrite = [this](Segment& segment) -> Result<void> {
        for (std::uint64_t i = 0; i < segment.size; ++i) {
            Cell& cell = segment.cells[i];
            if (cell.is_empty() || !cell.is_relocatable() || cell.relocatable().segment >= 0)
                continue;
            const Relocatable address = cell.relocatable();
            const std::size_t index = temporary_index(address.segment);
            if (index >= rules_.size() || !rules_[index])
                continue;
            BX_TRY(const Relocatable moved, add_usize(*rules_[index], address.offset));
            cell.store(moved, arena_, cell.is_accessed());
        }
        return {};
    };
    // The shared program cells hold no addresses.
    for (std::size_t i = shared_program_ ? 1 : 0; i < segment_count_; ++i)
        BX_CHECK(rewrite(segments_[i]));
    BX_CHECK(rewrite(program_tail_));
    for (Segment& segment : temporary_)
        BX_CHECK(rewrite(segment));

    for (std::size_t index = temporary_.size(); index-- > 0;) {
        if (!rules_[index])
            continue;
        const Segment moved = temporary_[index];
        temporary_.erase(temporary_.begin() + static_cast<std::ptrdiff_t>(index));
        Relocatable target = *rules_[index];
        for (std::uint64_t i = 0; i < moved.size; ++i) {
            const Cell& cell = moved.cells[i];
            if (!cell.is_empty()) {
                BX_CHECK(insert(target, cell.load()));
                if (cell.is_accessed())
                    mark_accessed(target);
            }
            BX_TRY(target, add_usize(target, 1));
        }
    }
    rules_.assign(temporary_.size(), std::nullopt);
    has_rules_ = false;
    return {};
}

}  // namespace blockexecd::vm
