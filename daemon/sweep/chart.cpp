// SPDX-License-Identifier: Apache-2.0
#include "daemon/sweep/chart.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

namespace blockexecd::daemon {
namespace {

constexpr double kWidth = 720, kHeight = 440;
constexpr double kLeft = 74, kRight = 20, kTop = 44, kBottom = 74;
constexpr double kPlotWidth = kWidth - kLeft - kRight, kPlotHeight = kHeight - kTop - kBottom;

// Distinguishable for colour-blind readers (Okabe and Ito).
constexpr std::array kColours{"#0072b2", "#d55e00", "#009e73", "#cc79a7",
                              "#e69f00", "#56b4e9", "#000000", "#999999"};

std::string number(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.6g", value);
    return text;
}

std::string escape(const std::string& text) {
    std::string out;
    for (const char c : text)
        out += c == '&' ? "&amp;" : c == '<' ? "&lt;" : c == '>' ? "&gt;" : std::string(1, c);
    return out;
}

std::string label(double x, double y, const std::string& text, const std::string& anchor,
                  const std::string& more = "") {
    return "<text x=\"" + number(x) + "\" y=\"" + number(y) + "\" text-anchor=\"" + anchor + "\"" +
           more + ">" + escape(text) + "</text>\n";
}

std::string line(double x1, double y1, double x2, double y2, const std::string& style) {
    return "<line x1=\"" + number(x1) + "\" y1=\"" + number(y1) + "\" x2=\"" + number(x2) +
           "\" y2=\"" + number(y2) + "\" " + style + "/>\n";
}

// 1, 2 or 5 times a power of ten, so that about five steps reach the highest value.
double step_for(double highest) {
    const double raw = highest / 5;
    const double power = std::pow(10, std::floor(std::log10(raw)));
    for (const double factor : {1.0, 2.0, 5.0})
        if (raw <= factor * power)
            return factor * power;
    return 10 * power;
}

double highest_value(const Chart& chart) {
    double highest = 0;
    for (const auto& series : chart.series)
        for (const auto& value : series.values)
            highest = std::max(highest, value.value_or(0));
    return highest > 0 ? highest : 1;
}

}  // namespace

std::string to_svg(const Chart& chart) {
    const double step = step_for(highest_value(chart));
    const double top = std::ceil(highest_value(chart) / step) * step;
    const double slot =
        kPlotWidth / static_cast<double>(std::max<std::size_t>(chart.categories.size(), 1));
    const auto x_of = [&](std::size_t category) {
        return kLeft + slot * (static_cast<double>(category) + 0.5);
    };
    const auto y_of = [&](double value) { return kTop + kPlotHeight * (1 - value / top); };

    std::string svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + number(kWidth) +
                      "\" height=\"" + number(kHeight) +
                      "\" font-family=\"DejaVu Sans, sans-serif\" font-size=\"12\">\n"
                      "<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n";
    svg += label(kLeft, 24, chart.title, "start", " font-size=\"15\" font-weight=\"bold\"");
    for (double value = 0; value <= top + step / 2; value += step) {
        svg += line(kLeft, y_of(value), kWidth - kRight, y_of(value),
                    "stroke=\"#dddddd\" stroke-width=\"1\"");
        svg += label(kLeft - 8, y_of(value) + 4, number(value), "end");
    }
    for (std::size_t i = 0; i < chart.categories.size(); ++i)
        svg += label(x_of(i), kHeight - kBottom + 18, chart.categories[i], "middle");
    svg += label(kLeft + kPlotWidth / 2, kHeight - kBottom + 36, chart.x_label, "middle");
    svg += label(0, 0, chart.y_label, "middle",
                 " transform=\"translate(18 " + number(kTop + kPlotHeight / 2) + ") rotate(-90)\"");

    const double bar =
        0.8 * slot / static_cast<double>(std::max<std::size_t>(chart.series.size(), 1));
    double legend = kLeft;
    for (std::size_t s = 0; s < chart.series.size(); ++s) {
        const auto& series = chart.series[s];
        const std::string colour = kColours[s % kColours.size()];
        std::string points;
        for (std::size_t i = 0; i < series.values.size(); ++i) {
            if (!series.values[i])
                continue;
            const double y = y_of(*series.values[i]);
            if (chart.bars) {
                svg += "<rect x=\"" + number(x_of(i) - 0.4 * slot + bar * static_cast<double>(s)) +
                       "\" y=\"" + number(y) + "\" width=\"" + number(bar * 0.92) + "\" height=\"" +
                       number(kTop + kPlotHeight - y) + "\" fill=\"" + colour + "\"/>\n";
                continue;
            }
            points += number(x_of(i)) + "," + number(y) + " ";
            svg += "<circle cx=\"" + number(x_of(i)) + "\" cy=\"" + number(y) +
                   "\" r=\"4\" fill=\"" + colour + "\"/>\n";
        }
        if (!points.empty())
            svg += "<polyline points=\"" + points + "\" fill=\"none\" stroke=\"" + colour +
                   "\" stroke-width=\"2\"/>\n";
        svg += "<rect x=\"" + number(legend) + "\" y=\"" + number(kHeight - 22) +
               "\" width=\"12\" height=\"12\" fill=\"" + colour + "\"/>\n";
        svg += label(legend + 17, kHeight - 12, series.name, "start");
        legend += 34 + 7.2 * static_cast<double>(series.name.size());
    }
    svg += line(kLeft, kTop + kPlotHeight, kWidth - kRight, kTop + kPlotHeight,
                "stroke=\"#333333\" stroke-width=\"1\"");
    return svg + "</svg>\n";
}

}  // namespace blockexecd::daemon
