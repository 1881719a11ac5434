// SPDX-License-Identifier: Apache-2.0
// The page that a person sees who opens the admin endpoint in a browser.
#pragma once

#include <string>

#include "daemon/admin/router.hpp"

namespace blockexecd::daemon {

std::string status_page(const AdminContext& context);

// Text for use between tags and in attributes.
std::string escape_html(std::string_view text);

}  // namespace blockexecd::daemon
