// SPDX-License-Identifier: Apache-2.0
// Eight of Bernstein and Yang's divsteps by one look into a table. A step only asks for the sign of
// eta (minus their delta) and whether g is odd, so eight of them are decided by eta and by g / f
// modulo 2^8. The table takes 34 KB.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace blockexecd::vm::divsteps {

// Steps as one matrix: (f, g) -> (u f + v g, q f + r g) / 2^steps.
template <class Integer>
struct Matrix {
    Integer u, v, q, r;
};

// odd^-1 mod 2^64.
constexpr std::uint64_t inverse_of_word(std::uint64_t odd) {
    std::uint64_t inverse = odd;
    for (int i = 0; i < 5; ++i)
        inverse *= 2 - odd * inverse;
    return inverse;
}

struct Table {
    static constexpr int kSteps = 8;
    // Eight steps take the same way from every eta beyond this one, and from every one below its
    // negative.
    static constexpr int kEtaLimit = kSteps - 1;
    static constexpr std::size_t kRows = 2 * kEtaLimit + 1;
    static constexpr std::size_t kRatios = std::size_t{1} << kSteps;

    // What becomes of eta: (eta ^ flip) + add.
    struct EtaChange {
        std::int8_t flip, add;
    };
    struct Row {
        std::array<Matrix<std::int16_t>, kRatios> matrix;
        std::array<EtaChange, kRatios> eta;
    };
    std::array<Row, kRows> rows;                // by eta
    std::array<std::uint8_t, kRatios> inverse;  // of odd numbers, modulo 2^8
};

constexpr void fill_entry(Table::Row& row, int first_eta, std::size_t ratio) {
    int eta = first_eta, flip = 0, f = 1, g = static_cast<int>(ratio);
    Matrix<int> t{1, 0, 0, 1};
    for (int step = 0; step < Table::kSteps; ++step) {
        if ((g & 1) != 0) {
            if (eta < 0) {
                eta = -eta;
                flip = ~flip;
                f = std::exchange(g, -f);
                t = {t.q, t.r, -t.u, -t.v};
            }
            g += f;
            t.q += t.u;
            t.r += t.v;
        }
        g >>= 1;
        t.u *= 2;
        t.v *= 2;
        --eta;
    }
    const auto narrow = [](int value) { return static_cast<std::int16_t>(value); };
    row.matrix[ratio] = {narrow(t.u), narrow(t.v), narrow(t.q), narrow(t.r)};
    row.eta[ratio] = {static_cast<std::int8_t>(flip),
                      static_cast<std::int8_t>(eta - (first_eta ^ flip))};
}

constexpr Table make_table() {
    Table table{};
    for (std::size_t row = 0; row < Table::kRows; ++row)
        for (std::size_t ratio = 0; ratio < Table::kRatios; ++ratio)
            fill_entry(table.rows[row], static_cast<int>(row) - Table::kEtaLimit, ratio);
    for (std::size_t odd = 1; odd < Table::kRatios; odd += 2)
        table.inverse[odd] = static_cast<std::uint8_t>(inverse_of_word(odd));
    return table;
}

alignas(64) inline constexpr Table kTable = make_table();

// Eight divsteps of eta and the low words of f and g, and their matrix.
[[gnu::always_inline]] inline const Matrix<std::int16_t>& run_8(std::int64_t& eta, std::uint64_t& f,
                                                                std::uint64_t& g) {
    const Table::Row& row = kTable.rows[static_cast<std::size_t>(
        std::clamp<std::int64_t>(eta, -Table::kEtaLimit, Table::kEtaLimit) + Table::kEtaLimit)];
    const auto ratio =
        static_cast<std::uint8_t>(kTable.inverse[f % Table::kRatios] * static_cast<unsigned>(g));
    const auto [flip, add] = row.eta[ratio];
    eta = (eta ^ flip) + add;
    const Matrix<std::int16_t>& t = row.matrix[ratio];
    const auto sum = [&](std::int64_t a, std::int64_t b) {
        return (static_cast<std::uint64_t>(a) * f + static_cast<std::uint64_t>(b) * g) >>
               Table::kSteps;
    };
    const std::uint64_t next_f = sum(t.u, t.v);
    g = sum(t.q, t.r);
    f = next_f;
    return t;
}

}  // namespace blockexecd::vm::divsteps
