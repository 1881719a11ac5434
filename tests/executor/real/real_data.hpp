// SPDX-License-Identifier: Apache-2.0
// Test support: recorded data of the public networks, which is not part of the project. Tests that
// need it say so and are skipped where it is absent.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "executor/types/contract_class.hpp"

namespace blockexecd::executor::test {

// $BLOCKEXECD_REAL, or ../shared/real beside the project; nothing where there is no such folder.
std::optional<std::filesystem::path> real_folder();

// A class of a folder, HASH.json, with its CASM in another if it is a Sierra class. Throws
// std::runtime_error for a class that is absent, damaged, or of another hash (which is not known
// where the ABI is a list).
std::shared_ptr<const CompiledClass> read_real_class(const std::filesystem::path& folder,
                                                     const std::filesystem::path& casm_folder,
                                                     const ClassHash& class_hash);

// What a test compared and what it left out, on standard output.
void print_comparison(const std::string& of, std::uint64_t compared, std::uint64_t skipped,
                      std::uint64_t excepted = 0);

// A fixture for tests of one folder of the recorded data.
class RealData : public testing::Test {
  protected:
    explicit RealData(const std::string& folder) : name_(folder) {}
    void SetUp() override {
        const auto real = real_folder();
        if (!real || !std::filesystem::exists(*real / name_))
            GTEST_SKIP() << "no recorded data: set BLOCKEXECD_REAL to the folder that has "
                         << name_;
        folder = *real / name_;
    }
    std::filesystem::path folder;

  private:
    std::string name_;
};

}  // namespace blockexecd::executor::test
