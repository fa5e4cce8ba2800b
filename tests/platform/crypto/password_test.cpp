#include "platform/crypto/password.hpp"

#include <gtest/gtest.h>

#include <stdexcept>
#include <string_view>

namespace daybook::crypto {
namespace {

using namespace std::string_view_literals;

// Known answers of the reference implementations: Argon2id at another cost, and bcrypt.
const std::string foreign_argon2 =
    "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
const std::string bcrypt_tail = "05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW";

TEST(Password, HashesWithArgon2idAtTheStatedCost) {
  const std::string hash = hash_password("correct horse");
  EXPECT_TRUE(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$")) << hash;
  EXPECT_TRUE(verify_password("correct horse", hash));
  EXPECT_FALSE(verify_password("correct horsf", hash));
  EXPECT_FALSE(verify_password("", hash));
  EXPECT_FALSE(needs_rehash(hash));
}

TEST(Password, SaltsEveryHash) { EXPECT_NE(hash_password("same"), hash_password("same")); }

TEST(Password, AcceptsArgon2idOfAnotherCostAndAsksForAFreshHash) {
  EXPECT_TRUE(verify_password("password", foreign_argon2));
  EXPECT_FALSE(verify_password("Password", foreign_argon2));
  EXPECT_TRUE(needs_rehash(foreign_argon2));
}

TEST(Password, AcceptsImportedBcryptAndAsksForAFreshHash) {
  for (const auto* prefix : {"$2a$", "$2b$", "$2y$"}) {
    const std::string hash = prefix + bcrypt_tail;
    EXPECT_TRUE(verify_password("U*U", hash)) << hash;
    EXPECT_FALSE(verify_password("U*V", hash)) << hash;
    EXPECT_TRUE(needs_rehash(hash));
  }
}

TEST(Password, BcryptDoesNotStopAtANul) {
  EXPECT_FALSE(verify_password("U*U\0more"sv, "$2a$" + bcrypt_tail));
}

TEST(Password, NothingMatchesAnotherScheme) {
  for (const std::string& hash : {std::string{}, std::string{"password"}, std::string{"$2x$"} + bcrypt_tail,
                                  std::string{"$2a$05$short"}, std::string{"$argon2id$"},
                                  std::string{"$argon2i$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$AAAA"},
                                  std::string{"$1$salt$qJH7.N4xYta3aEG/dfqo/0"}, std::string{"*0"}}) {
    EXPECT_FALSE(verify_password("password", hash)) << hash;
    EXPECT_TRUE(needs_rehash(hash)) << hash;
  }
}

TEST(Password, RefusesWhatIsTooLong) {
  const std::string long_password(password_bytes_max + 1, 'x');
  EXPECT_THROW(static_cast<void>(hash_password(long_password)), std::invalid_argument);
  EXPECT_FALSE(verify_password(long_password, foreign_argon2));
}

TEST(Password, AnImportedHashCannotAskForMoreThanTheMachineAffords) {
  // Each would take minutes or gigabytes if it were computed; refusing takes no time.
  for (const std::string& hash :
       {std::string{
            "$argon2id$v=19$m=4194304,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"},
        std::string{
            "$argon2id$v=19$m=65536,t=100000,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"},
        std::string{"$2b$31$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"}}) {
    EXPECT_FALSE(verify_password("password", hash)) << hash;
    EXPECT_TRUE(needs_rehash(hash));
  }
}

TEST(Password, UnknownAccountsCostNoException) { EXPECT_NO_THROW(verify_nothing("anything")); }

}  // namespace
}  // namespace daybook::crypto
