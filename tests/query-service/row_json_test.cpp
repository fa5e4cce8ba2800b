#include "query-service/core/row_json.hpp"

#include <gtest/gtest.h>

#include "projector/read_models/issue.hpp"

namespace daybook::query {
namespace {

std::string column(const events::TypeInfo& type, std::optional<std::string_view> text) {
  std::string out;
  append_column(type, text, out);
  return out;
}

const events::TypeInfo& type_of(std::string_view name) {
  for (const auto& field : events::type_info<projector::IssueRow>().fields)
    if (field.name == name) return *field.type;
  throw std::logic_error("no such column");
}

TEST(RowJson, WritesEachShapeAsTheCodecDoes) {
  projector::IssueRow row{};
  row.number = -12;
  row.title = "a \"quoted\" \\ line\nüñ\t\x01";
  row.status = events::issue::Status::in_review;
  row.id = *events::IssueId::parse("0190a1b2-c3d4-7e5f-8a9b-000000000002");
  row.created_at = *text::parse_instant("2026-11-21T02:24:46.12Z");
  row.custom_fields = events::Json{R"({"k": [1, 2.50]})"};
  const auto expected = [&](const events::FieldInfo& field) {
    std::string out;
    events::write_json_with_nulls(*field.type, reinterpret_cast<const char*>(&row) + field.offset, out);
    return out;
  };
  const auto field = [](std::string_view name) -> const events::FieldInfo& {
    for (const auto& f : events::type_info<projector::IssueRow>().fields)
      if (f.name == name) return f;
    throw std::logic_error("no such column");
  };
  EXPECT_EQ(column(type_of("number"), "-12"), expected(field("number")));
  EXPECT_EQ(column(type_of("title"), row.title), expected(field("title")));
  EXPECT_EQ(column(type_of("status"), "in_review"), expected(field("status")));
  EXPECT_EQ(column(type_of("id"), row.id.text()), expected(field("id")));
  EXPECT_EQ(column(type_of("created_at"), "2026-11-21 02:24:46.12+00"), expected(field("created_at")));
  EXPECT_EQ(column(type_of("custom_fields"), row.custom_fields->text), expected(field("custom_fields")));
  EXPECT_EQ(column(type_of("due_at"), std::nullopt), expected(field("due_at")));
}

TEST(RowJson, WritesTimesWithSixDigitsWhateverPostgresLeftOut) {
  EXPECT_EQ(column(type_of("due_at"), "2026-11-21 02:24:46+00"), R"("2026-11-21T02:24:46.000000Z")");
  EXPECT_EQ(column(type_of("due_at"), "2026-11-21 02:24:46.000001+00"), R"("2026-11-21T02:24:46.000001Z")");
}

TEST(RowJson, WritesBooleans) {
  const auto& type = events::type_info<bool>();
  EXPECT_EQ(column(type, "t"), "true");
  EXPECT_EQ(column(type, "f"), "false");
}

}  // namespace
}  // namespace daybook::query
