// SPDX-License-Identifier: Apache-2.0
// Statistics and charts say what was measured, and leave out what was not.
#include "daemon/sweep/chart.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/sweep/statistics.hpp"

namespace blockexecd::daemon {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(Statistics, OfAnEvenAndAnOddNumberOfValues) {
    const auto even = statistics_of({4, 1, 3, 2});
    EXPECT_DOUBLE_EQ(even.mean, 2.5);
    EXPECT_DOUBLE_EQ(even.median, 2.5);
    EXPECT_NEAR(even.stddev, 1.2909944, 1e-6);
    EXPECT_DOUBLE_EQ(even.min, 1);
    EXPECT_DOUBLE_EQ(even.max, 4);
    EXPECT_DOUBLE_EQ(statistics_of({9, 1, 2}).median, 2);
    EXPECT_DOUBLE_EQ(statistics_of({7}).stddev, 0);
}

Chart chart(bool bars) {
    return {.title = "a < b & c",
            .x_label = "VMs",
            .y_label = "seconds",
            .categories = {"1", "2"},
            .series = {{"packed32", {10.0, 5.0}}, {"compact", {std::nullopt, 4.0}}},
            .bars = bars};
}

TEST(Chart, DrawsLinesAtTheHeightOfTheValues) {
    const auto svg = to_svg(chart(false));
    EXPECT_THAT(svg, HasSubstr("a &lt; b &amp; c"));
    // The highest value is the top of the axis (y 44), half of it is in the middle.
    EXPECT_THAT(svg, HasSubstr("<polyline points=\"230.5,44 543.5,205 \""));
    // A series with one value has one mark.
    EXPECT_THAT(svg, HasSubstr("<polyline points=\"543.5,237.2 \""));
    EXPECT_THAT(svg, Not(HasSubstr("nan")));
}

TEST(Chart, DrawsABarForEachValueMeasured) {
    const auto svg = to_svg(chart(true));
    std::size_t bars = 0;
    for (std::size_t at = svg.find("height=\""); at != std::string::npos;
         at = svg.find("<rect x=\"", at + 1))
        ++bars;
    EXPECT_EQ(bars, 1 + 3 + 2U);  // the background, the values, the legend
}

}  // namespace
}  // namespace blockexecd::daemon
