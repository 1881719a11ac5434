// SPDX-License-Identifier: Apache-2.0
// What a series of repeated measurements comes to, in the terms of hyperfine's export.
#pragma once

#include <vector>

namespace blockexecd::daemon {

struct Statistics {
    double mean = 0;
    double stddev = 0;  // of the sample; 0 for one value
    double median = 0;
    double min = 0;
    double max = 0;
};

// Precondition: not empty.
Statistics statistics_of(std::vector<double> values);

}  // namespace blockexecd::daemon
