// SPDX-License-Identifier: Apache-2.0
// cache_model: misses a VM step, for numbers of VMs on a machine that need not be there. Built with
// BLOCKEXECD_ACCESS_TRACE (./dev cache-model builds one for each cell layout); in an ordinary build
// it executes the same blocks, to be run under cachegrind.
#include <CLI/CLI.hpp>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <cstdio>
#include <filesystem>
#include <iostream>

#include "bench/cache_model/replay.hpp"
#include "storage/archive/import.hpp"

namespace blockexecd::bench {
namespace {

struct Flags {
    std::filesystem::path archive;
    std::vector<std::size_t> vms{1};
    std::uint64_t blocks = 64;
    bool again = false;
    bool two_levels = false;
    bool json = false;
};

boost::json::object to_json(const MissCounts& counts) {
    return {{"accesses", counts.accesses},
            {"l1_misses", counts.l1},
            {"l2_misses", counts.l2},
            {"l3_misses", counts.l3}};
}

boost::json::object to_json(const ModelRun& run) {
    return {{"cell", BLOCKEXECD_CELL},      {"vms", run.vms},
            {"blocks", run.blocks},         {"transactions", run.transactions},
            {"steps", run.steps},           {"accesses", run.accesses},
            {"all", to_json(run.all())},    {"cells", to_json(run.cells)},
            {"others", to_json(run.others)}};
}

void print(const ModelRun& run) {
    const auto steps = static_cast<double>(run.steps);
    const auto all = run.all();
    std::printf(
        "%-9s %2zu VMs  %10llu steps  a step: %7.2f accesses, misses L1 %8.5f L2 %8.5f L3 "
        "%8.5f, of cells L1 %8.5f L2 %8.5f L3 %8.5f\n",
        BLOCKEXECD_CELL, run.vms, static_cast<unsigned long long>(run.steps),
        static_cast<double>(run.accesses) / steps, static_cast<double>(all.l1) / steps,
        static_cast<double>(all.l2) / steps, static_cast<double>(all.l3) / steps,
        static_cast<double>(run.cells.l1) / steps, static_cast<double>(run.cells.l2) / steps,
        static_cast<double>(run.cells.l3) / steps);
    std::fflush(stdout);
}

int run(const Flags& flags) {
    if (!can_record())
        std::cerr << "this build records no accesses: only execution is what it should be\n";
    std::string folder = (std::filesystem::temp_directory_path() / "cache-model-XXXXXX").string();
    if (mkdtemp(folder.data()) == nullptr)
        throw std::runtime_error("no temporary folder can be made; set TMPDIR");
    struct Remove {
        std::string folder;
        ~Remove() {
            std::error_code left_behind;
            std::filesystem::remove_all(folder, left_behind);
        }
    } const remove{folder};
    storage::DatabaseSettings settings;
    settings.path = folder + "/db";
    const auto database = storage::Database::open(settings).value();
    storage::import_archive(*database, flags.archive, {.check_hashes = false}).value();

    MachineShape machine;
    if (flags.two_levels) {  // what cachegrind has
        machine.l2.bytes = 0;
        machine.l3.hashed = false;
    }
    ModelReplay replay(database, flags.blocks);
    boost::json::array runs;
    for (const auto vms : flags.vms) {
        const auto result = replay.run(machine, vms, flags.again);
        runs.push_back(to_json(result));
        if (!flags.json)
            print(result);
    }
    if (flags.json)
        std::cout << boost::json::serialize(runs) << "\n";
    return 0;
}

}  // namespace
}  // namespace blockexecd::bench

int main(int argc, char** argv) {
    blockexecd::bench::Flags flags;
    CLI::App app("Cache misses a VM step on a Ryzen 9 5950X, from the VMs' own accesses.",
                 "cache_model");
    app.add_option("--archive", flags.archive, "Folder or tar file of the archive")->required();
    app.add_option("--vms", flags.vms, "Numbers of VMs, 1 to 32")
        ->delimiter(',')
        ->check(CLI::Range(1, 32));
    app.add_option(
        "--blocks", flags.blocks,
        "Blocks: the first half warms, the second is counted; a multiple of twice the VMs");
    app.add_flag("--again", flags.again,
                 "Count the same blocks again instead: for chains with few blocks");
    app.add_flag("--two-levels", flags.two_levels, "No L2, as in cachegrind");
    app.add_flag("--json", flags.json, "Print one JSON array");
    CLI11_PARSE(app, argc, argv);
    try {
        return blockexecd::bench::run(flags);
    } catch (const std::exception& error) {
        std::cerr << error.what() << "\n";
        return 1;
    }
}
