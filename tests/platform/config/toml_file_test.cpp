#include "platform/config/toml_file.hpp"

#include <gtest/gtest.h>

#include <array>
#include <fstream>

#include "platform/config/nearest.hpp"
#include "tests/support/support.hpp"

namespace daybook::config {
namespace {

class TomlFile : public ::testing::Test {
 protected:
  std::vector<Entry> read(const std::string& text) {
    std::ofstream(file_) << text;
    return read_toml(file_);
  }
  std::string refusal_of(const std::string& text) {
    try {
      static_cast<void>(read(text));
    } catch (const FileRefused& refused) {
      return refused.what();
    }
    return "it was read";
  }

  test::TempDir folder_;
  std::filesystem::path file_ = folder_ / "a.toml";
};

TEST_F(TomlFile, BecomesValuesWithTheirLines) {
  const auto entries = read("[b]\nwords = [\"x\", \"y\"]\n\n[a]\nnumber = 7\ntruth = true\ntext = 'one'\n");
  ASSERT_EQ(entries.size(), 6U);
  EXPECT_TRUE(std::holds_alternative<Section>(entries[0].value));
  EXPECT_EQ(entries[1].name, "b.words");
  EXPECT_EQ(std::get<std::vector<std::string>>(entries[1].value), (std::vector<std::string>{"x", "y"}));
  EXPECT_EQ(entries[1].line, 2);
  EXPECT_EQ(std::get<std::int64_t>(entries[3].value), 7);
  EXPECT_EQ(std::get<bool>(entries[4].value), true);
  EXPECT_EQ(std::get<std::string>(entries[5].value), "one");
  EXPECT_EQ(entries[5].line, 7);
}

TEST_F(TomlFile, KindsThatNoSettingHasAreNamed) {
  const auto entries = read("a = 1.5\nb = 2026-01-01\nc = [1, 2]\n");
  ASSERT_EQ(entries.size(), 3U);
  EXPECT_EQ(std::get<Other>(entries[0].value).kind, "a number with a fraction");
  EXPECT_EQ(std::get<Other>(entries[1].value).kind, "a date");
  EXPECT_EQ(std::get<Other>(entries[2].value).kind, "a list of something else than texts");
}

TEST_F(TomlFile, WhatIsNoTomlIsRefusedWithItsLine) {
  EXPECT_TRUE(refusal_of("a = 1\nb = = 2\n").starts_with(file_.string() + ":2: ")) << refusal_of("a = 1\nb = = 2\n");
  EXPECT_TRUE(refusal_of("a = 1\na = 2\n").starts_with(file_.string() + ":2: ")) << refusal_of("a = 1\na = 2\n");
}

TEST_F(TomlFile, AFileThatIsNotThereIsRefused) {
  EXPECT_THROW(static_cast<void>(read_toml(folder_ / "nowhere.toml")), FileRefused);
}

TEST(Nearest, IsTheNameWithTheFewestChanges) {
  const std::array<std::string_view, 3> known{"http.listen", "http.body_bytes_max", "rates.window_s"};
  EXPECT_EQ(nearest("http.lisen", known), "http.listen");
  EXPECT_EQ(nearest("rate.window_s", known), "rates.window_s");
  EXPECT_EQ(nearest("colour", known), std::nullopt);
}

}  // namespace
}  // namespace daybook::config
