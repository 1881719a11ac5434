# SPDX-License-Identifier: Apache-2.0
# Build options and the language level; every compiler flag that is common to all targets is in Library.cmake.
option(BLOCKEXECD_TESTS "Build the tests" ON)
option(BLOCKEXECD_BENCH "Build the micro-benchmarks" ON)
set(BLOCKEXECD_SANITIZE "" CACHE STRING "Sanitizers, comma separated: address,undefined or thread or fuzzer,address")
option(BLOCKEXECD_COVERAGE "Instrument for gcov" OFF)
set(VM_CELL "packed32" CACHE STRING "Memory cell layout: packed32")
set_property(CACHE VM_CELL PROPERTY STRINGS packed32)

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin")
if(NOT CMAKE_BUILD_TYPE)
    set(CMAKE_BUILD_TYPE Release)
endif()

find_program(CCACHE ccache)
if(CCACHE)
    set(CMAKE_CXX_COMPILER_LAUNCHER "${CCACHE}")
    set(CMAKE_C_COMPILER_LAUNCHER "${CCACHE}")
endif()
