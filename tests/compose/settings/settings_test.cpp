// What a deployment can set, by file, environment and flag; and that the page about it says the same.
#include "compose/daybook/settings.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include "tests/support/support.hpp"

namespace daybook::app {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

std::string contents(const std::filesystem::path& file) {
  std::ostringstream text;
  text << std::ifstream(file).rdbuf();
  return text.str();
}

class Settings : public ::testing::Test {
 protected:
  Config load(const std::string& text, const Environment& environment = {}, CommandLine line = {}) {
    std::ofstream(file_) << text;
    line.file = file_;
    return load_config(line, environment);
  }
  std::string refusal_of(const std::string& text, const Environment& environment = {}, CommandLine line = {}) {
    try {
      static_cast<void>(load(text, environment, std::move(line)));
    } catch (const Refusal& refusal) {
      return refusal.what();
    }
    return "it was taken";
  }

  test::TempDir folder_;
  std::string file_ = folder_ / "daybook.toml";
};

TEST_F(Settings, OfTheFileAreTaken) {
  const auto config = load("[http]\nlisten = \"[::1]:9000\"\nrequire_if_match = true\n[rates]\nprincipal_requests = 5\n[cors]\norigins = [\"https://a.example\"]\n");
  EXPECT_EQ(listen_of(config).address, "::1");
  EXPECT_EQ(listen_of(config).port, 9000);
  EXPECT_TRUE(config.require_if_match);
  EXPECT_EQ(config.principal_requests, 5);
  EXPECT_EQ(config.cors_origins, std::vector<std::string>{"https://a.example"});
  EXPECT_EQ(config.sources.at("rates.principal_requests"), file_ + ":5");
}

TEST_F(Settings, OfTheEnvironmentWinOverTheFileAndFlagsOverBoth) {
  const std::string file = "[query]\nthreads = 3\nconnections = 3\n[http]\nlisten = '3'\n";
  const Environment environment{{"DAYBOOK_QUERY_THREADS", "4"}, {"DAYBOOK_LISTEN", "4"}, {"DAYBOOK_QUERY_CONNECTIONS", ""}};
  CommandLine line;
  line.values["http.listen"] = "5";
  const auto config = load(file, environment, line);
  EXPECT_EQ(config.query_connections, 3) << "an empty variable is none";
  EXPECT_EQ(config.query_threads, 4);
  EXPECT_EQ(config.listen, "5");
  EXPECT_EQ(config.sources.at("query.threads"), "DAYBOOK_QUERY_THREADS");
  EXPECT_EQ(config.sources.at("http.listen"), "--listen");
}

TEST_F(Settings, ListsInTheEnvironmentAreSeparatedByCommas) {
  const auto config = load("", {{"DAYBOOK_CORS_ORIGINS", "https://a.example, http://b.example:8080"}});
  EXPECT_EQ(config.cors_origins, (std::vector<std::string>{"https://a.example", "http://b.example:8080"}));
}

TEST_F(Settings, WebhooksAreDeliveredToPublicAddressesAloneUnlessNetworksAreNamed) {
  EXPECT_TRUE(load("").webhook_networks.empty());
  EXPECT_EQ(load("[webhooks]\nallowed_networks = [\"127.0.0.0/8\", \"::1\"]\n").webhook_networks, (std::vector<std::string>{"127.0.0.0/8", "::1"}));
  EXPECT_EQ(load("", {{"DAYBOOK_WEBHOOKS_ALLOWED_NETWORKS", "10.1.0.0/16, fd00::/8"}}).webhook_networks, (std::vector<std::string>{"10.1.0.0/16", "fd00::/8"}));
  EXPECT_THAT(refusal_of("[webhooks]\nallowed_networks = [\"10.1.0.0/16\", \"intranet\"]\n"),
              HasSubstr("webhooks.allowed_networks is a list; it should be an address or a network like 10.0.0.0/8."));
  EXPECT_THAT(refusal_of("", {{"DAYBOOK_WEBHOOKS_ALLOWED_NETWORKS", "10.0.0.0/33"}}), HasSubstr("webhooks.allowed_networks"));
}

TEST_F(Settings, TheFileMayBeNamedByTheEnvironment) {
  std::ofstream(file_) << "[query]\nthreads = 9\n";
  EXPECT_EQ(load_config({}, {{"DAYBOOK_CONFIG", file_}}).query_threads, 9);
}

TEST_F(Settings, UnknownKeysAndSectionsAreRefusedWithTheirPlaceAndTheNearestName) {
  EXPECT_THAT(refusal_of("[query]\nthreds = 2\n"), AllOf(HasSubstr(file_ + ":2: there is no setting 'query.threds'"), HasSubstr("query.threads?")));
  EXPECT_THAT(refusal_of("\n[htpp]\n"), AllOf(HasSubstr(file_ + ":2: there is no setting 'htpp'"), HasSubstr("Did you mean http?")));
  EXPECT_THAT(refusal_of("threads = 2\n"), HasSubstr(file_ + ":1: there is no setting 'threads'"));
  EXPECT_THAT(refusal_of("[query.threads]\n"), HasSubstr(file_ + ":1: query.threads is a section; it should be a whole number"));
  EXPECT_THAT(refusal_of("http = 1\n"), HasSubstr(file_ + ":1: there is no setting 'http'"));
}

TEST_F(Settings, WrongTypesAndValuesOutOfRangeAreRefusedWithTheLimits) {
  EXPECT_THAT(refusal_of("[query]\nthreads = 0\n"), HasSubstr(file_ + ":2: query.threads is 0; it should be a whole number from 1 to 256 (threads)."));
  EXPECT_THAT(refusal_of("[query]\nthreads = \"two\"\n"), HasSubstr("query.threads is 'two'; it should be a whole number"));
  EXPECT_THAT(refusal_of("[query]\nthreads = 1.5\n"), HasSubstr("query.threads is a number with a fraction; it"));
  EXPECT_THAT(refusal_of("[http]\nrequire_if_match = 1\n"), HasSubstr("http.require_if_match is 1; it should be true or false."));
  EXPECT_THAT(refusal_of("[http]\nlisten = \"here\"\n"), HasSubstr("http.listen is 'here'; it should be an address and a port"));
  EXPECT_THAT(refusal_of("[http]\nlisten = \"127.0.0.1:70000\"\n"), HasSubstr("http.listen"));
  EXPECT_THAT(refusal_of("[cors]\norigins = [\"https://a.example/path\"]\n"), HasSubstr("cors.origins is a list; it should be an origin like"));
  EXPECT_THAT(refusal_of("[log]\nlevel = \"loud\"\n"), HasSubstr("log.level is 'loud'; it should be debug, info, warning or error."));
}

TEST_F(Settings, OfTheEnvironmentAreHeldToTheSame) {
  EXPECT_THAT(refusal_of("", {{"DAYBOOK_QUERY_THREADS", "many"}}), HasSubstr("DAYBOOK_QUERY_THREADS: query.threads cannot be 'many'; it should be a whole number from 1 to 256"));
  EXPECT_THAT(refusal_of("", {{"DAYBOOK_HTTP_REQUIRE_IF_MATCH", "yes"}}), HasSubstr("it should be true or false"));
  EXPECT_THAT(refusal_of("", {{"DAYBOOK_QUERY_THREDS", "1"}}), AllOf(HasSubstr("DAYBOOK_QUERY_THREDS is no setting"), HasSubstr("DAYBOOK_QUERY_THREADS?")));
  CommandLine line;
  line.values["http.listen"] = "nowhere";
  EXPECT_THAT(refusal_of("", {}, line), HasSubstr("--listen: http.listen cannot be 'nowhere'"));
}

TEST_F(Settings, VariablesOfTestsScriptsAndOtherProgramsAreLeftAlone) {
  EXPECT_EQ(refusal_of("", {{"DAYBOOK_TEST_ANYTHING", "1"}, {"DAYBOOK_JOBS", "2"}, {"DAYBOOK_URL", "x"}, {"HOME", "/"}}), "it was taken");
}

// A variable that a script exports would otherwise stop every program below it.
TEST_F(Settings, EveryVariableOfTheScriptsIsKnown) {
  std::set<std::string> found;
  const std::regex variable("DAYBOOK_[A-Z][A-Z_]*");
  std::vector<std::filesystem::path> files{"up", "check"};
  for (const auto* folder : {"compose/lib", "compose/native", "compose/backup"})
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
      if (entry.is_regular_file()) files.push_back(entry.path());
  for (const auto& file : files) {
    const auto text = contents(file);
    for (auto match = std::sregex_iterator(text.begin(), text.end(), variable); match != std::sregex_iterator(); ++match) found.insert(match->str());
  }
  EXPECT_GT(found.size(), 4U);
  for (const auto& name : found) EXPECT_TRUE(is_known_variable(name)) << name;
}

TEST_F(Settings, ArePrintedAsAFileThatReadsTheSameWithoutSecrets) {
  const Environment environment{{"DATABASE_URL", "postgresql://ann:hunter2@localhost/x"}, {"DAYBOOK_QUERY_THREADS", "4"}, {"DAYBOOK_CORS_ORIGINS", "*"}};
  const auto config = load("[rates]\nwindow_s = 30\n", environment);
  const auto printed = effective_settings(config);
  EXPECT_THAT(printed, AllOf(HasSubstr("window_s = 30  # " + file_ + ":2\n"), HasSubstr("threads = 4  # DAYBOOK_QUERY_THREADS\n"),
                             HasSubstr("connections = 4  # default\n"), HasSubstr("# url is set and not shown: DATABASE_URL\n"), Not(HasSubstr("hunter2"))));
  const auto again = load(printed);
  for (const auto& setting : settings())
    if (!setting.secret) { EXPECT_EQ(value_text(again, setting), value_text(config, setting)) << setting.name; }
}

TEST_F(Settings, SecretsAreNotRepeatedInARefusal) {
  EXPECT_THAT(refusal_of("[database]\nurl = 42\n"), AllOf(HasSubstr("database.url is not right"), Not(HasSubstr("42"))));
}

TEST_F(Settings, HaveNamesVariablesAndFlagsOfTheirOwn) {
  std::set<std::string_view> names, variables, flags;
  for (const auto& setting : settings()) {
    EXPECT_TRUE(names.insert(setting.name).second) << setting.name;
    EXPECT_TRUE(variables.insert(setting.environment).second) << setting.environment;
    if (!setting.flag.empty()) { EXPECT_TRUE(flags.insert(setting.flag).second) << setting.flag; }
    EXPECT_FALSE(setting.help.empty()) << setting.name;
  }
}

TEST_F(Settings, HaveDefaultsWithinTheirLimits) {
  for (const auto& setting : settings()) {
    if (std::holds_alternative<std::vector<std::string> Config::*>(setting.target)) continue;
    Config config;
    auto value = value_text(config, setting);
    std::erase(value, '"');
    EXPECT_EQ(assign(config, setting, read_text(setting, value)), std::nullopt) << setting.name;
  }
}

TEST_F(Settings, KeysMayComeInTheEnvironmentAsTheTextOfAFile) {
  const test::TempDir folder;
  const auto made = crypto::KeyFile::create(folder / "keys", text::Instant{std::chrono::seconds{1'800'000'000}});
  const auto& fingerprint = std::get<crypto::KeyFile>(made).fingerprint();
  const auto text = contents(folder / "keys");
  EXPECT_EQ(load_keys(load("", {{"DAYBOOK_KEYS_INLINE", text}, {"DAYBOOK_KEYS", "/nowhere"}}))->fingerprint(), fingerprint);
  auto one_line = text;
  std::replace(one_line.begin(), one_line.end(), '\n', ';');
  EXPECT_EQ(load_keys(load("", {{"DAYBOOK_KEYS_INLINE", one_line}}))->fingerprint(), fingerprint);
  const auto cut = load("", {{"DAYBOOK_KEYS_INLINE", text.substr(0, text.size() / 2)}});
  try {
    load_keys(cut);
    FAIL() << "half of the keys were taken";
  } catch (const Refusal& refused) {
    EXPECT_EQ(std::string(refused.what()).find(text.substr(text.size() / 2 - 20, 20)), std::string::npos) << "it repeats no key";
  }
}

TEST_F(Settings, StandInTheDocumentationAsTheyAre) {
  EXPECT_THAT(contents("docs/configuration.md"), HasSubstr(settings_reference())) << "`daybook config --reference` prints the table";
}

}  // namespace
}  // namespace daybook::app
