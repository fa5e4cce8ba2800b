// The log in PostgreSQL against the log in memory, by random requests (RapidCheck; RC_PARAMS repeats a failure). Sent one after
// the other, both must answer and keep the same. Sent by many at once, from two processes, what everybody heard must be what
// the log in memory answers to the same requests in the order in which PostgreSQL's log holds them. Started with
// `--lanes <database> <key file> <place> <plan>` this program is the second process.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <set>
#include <sstream>
#include <thread>

#include "command-service/log/memory_audit.hpp"
#include "command-service/log/memory_store.hpp"
#include "tests/command-service/log/appender/disturbance.hpp"
#include "tests/command-service/log/appender/model_steps.hpp"
#include "tests/command-service/log/appender/pg_writers.hpp"

namespace daybook::log::test {
namespace {

constexpr const char* usual_params = "max_success=6 max_size=80";  // unless RC_PARAMS says otherwise
constexpr int appenders_per_process = 8, lanes_per_process = 32;   // two processes: 16 appenders, 64 writers
constexpr int steps_alone = 80, steps_of_a_lane = 6;
constexpr int latency_appends = 150;
constexpr std::size_t all_of_it = std::size_t{1} << 30;

// What a step was answered, and where that places it: after everything at its position that comes in the enumeration before.
struct Heard {
  enum class Order { wrote, unrecorded, recorded, repeated };
  StepName name;
  std::int64_t position = 0;
  Order order = Order::unrecorded;
  std::string words;
};

std::ostream& operator<<(std::ostream& out, const Heard& heard) {
  return out << heard.name.lane << ' ' << heard.name.number << ' ' << heard.position << ' ' << static_cast<int>(heard.order) << ' ' << heard.words;
}
std::istream& operator>>(std::istream& in, Heard& heard) {
  int order = 0;
  in >> heard.name.lane >> heard.name.number >> heard.position >> order >> std::ws;
  heard.order = static_cast<Heard::Order>(order);
  return std::getline(in, heard.words);
}

// Nothing for a request that was turned away because its twin was being carried out: it says nothing about the log.
std::optional<Heard> heard_of(StepName name, const Step& step, const Reply& reply) {
  const auto* outcome = std::get_if<Outcome>(&reply);
  if (outcome == nullptr) return Heard{name, 0, Heard::Order::unrecorded, "unavailable: " + std::get<Unavailable>(reply).reason};
  if (outcome->refused && outcome->refused->kind == domain::Rejection::Kind::in_progress) return std::nullopt;
  auto order = step.key < 0 || outcome->refused_item ? Heard::Order::unrecorded : Heard::Order::recorded;
  if (outcome->replayed || outcome->refused) order = Heard::Order::repeated;
  return Heard{name, outcome->position.value, order, words(*outcome)};
}

// A thread for each lane, over some appenders.
std::vector<Heard> write_lanes(const std::vector<std::unique_ptr<Writer>>& writers, const Place& place, const std::vector<Lane>& lanes,
                               int first_lane) {
  std::vector<std::vector<Heard>> heard(lanes.size());
  std::vector<std::thread> threads;
  for (std::size_t lane = 0; lane < lanes.size(); ++lane)
    threads.emplace_back([&, lane] {
      auto& appender = *writers[lane % writers.size()]->appender;
      for (std::size_t i = 0; i < lanes[lane].size(); ++i) {
        const StepName name{first_lane + static_cast<int>(lane), static_cast<int>(i)};
        const auto& step = lanes[lane][i];
        if (auto answer = heard_of(name, step, reply_of(submit(appender, request_of(place, step, name)))))
          heard[lane].push_back(std::move(*answer));
      }
    });
  for (auto& thread : threads) thread.join();
  std::vector<Heard> all;
  for (auto& some : heard) all.insert(all.end(), some.begin(), some.end());
  return all;
}

std::vector<std::unique_ptr<Writer>> some_writers(const std::string& url, const std::shared_ptr<const crypto::KeyFile>& keys) {
  std::vector<std::unique_ptr<Writer>> writers;
  for (int i = 0; i < appenders_per_process; ++i) writers.push_back(std::make_unique<Writer>(url, keys));
  return writers;
}

std::shared_ptr<const crypto::KeyFile> keys_in(const std::string& file) {
  return std::make_shared<const crypto::KeyFile>(std::get<crypto::KeyFile>(crypto::KeyFile::load(file)));
}

// A new log in PostgreSQL and one in memory, with the same place in both.
class Twins {
 public:
  Twins() {
    const auto made = crypto::KeyFile::create(key_file(), appender_options().clock());
    if (std::holds_alternative<crypto::KeyFileError>(made)) throw std::runtime_error("no key file could be made");
    keys_ = keys_in(key_file());
    PgStore::migrate(url);
    const auto identity = PgStore::initialise(url, keys_->fingerprint());
    memory_ = std::make_shared<MemoryLog>(identity);
    const auto ring = std::make_shared<events::KeyRing>(identity.log_id, keys_, [memory = memory_](auto subjects) { return memory->data_keys(subjects); });
    model = std::make_unique<Appender>(std::make_unique<MemoryStore>(memory_), ring, appender_options());
    Writer first(url, keys_);
    auto beginning = many({register_user(place.olga, "olga"), found_workspace(place)}, true);
    if (words(send(*first.appender, beginning)) != words(send(*model, beginning))) throw std::runtime_error("the beginnings differ");
  }

  std::string key_file() const { return (folder_ / "keys").string(); }
  const std::shared_ptr<const crypto::KeyFile>& keys() const { return keys_; }
  const daybook::test::TempDir& folder() const { return folder_; }

  std::vector<std::string> events_kept() const {
    PgStore store(url, {.allow_unsafe = true});
    return all_words(all_events(store));
  }
  // What wrote something, by correlation id.
  std::set<events::CorrelationId> writing() const {
    std::set<events::CorrelationId> ids;
    PgStore store(url, {.allow_unsafe = true});
    for (const auto& event : all_events(store)) ids.insert(event.correlation_id);
    return ids;
  }

  void expect_alike() {
    RC_ASSERT(events_kept() == all_words(memory_->read(Position{}, all_of_it, all_of_it)));
    PgAuditSnapshot kept(url);
    MemoryAuditTables expected(memory_);
    RC_ASSERT(side_tables(kept) == side_tables(expected));
    expect_sound(url, keys_);
  }

  const Place place;
  const std::string url = daybook::test::PostgresServer::shared().fresh_database();
  std::unique_ptr<Appender> model;

 private:
  static std::vector<std::string> all_words(const std::vector<Envelope>& events) {
    std::vector<std::string> all;
    for (const auto& event : events) all.push_back(words(event));
    return all;
  }
  // Every row as text.
  static std::set<std::string> side_tables(AuditTables& tables) {
    std::set<std::string> rows;
    tables.each_claim([&](const ClaimKey& key, StreamId holder) { rows.insert("claim " + key.scope + " " + key.key + " " + holder.text()); });
    tables.each_reference([&](StreamId id, const Reference& reference) {
      rows.insert("reference " + id.text() + " " + (reference.container ? reference.container->text() : "") + (reference.deleted ? " deleted" : ""));
    });
    tables.each_counter([&](const CounterKey& key, std::int64_t value) { rows.insert("counter " + key.scope + " " + key.key.text() + " " + std::to_string(value)); });
    tables.each_relation([&](const Edge& edge) { rows.insert("edge " + edge.kind + " " + edge.from.text() + " " + edge.to.text()); });
    return rows;
  }

  daybook::test::TempDir folder_;
  std::shared_ptr<const crypto::KeyFile> keys_;
  std::shared_ptr<MemoryLog> memory_;
};

class LogModel : public testing::Test {
 protected:
  static void SetUpTestSuite() { setenv("RC_PARAMS", usual_params, 0); }
};

TEST_F(LogModel, RequestsOneAfterTheOtherAreAnsweredAlikeByPostgresAndMemory) {
  EXPECT_TRUE(rc::check("sent one after the other", [] {
    const auto lane = *lanes_about(12, steps_alone);
    Twins twins;
    Writer real(twins.url, twins.keys());
    for (std::size_t i = 0; i < lane.size(); ++i) {
      const auto request = request_of(twins.place, lane[i], {0, static_cast<int>(i)});
      RC_ASSERT(words(send(*real.appender, request)) == words(send(*twins.model, request)));
    }
    twins.expect_alike();
  }));
}

// The second process over the other half of the lanes: writes, and says on standard output what it heard.
class SecondProcess {
 public:
  SecondProcess(const Twins& twins, const std::vector<Lane>& lanes)
      : said_(twins.folder() / "said"),
        process_({"/proc/self/exe", "--lanes", twins.url, twins.key_file(), twins.place.olga.text() + " " + twins.place.acme.text(),
                  written(twins.folder() / "plan", lanes)},
                 {.folder = twins.folder().path(), .output = said_, .signal_at_our_death = SIGKILL}) {}

  // Until its appenders have their connections.
  bool ready() {
    return daybook::test::wait_until([&] { return std::filesystem::exists(said_) && std::filesystem::file_size(said_) > 0; }, answer_wait_max);
  }
  std::vector<Heard> heard() {
    RC_ASSERT(process_.wait(answer_wait_max));
    std::ifstream in(said_);
    std::string ready;
    std::getline(in, ready);
    std::vector<Heard> all;
    for (Heard one; in >> one;) all.push_back(one);
    RC_ASSERT(process_.exit_code() == 0);
    return all;
  }

 private:
  static std::string written(const std::filesystem::path& file, const std::vector<Lane>& lanes) {
    std::ofstream out(file);
    out << lanes.size() << '\n';
    for (const auto& lane : lanes) {
      out << lane.size() << '\n';
      for (const auto& step : lane) out << step << '\n';
    }
    return file.string();
  }

  std::filesystem::path said_;
  daybook::test::Process process_;
};

int be_second_process(char** arguments) {
  std::istringstream ids(arguments[4]);
  std::string olga, acme;
  ids >> olga >> acme;
  const Place place{events::UserId{*text::Uuid::parse(olga)}, events::WorkspaceId{*text::Uuid::parse(acme)}};
  std::ifstream in(arguments[5]);
  std::size_t count = 0;
  in >> count;
  std::vector<Lane> lanes(count);
  for (auto& lane : lanes) {
    in >> count;
    lane.resize(count);
    for (auto& step : lane) in >> step;
  }
  const auto writers = some_writers(arguments[2], keys_in(arguments[3]));
  std::cout << "ready" << std::endl;
  for (const auto& heard : write_lanes(writers, place, lanes, lanes_per_process)) std::cout << heard << '\n';
  return 0;
}

TEST_F(LogModel, WhatSixtyFourWritersOverSixteenAppendersInTwoProcessesHearHappenedInTheOrderOfTheLog) {
  EXPECT_TRUE(rc::check("sent by many at once", [] {
    // All of them on one stream, on a few, on many
    const auto subjects = *rc::gen::element(1, 4, 24);
    const auto lanes = *rc::gen::noShrink(rc::gen::container<std::vector<Lane>>(2 * lanes_per_process, lanes_about(subjects, steps_of_a_lane)));
    const std::vector<Lane> own(lanes.begin(), lanes.begin() + lanes_per_process), others(lanes.begin() + lanes_per_process, lanes.end());
    Twins twins;
    Disturbance disturbance(twins.url);
    const auto writers = some_writers(twins.url, twins.keys());

    SecondProcess second(twins, others);
    RC_ASSERT(second.ready());
    auto heard = write_lanes(writers, twins.place, own, 0);
    for (auto& one : second.heard()) heard.push_back(std::move(one));

    const auto repeated = std::count_if(heard.begin(), heard.end(), [](const Heard& one) { return one.order == Heard::Order::repeated; });
    const auto conflicts = std::count_if(heard.begin(), heard.end(), [](const Heard& one) { return one.words.find("already-exists") != one.words.npos; });
    RC_ASSERT(repeated > 0);
    RC_ASSERT(conflicts > 0);
    const auto writing = twins.writing();
    for (auto& one : heard)
      if (one.order != Heard::Order::repeated && writing.count(one.name.correlation())) one.order = Heard::Order::wrote;
    std::stable_sort(heard.begin(), heard.end(), [](const Heard& a, const Heard& b) { return std::tie(a.position, a.order) < std::tie(b.position, b.order); });
    for (const auto& one : heard) {
      const auto& step = lanes[static_cast<std::size_t>(one.name.lane)][static_cast<std::size_t>(one.name.number)];
      RC_ASSERT(words(send(*twins.model, request_of(twins.place, step, one.name))) == one.words);
    }
    RC_ASSERT(disturbance.held.holds());
    twins.expect_alike();
  }));
}

// In microseconds, of appends one after the other.
std::int64_t median_append(Appender& appender, const Place& place) {
  std::vector<std::int64_t> times;
  for (int i = 0; i < latency_appends; ++i) {
    const auto before = std::chrono::steady_clock::now();
    send(appender, one(open_issue(place, new_id<events::IssueId>(), "Timed")));
    times.push_back(std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - before).count());
  }
  std::sort(times.begin(), times.end());
  return times[latency_appends / 2];
}

// How long it took is printed and not judged: this machine may have other work.
TEST_F(LogModel, AppendsAreAnsweredWhileOthersKeepTheDatabaseFromTidyingUp) {
  Twins twins;
  Writer writer(twins.url, twins.keys());
  const auto append = [&] { return median_append(*writer.appender, twins.place); };
  const auto alone = append();
  HeldOpen held(twins.url);
  const auto beside_held = append();
  std::int64_t beside_dump = 0;
  {
    const Dumping dumping(twins.url);
    beside_dump = append();
    EXPECT_TRUE(daybook::test::wait_until([&] { return dumping.dumps() > 0; }, answer_wait_max));
  }
  EXPECT_TRUE(held.holds());
  std::cout << "an append takes " << alone << " us, beside a forgotten transaction and an open snapshot " << beside_held << " us, beside pg_dump too "
            << beside_dump << " us, and beside the first two again " << append() << " us (medians of " << latency_appends << ")\n";
  expect_sound(twins.url, twins.keys());
}

}  // namespace

int run_model(int count, char** arguments) {
  if (count == 6 && std::string(arguments[1]) == "--lanes") return be_second_process(arguments);
  testing::InitGoogleTest(&count, arguments);
  return RUN_ALL_TESTS();
}

}  // namespace daybook::log::test

int main(int count, char** arguments) { return daybook::log::test::run_model(count, arguments); }
