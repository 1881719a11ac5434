// SPDX-License-Identifier: Apache-2.0
#include "daemon/lifecycle/log.hpp"

#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <boost/json/serialize.hpp>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>

namespace blockexecd::daemon {
namespace {

LogFormat format_in_use = LogFormat::text;

struct Level {
    std::string_view name;
    spdlog::level::level_enum level;
};
constexpr std::array kLevels{
    Level{"trace", spdlog::level::trace}, Level{"debug", spdlog::level::debug},
    Level{"info", spdlog::level::info},   Level{"warn", spdlog::level::warn},
    Level{"error", spdlog::level::err},
};

std::string_view level_name(spdlog::level::level_enum level) {
    for (const auto& known : kLevels)
        if (known.level == level)
            return known.name;
    return "error";
}

std::string utc_now() {
    const auto now = std::chrono::system_clock::now();
    const auto seconds = std::chrono::system_clock::to_time_t(now);
    const auto milliseconds =
        std::chrono::duration_cast<std::chrono::milliseconds>(now.time_since_epoch()).count() %
        1000;
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    std::array<char, 48> text{};
    const auto length = std::strftime(text.data(), text.size(), "%FT%T", &parts);
    std::snprintf(text.data() + length, text.size() - length, ".%03dZ",
                  static_cast<int>(milliseconds));
    return text.data();
}

}  // namespace

LogFormat choose_log_format(std::string_view setting) {
    if (setting != "auto")
        return setting == "json" ? LogFormat::json : LogFormat::text;
    const char* stream = std::getenv("JOURNAL_STREAM");
    struct stat status {};
    if (stream == nullptr || fstat(STDERR_FILENO, &status) != 0)
        return LogFormat::text;
    return stream == std::to_string(status.st_dev) + ":" + std::to_string(status.st_ino)
               ? LogFormat::json
               : LogFormat::text;
}

void start_log(LogFormat format, std::string_view level) {
    format_in_use = format;
    auto logger = std::make_shared<spdlog::logger>(
        "blockexecd", std::make_shared<spdlog::sinks::stderr_color_sink_mt>());
    logger->set_pattern(format == LogFormat::json ? "%v" : "%Y-%m-%d %H:%M:%S.%e %^%-5!l%$ %v");
    spdlog::set_default_logger(std::move(logger));
    set_log_level(level);
}

bool set_log_level(std::string_view level) {
    for (const auto& known : kLevels)
        if (known.name == level) {
            spdlog::default_logger_raw()->set_level(known.level);
            return true;
        }
    return false;
}

std::string_view log_level() {
    return level_name(spdlog::default_logger_raw()->level());
}

std::string format_event(LogFormat format, std::string_view level, std::string_view message,
                         std::initializer_list<LogField> fields) {
    if (format == LogFormat::json) {
        boost::json::object object{{"time", utc_now()}, {"level", level}, {"message", message}};
        for (const auto& [name, value] : fields)
            object[name] = value;
        return boost::json::serialize(object);
    }
    std::string line(message);
    for (const auto& [name, value] : fields) {
        line += line.empty() ? "" : "  ";
        line += name;
        line += '=';
        if (const auto* text = value.if_string();
            text != nullptr && text->find_first_of(" \"\n=") == std::string_view::npos)
            line += std::string_view(*text);
        else
            line += boost::json::serialize(value);
    }
    return line;
}

void log_event(spdlog::level::level_enum level, std::string_view message,
               std::initializer_list<LogField> fields) {
    auto* logger = spdlog::default_logger_raw();
    if (logger->should_log(level))
        logger->log(level, spdlog::string_view_t(
                               format_event(format_in_use, level_name(level), message, fields)));
}

}  // namespace blockexecd::daemon
