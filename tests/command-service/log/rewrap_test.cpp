// Rotation of the key-encrypting key over PostgreSQL: what was sealed before opens afterwards, also without the old key.
#include "command-service/log/rewrap.hpp"

#include <gtest/gtest.h>

#include "command-service/log/pg_store.hpp"
#include "events/core/wrapped_key.hpp"
#include "tests/support/postgres_server.hpp"
#include "tests/support/support.hpp"

namespace daybook::log::test {
namespace {

constexpr auto wrapping = crypto::KeyPurpose::key_encryption;

crypto::KeyFile must(crypto::KeyFile::Result result) {
  if (const auto* error = std::get_if<crypto::KeyFileError>(&result)) throw std::runtime_error(error->text);
  return std::get<crypto::KeyFile>(std::move(result));
}

class Rewrapping : public testing::Test {
 protected:
  Rewrapping() {
    PgStore::migrate(url);
    PgStore::initialise(url, "fingerprint");
  }
  // A data key as a service that has this key file writes it.
  crypto::Key born(const text::Uuid& subject, const crypto::KeyFile& under) {
    const auto key = crypto::random_key();
    connection.exec("INSERT INTO log.subject_keys (subject, version, wrapped, created_at) VALUES ($1, 1, $2, now())",
                    pg::Params().text(subject.text()).bytea(events::wrap_key(key, subject, under)));
    return key;
  }
  std::string stored(const text::Uuid& subject) {
    return connection.exec("SELECT wrapped FROM log.subject_keys WHERE subject = $1", pg::Params().text(subject.text())).bytea(0, 0);
  }
  static text::Uuid subject(int number) {
    text::Uuid id{};
    id.bytes[14] = static_cast<std::uint8_t>(number >> 8);
    id.bytes[15] = static_cast<std::uint8_t>(number);
    return id;
  }

  const daybook::test::TempDir folder;
  const std::filesystem::path path = folder / "keys";
  const text::Instant now{std::chrono::seconds{1'800'000'000}};
  const crypto::KeyFile before = must(crypto::KeyFile::create(path, now));
  const std::string old_id = before.current(wrapping).id;
  std::string url = daybook::test::PostgresServer::shared().fresh_database();
  pg::Connection connection{url};
};

TEST_F(Rewrapping, EveryKeyOpensUnderTheNewOneAloneWhenTheOldOneIsGone) {
  // Given more keys than a batch has, wrapped under the old one
  const int many = 2 * rewrap_batch_rows + 3;
  std::vector<crypto::Key> keys;
  connection.exec("BEGIN");
  for (int n = 0; n < many; ++n) keys.push_back(born(subject(n), before));
  connection.exec("COMMIT");
  // When another is made, everything is wrapped under it, and the old one goes
  const auto after = must(crypto::KeyFile::rotate(path, wrapping, now + std::chrono::hours(24)));
  const auto done = rewrap_keys(connection, after);
  EXPECT_EQ(done.keys, many);
  EXPECT_EQ(done.changed, many);
  EXPECT_EQ(keys_by_wrapping(connection), (std::map<std::string, std::int64_t>{{after.current(wrapping).id, many}}));
  const auto without = must(crypto::KeyFile::retire(path, wrapping, old_id));
  ASSERT_EQ(without.find(wrapping, old_id), nullptr);
  // Then every data key is the one it was
  for (int n = 0; n < many; ++n) EXPECT_EQ(events::unwrap_key(stored(subject(n)), subject(n), without), keys[static_cast<std::size_t>(n)]) << n;
}

TEST_F(Rewrapping, SayingItTwiceChangesNothing) {
  born(subject(1), before);
  const auto after = must(crypto::KeyFile::rotate(path, wrapping, now));
  EXPECT_EQ(rewrap_keys(connection, after).changed, 1);
  const auto wrapped = stored(subject(1));
  const auto again = rewrap_keys(connection, after);
  EXPECT_EQ(again.keys, 1);
  EXPECT_EQ(again.changed, 0);
  EXPECT_EQ(stored(subject(1)), wrapped);
}

TEST_F(Rewrapping, WhatIsBornMeanwhileUnderTheOldOneIsWrappedByTheNextRun) {
  born(subject(1), before);
  const auto after = must(crypto::KeyFile::rotate(path, wrapping, now));
  rewrap_keys(connection, after);
  born(subject(2), before);  // by a service that was not started again
  EXPECT_EQ(keys_by_wrapping(connection).at(old_id), 1);
  EXPECT_EQ(rewrap_keys(connection, after).changed, 1);
  EXPECT_FALSE(keys_by_wrapping(connection).contains(old_id));
}

TEST_F(Rewrapping, AnErasedSubjectStaysErased) {
  born(subject(1), before);
  const auto after = must(crypto::KeyFile::rotate(path, wrapping, now));
  connection.exec("DELETE FROM log.subject_keys");
  EXPECT_EQ(rewrap_keys(connection, after).keys, 0);
  EXPECT_TRUE(keys_by_wrapping(connection).empty());
}

TEST_F(Rewrapping, AKeyThatDoesNotOpenStopsItAndNothingIsLost) {
  const auto strange = must(crypto::KeyFile::create(folder / "others", now + std::chrono::hours(48)));
  const auto key = born(subject(1), before);
  born(subject(2), strange);
  const auto after = must(crypto::KeyFile::rotate(path, wrapping, now));
  EXPECT_THROW(rewrap_keys(connection, after), events::KeysUnavailable);
  EXPECT_EQ(events::unwrap_key(stored(subject(1)), subject(1), after), key);
  EXPECT_EQ(events::wrapping_key_of(stored(subject(2)), subject(2)), strange.current(wrapping).id);
}

TEST_F(Rewrapping, AKeyCannotGoWhileAServiceWrapsUnderIt) {
  EXPECT_TRUE(alone_under(connection, old_id));
  connection.exec("SELECT pg_advisory_unlock_all()");
  auto service = std::make_unique<pg::Connection>(url);
  hold_wrapping_key(*service, old_id);
  EXPECT_FALSE(alone_under(connection, old_id));
  EXPECT_TRUE(alone_under(connection, "another"));
  service.reset();
  EXPECT_TRUE(daybook::test::wait_until([&] { return alone_under(connection, old_id); }));
}

TEST_F(Rewrapping, AServiceThatHasTheOldFileAloneReadsOnByTheNewOne) {
  const auto key = born(subject(1), before);
  const auto after = must(crypto::KeyFile::rotate(path, wrapping, now));
  rewrap_keys(connection, after);
  EXPECT_THROW(events::unwrap_key(stored(subject(1)), subject(1), before), events::KeysUnavailable);
  const auto handed_on = events::rewrapped(stored(subject(1)), subject(1), after, before);
  EXPECT_EQ(events::unwrap_key(handed_on, subject(1), before), key);
}

}  // namespace
}  // namespace daybook::log::test
