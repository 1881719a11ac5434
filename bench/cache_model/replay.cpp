// SPDX-License-Identifier: Apache-2.0
#include "bench/cache_model/replay.hpp"

#include <algorithm>
#include <barrier>
#include <stdexcept>
#include <string>
#include <thread>

#include "executor/blocks/block_executor.hpp"
#include "executor/blocks/verify.hpp"
#include "storage/database/chain.hpp"
#include "storage/history/history_reader.hpp"

namespace blockexecd::bench {
namespace {

using storage::StateMode;

template <class T>
T value_or_throw(storage::Result<T> result) {
    if (result.has_error())
        throw std::runtime_error(result.error().message);
    return *std::move(result);
}

// What is executed, read before anything is recorded.
struct Work {
    executor::Block block;
    executor::StateUpdate update;
    std::optional<std::pair<executor::BlockNumber, executor::BlockHash>> old_block_hash;
};

Work read(const storage::Database& database, executor::BlockNumber number) {
    return {value_or_throw(storage::read_block(database, number)),
            value_or_throw(storage::read_state_update(database, number)),
            value_or_throw(storage::read_old_block_hash(database, number))};
}

using Execution = vm::Result<executor::BlockResult>;

// Under callgrind, exactly what this function does is collected (bench/regress.py), as exactly what
// the recorder gets in the second half is counted.
[[gnu::noinline]] Execution modelled_execution(executor::VmWorker& worker,
                                               const executor::BlockInput& input,
                                               executor::StateReader& state) {
    return executor::execute_block(worker, input, state);
}

enum class Phase { load, warm, count };

// One VM: a thread executes its blocks in order.
class Vm {
  public:
    Vm(std::shared_ptr<storage::Database> database, const executor::ChainInfo& chain,
       std::shared_ptr<executor::ClassCache> cache, executor::BlockNumber first)
        : database_(std::move(database)),
          chain_(chain),
          classes_(storage::make_class_loader(database_, std::move(cache))),
          reader_(database_, StateMode::recorded, first, classes_) {}

    [[nodiscard]] executor::VmWorker& worker() { return worker_; }

    // Records while the block is executed, not while it is read and verified.
    void execute(executor::BlockNumber number, Phase phase, Recorder* recorder) {
        const auto work = read(*database_, number);
        if (reader_.move_to(number).has_error())
            throw std::runtime_error("block " + std::to_string(number) + ": no history");
        const executor::BlockInput input{.chain = chain_,
                                         .block = work.block,
                                         .old_block_hash = work.old_block_hash,
                                         .declared_class = classes_};
        set_recorder(recorder);
        auto result = phase == Phase::count ? modelled_execution(worker_, input, reader_)
                                            : executor::execute_block(worker_, input, reader_);
        set_recorder(nullptr);
        if (result.has_error())
            throw std::runtime_error(result.error().message());
        const auto verdict = executor::verify_block(chain_, work.block, work.update, *result);
        if (!verdict.mismatches.empty())
            throw std::runtime_error("block " + std::to_string(number) +
                                     " mismatches: " + verdict.mismatches.front().field);
        transactions += work.block.transactions.size();
    }

    std::uint64_t transactions = 0;

  private:
    std::shared_ptr<storage::Database> database_;
    const executor::ChainInfo& chain_;
    storage::ClassLoader classes_;
    storage::HistoryReader reader_;
    executor::VmWorker worker_;
};

CellRange cells_of(const executor::VmWorker& worker) {
    const auto begin = reinterpret_cast<std::uintptr_t>(worker.arena.mark().top);
    return {begin, begin + vm::Arena::kDefaultReserve};
}

}  // namespace

MissCounts ModelRun::all() const {
    MissCounts sum = cells;
    sum += others;
    return sum;
}

ModelReplay::ModelReplay(std::shared_ptr<storage::Database> database, std::uint64_t blocks)
    : database_(std::move(database)),
      cache_(std::make_shared<executor::ClassCache>(std::size_t{1} << 30)) {
    const auto stored = value_or_throw(storage::read_block_range(*database_));
    if (!stored || stored->last - stored->first < blocks)
        throw std::runtime_error("the archive has fewer than " + std::to_string(blocks) +
                                 " blocks to execute");
    range_ = {stored->first + 1, stored->first + blocks};
    const auto chain = value_or_throw(storage::read_chain_info(*database_));
    Vm vm(database_, *chain, cache_, range_.first);
    for (auto block = range_.first; block <= range_.last; ++block)
        vm.execute(block, Phase::load, nullptr);
}

ModelRun ModelReplay::run(const MachineShape& machine, std::size_t vms, bool again) {
    const std::uint64_t blocks = range_.last - range_.first + 1;
    const std::uint64_t in_phase = again ? blocks : blocks / 2;
    if (vms == 0 || (in_phase % vms != 0 && !(again && vms > in_phase)))
        throw std::runtime_error(std::to_string(vms) + " VMs must divide the " +
                                 std::to_string(in_phase) + " blocks that are counted");
    const std::uint64_t of_each = std::max<std::uint64_t>(in_phase / vms, 1);
    const auto chain = value_or_throw(storage::read_chain_info(*database_));
    Hierarchy hierarchy(machine, vms);
    Rounds warm(vms);
    Rounds counted(vms);
    std::barrier half(static_cast<std::ptrdiff_t>(vms));
    std::vector<ModelRun> results(vms);

    const auto execute = [&](std::size_t index) {
        Vm vm(database_, *chain, cache_, range_.first);
        Recorder recorder(index, hierarchy, cells_of(vm.worker()));
        const auto share = [&](std::uint64_t begin, Phase phase, Rounds& rounds) {
            recorder.begin_phase(rounds);
            for (std::uint64_t i = 0; i < of_each; ++i)
                vm.execute(range_.first + begin + (index + i * vms) % in_phase, phase, &recorder);
            recorder.end_phase();
        };
        share(0, Phase::warm, warm);
        half.arrive_and_wait();
        const auto steps = vm.worker().executed_steps;
        const auto transactions = vm.transactions;
        share(blocks - in_phase, Phase::count, counted);
        results[index] = {.vms = vms,
                          .blocks = of_each,
                          .transactions = vm.transactions - transactions,
                          .steps = vm.worker().executed_steps - steps,
                          .accesses = recorder.accesses(),
                          .cells = recorder.cells(),
                          .others = recorder.others()};
    };
    {
        std::vector<std::jthread> threads;
        for (std::size_t index = 0; index < vms; ++index)
            threads.emplace_back(execute, index);
    }
    ModelRun sum;
    sum.vms = vms;
    for (const auto& result : results) {
        sum.blocks += result.blocks;
        sum.transactions += result.transactions;
        sum.steps += result.steps;
        sum.accesses += result.accesses;
        sum.cells += result.cells;
        sum.others += result.others;
    }
    return sum;
}

}  // namespace blockexecd::bench
