// SPDX-License-Identifier: Apache-2.0
// The fixed layouts are one table; a ratio of 0 means that the layout lacks the builtin.
#include "vm/cairo0/runner/layout.hpp"

#include <algorithm>
#include <charconv>
#include <limits>

#include "vm/builtins/builtins.hpp"
#include "vm/cairo0/program/json.hpp"

namespace blockexecd::vm::cairo0 {

namespace {

constexpr std::int32_t kNoPool = -1;

struct LayoutRow {
    std::string_view name;
    std::uint32_t rc_units;
    std::uint32_t public_memory_fraction;
    std::int32_t log_diluted_units;
    bool output;
    std::uint32_t pedersen, range_check, ecdsa, bitwise, ec_op, keccak, poseidon;
    std::uint32_t range_check96 = 0, add_mod = 0, mul_mod = 0;
};

// clang-format off
constexpr LayoutRow kRows[]{
    // name                   rc  fraction pool  out  ped  rc  sig   bw  ec   kec  pos  rc96 add  mul
    {"plain",                   16, 4, kNoPool, false,   0,  0,    0,  0,    0,    0,   0},
    {"small",                   16, 4, kNoPool, true,    8,  8,  512,  0,    0,    0,   0},
    {"dex",                      4, 4, kNoPool, true,    8,  8,  512,  0,    0,    0,   0},
    {"recursive",                4, 8, 4,       true,  128,  8,    0,  8,    0,    0,   0},
    {"starknet",                 4, 8, 1,       true,   32, 16, 2048, 64, 1024,    0,  32},
    {"starknet_with_keccak",     4, 8, 4,       true,   32, 16, 2048, 64, 1024, 2048,  32},
    {"recursive_large_output",   4, 8, 4,       true,  128,  8,    0,  8,    0,    0,   8},
    {"recursive_with_poseidon",  4, 8, 3,       true,  256, 16,    0, 16,    0,    0,  64},
    {"all_solidity",             8, 8, 4,       true,    8,  8,  512, 256, 256,    0,   0},
    {"all_cairo",                4, 8, 4,       true,  256,  8, 2048, 16, 1024, 2048, 256, 8, 128, 256},
    {"all_cairo_stwo",           4, 8, 4,       true,  256,  8,    0, 16, 1024,    0, 256, 8, 128, 256},
    {"stwo_no_ecop",             4, 8, 4,       true,  256,  8,    0, 16,    0,    0, 256, 8, 128, 256},
    {"perpetual",                4, 4, kNoPool, true,   32, 16, 2048,  0,    0,    0,   0},
    {"dex_with_bitwise",         4, 4, 1,       true,    8,  8,  512, 64,    0,    0,   0},
};
// clang-format on

constexpr std::string_view kDynamic = "dynamic";

constexpr auto kNames = [] {
    std::array<std::string_view, std::size(kRows) + 1> names;
    for (std::size_t i = 0; i < std::size(kRows); ++i)
        names[i] = kRows[i].name;
    names.back() = kDynamic;
    return names;
}();

template <class T>
Result<T> read_number(const JsonValue& params, std::string_view key) {
    BX_TRY(const JsonValue* value, params.member(key));
    T number{};
    const char* const end = value->text().data() + value->text().size();
    const auto [stop, error] = std::from_chars(value->text().data(), end, number);
    if (value->kind() != JsonValue::Kind::number || error != std::errc() || stop != end)
        return program_error(std::string(key) + ": expected a number of 32 bits");
    return number;
}

// true, or a number other than 0.
Result<bool> read_flag(const JsonValue& params, const std::string& key) {
    BX_TRY(const JsonValue* value, params.member(key));
    if (value->kind() == JsonValue::Kind::boolean)
        return value->boolean();
    BX_TRY(const auto number, read_number<std::uint32_t>(params, key));
    return number != 0;
}

Result<BuiltinRatio> read_ratio(const JsonValue& params, BuiltinName builtin) {
    const std::string name(builtin_name(builtin));
    BuiltinRatio ratio;
    BX_TRY(const bool used, read_flag(params, "uses_" + name + "_builtin"));
    BX_TRY(const auto number, read_number<std::uint32_t>(params, name + "_ratio"));
    ratio.ratio = number;
    if (!used && number != 0)
        return Error(ErrorKind::runner,
                     "dynamic layout " + name + "_builtin ratio should be 0 when disabled");
    if (builtin == BuiltinName::range_check96 || builtin == BuiltinName::add_mod ||
        builtin == BuiltinName::mul_mod) {
        BX_TRY(ratio.ratio_den, read_number<std::uint32_t>(params, name + "_ratio_den"));
    }
    return ratio;
}

}  // namespace

std::span<const std::string_view> layout_names() {
    return kNames;
}

std::optional<Layout> find_layout(std::string_view name) {
    const auto row = std::ranges::find(kRows, name, &LayoutRow::name);
    if (row == std::end(kRows))
        return std::nullopt;
    Layout layout;
    layout.name = name;
    layout.rc_units = row->rc_units;
    layout.public_memory_fraction = row->public_memory_fraction;
    if (row->log_diluted_units != kNoPool)
        layout.diluted_pool = DilutedPool{row->log_diluted_units};
    const auto set = [&](BuiltinName builtin, std::uint32_t ratio) {
        if (ratio != 0)
            layout.builtins[static_cast<std::size_t>(builtin)] = BuiltinRatio{ratio};
    };
    if (row->output)
        layout.builtins[static_cast<std::size_t>(BuiltinName::output)] = BuiltinRatio{};
    set(BuiltinName::pedersen, row->pedersen);
    set(BuiltinName::range_check, row->range_check);
    set(BuiltinName::ecdsa, row->ecdsa);
    set(BuiltinName::bitwise, row->bitwise);
    set(BuiltinName::ec_op, row->ec_op);
    set(BuiltinName::keccak, row->keccak);
    set(BuiltinName::poseidon, row->poseidon);
    set(BuiltinName::range_check96, row->range_check96);
    set(BuiltinName::add_mod, row->add_mod);
    set(BuiltinName::mul_mod, row->mul_mod);
    return layout;
}

Result<Layout> dynamic_layout(std::string_view json) {
    BX_TRY(const JsonDocument params, parse_json(json));
    Layout layout;
    layout.name = kDynamic;
    layout.public_memory_fraction = 8;
    BX_TRY(layout.rc_units, read_number<std::uint32_t>(params, "rc_units"));
    BX_TRY(layout.cpu_component_step, read_number<std::uint32_t>(params, "cpu_component_step"));
    BX_TRY(layout.memory_units_per_step,
           read_number<std::uint32_t>(params, "memory_units_per_step"));
    BX_TRY(const auto log_units, read_number<std::int32_t>(params, "log_diluted_units_per_step"));
    for (const BuiltinName builtin : kBuiltinOrder) {
        if (builtin == BuiltinName::output) {
            layout.builtins[static_cast<std::size_t>(builtin)] = BuiltinRatio{};
            continue;
        }
        BX_TRY(layout.builtins[static_cast<std::size_t>(builtin)], read_ratio(params, builtin));
    }
    if (log_units <= -32 || log_units >= 32)
        return Error(ErrorKind::runner, "dynamic layout log_diluted_units_per_step " +
                                            std::to_string(log_units) +
                                            " is out of range, absolute value must be < 32");
    layout.diluted_pool = DilutedPool{log_units};
    return layout;
}

Result<Layout> stwo_layout(std::span<const BuiltinName> allowed,
                           std::span<const BuiltinName> program_builtins) {
    const auto unsupported = [](BuiltinName builtin) {
        return Error(ErrorKind::runner,
                     "Builtin " + builtin_display(builtin) + " is not supported in Stwo mode");
    };
    const auto is_allowed = [&](BuiltinName builtin) {
        return std::ranges::find(allowed, builtin) != allowed.end();
    };
    for (const BuiltinName builtin : {BuiltinName::ecdsa, BuiltinName::keccak})
        if (is_allowed(builtin))
            return unsupported(builtin);
    for (const BuiltinName builtin : program_builtins)
        if (builtin != BuiltinName::segment_arena && !is_allowed(builtin))
            return unsupported(builtin);
    Layout layout = *find_layout("all_cairo_stwo");
    layout.stwo = true;
    layout.builtins = {};
    for (const BuiltinName builtin : kBuiltinOrder)
        if (is_allowed(builtin))
            layout.builtins[static_cast<std::size_t>(builtin)] = BuiltinRatio{std::nullopt, 1};
    return layout;
}

}  // namespace blockexecd::vm::cairo0
