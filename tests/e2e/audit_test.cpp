// What somebody outside can prove with no more than the API and docs/log-format.md.
#include <gtest/gtest.h>

#include "platform/crypto/merkle.hpp"
#include "platform/crypto/signing.hpp"
#include "platform/text/base64.hpp"
#include "platform/text/instant.hpp"
#include "platform/text/uuid.hpp"
#include "tests/e2e/caller.hpp"

namespace daybook::test::audit_test {
namespace {

template <class Bytes>
Bytes bytes_in(const std::string& hex) {
  Bytes bytes{};
  const auto text = text::hex_decode(hex).value_or("");
  EXPECT_EQ(text.size(), bytes.size()) << hex;
  std::copy_n(text.begin(), std::min(text.size(), bytes.size()), bytes.begin());
  return bytes;
}
crypto::Digest digest_in(const Reply& reply, std::string_view pointer) { return bytes_in<crypto::Digest>(reply.text(pointer)); }

std::vector<crypto::Digest> proof_in(const Reply& reply) {
  std::vector<crypto::Digest> proof;
  for (const auto& node : reply.at("/proof").as_array()) proof.push_back(bytes_in<crypto::Digest>(std::string(node.as_string())));
  return proof;
}

void append_integer(std::string& bytes, std::int64_t number) {
  for (int shift = 56; shift >= 0; shift -= 8) bytes += static_cast<char>(static_cast<std::uint64_t>(number) >> shift & 0xff);
}

class Audit : public ::testing::Test {
 protected:
  // The newest, once it covers an event.
  Reply tree_head_over(std::int64_t position) {
    Reply head;
    EXPECT_TRUE(wait_until([&] {
      head = ann_.get("/audit/tree-head");
      return head.status == 200 && head.number("/size") >= position;
    })) << head;
    return head;
  }

  DaybookProcess& daybook_ = DaybookProcess::shared();
  Caller ann_ = newcomer(daybook_);
};

TEST_F(Audit, ATreeHeadIsSignedOverWhatThePageSays) {
  const auto head = tree_head_over(*daybook_.position());
  std::string message = "daybook tree head 1\n";
  const auto log = text::Uuid::parse(head.text("/log_id"));
  ASSERT_TRUE(log) << head;
  message.append(reinterpret_cast<const char*>(log->bytes.data()), log->bytes.size());
  append_integer(message, head.number("/epoch"));
  append_integer(message, head.number("/size"));
  message += *text::hex_decode(head.text("/root"));
  append_integer(message, text::parse_instant(head.text("/signed_at"))->time_since_epoch().count());
  const auto key = bytes_in<crypto::PublicKey>(head.text("/public_key"));
  EXPECT_TRUE(crypto::verify_signature(key, message, *text::hex_decode(head.text("/signature"))));
  message.back() = static_cast<char>(message.back() ^ 1);
  EXPECT_FALSE(crypto::verify_signature(key, message, *text::hex_decode(head.text("/signature"))));
}

TEST_F(Audit, AnEventIsProvenToBeUnderASignedRootWhichAnOlderOneBegins) {
  const auto older = tree_head_over(*daybook_.position());
  Team team(daybook_);
  team.issue();
  const auto position = *daybook_.position();
  const auto newer = tree_head_over(position);

  const auto size = std::to_string(newer.number("/size"));
  const auto included = ann_.get("/audit/inclusion?position=" + std::to_string(position) + "&size=" + size);
  ASSERT_EQ(included.status, 200) << included;
  EXPECT_EQ(included.text("/root"), newer.text("/root"));
  EXPECT_TRUE(crypto::verify_inclusion(digest_in(included, "/leaf"), static_cast<std::uint64_t>(position) - 1,
                                       static_cast<std::uint64_t>(newer.number("/size")), proof_in(included), digest_in(newer, "/root")));

  const auto continued = ann_.get("/audit/consistency?first=" + std::to_string(older.number("/size")) + "&second=" + size);
  ASSERT_EQ(continued.status, 200) << continued;
  EXPECT_EQ(continued.text("/first_root"), older.text("/root"));
  EXPECT_TRUE(crypto::verify_consistency(static_cast<std::uint64_t>(older.number("/size")), static_cast<std::uint64_t>(newer.number("/size")),
                                         digest_in(older, "/root"), digest_in(newer, "/root"), proof_in(continued)));

  // The command line says the same
  const auto printed = daybook_.run({"audit", "inclusion", "--position", std::to_string(position), "--size", size});
  EXPECT_EQ(printed.output, included.raw + "\n");
}

TEST_F(Audit, WhatTheLogDoesNotHaveIsRefusedByName) {
  const auto size = tree_head_over(1).number("/size");
  const auto refused = [&](const std::string& path, const std::string& parameter, const std::string& code) {
    const auto reply = ann_.get("/audit/" + path);
    EXPECT_EQ(reply.status, 400) << path << ": " << reply;
    EXPECT_EQ(reply.pointer(), parameter) << reply;
    EXPECT_EQ(reply.text("/errors/0/code"), code) << reply;
  };
  refused("inclusion", "position", "required");
  refused("inclusion?position=0", "position", "out-of-range");
  refused("inclusion?position=one", "position", "out-of-range");
  refused("inclusion?position=2&size=1", "position", "out-of-range");
  refused("inclusion?position=1&size=" + std::to_string(size + 1'000'000), "size", "out-of-range");
  refused("consistency?second=1", "first", "required");
  refused("consistency?first=2&second=1", "first", "out-of-range");
  EXPECT_EQ(ann_.get("/audit/consistency?first=1&third=2").status, 400);
  EXPECT_EQ(Caller(daybook_).get("/audit/tree-head").status, 401);
}

}  // namespace
}  // namespace daybook::test::audit_test
