// SPDX-License-Identifier: Apache-2.0
// The settings as the program uses them: one struct a section, one member an option, made from the
// list of options.
#pragma once

#include <cstdint>
#include <string>

#include "config/options.hpp"

namespace blockexecd::config {

using Integer = std::uint64_t;
using Boolean = bool;
using Text = std::string;

#define BX_FIELD(section, key, type, value, range, unit, change, doc) type key = value;
#define BX_STRUCT(section, options, doc)                                               \
    struct section##_settings {                                                        \
        options(BX_FIELD) friend bool operator==(const section##_settings&,            \
                                                 const section##_settings&) = default; \
    };
BLOCKEXECD_SECTIONS(BX_STRUCT)
#undef BX_STRUCT
#undef BX_FIELD

struct Settings {
#define BX_SECTION(section, options, doc) section##_settings section;
    BLOCKEXECD_SECTIONS(BX_SECTION)
#undef BX_SECTION
    friend bool operator==(const Settings&, const Settings&) = default;
};

}  // namespace blockexecd::config
