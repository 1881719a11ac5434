// SPDX-License-Identifier: Apache-2.0
// A request and an answer of the admin endpoint without its socket, so that routes are tested as
// functions.
#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <string_view>

namespace blockexecd::daemon {

struct AdminRequest {
    std::string method;  // "GET"
    std::string path;    // "/blocks/3", without a query
    std::string host;
    std::string content_type;
    std::string body;
};

struct AdminResponse {
    unsigned status = 200;
    std::string content_type = "application/json";
    std::string body;
    std::string allow;  // of a 405
};

AdminResponse json_response(unsigned status, const boost::json::object& object);
// {"error": …, "hint": …}
AdminResponse error_response(unsigned status, std::string_view error, std::string_view hint);

}  // namespace blockexecd::daemon
