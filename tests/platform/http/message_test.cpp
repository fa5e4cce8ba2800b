#include "platform/http/message.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

namespace daybook::http {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

TEST(Request, FindsAHeaderWhateverItsCase) {
  const auto request =
      make_request("GET", "/", {{"If-Match", "\"v1\""}, {"if-match", "\"v2\""}, {"Empty", ""}});
  EXPECT_EQ(request.header("IF-MATCH"), "\"v1\"");
  EXPECT_EQ(request.header("Etag"), "");
  EXPECT_TRUE(request.has_header("empty"));
  EXPECT_FALSE(request.has_header("etag"));
}

TEST(Request, KeepsRepeatedParametersInOrder) {
  const auto request = make_request("GET", "/a?label=one&status=todo&label=two&flag&=x&&");
  EXPECT_THAT(request.query, ElementsAre(Pair("label", "one"), Pair("status", "todo"), Pair("label", "two"),
                                         Pair("flag", ""), Pair("", "x")));
  EXPECT_EQ(request.parameter("label"), "one");
  EXPECT_EQ(request.parameter("flag"), "");
  EXPECT_EQ(request.parameter("none"), std::nullopt);
}

TEST(Request, DecodesPathAndQueryEachByItsOwnRules) {
  const auto request = make_request("GET", "/a+b%20c/?q=a+b%2Bc%26d%3D");
  EXPECT_EQ(request.path, "/a+b c/");
  EXPECT_EQ(request.raw_path(), "/a+b%20c/");
  EXPECT_EQ(request.parameter("q"), "a b+c&d=");
}

TEST(Request, AnAbsoluteTargetIsReadAsItsPathAndQuery) {
  const auto request = make_request("GET", "HTTP://host:80/a/b?c=d");
  EXPECT_EQ(request.path, "/a/b");
  EXPECT_EQ(request.raw_path(), "/a/b");
  EXPECT_EQ(request.parameter("c"), "d");
  EXPECT_EQ(make_request("GET", "http://host").path, "/");
  EXPECT_EQ(make_request("GET", "http://host?c=d").path, "/");
  EXPECT_EQ(make_request("GET", "http://host?c=d").raw_path(), "/");
}

TEST(Request, RefusesWhatIsNoTarget) {
  for (const auto* target : {"", "a", "?a=b", "/%", "/%4", "/%zz", "/%00", "/?a=%0", "/a#b", "host:80"}) {
    EXPECT_FALSE(parse_target(target).has_value()) << target;
  }
  EXPECT_THROW(make_request("GET", "/%"), std::invalid_argument);
  EXPECT_EQ(parse_target("*")->path, "*");
}

TEST(PercentEncoding, IsUndoneByDecoding) {
  std::string all;
  for (int byte = 1; byte < 256; ++byte) all.push_back(static_cast<char>(byte));
  EXPECT_EQ(percent_decode(percent_encode(all)), all);
  EXPECT_EQ(percent_encode("a-Z_0.~ /\xC3"), "a-Z_0.~%20%2F%C3");
}

TEST(ReasonPhrase, IsKnownForEveryStatusDaybookUsesAndEmptyOtherwise) {
  for (const int status : {200, 201, 204, 304, 400, 401, 402, 403, 404, 405, 409, 410, 412,
                           413, 414, 415, 422, 428, 429, 431, 500, 501, 503, 504, 505}) {
    EXPECT_FALSE(reason_phrase(status).empty()) << status;
  }
  EXPECT_EQ(reason_phrase(404), "Not Found");
  EXPECT_THAT(reason_phrase(599), IsEmpty());
}

}  // namespace
}  // namespace daybook::http
