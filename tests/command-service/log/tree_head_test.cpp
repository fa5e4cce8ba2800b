// Signed tree heads and proofs: against vectors of another implementation, and against somebody with all the rights of the
// database's owner who computes every hash anew.
#include "command-service/log/tree_head.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <thread>

#include "command-service/log/pg_audit.hpp"
#include "command-service/log/pg_store.hpp"
#include "command-service/log/proofs.hpp"
#include "command-service/log/tree_head_signer.hpp"
#include "events/core/json.hpp"
#include "platform/text/base64.hpp"
#include "platform/text/bytes.hpp"
#include "tests/command-service/log/batches.hpp"
#include "tests/support/postgres_server.hpp"

namespace daybook::log::test {

struct TreeHeadVector {
  std::string seed, public_key, log_id;
  std::int64_t epoch = 0, size = 0;
  std::string root;
  std::int64_t signed_at_us = 0;
  std::string message, signature;
};
BOOST_DESCRIBE_STRUCT(TreeHeadVector, (), (seed, public_key, log_id, epoch, size, root, signed_at_us, message, signature))

namespace {

template <class Bytes>
Bytes bytes_of(const std::string& hex) {
  const auto text = *text::hex_decode(hex);
  Bytes bytes{};
  EXPECT_EQ(text.size(), bytes.size());
  std::copy(text.begin(), text.end(), bytes.begin());
  return bytes;
}

TEST(TreeHead, SignsTheBytesThatAnotherImplementationOfThePageSigns) {
  std::ifstream in("tests/golden/tree_head_vectors.json");
  std::ostringstream text;
  text << in.rdbuf();
  std::vector<TreeHeadVector> vectors;
  ASSERT_TRUE(events::from_json(text.str(), vectors, events::Reading::strict));
  ASSERT_EQ(vectors.size(), 3u);
  for (const auto& vector : vectors) {
    TreeHead head{};
    head.epoch = events::Epoch{vector.epoch};
    head.size = Position{vector.size};
    head.root = bytes_of<crypto::Digest>(vector.root);
    head.signed_at = text::Instant(std::chrono::microseconds(vector.signed_at_us));
    const auto message = signed_bytes(events::LogId{*text::Uuid::parse(vector.log_id)}, head);
    EXPECT_EQ(text::hex_encode(message), vector.message);
    const crypto::SigningKey key(bytes_of<crypto::Key>(vector.seed));
    EXPECT_EQ(key.public_key(), bytes_of<crypto::PublicKey>(vector.public_key));
    EXPECT_EQ(key.sign(message), bytes_of<crypto::Signature>(vector.signature));
  }
}

text::Instant now() { return std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now()); }

class SignedLog : public testing::Test {
 protected:
  SignedLog() {
    auto made = crypto::KeyFile::create(folder / "keys", now());
    keys = std::make_shared<const crypto::KeyFile>(std::get<crypto::KeyFile>(std::move(made)));
    PgStore::migrate(url);
    PgStore::initialise(url, keys->fingerprint());
    store.emplace(url, PgStoreOptions{.allow_unsafe = true});
    for (const int size : {1, 4, 7}) append(*store, births(size));
    admin.exec("SET session_replication_role = replica");  // no triggers
  }
  TreeHeadSigner signer() { return {url, store->identity(), keys, now}; }
  std::int64_t signatures() { return admin.exec("SELECT count(*) FROM log.tree_heads").int64(0, 0); }
  AuditReport audit() {
    PgAuditSnapshot snapshot(url);
    AuditOptions options;
    options.keys = keys;
    return verify(snapshot, snapshot, options);
  }
  // Alters an event and makes every hash after it agree.
  void rewrite_history() {
    auto events = all_events(*store);
    events[2].data = R"({"title":"It never said that"})";
    crypto::Frontier frontier;
    for (auto& event : events) {
      event.leaf = events::leaf_of(store->identity().log_id, event);
      frontier.append(event.leaf);
      admin.exec("UPDATE log.heads SET frontier = $1, root = $2 WHERE position = $3",
                 pg::Params().bytea(frontier.serialize()).bytea(text::view_of(frontier.root())).int64(event.position.value));
    }
    admin.exec("UPDATE log.events SET data = $1, leaf = $2 WHERE position = 3",
               pg::Params().text(events[2].data).bytea(text::view_of(events[2].leaf)));
  }

  daybook::test::TempDir folder;
  std::shared_ptr<const crypto::KeyFile> keys;
  std::string url = daybook::test::PostgresServer::shared().fresh_database();
  std::optional<PgStore> store;
  pg::Connection admin{url};
};

TEST_F(SignedLog, EachHeadIsSignedOnceWhoeverAsks) {
  auto one = signer(), other = signer();
  EXPECT_TRUE(one.sign_once());
  EXPECT_FALSE(one.sign_once());
  EXPECT_FALSE(other.sign_once());
  append(*store, births(2));
  EXPECT_TRUE(other.sign_once());
  EXPECT_FALSE(one.sign_once());
  EXPECT_EQ(signatures(), 2);
  const auto report = audit();
  EXPECT_TRUE(report.sound()) << report.why;
  EXPECT_EQ(report.tree_heads, 2);
  EXPECT_EQ(PgProofs(url, keys).tree_head()->root, store->head().root);
}

TEST_F(SignedLog, AnEmptyLogIsNotSigned) {
  const auto empty = daybook::test::PostgresServer::shared().fresh_database();
  PgStore::migrate(empty);
  EXPECT_FALSE(TreeHeadSigner(empty, PgStore::initialise(empty, keys->fingerprint()), keys, now).sign_once());
}

TEST_F(SignedLog, AGrowingLogIsSignedAgainAndAgainAndOutagesAreWaitedOut) {
  auto signing = signer();
  std::jthread thread([&](std::stop_token stop) { signing.run(stop); });
  for (int round = 1; round <= 3; ++round) {
    append(*store, births(1));
    const auto head = store->head().position.value;
    const auto is_signed = [&] {
      return !admin.exec("SELECT FROM log.tree_heads WHERE position = $1", pg::Params().int64(head)).empty();
    };
    EXPECT_TRUE(daybook::test::wait_until(is_signed, std::chrono::seconds(30)));
    admin.exec(
        "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = current_database()"
        " AND pid <> pg_backend_pid() AND backend_type = 'client backend'");
    store.emplace(url, PgStoreOptions{.allow_unsafe = true});
  }
  thread.request_stop();
  thread.join();
  EXPECT_TRUE(audit().sound());
}

TEST_F(SignedLog, WhoComputesEveryHashAnewIsFoundByTheSignature) {
  ASSERT_TRUE(signer().sign_once());
  rewrite_history();
  const auto report = audit();
  ASSERT_EQ(report.first_bad, Position{12});
  EXPECT_NE(report.why.find("signed"), std::string::npos) << report.why;
}

TEST_F(SignedLog, ARewrittenLogGetsNoSignature) {
  auto running = signer();
  ASSERT_TRUE(running.sign_once());
  rewrite_history();
  store.emplace(url, PgStoreOptions{.allow_unsafe = true});
  append(*store, births(1));
  EXPECT_THROW(running.sign_once(), HistoryAltered);
  EXPECT_THROW(signer().sign_once(), HistoryAltered);
  EXPECT_EQ(signatures(), 1);
}

TEST_F(SignedLog, ASignatureThatWasAlteredIsFound) {
  ASSERT_TRUE(signer().sign_once());
  admin.exec("UPDATE log.tree_heads SET signed_at = signed_at + interval '1 second'");
  EXPECT_EQ(audit().first_bad, Position{12});
  EXPECT_THROW(signer().sign_once(), HistoryAltered);
}

TEST_F(SignedLog, ALogThatLostItsSignedEndIsFound) {
  ASSERT_TRUE(signer().sign_once());
  admin.exec("DELETE FROM log.events WHERE position > 5");
  admin.exec("DELETE FROM log.heads WHERE position > 5");
  const auto report = audit();
  ASSERT_EQ(report.first_bad, Position{6});
  EXPECT_NE(report.why.find("12 events"), std::string::npos) << report.why;
}

TEST_F(SignedLog, ProofsAreThoseOfTheWholeTreeAtEverySize) {
  for (const int size : {3, 1, 17}) append(*store, births(size));
  std::vector<crypto::Digest> leaves;
  for (const auto& event : all_events(*store)) leaves.push_back(event.leaf);
  PgProofs proofs(url, keys);
  for (std::size_t size = 1; size <= leaves.size(); ++size) {
    const std::span<const crypto::Digest> tree(leaves.data(), size);
    const Position at{static_cast<std::int64_t>(size)};
    ASSERT_EQ(proofs.root(at), crypto::root_of(tree)) << size;
    for (std::size_t i = 0; i < size; i += 3) {
      const auto proof = proofs.inclusion(Position{static_cast<std::int64_t>(i) + 1}, at);
      ASSERT_EQ(proof, crypto::inclusion_proof(i, tree)) << i << " of " << size;
      EXPECT_TRUE(crypto::verify_inclusion(leaves[i], i, size, proof, crypto::root_of(tree)));
    }
    for (std::size_t first = 0; first <= size; first += 4)
      ASSERT_EQ(proofs.consistency(Position{static_cast<std::int64_t>(first)}, at), crypto::consistency_proof(first, tree))
          << first << " of " << size;
  }
  EXPECT_THROW(proofs.root(Position{static_cast<std::int64_t>(leaves.size()) + 1}), std::out_of_range);
  EXPECT_THROW(proofs.inclusion(Position{3}, Position{2}), std::out_of_range);
  EXPECT_THROW(proofs.inclusion(Position{0}, Position{2}), std::out_of_range);
  EXPECT_THROW(proofs.consistency(Position{3}, Position{2}), std::out_of_range);
}

}  // namespace
}  // namespace daybook::log::test
