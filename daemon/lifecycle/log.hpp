// SPDX-License-Identifier: Apache-2.0
// Log events: a short message and named fields. A terminal gets a readable line, systemd's journal
// one JSON object a line.
#pragma once

#include <spdlog/common.h>

#include <boost/json/value.hpp>
#include <initializer_list>
#include <string>
#include <string_view>
#include <type_traits>

namespace blockexecd::daemon {

enum class LogFormat : bool { text, json };

// "auto": JSON when standard error is the journal's stream (JOURNAL_STREAM names its device and
// inode), else text.
LogFormat choose_log_format(std::string_view setting);

// Once, before other threads start. Lines go to standard error.
void start_log(LogFormat format, std::string_view level);
// trace, debug, info, warn, error; false for others. From any thread.
bool set_log_level(std::string_view level);
std::string_view log_level();

struct LogField {
    std::string_view name;
    boost::json::value value;

    template <class T>
    LogField(std::string_view field_name, const T& field_value) : name(field_name) {
        if constexpr (std::is_convertible_v<const T&, std::string_view>)
            value = boost::json::string(std::string_view(field_value));
        else
            value = field_value;
    }
};

void log_event(spdlog::level::level_enum level, std::string_view message,
               std::initializer_list<LogField> fields = {});

inline void log_info(std::string_view message, std::initializer_list<LogField> fields = {}) {
    log_event(spdlog::level::info, message, fields);
}
inline void log_warning(std::string_view message, std::initializer_list<LogField> fields = {}) {
    log_event(spdlog::level::warn, message, fields);
}
inline void log_error(std::string_view message, std::initializer_list<LogField> fields = {}) {
    log_event(spdlog::level::err, message, fields);
}

// One event as a line, without time in text form; for log_event and its tests.
std::string format_event(LogFormat format, std::string_view level, std::string_view message,
                         std::initializer_list<LogField> fields);

}  // namespace blockexecd::daemon
