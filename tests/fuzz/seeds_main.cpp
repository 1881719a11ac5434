// SPDX-License-Identifier: Apache-2.0
// fuzz_seeds: names the targets, or writes the seeds of one into a folder.
#include <filesystem>
#include <fstream>
#include <iostream>

#include "tests/fuzz/target.hpp"

int main(int argc, char** argv) {
    using namespace blockexecd::fuzz;
    if (argc == 1) {
        for (const Target& target : targets())
            std::cout << target.name << '\n';
        return 0;
    }
    const Target* const target = argc == 3 ? find_target(argv[1]) : nullptr;
    if (target == nullptr) {
        std::cerr << "usage: fuzz_seeds [TARGET FOLDER]\n";
        return 2;
    }
    std::filesystem::create_directories(argv[2]);
    int number = 0;
    for (const std::string& seed : target->seeds())
        std::ofstream(std::filesystem::path(argv[2]) / ("seed-" + std::to_string(number++)),
                      std::ios::binary)
            << seed;
    return 0;
}
