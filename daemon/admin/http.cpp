// SPDX-License-Identifier: Apache-2.0
#include "daemon/admin/http.hpp"

#include <boost/json/serialize.hpp>

namespace blockexecd::daemon {

AdminResponse json_response(unsigned status, const boost::json::object& object) {
    return {.status = status,
            .content_type = "application/json",
            .body = boost::json::serialize(object) + "\n",
            .allow = {}};
}

AdminResponse error_response(unsigned status, std::string_view error, std::string_view hint) {
    return json_response(status, {{"error", error}, {"hint", hint}});
}

}  // namespace blockexecd::daemon
