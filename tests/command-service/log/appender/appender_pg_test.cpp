// Many writers over several appenders, threads and processes, on one log in PostgreSQL whose old rows are held by others;
// afterwards the log is audited. Started with `--writer <database> <key file> <place> <issues> <seed>` this program is one of those
// processes.
#include <gtest/gtest.h>

#include <fstream>
#include <iostream>
#include <set>
#include <sstream>
#include <thread>

#include "tests/command-service/log/appender/disturbance.hpp"
#include "tests/command-service/log/appender/pg_writers.hpp"

namespace daybook::log::test {
namespace {

using events::IssueId;

constexpr int threads_count = 16;
constexpr int commands_per_thread = 200;
constexpr int shared_keys = 300;  // idempotency keys that every process uses
constexpr int hot_issues = 4;
constexpr int writers_on_one_stream = 64;

// What a writer was told: where the answer stands in the log, and under which key it was asked.
struct Acknowledged {
  StreamId stream{};
  StreamVersion version{};
  std::string key;
  bool replayed = false;
};

struct Scene {
  Place place;
  std::vector<IssueId> issues;
};

// The number says which command; the same number under the same key is the same command in every process.
Execute command_number(const Scene& scene, int number, const std::string& sender) {
  const auto& hot = scene.issues;
  const auto at = [&](int n) { return hot[static_cast<std::size_t>(n) % hot.size()]; };
  switch (number % 6) {
    case 0:
      return open_issue(scene.place, new_id<IssueId>(), "Issue " + std::to_string(number));
    case 1:
      return rename_issue(scene.place, at(number), sender + std::to_string(number));
    case 2:
      return define_label(scene.place, "label " + std::to_string(number % 60));
    case 3:
      return block(scene.place, at(number), at(number / 6 + 1));
    case 4:
      return register_user(new_id<events::UserId>(), "user" + std::to_string(number % 120));
    default:
      return refuse();
  }
}

void note(const Reply& reply, const std::string& key, std::vector<Acknowledged>& notes) {
  const auto* outcome = std::get_if<Outcome>(&reply);
  ASSERT_NE(outcome, nullptr) << std::get<Unavailable>(reply).reason;
  if (outcome->refused) {
    EXPECT_EQ(outcome->refused->kind, domain::Rejection::Kind::in_progress) << outcome->refused->detail;
    return;
  }
  for (const auto& item : outcome->items)
    if (item) notes.push_back({item->stream, item->version, key, outcome->replayed});
}

std::vector<Acknowledged> write_many(Appender& appender, const Scene& scene, int seed) {
  std::vector<Acknowledged> notes;
  for (int i = 0; i < commands_per_thread; ++i) {
    const int number = seed * 7919 + i * 31;
    const bool keyed = i % 3 == 0;
    const int shared = (seed * 13 + i) % shared_keys;
    auto request = keyed ? with_key(one(command_number(scene, shared, "shared")), std::to_string(shared))
                         : one(command_number(scene, number, std::to_string(seed) + "/"));
    note(reply_of(submit(appender, std::move(request))), keyed ? std::to_string(shared) : "", notes);
  }
  return notes;
}

std::vector<Acknowledged> write_from_threads(std::vector<Appender*> appenders, const Scene& scene, int count,
                                             int seed) {
  std::vector<std::vector<Acknowledged>> notes(static_cast<std::size_t>(count));
  std::vector<std::thread> threads;
  for (int i = 0; i < count; ++i)
    threads.emplace_back([&, i] {
      notes[static_cast<std::size_t>(i)] =
          write_many(*appenders[static_cast<std::size_t>(i) % appenders.size()], scene, seed + i);
    });
  for (auto& thread : threads) thread.join();
  std::vector<Acknowledged> all;
  for (auto& some : notes) all.insert(all.end(), some.begin(), some.end());
  return all;
}

class AppendersOnPostgres : public testing::Test {
 protected:
  void SetUp() override {
    auto keys = crypto::KeyFile::create(folder / "keys", appender_options().clock());
    ASSERT_TRUE(std::holds_alternative<crypto::KeyFile>(keys));
    key_file = std::make_shared<const crypto::KeyFile>(std::get<crypto::KeyFile>(std::move(keys)));
    PgStore::migrate(url);
    PgStore::initialise(url, key_file->fingerprint());
    first = std::make_unique<Writer>(url, key_file);
    send(*first->appender,
         many({register_user(scene.place.olga, "olga"), found_workspace(scene.place)}, true));
    for (int i = 0; i < hot_issues; ++i) {
      scene.issues.push_back(new_id<IssueId>());
      send(*first->appender, one(open_issue(scene.place, scene.issues.back(), "Hot")));
    }
    disturbance.emplace(url);
  }

  void expect_whole(const std::vector<Acknowledged>& notes) {
    expect_each_answer_once(notes);
    expect_sound(url, key_file);
  }

  // Streams whose every event came from an acknowledged command: what the writers heard is what the log
  // holds.
  void expect_each_answer_once(const std::vector<Acknowledged>& notes) {
    PgStore store(url, {.allow_unsafe = true});
    std::map<StreamId, std::size_t> lengths;
    std::map<std::string, std::pair<StreamId, StreamVersion>> by_key;
    std::map<StreamId, int> births;
    for (const auto& said : notes) {
      if (!lengths.count(said.stream))
        lengths[said.stream] =
            store.read_stream(said.stream, StreamVersion{}, StreamVersion{1'000'000}).size();
      EXPECT_GE(lengths[said.stream], static_cast<std::size_t>(said.version.value));
      if (said.version.value == 1 && !said.replayed) ++births[said.stream];
      if (said.key.empty()) continue;
      const auto [known, added] = by_key.emplace(said.key, std::pair(said.stream, said.version));
      EXPECT_EQ(known->second, std::pair(said.stream, said.version)) << "key " << said.key;
    }
    for (const auto& [stream, times] : births) EXPECT_EQ(times, 1) << stream.text();
    pg::Connection admin(url);
    const auto born = admin.exec(
        "SELECT count(*) FROM log.events WHERE stream_version = 1 AND stream_type IN ('issue', 'user')");
    EXPECT_EQ(born.text(0, 0), std::to_string(births.size() + 1 + scene.issues.size()));
  }

  std::string place_words() const { return scene.place.olga.text() + "," + scene.place.acme.text(); }

  daybook::test::TempDir folder;
  std::string url = daybook::test::PostgresServer::shared().fresh_database();
  std::shared_ptr<const crypto::KeyFile> key_file;
  std::unique_ptr<Writer> first;
  Scene scene;
  std::optional<Disturbance> disturbance;
};

TEST_F(AppendersOnPostgres, TwoAppendersAndSixteenThreadsLeaveOneSoundLog) {
  Writer second(url, key_file);
  const auto notes =
      write_from_threads({first->appender.get(), second.appender.get()}, scene, threads_count, 1);
  EXPECT_GT(notes.size(), static_cast<std::size_t>(threads_count * commands_per_thread / 3));
  expect_whole(notes);
  EXPECT_GT(disturbance->dumping.dumps(), 0);
}

TEST_F(AppendersOnPostgres, SixtyFourWritersOnOneStreamAllWinInTurn) {
  Writer second(url, key_file);
  const auto issue = scene.issues.front();
  std::vector<std::future<Reply>> replies;
  for (int i = 0; i < writers_on_one_stream; ++i)
    replies.push_back(submit(i % 2 == 0 ? *first->appender : *second.appender,
                             one(rename_issue(scene.place, issue, "Name " + std::to_string(i)))));
  std::set<std::int64_t> versions;
  for (auto& reply : replies) versions.insert(std::get<Outcome>(reply_of(std::move(reply))).items.at(0)->version.value);
  EXPECT_EQ(versions.size(), static_cast<std::size_t>(writers_on_one_stream));
  EXPECT_EQ(*versions.begin(), 2);
  EXPECT_EQ(*versions.rbegin(), writers_on_one_stream + 1);
  expect_whole({});
}

TEST_F(AppendersOnPostgres, TwoProcessesLeaveOneSoundLog) {
  std::string issues;
  for (const auto& issue : scene.issues) issues += issue.text() + ",";
  daybook::test::Process other(
      {"/proc/self/exe", "--writer", url, (folder / "keys").string(), place_words(), issues, "100"},
      {.folder = folder.path(), .output = folder / "said"});
  auto notes = write_from_threads({first->appender.get()}, scene, threads_count / 4, 1);
  ASSERT_TRUE(other.wait(answer_wait_max));
  std::ifstream said(folder / "said");
  EXPECT_EQ(other.exit_code(), 0) << std::string(std::istreambuf_iterator<char>(said), {});
  said.clear();
  said.seekg(0);
  const auto own = notes.size();
  for (std::string mark, stream, version, key, replayed;
       said >> mark >> stream >> version >> key >> replayed;)
    notes.push_back({StreamId{*text::Uuid::parse(stream)}, StreamVersion{std::stoll(version)},
                     key == "-" ? "" : key, replayed == "1"});
  EXPECT_GT(notes.size(), own);
  expect_whole(notes);
}

// How long it took is printed and not judged.
TEST_F(AppendersOnPostgres, AProcessThatHasJustStartedLoadsALongStreamByWhatIsKeptOfIt) {
  constexpr int renames = 10000, renames_of_a_request = 2000;
  const auto issue = scene.issues.front();
  for (int i = 0; i < renames; i += renames_of_a_request) {
    std::vector<Execute> some;
    for (int k = 0; k < renames_of_a_request; ++k) some.push_back(rename_issue(scene.place, issue, "Name " + std::to_string(i + k)));
    ASSERT_FALSE(send(*first->appender, many(std::move(some), true)).refused_item);
  }
  const auto load = [&](const std::string& title) {
    Writer newcomer(url, key_file);
    send(*newcomer.appender, one(look(events::stream_of(scene.issues.back()))));
    const auto before = std::chrono::steady_clock::now();
    const auto done = send(*newcomer.appender, one(rename_issue(scene.place, issue, title)));
    const auto took = std::chrono::steady_clock::now() - before;
    return std::pair(done.items.at(0)->version.value, std::chrono::duration_cast<std::chrono::milliseconds>(took).count());
  };
  const auto kept = load("with what is kept");
  pg::Connection(url).exec("DELETE FROM log.snapshots");
  const auto folded = load("from the first event");
  EXPECT_EQ(kept.first, renames + 2);
  EXPECT_EQ(folded.first, renames + 3);
  EXPECT_EQ(pg::Connection(url).exec("SELECT version FROM log.snapshots").text(0, 0), std::to_string(renames + 3));
  std::cout << "a rename after a start on a stream of " << renames << " events takes " << kept.second << " ms, and " << folded.second << " ms from its first event\n";
  expect_sound(url, key_file);
}

std::vector<text::Uuid> uuids(const std::string& words) {
  std::vector<text::Uuid> ids;
  std::istringstream in(words);
  for (std::string word; std::getline(in, word, ',');) ids.push_back(*text::Uuid::parse(word));
  return ids;
}

// The other process: writes as this one does, and says on standard output what it was answered.
int be_writer(char** arguments) {
  const std::string url = arguments[2];
  auto keys = crypto::KeyFile::load(arguments[3]);
  if (const auto* error = std::get_if<crypto::KeyFileError>(&keys)) {
    std::cout << error->text << "\n";
    return 2;
  }
  const auto place = uuids(arguments[4]);
  Scene scene{{events::UserId{place.at(0)}, events::WorkspaceId{place.at(1)}}, {}};
  for (const auto& id : uuids(arguments[5])) scene.issues.push_back(IssueId{id});
  Writer writer(url, std::make_shared<const crypto::KeyFile>(std::get<crypto::KeyFile>(std::move(keys))));
  const auto notes =
      write_from_threads({writer.appender.get()}, scene, threads_count / 4, std::stoi(arguments[6]));
  for (const auto& note : notes)
    std::cout << "said " << note.stream.text() << " " << note.version.value << " "
              << (note.key.empty() ? "-" : note.key) << " " << note.replayed << "\n";
  return testing::Test::HasFailure() ? 1 : 0;
}

}  // namespace

int run(int count, char** arguments) {
  testing::InitGoogleTest(&count, arguments);
  if (count == 7 && std::string(arguments[1]) == "--writer") return be_writer(arguments);
  return RUN_ALL_TESTS();
}

}  // namespace daybook::log::test

int main(int count, char** arguments) { return daybook::log::test::run(count, arguments); }
