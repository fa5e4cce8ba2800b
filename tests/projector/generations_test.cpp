// Builds of the read models beside each other, and read tables that are made anew from the state store.
#include <thread>

#include "tests/projector/projector_fixture.hpp"

namespace daybook::projector::test::generations_test {
namespace {

class GenerationsTest : public ProjectorTest {
 protected:
  Options options_of(int generation) const {
    auto all = options("a");
    all.generation = generation;
    return all;
  }
  std::vector<int> others() { return other_generations(connection); }

  pg::Connection connection{url};
};

TEST_F(GenerationsTest, TheFirstIsThatOfTheFormatAndStaysServed) {
  EXPECT_EQ(find_served_generation(connection), std::nullopt);
  EXPECT_EQ(served_generation(connection), current_generation);
  EXPECT_EQ(find_served_generation(connection), current_generation);
  EXPECT_EQ(served_generation(connection), current_generation);
  EXPECT_TRUE(others().empty());
}

TEST_F(GenerationsTest, ServicesThatStartTogetherBeginOneFirstGeneration) {
  std::vector<std::thread> services;
  std::atomic<int> first{0};
  for (int i = 0; i < 4; ++i)
    services.emplace_back([&] {
      pg::Connection own(url);
      if (served_generation(own) == current_generation) ++first;
    });
  for (auto& service : services) service.join();
  EXPECT_EQ(first, 4);
  EXPECT_EQ(count("SELECT count(*) FROM read_models.generations"), 1);
}

TEST_F(GenerationsTest, AnotherFormatHasNumbersOfItsOwn) {
  served_generation(connection);
  const int of_later_program = current_generation + 1;
  const auto word = std::to_string(of_later_program);
  connection.exec("INSERT INTO read_models.generations VALUES (" + word + ", " + word + ", true)");
  EXPECT_EQ(served_generation(connection), current_generation);
  EXPECT_EQ(begin_generation(connection), of_later_program + 1);
  EXPECT_EQ(others(), (std::vector{of_later_program, of_later_program + 1}));
}

TEST_F(GenerationsTest, ANewGenerationIsBuiltWhileTheServedOneGoesOnAndThenTakesItsPlace) {
  // Given a projector at work on the one that is served
  const int old = served_generation(connection);
  std::stop_source stopping;
  auto serving = projector(options_of(old));
  std::thread runs([&] { serving->run(stopping.get_token()); });
  EXPECT_TRUE(daybook::test::wait_until([&] { return progress->current() == head(); }));

  // When another is built, and the log grows meanwhile
  const int next = begin_generation(connection);
  EXPECT_EQ(served_generation(connection), old) << "until it is there";
  auto building = projector(options_of(next));
  building->project_to(head(), [](Position) {});
  grow();
  EXPECT_TRUE(daybook::test::wait_until([&] { return progress->current() == head(); })) << "the served one goes on";
  building->project_to(head(), [](Position) {});
  serve_generation(connection, next);

  // Then it is the one that is served, with the same rows, and the other one stays while it is used
  EXPECT_EQ(served_generation(connection), next);
  EXPECT_EQ(others(), std::vector{old});
  EXPECT_FALSE(Projector::drop(options_of(old)));
  stopping.request_stop();
  runs.join();
  EXPECT_EQ(building->digest(), serving->digest());
  EXPECT_EQ(tables_of(url, next), tables_of(url, old));
  serving.reset();
  EXPECT_TRUE(Projector::drop(options_of(old)));
  forget_generation(connection, old);
  EXPECT_TRUE(others().empty());
  EXPECT_EQ(count("SELECT count(*) FROM pg_namespace WHERE nspname = '" + schema_of(old) + "'"), 0);
  EXPECT_FALSE(std::filesystem::exists(state_store_of(folder / "a", old)));
}

TEST_F(GenerationsTest, ReadTablesOfOlderProgramsAreFoundToBeDropped) {
  connection.exec("CREATE SCHEMA read_g1");
  EXPECT_EQ(others(), std::vector{1});
  EXPECT_TRUE(Projector::drop(options_of(1)));
  EXPECT_TRUE(others().empty());
}

TEST_F(GenerationsTest, ReadTablesThatWereLostOrAlteredAreMadeAnewFromTheStateStore) {
  const auto whole = project("a");
  const auto tables = tables_of(url);
  const std::string indexes = "SELECT count(*) FROM pg_indexes WHERE schemaname = 'read_g7'";
  const auto all_indexes = count(indexes);
  connection.exec("DROP TABLE read_g7.issues; DELETE FROM read_g7.people; UPDATE read_g7.projects SET name = 'altered'");
  projector("a")->rebuild_read_tables();
  EXPECT_EQ(tables_of(url), tables);
  EXPECT_EQ(count(indexes), all_indexes);
  // And it goes on from there
  grow();
  EXPECT_NE(project("a"), whole);
  EXPECT_EQ(count("SELECT position FROM read_g7.checkpoint"), head().value);
}

TEST_F(GenerationsTest, ReadTablesAreNotMadeFromAStateStoreOfAnotherLog) {
  project("a");
  log->tamper([](auto& events) { events.back().leaf[0] ^= 1; });
  EXPECT_THROW(projector("a")->rebuild_read_tables(), Stopped);
  EXPECT_GT(count("SELECT count(*) FROM read_g7.issues"), 0) << "nothing was deleted";
}

}  // namespace
}  // namespace daybook::projector::test::generations_test
