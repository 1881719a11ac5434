// SPDX-License-Identifier: Apache-2.0
#include "daemon/sweep/perf_counters.hpp"

#include <linux/perf_event.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

namespace blockexecd::daemon {
namespace {

struct Event {
    const char* name;
    std::uint32_t type;
    std::uint64_t config;
};

constexpr std::uint64_t cache_event(std::uint64_t cache, std::uint64_t operation,
                                    std::uint64_t result) {
    return cache | (operation << 8) | (result << 16);
}

constexpr std::array kEvents{
    Event{"instructions", PERF_TYPE_HARDWARE, PERF_COUNT_HW_INSTRUCTIONS},
    Event{"cycles", PERF_TYPE_HARDWARE, PERF_COUNT_HW_CPU_CYCLES},
    Event{"cache_references", PERF_TYPE_HARDWARE, PERF_COUNT_HW_CACHE_REFERENCES},
    Event{"cache_misses", PERF_TYPE_HARDWARE, PERF_COUNT_HW_CACHE_MISSES},
    Event{"l1d_load_misses", PERF_TYPE_HW_CACHE,
          cache_event(PERF_COUNT_HW_CACHE_L1D, PERF_COUNT_HW_CACHE_OP_READ,
                      PERF_COUNT_HW_CACHE_RESULT_MISS)},
    Event{"dtlb_load_misses", PERF_TYPE_HW_CACHE,
          cache_event(PERF_COUNT_HW_CACHE_DTLB, PERF_COUNT_HW_CACHE_OP_READ,
                      PERF_COUNT_HW_CACHE_RESULT_MISS)},
};

int open_event(const Event& event) {
    perf_event_attr attributes{};
    attributes.size = sizeof attributes;
    attributes.type = event.type;
    attributes.config = event.config;
    attributes.inherit = 1;
    attributes.exclude_kernel = 1;
    attributes.exclude_hv = 1;
    attributes.read_format = PERF_FORMAT_TOTAL_TIME_ENABLED | PERF_FORMAT_TOTAL_TIME_RUNNING;
    return static_cast<int>(
        syscall(SYS_perf_event_open, &attributes, 0, -1, -1, PERF_FLAG_FD_CLOEXEC));
}

}  // namespace

PerfCounters::PerfCounters() {
    for (const auto& event : kEvents) {
        const int descriptor = open_event(event);
        if (descriptor >= 0) {
            counters_.push_back({event.name, descriptor});
            continue;
        }
        missing_ += (missing_.empty() ? "" : ", ") + std::string(event.name) + " (" +
                    std::strerror(errno) + ")";
    }
}

PerfCounters::~PerfCounters() {
    for (const auto& counter : counters_)
        close(counter.descriptor);
}

void PerfCounters::reset() {
    for (const auto& counter : counters_)
        ioctl(counter.descriptor, PERF_EVENT_IOC_RESET, 0);
}

PerfReading PerfCounters::read() const {
    PerfReading reading{.counts = {}, .missing = missing_};
    for (const auto& counter : counters_) {
        struct {
            std::uint64_t value, enabled, running;
        } raw{};
        if (::read(counter.descriptor, &raw, sizeof raw) != sizeof raw || raw.running == 0) {
            reading.missing +=
                (reading.missing.empty() ? "" : ", ") + counter.name + " (was never counted)";
            continue;
        }
        reading.counts[counter.name] = static_cast<std::uint64_t>(static_cast<double>(raw.value) *
                                                                  static_cast<double>(raw.enabled) /
                                                                  static_cast<double>(raw.running));
    }
    return reading;
}

}  // namespace blockexecd::daemon
