// The deployment's keys: rotated while it is served, taken out of the file when nothing uses them.
#include <gtest/gtest.h>

#include "platform/crypto/key_file.hpp"
#include "tests/e2e/caller.hpp"

namespace daybook::test::keys_test {
namespace {

constexpr auto wrapping = crypto::KeyPurpose::key_encryption;

std::string current_key(const DaybookProcess& daybook) {
  return std::get<crypto::KeyFile>(crypto::KeyFile::load(daybook.keys())).current(wrapping).id;
}

TEST(KeysOfADeployment, AreRotatedWhileItIsServedAndTheOldOneGoesWhenNobodyUsesIt) {
  // Given somebody whose data key is wrapped under the first key
  DaybookProcess daybook;
  daybook.start();
  auto ann = newcomer(daybook);
  const auto old_id = current_key(daybook);
  // When the key is rotated, then it goes on for those who were there and for who is new
  const auto rotated = daybook.run({"admin", "rotate-keys", "--allow-unsafe-database"});
  ASSERT_EQ(rotated.exit_code, 0) << rotated.output;
  EXPECT_NE(current_key(daybook), old_id);
  EXPECT_EQ(ann.get("/me").text("/email"), ann.email);
  auto bob = newcomer(daybook);
  EXPECT_EQ(signed_in_again(daybook, ann).get("/me").text("/email"), ann.email);
  // And the old one stays as long as a service wraps under it
  const auto refused = daybook.run({"admin", "rotate-keys", "--retire", old_id, "--allow-unsafe-database"});
  EXPECT_EQ(refused.exit_code, 1) << refused.output;
  EXPECT_NE(refused.output.find("start it again"), std::string::npos) << refused.output;
  // When it was started again, then the old one can go, and everybody's data still opens
  daybook.stop();
  daybook.start();
  const auto retired = daybook.run({"admin", "rotate-keys", "--retire", old_id, "--allow-unsafe-database"});
  ASSERT_EQ(retired.exit_code, 0) << retired.output;
  EXPECT_EQ(std::get<crypto::KeyFile>(crypto::KeyFile::load(daybook.keys())).find(wrapping, old_id), nullptr);
  daybook.stop();
  daybook.start();
  for (auto* person : {&ann, &bob}) EXPECT_EQ(signed_in_again(daybook, *person).get("/me").text("/email"), person->email);
}

}  // namespace
}  // namespace daybook::test::keys_test
