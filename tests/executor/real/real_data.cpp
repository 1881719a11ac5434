// SPDX-License-Identifier: Apache-2.0
#include "tests/executor/real/real_data.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <cstdlib>
#include <iostream>

#include "executor/classes/class_codec.hpp"
#include "executor/classes/class_definition.hpp"
#include "tests/executor/blocks/archive_json.hpp"

namespace blockexecd::executor::test {

std::optional<std::filesystem::path> real_folder() {
    const char* set = std::getenv("BLOCKEXECD_REAL");
    const std::filesystem::path folder = set != nullptr ? set : "../shared/real";
    return std::filesystem::is_directory(folder) ? std::optional(folder) : std::nullopt;
}

std::shared_ptr<const CompiledClass> read_real_class(const std::filesystem::path& folder,
                                                     const std::filesystem::path& casm_folder,
                                                     const ClassHash& class_hash) {
    const std::string file = class_hash.to_hex() + ".json";
    auto json = read_text(folder / file);
    // Some lie there as compilers write them: the ABI that was hashed is a text of unknown form.
    bool hashed = true;
    if (auto parsed = boost::json::parse(json);
        parsed.as_object().contains("sierra_program") && !parsed.at("abi").is_string()) {
        parsed.as_object()["abi"] = "";
        json = boost::json::serialize(parsed);
        hashed = false;
    }
    const auto definition = [&] {
        if (json.find("\"sierra_program\"") == std::string::npos)
            return parse_cairo0_class({.name = file, .json = json}).value();
        const auto casm = read_text(casm_folder / file);
        return parse_cairo1_class({.name = file, .json = json}, {.name = file, .json = casm})
            .value();
    }();
    if (hashed)
        check_class_hash(definition, class_hash, file).value();
    return compile_class(definition).value();
}

void print_comparison(const std::string& of, std::uint64_t compared, std::uint64_t skipped,
                      std::uint64_t excepted) {
    std::cout << of << ": " << compared << " compared, " << skipped << " skipped, " << excepted
              << " excepted\n";
}

}  // namespace blockexecd::executor::test
