#include "tests/schemas/api/frame.hpp"

namespace daybook::api::test {
namespace {

class CorsOfTheFrame : public Frame {
 protected:
  static ApiOptions allowing(std::vector<std::string> origins) {
    ApiOptions options;
    options.cors.origins = std::move(origins);
    return options;
  }
  static http::Response preflight(const ApiPtr& api, std::string origin) {
    return send(api, "OPTIONS", "/api/v1/things/1", {{"Origin", std::move(origin)}, {"Access-Control-Request-Method", "GET"}});
  }
};

TEST_F(CorsOfTheFrame, NothingIsAllowedWhileNoOriginIsListed) {
  const auto api = make();
  EXPECT_EQ(preflight(api, "https://app.example.org").status, 405);
  const auto reply = send(api, "GET", "/livez", {{"Origin", "https://app.example.org"}});
  EXPECT_EQ(header(reply, "Access-Control-Allow-Origin"), "");
  EXPECT_EQ(header(reply, "Vary"), "");
}

TEST_F(CorsOfTheFrame, APreflightOfAListedOriginIsAnswered) {
  const auto api = make(allowing({"https://app.example.org"}));
  const auto reply = preflight(api, "https://app.example.org");
  EXPECT_EQ(reply.status, 204);
  EXPECT_EQ(header(reply, "Access-Control-Allow-Origin"), "https://app.example.org");
  EXPECT_NE(header(reply, "Access-Control-Allow-Methods").find("PATCH"), std::string::npos);
  EXPECT_NE(header(reply, "Access-Control-Allow-Headers").find("Idempotency-Key"), std::string::npos);
  EXPECT_EQ(header(reply, "Access-Control-Max-Age"), "600");
  EXPECT_EQ(preflight(api, "https://evil.example.org").status, 405);
}

TEST_F(CorsOfTheFrame, AListedPageMayReadRepliesAndRefusals) {
  const auto api = make(allowing({"https://app.example.org"}));
  for (const auto* path : {"/livez", "/nowhere"}) {
    const auto reply = send(api, "GET", path, {{"Origin", "https://app.example.org"}});
    EXPECT_EQ(header(reply, "Access-Control-Allow-Origin"), "https://app.example.org");
    EXPECT_EQ(header(reply, "Vary"), "Origin");
    for (const auto* field : {"ETag", "Location", "Daybook-Position", "RateLimit-Policy", "X-Request-Id"})
      EXPECT_NE(header(reply, "Access-Control-Expose-Headers").find(field), std::string::npos) << field;
  }
  const auto other = send(api, "GET", "/livez", {{"Origin", "https://evil.example.org"}});
  EXPECT_EQ(header(other, "Access-Control-Allow-Origin"), "");
  EXPECT_EQ(header(other, "Vary"), "Origin");
}

TEST_F(CorsOfTheFrame, AStarListsEveryOrigin) { EXPECT_EQ(preflight(make(allowing({"*"})), "https://any.example.org").status, 204); }

}  // namespace
}  // namespace daybook::api::test
