#include "platform/http/response_head.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace daybook::http {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::MatchesRegex;
using testing::Not;
using testing::StartsWith;

std::string head_of(const Response& response, const HeadContext& context = {}) {
  std::string out;
  append_head(out, response, context);
  return out;
}

TEST(ResponseHead, HasStatusDateTypeAndLength) {
  const auto head = head_of({.status = 201, .body = "{}"});
  EXPECT_THAT(head, StartsWith("HTTP/1.1 201 Created\r\n"));
  EXPECT_THAT(head, HasSubstr("\r\nX-Content-Type-Options: nosniff\r\n"));
  EXPECT_THAT(head, HasSubstr("\r\nContent-Type: application/json\r\n"));
  EXPECT_THAT(head, HasSubstr("\r\nContent-Length: 2\r\n"));
  EXPECT_THAT(head, Not(HasSubstr("Connection")));
  EXPECT_THAT(head, EndsWith("\r\n\r\n"));
}

TEST(ResponseHead, DateIsAnImfFixdate) {
  EXPECT_THAT(std::string(date_now()),
              MatchesRegex("[A-Z][a-z][a-z], [0-9][0-9] [A-Z][a-z][a-z] [0-9]{4} [0-9:]{8} GMT"));
}

TEST(ResponseHead, NoContentHasNeitherLengthNorType) {
  const auto head = head_of({.status = 204});
  EXPECT_THAT(head, Not(HasSubstr("Content-Length")));
  EXPECT_THAT(head, Not(HasSubstr("Content-Type:")));
}

TEST(ResponseHead, HeadRequestKeepsTheLengthOfTheBodyItLeavesOut) {
  const HeadContext context{.head_request = true};
  const Response response{.body = "12345"};
  EXPECT_THAT(head_of(response, context), HasSubstr("Content-Length: 5\r\n"));
  EXPECT_EQ(body_kind(response, context), BodyKind::none);
}

TEST(ResponseHead, AValueCannotStartAFieldOfItsOwn) {
  const auto head = head_of({.headers = {{"Location", "/a\r\nSet-Cookie: b"}}});
  EXPECT_THAT(head, HasSubstr("Location: /a  Set-Cookie: b\r\n"));
}

TEST(ResponseHead, TheServersOwnFieldsAreNotDoubled) {
  const auto head =
      head_of({.headers = {{"content-length", "99"}, {"Transfer-Encoding", "x"}, {"DATE", "y"}}});
  EXPECT_THAT(head, Not(HasSubstr("99")));
  EXPECT_THAT(head, Not(HasSubstr("Transfer-Encoding")));
  EXPECT_THAT(head, Not(HasSubstr("DATE")));
}

TEST(ResponseHead, AContentTypeAmongTheHeadersReplacesTheDefault) {
  const auto head = head_of({.headers = {{"content-type", "text/plain"}}});
  EXPECT_THAT(head, HasSubstr("content-type: text/plain\r\n"));
  EXPECT_THAT(head, Not(HasSubstr("application/json")));
}

TEST(ResponseHead, AStreamIsChunkedAndEndsWithTheConnectionForHttp10) {
  Response response;
  response.stream = [](const StreamWriter&) {};
  EXPECT_EQ(body_kind(response, {}), BodyKind::chunked);
  EXPECT_THAT(head_of(response), HasSubstr("Transfer-Encoding: chunked\r\n"));
  EXPECT_EQ(body_kind(response, {.http_1_0 = true}), BodyKind::until_close);
  EXPECT_THAT(head_of(response, {.http_1_0 = true}), Not(HasSubstr("Transfer-Encoding")));
}

TEST(ResponseHead, SaysWhatBecomesOfTheConnectionWhereItIsNotTheDefault) {
  EXPECT_THAT(head_of({}, {.keep_alive = false}), HasSubstr("Connection: close\r\n"));
  EXPECT_THAT(head_of({}, {.http_1_0 = true}), HasSubstr("Connection: keep-alive\r\n"));
  EXPECT_TRUE(asks_to_close({.headers = {{"connection", "Close"}}}));
}

}  // namespace
}  // namespace daybook::http
