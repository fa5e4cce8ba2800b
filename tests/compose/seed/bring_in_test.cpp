// The story against the rules of the domain, over a log in memory.
#include "compose/daybook/seed/bring_in.hpp"

#include <gtest/gtest.h>

#include <set>

#include "command-service/domain/registry.hpp"
#include "command-service/log/memory_store.hpp"
#include "events/core/type_info.hpp"
#include "tests/command-service/log/appender/commands.hpp"
#include "tests/compose/seed/told.hpp"

namespace daybook::seed::test {
namespace {

constexpr std::size_t events_at_once = 100'000, bytes_at_once = 256 << 20;

// A log of its own and who writes it.
class Place {
 public:
  Place()
      : log_(std::make_shared<log::MemoryLog>(log::LogIdentity{log::test::new_id<events::LogId>(), events::Epoch{1}, "fingerprint"})),
        ring_(log::test::key_ring(log_->identity(), [log = log_](auto subjects) { return log->data_keys(subjects); })) {}

  Progress bring_in(
      const Terms& terms, const std::function<void(const Progress&)>& on_part = [](const Progress&) {}, const std::stop_token& stop = {}) {
    Teller teller(terms.seed, "no hash");
    const auto appender = writer(teller, terms.until);
    return seed::bring_in(*appender, teller, terms, stop, on_part);
  }
  std::optional<Terms> found(std::uint64_t seed) {
    Teller teller(seed, "no hash");
    return terms_in(*writer(teller, last_day), teller, seed);
  }
  std::vector<events::Envelope> events() const { return log_->read(events::Position{}, events_at_once, bytes_at_once); }
  std::int64_t head() const { return log_->head().position.value; }

 private:
  std::unique_ptr<log::Appender> writer(Teller& teller, text::Instant moment) {
    log::Appender::Options options;
    options.clock = [moment] { return moment; };
    options.aggregates = domain::aggregate_ops_of;
    options.new_event_id = [&teller] { return teller.next_event_id(); };
    return std::make_unique<log::Appender>(std::make_unique<log::MemoryStore>(log_), ring_, std::move(options));
  }

  std::shared_ptr<log::MemoryLog> log_;
  std::shared_ptr<events::KeyRing> ring_;
};

TEST(BringIn, TheDomainAcceptsEveryStepAndNoKindOfThingIsMissing) {
  Place place;
  ASSERT_NO_THROW(place.bring_in(terms()));
  std::set<std::string_view> kinds;
  for (const auto& event : place.events()) kinds.insert(events::word_of(event.stream_type));
  for (const auto& kind : events::type_info<events::StreamType>().words)
    EXPECT_TRUE(kinds.contains(kind)) << "nothing of the story is a " << kind;
}

// Everything but what is sealed under keys of the log's own.
TEST(BringIn, TheSameSeedMakesTheSameEventsInAnotherLog) {
  Place one, other;
  one.bring_in(terms());
  other.bring_in(terms());
  auto these = one.events(), those = other.events();
  ASSERT_EQ(these.size(), those.size());
  for (std::size_t i = 0; i < these.size(); ++i) {
    for (auto* event : {&these[i], &those[i]}) {
      event->personal.reset();
      event->leaf = {};
    }
    ASSERT_TRUE(these[i] == those[i]) << these[i].type << " " << these[i].data << "\n" << those[i].type << " " << those[i].data;
  }
}

TEST(BringIn, ASecondRunAddsNothing) {
  Place place;
  const auto first = place.bring_in(terms());
  const auto head = place.head();
  const auto second = place.bring_in(terms());
  EXPECT_EQ(first.parts_already_there, 0);
  EXPECT_EQ(second.parts_already_there, second.parts);
  EXPECT_EQ(second.steps, first.steps);
  EXPECT_EQ(place.head(), head);
}

TEST(BringIn, WhoeverWasStoppedGoesOnWhereItEnded) {
  Place stopped, whole;
  std::stop_source stop;
  EXPECT_THROW(stopped.bring_in(
                   terms(),
                   [&](const Progress& so_far) {
                     if (so_far.parts == 2) stop.request_stop();
                   },
                   stop.get_token()),
               Stopped);
  const auto rest = stopped.bring_in(terms());
  EXPECT_EQ(rest.parts_already_there, 2);
  whole.bring_in(terms());
  EXPECT_EQ(stopped.head(), whole.head());
}

TEST(BringIn, TheLogTellsWithWhichTermsASeedWasBegun) {
  Place place;
  EXPECT_FALSE(place.found(1));
  place.bring_in(terms());
  const auto found = place.found(1);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->scale_hundredths, terms().scale_hundredths);
  EXPECT_EQ(found->until, last_day);
  EXPECT_FALSE(place.found(2));
}

TEST(BringIn, TwoSeedsStandBesideEachOther) {
  Place place;
  place.bring_in(terms(1));
  EXPECT_NO_THROW(place.bring_in(terms(2)));
}

}  // namespace
}  // namespace daybook::seed::test
