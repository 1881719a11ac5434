// SPDX-License-Identifier: Apache-2.0
#include "daemon/commands/follower.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <boost/json/parse.hpp>
#include <cerrno>
#include <cstring>
#include <stdexcept>

extern char** environ;

namespace blockexecd::daemon {
namespace {

constexpr const char* kRun[] = {"run", "run learned"};

[[noreturn]] void fail(const char* what, int error) {
    throw std::runtime_error(std::string(what) + ": " + std::strerror(error));
}

struct Pipe {
    int read_end = -1;
    int write_end = -1;
    Pipe() {
        std::array<int, 2> ends{};
        if (pipe2(ends.data(), O_CLOEXEC) != 0)
            fail("no pipe", errno);
        read_end = ends[0];
        write_end = ends[1];
    }
};

}  // namespace

Follower::Follower(std::vector<std::string> arguments) {
    const Pipe input;
    const Pipe output;
    std::vector<char*> argv;
    static std::string name = "blockexecd";
    argv.push_back(name.data());
    for (auto& argument : arguments)
        argv.push_back(argument.data());
    argv.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, input.read_end, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, output.write_end, STDOUT_FILENO);
    const int error =
        posix_spawn(&process_, "/proc/self/exe", &actions, nullptr, argv.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    close(input.read_end);
    close(output.write_end);
    to_ = fdopen(input.write_end, "w");
    from_ = fdopen(output.read_end, "r");
    if (error != 0) {
        process_ = -1;
        fail("no second process", error);
    }
}

Follower::~Follower() {
    std::fclose(to_);
    std::fclose(from_);
    if (process_ > 0)
        waitpid(process_, nullptr, 0);
}

void Follower::begin(Knowledge knowledge) {
    std::fprintf(to_, "%s\n", kRun[static_cast<int>(knowledge)]);
    std::fflush(to_);
}

FollowedRun Follower::end() {
    std::array<char, 4096> line{};
    if (std::fgets(line.data(), line.size(), from_) == nullptr)
        throw std::runtime_error("a process that followed the archive ended early");
    const auto json = boost::json::parse(line.data()).as_object();
    return {.seconds = json.at("seconds").to_number<double>(),
            .cpu_seconds = json.at("cpu_seconds").to_number<double>(),
            .transactions = json.at("transactions").to_number<std::uint64_t>(),
            .all_matched = json.at("all_matched").as_bool()};
}

boost::json::object to_json(const FollowedRun& run) {
    return {{"seconds", run.seconds},
            {"cpu_seconds", run.cpu_seconds},
            {"transactions", run.transactions},
            {"all_matched", run.all_matched}};
}

std::optional<Knowledge> knowledge_of(const std::string& line) {
    for (const auto knowledge : {Knowledge::none, Knowledge::learned})
        if (line == kRun[static_cast<int>(knowledge)])
            return knowledge;
    return std::nullopt;
}

}  // namespace blockexecd::daemon
