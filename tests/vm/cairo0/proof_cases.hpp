// SPDX-License-Identifier: Apache-2.0
// The lines of tests/data/cairo0/proof/cases.txt, and what the reference says of each.
#pragma once

#include <map>
#include <ostream>
#include <string>
#include <vector>

#include "tests/vm/cairo0/golden_files.hpp"
#include "vm/cairo0/program/json.hpp"
#include "vm/cairo0/program/program.hpp"
#include "vm/cairo0/runner/layout.hpp"
#include "vm/cairo0/runner/program_runner.hpp"

namespace blockexecd::vm::cairo0 {

inline const std::string kCairo0Data = "tests/data/cairo0/";

struct ProofCase {
    std::string name;
    std::string program;
    std::string layout;
    std::map<std::string, std::string> options;

    [[nodiscard]] std::string option(const std::string& key, const std::string& otherwise) const {
        const auto found = options.find(key);
        return found == options.end() ? otherwise : found->second;
    }
    [[nodiscard]] bool flag(const std::string& key, bool otherwise) const {
        return option(key, otherwise ? "true" : "false") == "true";
    }
    [[nodiscard]] std::string mode() const { return option("mode", "proof"); }
};

// GoogleTest prints parameters.
inline void PrintTo(const ProofCase& value, std::ostream* out) {
    *out << value.name;
}

// Those of one mode: proof, cairo1 or pie.
[[nodiscard]] std::vector<ProofCase> proof_cases(const std::string& mode);
// Of proof/goldens.json.
[[nodiscard]] const JsonValue& proof_golden(const std::string& name);
// Compiled for proofs, from proof/programs.tar.zst, or as it is in the folder above.
[[nodiscard]] std::string proof_program(const std::string& name);
[[nodiscard]] Result<Layout> layout_of(const ProofCase& each);
[[nodiscard]] RunOptions run_options(const ProofCase& each);

}  // namespace blockexecd::vm::cairo0
