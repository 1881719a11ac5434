# SPDX-License-Identifier: Apache-2.0
# cmake -DOUTPUT=… -DDIRECTORY=… -DVERSIONS=0_13_0:0_13_1:… -P embed.cmake: writes a C++ source that holds the data files.
string(REPLACE ":" ";" VERSIONS "${VERSIONS}")
set(entries "")
foreach(version ${VERSIONS})
    file(READ "${DIRECTORY}/${version}.json" text)
    string(REPLACE "_" "." name "${version}")
    string(APPEND entries "    {\"${name}\", R\"json(${text})json\"},\n")
endforeach()
file(WRITE "${OUTPUT}" "// SPDX-License-Identifier: Apache-2.0
// Generated from executor/constants/data by embed.cmake.
#include \"executor/constants/embedded.hpp\"

namespace blockexecd::executor {
namespace {
constexpr EmbeddedFile kFiles[] = {
${entries}};
}  // namespace
std::span<const EmbeddedFile> embedded_versioned_constants() { return kFiles; }
}  // namespace blockexecd::executor
")
