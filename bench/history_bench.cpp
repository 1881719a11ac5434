// SPDX-License-Identifier: Apache-2.0
// Historical reads, warm: one look-up by the reused iterator, of cells that are there and of cells
// that never were written. Each case checks its values against the recorded diffs before it is
// timed.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <filesystem>
#include <random>

#include "storage/archive/import.hpp"
#include "storage/history/history_reader.hpp"

namespace blockexecd::storage {
namespace {

struct Setup {
    std::filesystem::path folder;
    std::shared_ptr<Database> database;
    executor::BlockNumber block = 0;  // the state after all stored blocks
    std::vector<std::pair<executor::StorageCell, executor::Felt>> cells;

    Setup() {
        folder = std::filesystem::temp_directory_path() /
                 ("blockexecd-bench-" + std::to_string(std::random_device{}()));
        DatabaseSettings settings;
        settings.path = folder;
        database = Database::open(settings).value();
        const auto archive = std::filesystem::path("tests/data/chains/mixed-small.tar.zst");
        block =
            import_archive(*database, archive, {.check_hashes = false}).value().archive.last + 1;
        for (std::size_t i = 0; i < kColumnCount; ++i)
            database->rocks()
                .Flush({}, database->column(static_cast<Column>(i)))
                .PermitUncheckedError();
        std::map<executor::StorageCell, executor::Felt> state;
        for (executor::BlockNumber number = 0; number < block; ++number)
            for (const auto& [cell, value] :
                 read_state_update(*database, number).value().diff.storage)
                state[cell] = value;
        cells.assign(state.begin(), state.end());
        std::shuffle(cells.begin(), cells.end(), std::mt19937_64(1));
    }
    ~Setup() {
        database.reset();
        std::error_code ignored;
        std::filesystem::remove_all(folder, ignored);
    }
};

void read_storage(benchmark::State& state, bool present) {
    static Setup setup;
    auto cells = setup.cells;
    for (auto& [cell, value] : cells)
        if (!present) {
            cell.key = cell.key + executor::Felt(1000);
            value = 0;
        }
    HistoryReader reader(setup.database, StateMode::recorded, setup.block, {});
    for (const auto& [cell, value] : cells)
        if (const auto read = reader.storage_at(cell.address, cell.key); !read || *read != value)
            return state.SkipWithError("a wrong value was read");
    std::size_t next = 0;
    for (auto _ : state) {
        const auto& cell = cells[next].first;
        benchmark::DoNotOptimize(reader.storage_at(cell.address, cell.key));
        next = next + 1 == cells.size() ? 0 : next + 1;
    }
}
BENCHMARK_CAPTURE(read_storage, written_cell, true);
BENCHMARK_CAPTURE(read_storage, unwritten_cell, false);

}  // namespace
}  // namespace blockexecd::storage
