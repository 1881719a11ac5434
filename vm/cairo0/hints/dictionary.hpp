// SPDX-License-Identifier: Apache-2.0
// A Cairo dictionary: keys and values are cells, a word each in the compact layout, whose boxes are
// in the run's arena. Keys are looked up as values.
#pragma once

#include <boost/unordered/unordered_flat_map.hpp>
#include <cstddef>
#include <functional>

#include "vm/memory/cell.hpp"
#include "vm/memory/value.hpp"

namespace blockexecd::vm::cairo0 {

// The same for a value and for a cell that holds it.
struct DictionaryHash {
    using is_transparent = void;

    std::size_t operator()(const Value& value) const noexcept {
        return value.is_relocatable() ? std::hash<Relocatable>{}(value.relocatable())
                                      : std::hash<Felt>{}(value.felt());
    }
    std::size_t operator()(const Cell& cell) const noexcept {
        return cell.is_relocatable() ? std::hash<Relocatable>{}(cell.relocatable())
                                     : std::hash<Felt>{}(cell.felt());
    }
};

// Whatever the marks.
struct DictionaryEqual {
    using is_transparent = void;

    bool operator()(const Cell& a, const Cell& b) const noexcept { return Cell::same_value(a, b); }
    bool operator()(const Cell& cell, const Value& value) const noexcept {
        if (cell.is_small())
            return value.is_felt() && value.felt().fits_u64() &&
                   value.felt().limbs()[0] == cell.small();
        return cell.load() == value;
    }
    bool operator()(const Value& value, const Cell& cell) const noexcept {
        return (*this)(cell, value);
    }
};

using Dictionary = boost::unordered_flat_map<Cell, Cell, DictionaryHash, DictionaryEqual>;

}  // namespace blockexecd::vm::cairo0
