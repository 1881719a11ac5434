// SPDX-License-Identifier: Apache-2.0
// From a finished run to a PIE, and from a PIE to another run.
#pragma once

#include <string>

#include "vm/cairo0/pie/archive.hpp"
#include "vm/cairo0/pie/pie.hpp"
#include "vm/cairo0/runner/program_runner.hpp"
#include "vm/error.hpp"

namespace blockexecd::vm::cairo0 {

// Precondition: the run ended and its return values were read. Errors: UnexpectedRetFpSegmentSize
// and the like, NoStopPointer, StrippedProgramNoMain.
[[nodiscard]] Result<CairoPie> make_pie(const ProgramRunner& runner);
// The archive with the run's memory. `merge_extra_segments`: those segments become one, and what
// points into them is changed. Errors: the file cannot be written.
Result<void> write_pie(const ProgramRunner& runner, const CairoPie& pie, const std::string& path,
                       bool merge_extra_segments);

// An archive whose contents were checked; the memory is still in it.
struct LoadedPie {
    PieArchiveReader archive;
    CairoPie pie;
    std::uint64_t cells = 0;
};
// Errors, one each: those of the archive, of its JSON, of the limits, and CairoPieValidationError.
[[nodiscard]] Result<LoadedPie> load_pie(PieArchiveReader archive, const PieLimits& limits = {});

// Runs program_of(pie.metadata), for which the runner was made, from the PIE's memory. A secure run
// must make the same PIE again. Errors: CairoPieProofMode, PieNStepsVsRunResourcesNStepsMismatch
// unless the runner's resources are exactly the PIE's steps, InvalidAdditionalData, those of
// ProgramRunner, and CairoPieValidationError's Diff….
Result<void> run_pie(ProgramRunner& runner, const LoadedPie& loaded);

}  // namespace blockexecd::vm::cairo0
