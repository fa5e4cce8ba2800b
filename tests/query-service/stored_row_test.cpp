#include "query-service/core/stored_row.hpp"

#include <gtest/gtest.h>

#include "events/core/json.hpp"
#include "projector/read_models/issue.hpp"
#include "query-service/routes/resources.hpp"

namespace daybook::query::test {
namespace {

projector::IssueRow full_row() {
  projector::IssueRow row{};
  row.version = events::StreamVersion{17};
  row.identifier = "ABC-1";
  row.title = R"(A "title", with \ and , and } and ")";
  row.description = "";
  row.custom_fields = events::Json{R"({"a,b}":["]}\"",{"c":null},-1.5e3],"d":{}})"};
  row.project_id = events::ProjectId{*text::Uuid::parse("0190a1b2-c3d4-7e5f-8a9b-000000000001")};
  return row;
}

TEST(StoredRow, EveryFieldIsTheSliceThatTheCodecWrote) {
  const auto row = full_row();
  const StoredRow stored(issues(), events::to_json(row));
  for (const auto* field : columns_of(issues())) {
    std::string expected;
    events::write_json(*field->type, reinterpret_cast<const char*>(&row) + field->offset, expected);
    EXPECT_EQ(stored.value(*field), expected == "null" ? "" : expected) << field->name;
  }
}

TEST(StoredRow, ValuesAreReadFromTheirSlices) {
  const StoredRow stored(issues(), events::to_json(full_row()));
  EXPECT_EQ(stored.number("version"), 17);
  EXPECT_EQ(stored.id("project_id")->text(), "0190a1b2-c3d4-7e5f-8a9b-000000000001");
  EXPECT_FALSE(stored.id("parent_id"));
  EXPECT_EQ(stored.word("status"), "backlog");
  EXPECT_TRUE(stored.has("description")) << "empty is not unset";
  EXPECT_FALSE(stored.is_deleted());
}

TEST(StoredRow, WhatIsNoRowIsRefused) {
  const auto whole = events::to_json(full_row());
  for (std::size_t bytes = 0; bytes < whole.size(); ++bytes)
    EXPECT_THROW(StoredRow(issues(), whole.substr(0, bytes)), std::runtime_error) << bytes;
  for (const auto* broken : {R"({"mood":1})", R"({"version":1,"version":2})", R"({"changed":2,"version":1})", R"({"version":1}x)", "[]"})
    EXPECT_THROW(StoredRow(issues(), broken), std::runtime_error) << broken;
}

}  // namespace
}  // namespace daybook::query::test
