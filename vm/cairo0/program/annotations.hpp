// SPDX-License-Identifier: Apache-2.0
// Error texts of Cairo 0 programs: error_message attributes and source locations with their
// excerpt.
#pragma once

#include <memory>

#include "vm/cairo0/program/program.hpp"

namespace blockexecd::vm::cairo0 {

// The attributes' references point into `references`.
[[nodiscard]] std::shared_ptr<const ProgramAnnotations> make_annotations(
    std::shared_ptr<const std::vector<Reference>> references,
    std::vector<ErrorAttribute> attributes, std::shared_ptr<const DebugInfo> debug_info);

// "file:line:col: message", and below it the line with marks if the file can be read.
[[nodiscard]] std::string located_text(const SourceLocation& location, const std::string& message);

}  // namespace blockexecd::vm::cairo0
