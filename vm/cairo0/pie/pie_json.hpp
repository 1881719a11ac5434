// SPDX-License-Identifier: Apache-2.0
// The JSON entries of a PIE archive.
#pragma once

#include <string>
#include <string_view>

#include "vm/cairo0/pie/pie.hpp"
#include "vm/error.hpp"

namespace blockexecd::vm::cairo0 {

// The field's prime, as PIEs name it.
inline constexpr std::string_view kPrimeDigits =
    "3618502788666131213697322783095070105623107215331596699973092056135872020481";
inline constexpr std::string_view kPieVersion = R"({"cairo_pie":"1.1"})";

// Compact, in the reference's order of keys. metadata.json, additional_data.json and
// execution_resources.json.
[[nodiscard]] std::string metadata_json(const PieMetadata& metadata);
[[nodiscard]] std::string additional_data_json(const CairoPie& pie);
[[nodiscard]] std::string execution_resources_json(const CairoPie& pie);

// Errors (kind program) name the entry and what is wrong with it.
[[nodiscard]] Result<void> check_version_json(std::string_view text);
[[nodiscard]] Result<void> parse_metadata_json(std::string_view text, PieMetadata& metadata);
[[nodiscard]] Result<void> parse_additional_data_json(std::string_view text, CairoPie& pie);
[[nodiscard]] Result<void> parse_execution_resources_json(std::string_view text, CairoPie& pie);

}  // namespace blockexecd::vm::cairo0
