#include "query-service/core/export.hpp"

#include <gtest/gtest.h>

namespace daybook::query::test {
namespace {

std::string asked(const std::string& target, const std::string& accept = "") {
  api::Call call;
  std::vector<http::Header> headers;
  if (!accept.empty()) headers.push_back({"Accept", accept});
  call.request = http::make_request("GET", target, headers);
  const auto read = read_export_format(call);
  if (const auto* problem = std::get_if<api::Problem>(&read)) return problem->code;
  const auto format = std::get<0>(read);
  return !format ? "page" : *format == ExportFormat::csv ? "csv" : "jsonl";
}

TEST(ExportFormats, AreAskedForByParameterOrByAccept) {
  EXPECT_EQ(asked("/audit"), "page");
  EXPECT_EQ(asked("/audit", "application/json, */*"), "page");
  EXPECT_EQ(asked("/audit", "text/csv"), "csv");
  EXPECT_EQ(asked("/audit", "application/jsonl"), "jsonl");
  EXPECT_EQ(asked("/audit?format=csv"), "csv");
  EXPECT_EQ(asked("/audit?format=jsonl", "text/csv"), "jsonl") << "what is said in the address counts";
  EXPECT_EQ(asked("/audit?format=json", "text/csv"), "page");
  EXPECT_EQ(asked("/audit?format=xml"), "unknown-value");
}

}  // namespace
}  // namespace daybook::query::test
