// What a running deployment tells of itself: metrics, a line for each request, and the doctor's word.
#include <gtest/gtest.h>

#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include "tests/e2e/caller.hpp"

namespace daybook::test::watched_test {
namespace {

// Rows of the table of metrics in docs/operations.md.
std::set<std::string> documented_metrics() {
  std::ifstream file("docs/operations.md");
  const std::regex row(R"(^\| `((?:daybook|process)_[a-z_]+)(?:\{[a-z,_]*\})?` \| (?:counter|gauge|histogram) \| .+)");
  std::set<std::string> names;
  std::smatch match;
  for (std::string line; std::getline(file, line);)
    if (std::regex_match(line, match, row)) names.insert(match[1]);
  return names;
}

std::set<std::string> exposed_metrics(const std::string& text) {
  const std::regex type("^# TYPE ([a-z_]+) .*$");
  std::set<std::string> names;
  std::smatch match;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);)
    if (std::regex_match(line, match, type)) names.insert(match[1]);
  return names;
}

std::string metrics_of(const DaybookProcess& daybook) {
  std::string text;
  for (const auto& url : daybook.urls()) text += http::Client(url).get("/metrics").body;
  return text;
}

bool needs_kafka(const std::string& metric) {
  return metric.starts_with("daybook_relay_") || metric.starts_with("daybook_projection_source_");
}

TEST(Watched, EveryMetricIsDocumentedAndEveryDocumentedOneIsThere) {
  auto& daybook = DaybookProcess::shared();
  Team team(daybook);
  static_cast<void>(team.issue());
  EXPECT_EQ(team.owner.get("/nowhere").status, 404);
  const bool with_kafka = deployed() == Deployed::split;
  const auto documented = documented_metrics();
  ASSERT_GT(documented.size(), 20U);
  std::set<std::string> missing;
  // Some stand there only after the relay has stored its first position.
  EXPECT_TRUE(wait_until([&] {
    missing.clear();
    const auto exposed = exposed_metrics(metrics_of(daybook));
    for (const auto& name : documented)
      if (exposed.count(name) == 0 && (with_kafka || !needs_kafka(name))) missing.insert(name);
    for (const auto& name : exposed) EXPECT_EQ(documented.count(name), 1U) << name << " is not documented";
    return missing.empty();
  }, std::chrono::seconds(30))) << ::testing::PrintToString(missing);
}

TEST(Watched, QueuesDependenciesAndRefusalsAreCounted) {
  auto& daybook = DaybookProcess::shared();
  Team team(daybook);
  EXPECT_EQ(team.owner.get("/nowhere").status, 404);
  EXPECT_EQ(team.owner.patch(team.in(), object("name", "Other"), {{"If-Match", "\"v99\""}}).status, 412);
  const auto text = metrics_of(daybook);
  EXPECT_EQ(text.find("\ndaybook_append_conflicts_total 0"), std::string::npos);
  for (const auto* line : {"daybook_queue_depth{queue=\"append\"} 0", "daybook_queue_limit{queue=\"append\"} 4096", "daybook_queue_limit{queue=\"query\"} 1024",
                           "daybook_queue_limit{queue=\"hashing\"} 64", "daybook_dependency_up{dependency=\"postgres\"} 1",
                           "daybook_http_rejections_total{code=\"not-found\"}", "daybook_http_request_duration_seconds_bucket{method=\"POST\",route=\"register\""})
    EXPECT_NE(text.find(std::string("\n") + line), std::string::npos) << line << "\n" << text;
}

// The line of one request, by its id; lines are written moments after the reply.
json::object line_of(const DaybookProcess& daybook, const std::string& request_id) {
  std::string found;
  const auto is_there = [&] {
    std::istringstream lines(daybook.output());
    for (std::string line; std::getline(lines, line);)
      if (line.ends_with('}') && line.find("\"request_id\":\"" + request_id + "\"") != line.npos) found = line;
    return !found.empty();
  };
  if (test::wait_until(is_there)) return json::parse(found).as_object();
  ADD_FAILURE() << "no line of " << request_id;
  return {};
}

TEST(Watched, EachRequestLeavesALine) {
  auto& daybook = DaybookProcess::shared();
  Team team(daybook);
  const auto id = random_name("request");
  const std::string trace = "4bf92f3577b34da6a3ce929d0e0e4736";
  ASSERT_EQ(team.owner.get(team.in(), {{"X-Request-Id", id}, {"traceparent", "00-" + trace + "-00f067aa0ba902b7-01"}}).status, 200);
  const auto line = line_of(daybook, id);
  EXPECT_EQ(line.at("message"), "request");
  EXPECT_EQ(line.at("level"), "info");
  EXPECT_EQ(line.at("method"), "GET");
  EXPECT_EQ(line.at("route"), "/api/v1/workspaces/{workspace}");
  EXPECT_EQ(line.at("status").to_number<int>(), 200);
  EXPECT_EQ(line.at("trace_id"), json::value(trace));
  EXPECT_EQ(line.at("principal_kind"), "user");
  EXPECT_EQ(line.at("principal_id"), json::value(team.owner.user_id));
  EXPECT_GE(line.at("duration_ms").to_number<double>(), 0);
  EXPECT_GT(line.at("bytes_out").to_number<int>(), 0);
  EXPECT_TRUE(line.contains("time"));
  EXPECT_FALSE(line.contains("code"));
}

TEST(Watched, ARefusedRequestLeavesItsCodeAndNothingOfWhatWasSent) {
  auto& daybook = DaybookProcess::shared();
  Caller anybody(daybook);
  const auto id = random_name("request"), word = random_name("word");
  EXPECT_EQ(anybody.get("/" + word + "?" + word + "=" + word, {{"X-Request-Id", id}, {"User-Agent", word}}).status, 404);
  const auto line = line_of(daybook, id);
  EXPECT_EQ(line.at("code"), "not-found");
  EXPECT_FALSE(line.contains("route"));
  EXPECT_FALSE(line.contains("principal_id"));
  EXPECT_EQ(line.at("trace_id").as_string().size(), 32U) << "made here";
  EXPECT_EQ(daybook.output().find(word), std::string::npos);
}

TEST(Watched, ABodyThatIsTooLargeLeavesALineToo) {
  auto& daybook = DaybookProcess::shared();
  const auto id = random_name("request");
  const auto reply = http::Client(daybook.url()).send("POST", "/api/v1/auth/login", {{"X-Request-Id", id}}, std::string(2 << 20, 'x'));
  EXPECT_EQ(reply.status, 413);
  const auto line = line_of(daybook, id);
  EXPECT_EQ(line.at("code"), "too-large");
  EXPECT_EQ(line.at("route"), "/api/v1/auth/login");
}

TEST(Watched, TheDoctorFindsARunningDeploymentHealthy) {
  auto& daybook = DaybookProcess::shared();
  Team team(daybook);
  RunResult said;
  // Topic and relay come a moment after the start.
  EXPECT_TRUE(wait_until([&] {
    said = daybook.run({"doctor", "--allow-unsafe-database", "--listen", "127.0.0.1:0"});
    return said.exit_code == 0;
  }, std::chrono::seconds(30))) << said.output;
  EXPECT_EQ(said.output.find("WRONG"), std::string::npos) << said.output;
  const auto in_json = json::parse(daybook.run({"doctor", "--json", "--allow-unsafe-database", "--listen", "127.0.0.1:0"}).output);
  EXPECT_EQ(in_json.at("healthy"), true);
  EXPECT_GE(in_json.at("findings").as_array().size(), 12U);
}

TEST(Watched, TheDoctorEndsWithAFailureWhereSomethingIsWrong) {
  auto& daybook = DaybookProcess::shared();
  const auto said = daybook.run({"doctor", "--allow-unsafe-database", "--listen", "127.0.0.1:0", "--keys", "nowhere"});
  EXPECT_EQ(said.exit_code, 1);
  EXPECT_NE(said.output.find("WRONG  key file: "), std::string::npos) << said.output;
}

}  // namespace
}  // namespace daybook::test::watched_test
