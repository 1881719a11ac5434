// SPDX-License-Identifier: Apache-2.0
// Line and bar charts as SVG: enough for a report's figures, without a plotting library.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace blockexecd::daemon {

struct ChartSeries {
    std::string name;
    std::vector<std::optional<double>> values;  // one for each category; nothing: not measured
};

struct Chart {
    std::string title;
    std::string x_label;
    std::string y_label;
    std::vector<std::string> categories;  // along x, at equal distances
    std::vector<ChartSeries> series;
    bool bars = false;  // side by side; otherwise lines with marks
};

// A whole SVG document of 720 by 440 pixels; y begins at 0.
std::string to_svg(const Chart& chart);

}  // namespace blockexecd::daemon
