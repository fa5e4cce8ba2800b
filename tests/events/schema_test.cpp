// The published JSON Schemas are what the code writes.
#include <gtest/gtest.h>

#include "events/registry.hpp"
#include "tests/events/files.hpp"
#include "tests/events/shapes.hpp"

namespace daybook::events::test::schema_test {
namespace {

namespace fs = std::filesystem;
const fs::path folder = "schemas/events";
constexpr char write_schemas[] = "DAYBOOK_WRITE_SCHEMAS";
constexpr char how_to_write[] =
    " differs from the code; to write it again, run in the root of the repository: "
    "DAYBOOK_WRITE_SCHEMAS=1 <build folder>/tests/events_test --gtest_filter='Schema.*'";

bool is_personal(const TypeInfo& type) {
  return type.shape == Shape::personal ||
         (type.shape == Shape::optional && type.inner->shape == Shape::personal);
}

std::string title_of(const EventType& type) {
  return std::string(type.type) + ", version " + std::to_string(type.version);
}

std::string schema_of(const EventType& type) {
  std::vector<std::string> personal;
  for (const auto& field : type.info->fields)
    if (is_personal(*field.type)) personal.push_back("/" + std::string(field.name));
  std::string out = R"({"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"urn:daybook:event:)" +
                    std::string(type.type) + ":v" + std::to_string(type.version) + R"(","title":)";
  write_json_string(title_of(type), out);
  if (!personal.empty()) {
    out +=
        R"(,"description":"Fields under x-personal travel sealed beside data and never stand in it.","x-personal":)" +
        to_json(personal);
  }
  return indented(out + "," + json_schema(*type.info, false, Reading::lenient).substr(1));
}

TEST(Schema, EveryEventTypeIsPublishedAsItIsWritten) {
  for (const auto& type : all_event_types()) {
    const auto path = folder / (std::string(type.type) + ".v" + std::to_string(type.version) + ".json");
    const auto schema = schema_of(type);
    if (asked_to_write(write_schemas)) write_file(path, schema);
    EXPECT_EQ(read_file(path), schema) << path << how_to_write;
    EXPECT_TRUE(check_json(schema)) << path;
  }
}

TEST(Schema, EveryPublishedSchemaBelongsToAnEventType) {
  for (const auto& entry : fs::directory_iterator(folder)) {
    const auto name = entry.path().stem().string();
    const auto type = name.substr(0, name.rfind(".v"));
    EXPECT_NE(find_event_type(type), nullptr)
        << entry.path() << " describes no event: event types are never removed";
  }
}

TEST(Schema, DescribesEveryShape) {
  const auto schema = json_schema(type_info<Everything>(), false);
  EXPECT_TRUE(check_json(schema));
  for (const std::string part :
       {R"("flag":{"type":"boolean"})", R"("narrow":{"type":"integer","minimum":-32768,"maximum":32767})",
        R"("whole":{"type":"integer"})", R"("real":{"type":"number"})", R"("words":{"type":"string"})",
        R"("brief":{"type":"string","maxLength":5})", R"("id":{"type":"string","format":"uuid"})",
        R"("made_at":{"type":"string","format":"date-time"})", R"("day":{"type":"string","format":"date"})",
        R"("free":{"description":"Any JSON, kept as it is sent, at most 65536 bytes."})", R"("colour":{"enum":["red","dark_green","blue"]})",
        R"("items":{"type":"array","items":{)", R"("by_name":{"type":"object","additionalProperties":{)",
        R"("note":{"type":"string"})", R"("change":{"anyOf":[{"type":"integer"},{"type":"null"}]})"})
    EXPECT_NE(schema.find(part), schema.npos) << part << " is not in " << schema;
  EXPECT_EQ(schema.find(R"("note")", schema.rfind(R"("required")")), schema.npos);
}

TEST(Schema, ClosesEveryObjectWhereUnknownFieldsAreRefused) {
  EXPECT_TRUE(json_schema(type_info<Item>(), false).ends_with(R"("additionalProperties":false})"));
  EXPECT_EQ(json_schema(type_info<Item>(), false, Reading::lenient).find("additionalProperties"),
            std::string::npos);
}

TEST(Schema, OfARepliesRowRequiresEveryFieldAndAllowsNull) {
  const auto schema = json_schema(type_info<Everything>(), true);
  EXPECT_NE(schema.find(R"("note":{"anyOf":[{"type":"string"},{"type":"null"}]})"), schema.npos);
  EXPECT_NE(schema.find(R"("note")", schema.rfind(R"("required")")), schema.npos);
}

}  // namespace
}  // namespace daybook::events::test::schema_test
