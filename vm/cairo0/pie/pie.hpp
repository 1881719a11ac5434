// SPDX-License-Identifier: Apache-2.0
// Cairo PIE (position independent execution): a finished run of a program, packed so that another
// program, a bootloader, can run it again. The memory stays apart: it is as large as the run, and
// goes between file and machine cell by cell.
#pragma once

#include <cstdint>
#include <map>
#include <utility>
#include <variant>
#include <vector>

#include "vm/builtin_name.hpp"
#include "vm/builtins/output_data.hpp"
#include "vm/cairo0/program/program.hpp"
#include "vm/error.hpp"
#include "vm/felt/felt.hpp"
#include "vm/memory/relocatable.hpp"

namespace blockexecd::vm::cairo0 {

struct PieSegment {
    std::int64_t index = 0;
    std::uint64_t size = 0;
    friend bool operator==(const PieSegment&, const PieSegment&) = default;
};

struct PieMetadata {
    std::vector<Felt> data;
    std::vector<BuiltinName> builtins;
    std::uint64_t main = 0;
    PieSegment program_segment;
    PieSegment execution_segment;
    PieSegment ret_fp_segment;
    PieSegment ret_pc_segment;
    std::map<BuiltinName, PieSegment> builtin_segments;
    std::vector<PieSegment> extra_segments;
    friend bool operator==(const PieMetadata&, const PieMetadata&) = default;
};

// What a builtin knows beside its cells.
struct NoAdditionalData {
    friend bool operator==(NoAdditionalData, NoAdditionalData) = default;
};
using VerifiedAddresses = std::vector<Relocatable>;                                // pedersen
using PieSignatures = std::vector<std::pair<Relocatable, std::pair<Felt, Felt>>>;  // ecdsa: r, s
// An empty list is a VerifiedAddresses, whichever builtin it belongs to.
using AdditionalData = std::variant<NoAdditionalData, VerifiedAddresses, OutputData, PieSignatures>;

struct CairoPie {
    PieMetadata metadata;
    std::uint64_t n_steps = 0;
    std::uint64_t n_memory_holes = 0;
    std::map<BuiltinName, std::uint64_t> builtin_instances;
    std::map<BuiltinName, AdditionalData> additional_data;
};

// What can be checked without the memory; errors in the reference's words
// (CairoPieValidationError). The reference checks the memory's addresses between the two.
[[nodiscard]] Result<void> check_pie_metadata(const PieMetadata& metadata);
[[nodiscard]] Result<void> check_pie_resources(const CairoPie& pie);
// Whether `made`, by running `given` again, is the same PIE but for pedersen's data. Errors: Diff….
[[nodiscard]] Result<void> check_pie_compatibility(const CairoPie& made, const CairoPie& given,
                                                   bool same_memory);
// Data, builtins and main only: nothing else is in a PIE, and no hints.
[[nodiscard]] Cairo0Program program_of(const PieMetadata& metadata);
// The size of each segment by its index.
[[nodiscard]] std::map<std::int64_t, std::uint64_t> segment_sizes_of(const PieMetadata& metadata);

}  // namespace blockexecd::vm::cairo0
