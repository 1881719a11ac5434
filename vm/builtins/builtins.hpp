// SPDX-License-Identifier: Apache-2.0
// The builtins of one run: a closed set with static dispatch. Each owns one segment; missing cells
// are deduced, inserted ones validated (by the segment's rule in Memory), and the end of the run
// verifies what was not deduced.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "vm/builtin_name.hpp"
#include "vm/builtins/output_data.hpp"
#include "vm/error.hpp"
#include "vm/felt/felt.hpp"
#include "vm/memory/memory.hpp"

namespace blockexecd::vm {

// cells an instance takes, and how many of them are inputs; output has none.
struct BuiltinShape {
    std::uint32_t cells;
    std::uint32_t inputs;
};
[[nodiscard]] BuiltinShape builtin_shape(BuiltinName name);
// The name with its suffix, as error texts have it.
[[nodiscard]] std::string builtin_display(BuiltinName name);

struct Builtin {
    BuiltinName name = BuiltinName::output;
    std::int32_t segment = 0;
    // The program names it, so its pointer is on the initial stack.
    bool included = true;
    // Verified by Cairo code instead of an AIR: deduces, but has no stop pointer, no resources and
    // no end-of-run check.
    bool simulated = false;
    std::optional<std::uint64_t> stop_pointer;  // set by final_stack

    // Deductions already made, by instance: pedersen's verified cells, the outputs of the others.
    std::uint8_t* computed = nullptr;
    Felt* outputs = nullptr;
    std::uint64_t computed_capacity = 0;  // instances

    // What the program gets for it: the base (segment_arena: base + 3).
    [[nodiscard]] Relocatable initial_stack() const {
        return {segment, name == BuiltinName::segment_arena ? std::uint64_t{3} : 0};
    }
};

class Builtins final : public SignatureValidator {
  public:
    explicit Builtins(Memory& memory) : memory_(memory) {}
    Builtins(const Builtins&) = delete;
    Builtins& operator=(const Builtins&) = delete;

    // Adds the builtin's segment; segment_arena takes two, its infos segment first.
    void add(BuiltinName name, bool included = true, bool simulated = false);
    // In the order added, simulated ones included.
    [[nodiscard]] std::span<const Builtin> all() const { return {builtins_.data(), count_}; }
    [[nodiscard]] std::span<Builtin> all() { return {builtins_.data(), count_}; }
    // Not simulated; null if there is none.
    [[nodiscard]] const Builtin* find(BuiltinName name) const;
    [[nodiscard]] Builtin* find(BuiltinName name);
    // Lets segments validate what is inserted, from now on.
    void install_rules();

    // The value that a missing cell must have; nothing when no builtin owns the segment or inputs
    // are missing. Errors: the builtin's own about bad inputs.
    Result<std::optional<Value>> deduce(const Relocatable& address);
    // The same into `out`, marked as accessed. Precondition: the segment has the rule `deduced`.
    enum class Deduction : std::uint8_t { known, unknown, failed };
    [[nodiscard]] Deduction deduce_cell(std::int32_t segment, std::uint64_t offset, Cell& out);

    // End of a run: every cell equals its deduction. Error: InconsistentAutoDeduction.
    Result<void> verify_auto_deductions();
    // The same, and missing cells of complete instances are written (proof mode's fill_holes).
    Result<void> complete_auto_deductions();
    // The secure run's checks: inputs present, mod builtins consistent. Errors: MissingMemoryCells
    // and the mod builtins'.
    Result<void> run_security_checks();

    // Cells and instances used; segment_arena's without its first three cells. Output and range
    // checks: cells.
    [[nodiscard]] Result<std::uint64_t> used_cells(const Builtin& builtin) const;
    [[nodiscard]] Result<std::uint64_t> used_instances(const Builtin& builtin) const;
    // Checks the stop pointer below `pointer` when the builtin is included; returns where the next
    // one is expected.
    Result<Relocatable> final_stack(Builtin& builtin, const Relocatable& pointer);

    // ecdsa: the signature of the public key's cell. The first one registered stays, unless
    // `overwrite`.
    void add_signature(const Relocatable& public_key, const Felt& r, const Felt& s,
                       bool overwrite = false);
    [[nodiscard]] std::span<const std::pair<Relocatable, std::pair<Felt, Felt>>> signatures()
        const {
        return signatures_;
    }
    // pedersen: offsets of hashes computed during the run, ascending; and what a PIE brings along.
    [[nodiscard]] std::vector<std::uint64_t> pedersen_verified() const;
    void set_pedersen_verified(std::uint64_t offset);

    // output: pages and attributes.
    [[nodiscard]] const OutputData& output_data() const { return output_data_; }
    [[nodiscard]] OutputData& output_data() { return output_data_; }

    // add_mod / mul_mod: fills instances, offsets and values of a circuit (pointer to the first
    // instance, operations).
    struct ModInputs {
        Relocatable pointer;
        std::uint64_t n = 0;
    };
    // Null: the builtin takes no part. Errors: FillMemory… and the mod builtins' about their
    // inputs.
    Result<void> fill_mod_memory(const ModInputs* add_mod, const ModInputs* mul_mod);
    [[nodiscard]] std::uint64_t mod_batch_size() const { return mod_batch_size_; }
    void set_mod_batch_size(std::uint64_t batch_size) { mod_batch_size_ = batch_size; }

    Result<void> validate(const Memory& memory, const Relocatable& address) override;

  private:
    Result<std::optional<Value>> deduce_in(Builtin& builtin, std::uint64_t offset);
    // Outputs of the instance from the cache, or computed into it.
    template <std::size_t N>
    Result<std::optional<Value>> from_cache(
        Builtin& builtin, std::uint64_t offset,
        Result<std::optional<std::array<Felt, N>>> (*compute)(const Memory&, const Relocatable&));
    // Whether the instance was deduced before; there is room to note it afterwards.
    bool computed(Builtin& builtin, std::uint64_t instance);
    // A pedersen output that is not in memory cannot be wrong: it is only noted as computed. False
    // for all else.
    bool skip_hash(Builtin& builtin, std::uint64_t offset);
    Result<void> compare(const Builtin& builtin, const Value& expected, const Value& found) const;
    Result<void> verify_bitwise(const Builtin& builtin) const;
    Result<void> security_check(Builtin& builtin);
    Result<void> check_mod_instances(const Builtin& builtin) const;

    Memory& memory_;
    std::array<Builtin, 2 * kBuiltinCount> builtins_{};
    std::size_t count_ = 0;
    std::uint64_t mod_batch_size_ = 1;
    std::vector<std::pair<Relocatable, std::pair<Felt, Felt>>> signatures_;
    OutputData output_data_;
};

}  // namespace blockexecd::vm
