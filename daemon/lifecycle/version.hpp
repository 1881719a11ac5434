// SPDX-License-Identifier: Apache-2.0
// What exactly is running: the program, how it was built, and the formats it reads.
#pragma once

#include <boost/json/object.hpp>
#include <string_view>

namespace blockexecd::daemon {

std::string_view version();
boost::json::object version_json();

}  // namespace blockexecd::daemon
