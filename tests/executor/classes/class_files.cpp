// SPDX-License-Identifier: Apache-2.0
#include "tests/executor/classes/class_files.hpp"

#include <map>
#include <stdexcept>

#include "tests/executor/commitments/gateway.hpp"

namespace blockexecd::executor {

ClassHash ClassFiles::class_hash() const {
    return *Felt::from_hex(name);
}

ClassDefinition ClassFiles::parse() const {
    auto definition = [&] {
        if (!cairo0.empty())
            return parse_cairo0_class({cairo0.string(), gateway::read_file(cairo0)});
        return parse_cairo1_class({sierra.string(), gateway::read_file(sierra)},
                                  {casm.string(), gateway::read_file(casm)});
    }();
    if (definition.has_error())
        throw std::runtime_error(definition.error().message());
    return *std::move(definition);
}

std::vector<ClassFiles> class_files(const std::filesystem::path& folder) {
    std::map<std::string, ClassFiles> by_name;
    for (const std::filesystem::path& path : gateway::json_files(folder)) {
        const std::string file = path.filename().string();
        ClassFiles& files = by_name[file.substr(0, file.find('.'))];
        files.name = file.substr(0, file.find('.'));
        if (file.ends_with(".sierra.json"))
            files.sierra = path;
        else if (file.ends_with(".casm.json"))
            files.casm = path;
        else
            files.cairo0 = path;
    }
    std::vector<ClassFiles> list;
    for (auto& [name, files] : by_name)
        list.push_back(std::move(files));
    return list;
}

}  // namespace blockexecd::executor
