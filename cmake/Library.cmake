# SPDX-License-Identifier: Apache-2.0
# The one place that says with which flags this project's code is compiled.

function(blockexecd_flags target)
    target_include_directories(${target} PUBLIC "${PROJECT_SOURCE_DIR}")
    # GCC 12 reports a false -Wrestrict for "literal" + std::string (its bug 105651).
    target_compile_options(${target} PRIVATE -Wall -Wextra -Wpedantic -Werror -fno-omit-frame-pointer
        $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>)
    target_compile_definitions(${target} PUBLIC "VM_CELL_${VM_CELL}=1")
    if(BLOCKEXECD_SANITIZE)
        target_compile_options(${target} PUBLIC "-fsanitize=${BLOCKEXECD_SANITIZE}" -fno-sanitize-recover=all)
        # Its instrumentation hides initialisations from GCC's warning (its manual says so).
        if(BLOCKEXECD_SANITIZE STREQUAL "thread" AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
            target_compile_options(${target} PUBLIC -Wno-maybe-uninitialized)
        endif()
        target_link_options(${target} PUBLIC "-fsanitize=${BLOCKEXECD_SANITIZE}")
    endif()
    if(BLOCKEXECD_ACCESS_TRACE AND target MATCHES "^vm_(memory|interpreter|builtins|runner|hints)$")
        # The compiler's hooks before each load and store of the VM; bench/cache_model has their bodies, and is not linked
        # with the thread sanitizer.
        target_compile_options(${target} PRIVATE -fsanitize=thread --param=tsan-instrument-func-entry-exit=0
            $<$<STREQUAL:${CMAKE_SYSTEM_PROCESSOR},x86_64>:-mstringop-strategy=libcall>)
    endif()
    if(BLOCKEXECD_COVERAGE)
        target_compile_options(${target} PUBLIC --coverage)
        target_link_options(${target} PUBLIC --coverage)
    endif()
endfunction()

# blockexecd_library(vm_felt SOURCES felt.cpp … DEPENDS vm_error Boost::headers …)
function(blockexecd_library name)
    cmake_parse_arguments(ARG "" "" "SOURCES;DEPENDS" ${ARGN})
    add_library(${name} STATIC ${ARG_SOURCES})
    blockexecd_flags(${name})
    target_link_libraries(${name} PUBLIC ${ARG_DEPENDS})
endfunction()

# blockexecd_program(cairovm SOURCES main.cpp DEPENDS vm)
function(blockexecd_program name)
    cmake_parse_arguments(ARG "" "" "SOURCES;DEPENDS" ${ARGN})
    add_executable(${name} ${ARG_SOURCES})
    blockexecd_flags(${name})
    target_link_libraries(${name} PRIVATE ${ARG_DEPENDS})
endfunction()

# blockexecd_test(felt_test SOURCES felt_test.cpp DEPENDS vm_felt): a GoogleTest program, one ctest entry,
# run from the project's folder so that tests find tests/data.
function(blockexecd_test name)
    cmake_parse_arguments(ARG "" "" "SOURCES;DEPENDS;LABELS" ${ARGN})
    add_executable(${name} ${ARG_SOURCES})
    blockexecd_flags(${name})
    target_link_libraries(${name} PRIVATE ${ARG_DEPENDS} GTest::gtest GTest::gmock GTest::gtest_main)
    add_test(NAME ${name} COMMAND ${name} WORKING_DIRECTORY "${PROJECT_SOURCE_DIR}")
    set_tests_properties(${name} PROPERTIES TIMEOUT 600 ENVIRONMENT "BLOCKEXECD_CHAINS=${BLOCKEXECD_CHAINS}")
    if(ARG_LABELS)
        set_tests_properties(${name} PROPERTIES LABELS "${ARG_LABELS}")
    endif()
endfunction()
