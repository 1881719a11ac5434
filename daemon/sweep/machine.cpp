// SPDX-License-Identifier: Apache-2.0
#include "daemon/sweep/machine.hpp"

#include <dlfcn.h>
#include <gnu/libc-version.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <boost/json/array.hpp>
#include <filesystem>
#include <fstream>
#include <set>

namespace blockexecd::daemon {
namespace {

std::string first_line(const std::filesystem::path& path) {
    std::ifstream in(path);
    std::string line;
    std::getline(in, line);
    return line;
}

// The value of the first line that begins with the key, as in /proc/cpuinfo.
std::string field(const std::filesystem::path& path, std::string_view key) {
    std::ifstream in(path);
    for (std::string line; std::getline(in, line);)
        if (line.starts_with(key)) {
            const auto colon = line.find(':');
            const auto value = line.find_first_not_of(" \t", colon + 1);
            return value == std::string::npos ? "" : line.substr(value);
        }
    return "";
}

// ARM kernels tell implementer and part numbers only.
std::string processor() {
    if (auto name = field("/proc/cpuinfo", "model name"); !name.empty())
        return name;
    const auto part = field("/proc/cpuinfo", "CPU part");
    return part.empty()
               ? "not known"
               : "implementer " + field("/proc/cpuinfo", "CPU implementer") + ", part " + part;
}

// "32K", "512K" or "32768K" as the kernel writes them.
std::uint64_t bytes_of(const std::string& text) {
    if (text.empty())
        return 0;
    const std::uint64_t unit = text.back() == 'K'   ? 1ULL << 10
                               : text.back() == 'M' ? 1ULL << 20
                                                    : 1;
    return std::strtoull(text.c_str(), nullptr, 10) * unit;
}

boost::json::array caches(std::uint32_t cpu) {
    boost::json::array list;
    const std::filesystem::path folder =
        "/sys/devices/system/cpu/cpu" + std::to_string(cpu) + "/cache";
    for (int index = 0; std::filesystem::exists(folder / ("index" + std::to_string(index)));
         ++index) {
        const auto cache = folder / ("index" + std::to_string(index));
        list.push_back(boost::json::object{
            {"level", std::atoi(first_line(cache / "level").c_str())},
            {"type", first_line(cache / "type")},
            {"bytes", bytes_of(first_line(cache / "size"))},
            {"ways", std::atoi(first_line(cache / "ways_of_associativity").c_str())},
            {"line_bytes", std::atoi(first_line(cache / "coherency_line_size").c_str())},
            {"shared_by_cpus", first_line(cache / "shared_cpu_list")}});
    }
    return list;
}

std::string chosen(const std::string& line) {
    const auto begin = line.find('[');
    const auto end = line.find(']');
    return begin == std::string::npos || end == std::string::npos
               ? line
               : line.substr(begin + 1, end - begin - 1);
}

}  // namespace

std::string allocator_name() {
    if (dlsym(RTLD_DEFAULT, "mi_version") != nullptr)
        return "mimalloc";
    if (dlsym(RTLD_DEFAULT, "mallctl") != nullptr)
        return "jemalloc";
    if (dlsym(RTLD_DEFAULT, "tc_version") != nullptr)
        return "tcmalloc";
    return std::string("glibc ") + gnu_get_libc_version();
}

boost::json::object machine_json(const executor::Topology& topology) {
    std::set<std::uint32_t> cores;
    std::set<std::uint32_t> nodes;
    for (const auto& cpu : topology.cpus) {
        cores.insert(cpu.core);
        nodes.insert(cpu.node);
    }
    utsname system{};
    uname(&system);
    const bool virtual_machine =
        (" " + field("/proc/cpuinfo", "flags") + " ").find(" hypervisor ") != std::string::npos;
    return {{"processor", processor()},
            {"architecture", std::string(system.machine)},
            {"cpus", topology.cpus.size()},
            {"cores", topology.from_hwloc ? boost::json::value(cores.size()) : nullptr},
            {"nodes", topology.from_hwloc ? boost::json::value(nodes.size()) : nullptr},
            {"smt", topology.from_hwloc && cores.size() < topology.cpus.size()},
            {"caches", caches(topology.cpus.empty() ? 0 : topology.cpus.front().number)},
            {"cache_line_bytes", topology.cache_line_bytes},
            {"kernel", std::string(system.release)},
            {"virtual_machine", virtual_machine},
            {"memory_bytes", static_cast<std::uint64_t>(sysconf(_SC_PHYS_PAGES)) *
                                 static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE))},
            {"transparent_huge_pages",
             chosen(first_line("/sys/kernel/mm/transparent_hugepage/enabled"))},
            {"allocator", allocator_name()}};
}

}  // namespace blockexecd::daemon
