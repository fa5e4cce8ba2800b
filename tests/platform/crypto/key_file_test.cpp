#include "platform/crypto/key_file.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <array>
#include <cstdlib>
#include <fstream>
#include <set>
#include <sstream>

#include "platform/text/base64.hpp"
#include "platform/text/bytes.hpp"

namespace daybook::crypto {
namespace {

constexpr std::array purposes = {KeyPurpose::key_encryption, KeyPurpose::claim_hmac,
                                 KeyPurpose::token_signing,  KeyPurpose::cursor,
                                 KeyPurpose::tree_head,      KeyPurpose::request_hmac};

std::string error_of(const KeyFile::Result& result) {
  const auto* error = std::get_if<KeyFileError>(&result);
  return error == nullptr ? "no error" : error->text;
}

KeyFile must(KeyFile::Result result) {
  EXPECT_EQ(error_of(result), "no error");
  return std::get<KeyFile>(std::move(result));
}

class KeyFileTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string folder = (std::filesystem::temp_directory_path() / "daybook-keys-XXXXXX").string();
    ASSERT_NE(::mkdtemp(folder.data()), nullptr);
    folder_ = folder;
    path_ = folder_ / "keys";
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::string content() const {
    std::ostringstream out;
    out << std::ifstream{path_}.rdbuf();
    return out.str();
  }

  /// The file's text with one thing replaced.
  std::string content_with(std::string_view what, std::string_view by) const {
    std::string text = content();
    const auto at = text.find(what);
    EXPECT_NE(at, std::string::npos) << what;
    return text.replace(at, what.size(), by);
  }

  std::string line_of(std::string_view purpose) const {
    const std::string text = content();
    const auto at = text.find("\n" + std::string{purpose} + " ") + 1;
    return text.substr(at, text.find('\n', at) - at + 1);
  }

  std::filesystem::path folder_;
  std::filesystem::path path_;
  text::Instant now_ = *text::parse_instant("2026-11-21T12:00:00Z");
};

TEST_F(KeyFileTest, CreatesOneKeyForEveryPurposeAndLoadsIt) {
  const KeyFile created = must(KeyFile::create(path_, now_));
  const KeyFile loaded = must(KeyFile::load(path_));
  std::set<Key> different;
  for (const KeyPurpose purpose : purposes) {
    EXPECT_EQ(loaded.current(purpose).id, "2026-11-21");
    EXPECT_EQ(loaded.current(purpose).created, now_);
    EXPECT_EQ(loaded.current(purpose).key, created.current(purpose).key);
    EXPECT_EQ(loaded.all(purpose).size(), 1U);
    different.insert(loaded.current(purpose).key);
  }
  EXPECT_EQ(different.size(), purposes.size());
  EXPECT_EQ(loaded.fingerprint(), created.fingerprint());
}

TEST_F(KeyFileTest, IsForItsOwnerAloneAndSaysWhatItIs) {
  static_cast<void>(must(KeyFile::create(path_, now_)));
  struct stat status {};
  ASSERT_EQ(::stat(path_.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 07777, 0600U);
  EXPECT_NE(content().find("BACK THIS FILE UP"), std::string::npos);
  EXPECT_NE(content().find("\nclaim_hmac 2026-11-21 2026-11-21T12:00:00.000000Z "), std::string::npos);
}

TEST_F(KeyFileTest, NeverOverwrites) {
  static_cast<void>(must(KeyFile::create(path_, now_)));
  const std::string before = content();
  EXPECT_NE(error_of(KeyFile::create(path_, now_)).find("exists already"), std::string::npos);
  EXPECT_EQ(content(), before);
}

TEST_F(KeyFileTest, LeavesNoTemporaryFiles) {
  static_cast<void>(must(KeyFile::create(path_, now_)));
  static_cast<void>(KeyFile::create(path_, now_));
  static_cast<void>(must(KeyFile::rotate(path_, KeyPurpose::key_encryption, now_)));
  const std::filesystem::directory_iterator files{folder_};
  EXPECT_EQ(std::distance(begin(files), end(files)), 1);
}

TEST_F(KeyFileTest, RefusesLooseModesAndSaysWhatToDo) {
  static_cast<void>(must(KeyFile::create(path_, now_)));
  for (const mode_t mode : {0640U, 0604U, 0620U, 0601U, 0666U}) {
    ASSERT_EQ(::chmod(path_.c_str(), mode), 0);
    EXPECT_NE(error_of(KeyFile::load(path_)).find("Run: chmod 600 " + path_.string()), std::string::npos);
    EXPECT_NE(error_of(KeyFile::rotate(path_, KeyPurpose::key_encryption, now_)), "no error");
  }
  ASSERT_EQ(::chmod(path_.c_str(), 0400), 0);
  EXPECT_EQ(error_of(KeyFile::load(path_)), "no error");
}

TEST_F(KeyFileTest, RefusesWhatIsNotAFileOrTooLarge) {
  EXPECT_NE(error_of(KeyFile::load(path_)).find("Cannot open"), std::string::npos);
  EXPECT_NE(error_of(KeyFile::load(folder_)).find("not a regular file"), std::string::npos);
  EXPECT_NE(error_of(KeyFile::create(folder_ / "no" / "keys", now_)).find("Cannot create"),
            std::string::npos);
  static_cast<void>(must(KeyFile::create(path_, now_)));
  std::ofstream{path_, std::ios::app} << '#' << std::string(70'000, 'x') << '\n';
  EXPECT_NE(error_of(KeyFile::load(path_)).find("larger than"), std::string::npos);
}

TEST_F(KeyFileTest, RefusesLinesItDoesNotUnderstandWithoutQuotingThem) {
  const KeyFile keys = must(KeyFile::create(path_, now_));
  const std::string secret = text::base64url_encode(text::view_of(keys.current(KeyPurpose::cursor).key));
  const auto refused = [&](std::string_view what, std::string_view by, std::string_view reason) {
    const std::string error = error_of(KeyFile::parse(content_with(what, by)));
    EXPECT_NE(error.find(reason), std::string::npos) << error;
    EXPECT_EQ(error.find(secret.substr(0, 20)), std::string::npos) << error;
  };
  refused("\ncursor ", "\ncurser ", "the purpose is unknown");
  refused("cursor 2026-11-21 ", "cursor 2026/11/21 ", "the version");
  refused("cursor 2026-11-21 2026-", "cursor 2026-11-21 yester", "the time of creation");
  refused(secret, secret.substr(1), "not 32 bytes");
  refused(secret, secret + "A", "not 32 bytes");
  refused(secret, "", "not 32 bytes");
  refused(secret, secret + " more", "too many words");
}

TEST_F(KeyFileTest, RefusesMissingDoubleAndSharedKeys) {
  const KeyFile keys = must(KeyFile::create(path_, now_));
  for (const KeyPurpose purpose : purposes) {
    const std::string name{name_of(purpose)};
    EXPECT_EQ(error_of(KeyFile::parse(content_with(line_of(name), ""))),
              "The key file has no " + name + " key.");
  }
  EXPECT_NE(error_of(KeyFile::parse(content() + line_of("key_encryption"))).find("two key_encryption keys"),
            std::string::npos);
  EXPECT_NE(error_of(KeyFile::parse(content() + line_of("claim_hmac"))).find("must never change"),
            std::string::npos);
  const std::string cursor = text::base64url_encode(text::view_of(keys.current(KeyPurpose::cursor).key));
  const std::string claims = text::base64url_encode(text::view_of(keys.current(KeyPurpose::claim_hmac).key));
  EXPECT_NE(error_of(KeyFile::parse(content_with(cursor, claims))).find("for two things"), std::string::npos);
  EXPECT_EQ(error_of(KeyFile::parse("")), "The key file has no key_encryption key.");
}

TEST_F(KeyFileTest, ReadsCommentsBlankLinesAndALastLineWithoutItsEnd) {
  const KeyFile keys = must(KeyFile::create(path_, now_));
  std::string text = "\n# mine\n\n" + content();
  text.pop_back();
  EXPECT_EQ(must(KeyFile::parse(text)).fingerprint(), keys.fingerprint());
}

TEST_F(KeyFileTest, RotationKeepsOldKeysAndTheFingerprint) {
  const KeyFile before = must(KeyFile::create(path_, now_));
  const auto& first = before.current(KeyPurpose::key_encryption);
  const KeyFile same_day =
      must(KeyFile::rotate(path_, KeyPurpose::key_encryption, now_ - std::chrono::hours{1}));
  EXPECT_EQ(same_day.current(KeyPurpose::key_encryption).id, "2026-11-21.2");
  const KeyFile after =
      must(KeyFile::rotate(path_, KeyPurpose::key_encryption, now_ + std::chrono::hours{24}));
  EXPECT_EQ(after.current(KeyPurpose::key_encryption).id, "2026-11-22");
  ASSERT_EQ(after.all(KeyPurpose::key_encryption).size(), 3U);
  EXPECT_EQ(after.all(KeyPurpose::key_encryption).front()->key, first.key);
  EXPECT_EQ(after.find(KeyPurpose::key_encryption, first.id)->key, first.key);
  EXPECT_EQ(after.fingerprint(), before.fingerprint());
  EXPECT_EQ(after.current(KeyPurpose::cursor).key, before.current(KeyPurpose::cursor).key);
}

TEST_F(KeyFileTest, OnlySomePurposesRotate) {
  static_cast<void>(must(KeyFile::create(path_, now_)));
  EXPECT_EQ(error_of(KeyFile::rotate(path_, KeyPurpose::token_signing, now_)), "no error");
  for (const auto purpose :
       {KeyPurpose::claim_hmac, KeyPurpose::cursor, KeyPurpose::tree_head, KeyPurpose::request_hmac}) {
    EXPECT_NE(error_of(KeyFile::rotate(path_, purpose, now_)).find("never changes"), std::string::npos);
  }
}

TEST_F(KeyFileTest, RetiringForgetsTheBytesAndKeepsTheFingerprint) {
  // Given a file with two key-encrypting keys,
  const KeyFile before = must(KeyFile::create(path_, now_));
  const std::string secret =
      text::base64url_encode(text::view_of(before.current(KeyPurpose::key_encryption).key));
  static_cast<void>(must(KeyFile::rotate(path_, KeyPurpose::key_encryption, now_)));
  // when the older one is retired,
  const KeyFile after = must(KeyFile::retire(path_, KeyPurpose::key_encryption, "2026-11-21"));
  // then its bytes are gone, the other one works, and the deployment is the same.
  EXPECT_EQ(content().find(secret), std::string::npos);
  EXPECT_EQ(after.find(KeyPurpose::key_encryption, "2026-11-21"), nullptr);
  EXPECT_EQ(after.current(KeyPurpose::key_encryption).id, "2026-11-21.2");
  EXPECT_EQ(after.fingerprint(), before.fingerprint());
}

TEST_F(KeyFileTest, TheKeyInUseIsNotRetired) {
  static_cast<void>(must(KeyFile::create(path_, now_)));
  EXPECT_NE(error_of(KeyFile::retire(path_, KeyPurpose::key_encryption, "2026-11-21")).find("rotate first"),
            std::string::npos);
  EXPECT_NE(error_of(KeyFile::retire(path_, KeyPurpose::key_encryption, "1999-01-01")).find("has no"),
            std::string::npos);
  const std::string line = line_of("cursor");
  const std::string retired =
      line.substr(0, line.rfind(' ') + 1) + "retired:" + line.substr(line.rfind(' ') + 1);
  EXPECT_NE(error_of(KeyFile::parse(content_with(line, retired))).find("retired its newest"),
            std::string::npos);
}

TEST_F(KeyFileTest, TheFingerprintIsThatOfThisDeploymentAndShowsNoKey) {
  const KeyFile keys = must(KeyFile::create(path_, now_));
  EXPECT_EQ(keys.fingerprint().size(), 64U);
  EXPECT_NE(must(KeyFile::create(folder_ / "other", now_)).fingerprint(), keys.fingerprint());
  for (const KeyPurpose purpose : purposes) {
    const std::string secret = text::base64url_encode(text::view_of(keys.current(purpose).key));
    const std::string other = text::base64url_encode(text::view_of(random_key()));
    EXPECT_NE(must(KeyFile::parse(content_with(secret, other))).fingerprint(), keys.fingerprint());
  }
}

TEST_F(KeyFileTest, GivesPublicKeysOfSigningKeysOnly) {
  const KeyFile keys = must(KeyFile::create(path_, now_));
  const NamedKey& signing = keys.current(KeyPurpose::token_signing);
  EXPECT_EQ(keys.public_key(KeyPurpose::token_signing, signing.id), SigningKey{signing.key}.public_key());
  EXPECT_TRUE(keys.public_key(KeyPurpose::tree_head, "2026-11-21"));
  EXPECT_FALSE(keys.public_key(KeyPurpose::token_signing, "1999-01-01"));
  EXPECT_FALSE(keys.public_key(KeyPurpose::cursor, "2026-11-21"));
}

}  // namespace
}  // namespace daybook::crypto
