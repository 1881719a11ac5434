// SPDX-License-Identifier: Apache-2.0
#include "daemon/sweep/statistics.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace blockexecd::daemon {

Statistics statistics_of(std::vector<double> values) {
    std::ranges::sort(values);
    const auto count = static_cast<double>(values.size());
    const std::size_t middle = values.size() / 2;
    Statistics result;
    result.mean = std::accumulate(values.begin(), values.end(), 0.0) / count;
    double squares = 0;
    for (const double value : values)
        squares += (value - result.mean) * (value - result.mean);
    result.stddev = values.size() < 2 ? 0 : std::sqrt(squares / (count - 1));
    result.median =
        values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    result.min = values.front();
    result.max = values.back();
    return result;
}

}  // namespace blockexecd::daemon
