// SPDX-License-Identifier: Apache-2.0
// Every route answers, and what is wrong with a request is told with the right status and a hint.
#include "daemon/admin/router.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <boost/json/parse.hpp>

#include "daemon/admin/status_page.hpp"
#include "daemon/lifecycle/log.hpp"

namespace blockexecd::daemon {
namespace {

using testing::HasSubstr;

class Router : public testing::Test {
  protected:
    Router()
        : folder_(testing::TempDir() + "blockexecd_router_" + std::to_string(getpid())),
          database_(open()),
          engine_(database_, settings()),
          context_{.database = database_,
                   .engine = engine_,
                   .topology = executor::read_topology(),
                   .settings = [] { return config::load({}); },
                   .reload = [this] { return reload_; },
                   .import =
                       [this](const std::string& archive) {
                           imported_ = archive;
                           return import_;
                       },
                   .ready = ready_} {
        start_log(LogFormat::text, "error");
    }
    ~Router() override { std::filesystem::remove_all(folder_); }

    std::shared_ptr<storage::Database> open() {
        storage::DatabaseSettings settings;
        settings.path = folder_;
        return *storage::Database::open(settings);
    }
    static EngineSettings settings() {
        EngineSettings settings;
        settings.placement = *executor::plan(executor::read_topology(), {.vms = 1});
        return settings;
    }
    AdminResponse get(const std::string& path) {
        return answer(context_, {.method = "GET",
                                 .path = path,
                                 .host = "127.0.0.1:9780",
                                 .content_type = {},
                                 .body = {}});
    }
    AdminResponse send(const std::string& method, const std::string& path, const std::string& body,
                       const std::string& type = "application/json") {
        return answer(context_, {.method = method,
                                 .path = path,
                                 .host = "localhost",
                                 .content_type = type,
                                 .body = body});
    }

    std::filesystem::path folder_;
    std::atomic<bool> ready_{true};
    std::string imported_;
    storage::Result<storage::ImportReport> import_ = storage::ImportReport{};
    storage::Result<std::vector<std::string>> reload_ =
        std::vector<std::string>{"[log] level: \"info\" -> \"debug\""};
    std::shared_ptr<storage::Database> database_;
    Engine engine_;
    AdminContext context_;
};

TEST_F(Router, EveryGetRouteAnswers) {
    for (const auto* path :
         {"/", "/health", "/ready", "/metrics", "/version", "/config", "/topology", "/log/level"}) {
        const auto response = get(path);
        EXPECT_EQ(response.status, 200U) << path;
        EXPECT_FALSE(response.body.empty()) << path;
    }
    EXPECT_EQ(get("/").content_type, "text/html; charset=utf-8");
    EXPECT_EQ(get("/metrics").content_type, "text/plain; version=0.0.4; charset=utf-8");
}

TEST_F(Router, NotReadyIsAnUnavailableService) {
    ready_ = false;
    EXPECT_EQ(get("/ready").status, 503U);
    EXPECT_EQ(get("/health").status, 200U);
}

TEST_F(Router, MetricsHaveATypeEach) {
    const auto body = get("/metrics").body;
    EXPECT_THAT(body, HasSubstr("# TYPE blockexecd_blocks_total "
                                "counter\nblockexecd_blocks_total{verdict=\"matched\"} 0\n"));
    EXPECT_THAT(body, HasSubstr("# TYPE blockexecd_vms gauge\nblockexecd_vms 1\n"));
}

TEST_F(Router, ConfigTellsValueAndOrigin) {
    const auto config = boost::json::parse(get("/config").body);
    EXPECT_EQ(config.at("execution").at("state").at("value"), "recorded");
    EXPECT_EQ(config.at("execution").at("state").at("origin"), "default");
    EXPECT_EQ(config.at("log").at("level").at("changes_while_running"), true);
}

TEST_F(Router, UnknownRoutesAndMethodsAreToldWhatThereIs) {
    const auto missing = get("/blocks");
    EXPECT_EQ(missing.status, 404U);
    EXPECT_THAT(missing.body, HasSubstr("GET /blocks/"));
    const auto wrong = send("DELETE", "/log/level", "");
    EXPECT_EQ(wrong.status, 405U);
    EXPECT_EQ(wrong.allow, "GET, PUT, POST");
}

TEST_F(Router, BlocksThatAreNotNumbersOrNotStored) {
    EXPECT_EQ(get("/blocks/").status, 400U);
    EXPECT_EQ(get("/blocks/-1").status, 400U);
    EXPECT_EQ(get("/blocks/1x").status, 400U);
    EXPECT_EQ(get("/blocks/99999999999999999999999").status, 400U);
    EXPECT_EQ(get("/blocks/7").status, 404U);
}

TEST_F(Router, ANameOfAnotherMachineIsRefused) {
    AdminRequest request{.method = "GET",
                         .path = "/health",
                         .host = "evil.example:9780",
                         .content_type = {},
                         .body = {}};
    EXPECT_EQ(answer(context_, request).status, 403U);
    for (const auto* host : {"127.0.0.1", "127.0.0.1:9780", "localhost:1", "[::1]:9780", "[::1]"}) {
        request.host = host;
        EXPECT_EQ(answer(context_, request).status, 200U) << host;
    }
}

TEST_F(Router, BodiesAreCheckedBeforeAnythingIsDone) {
    EXPECT_EQ(send("POST", "/import", "{\"archive\":\"/a\"}", "text/plain").status, 415U);
    for (const auto* body : {"", "{", "[]", "{}", "{\"archive\":1}",
                             "{\"archive\":\"/a\",\"more\":1}", "{\"archive\":\"relative\"}"})
        EXPECT_EQ(send("POST", "/import", body).status, 400U) << body;
    EXPECT_EQ(imported_, "");
}

TEST_F(Router, ImportAnswersWithWhatItDidOrWhyNot) {
    EXPECT_TRUE(is_long_running(
        {.method = "POST", .path = "/import", .host = {}, .content_type = {}, .body = {}}));
    import_ = storage::ImportReport{.archive = {.first = 0, .last = 4},
                                    .imported_blocks = 5,
                                    .known_blocks = 0,
                                    .transactions = 400,
                                    .imported_classes = 3};
    const auto good = send("POST", "/import", "{\"archive\":\"/a\"}");
    EXPECT_EQ(good.status, 200U);
    EXPECT_EQ(imported_, "/a");
    EXPECT_EQ(boost::json::parse(good.body).at("imported_blocks"), 5);
    import_ = storage::Error{storage::ErrorCode::archive_invalid, "blocks/3.json: $.transactions"};
    EXPECT_EQ(send("POST", "/import", "{\"archive\":\"/a\"}").status, 422U);
    import_ = storage::Error{storage::ErrorCode::archive_conflict, "another chain"};
    EXPECT_EQ(send("POST", "/import", "{\"archive\":\"/a\"}").status, 409U);
    import_ = storage::Error{storage::ErrorCode::io, "disk full"};
    EXPECT_EQ(send("POST", "/import", "{\"archive\":\"/a\"}").status, 500U);
}

TEST_F(Router, LogLevelChanges) {
    EXPECT_EQ(send("PUT", "/log/level", "{\"level\":\"warn\"}").body, "{\"level\":\"warn\"}\n");
    EXPECT_EQ(log_level(), "warn");
    EXPECT_EQ(send("PUT", "/log/level", "{\"level\":\"loud\"}").status, 400U);
    EXPECT_EQ(log_level(), "warn");
}

TEST_F(Router, ReloadTellsItsChangesOrTheProblem) {
    EXPECT_THAT(send("POST", "/config/reload", "").body, HasSubstr("[log] level"));
    reload_ = storage::Error{storage::ErrorCode::misuse, "a.toml:2: bad"};
    EXPECT_EQ(send("POST", "/config/reload", "").status, 422U);
}

TEST(StatusPage, TextsCannotBecomeMarkup) {
    EXPECT_EQ(escape_html("<b a=\"1\">&"), "&lt;b a=&quot;1&quot;&gt;&amp;");
}

}  // namespace
}  // namespace blockexecd::daemon
