// SPDX-License-Identifier: Apache-2.0
// The lines of tests/data/cairo0/proof/cases.txt, and what the reference says of each.
#pragma once

#include <string>
#include <vector>

#include "tests/vm/cairo0/run_case.hpp"
#include "vm/cairo0/program/json.hpp"
#include "vm/cairo0/program/program.hpp"
#include "vm/cairo0/runner/program_runner.hpp"

namespace blockexecd::vm::cairo0 {

// mode=…, without which a case is a proof.
[[nodiscard]] std::string mode_of(const RunCase& each);
// Those of one mode: proof, cairo1 or pie.
[[nodiscard]] std::vector<RunCase> proof_cases(const std::string& mode);
// Of proof/goldens.json.
[[nodiscard]] const JsonValue& proof_golden(const std::string& name);
// Compiled for proofs, from proof/programs.tar.zst, or as it is in the folder above.
[[nodiscard]] std::string proof_program(const std::string& name);
[[nodiscard]] RunOptions run_options(const RunCase& each);

}  // namespace blockexecd::vm::cairo0
