#include "platform/text/json_schema.hpp"

#include <gtest/gtest.h>

namespace daybook::text {
namespace {

TEST(JsonSchema, WhatIsWellFormedHasNoFault) {
  for (const auto* json :
       {"{}", "true", "false", R"({"type":"object","required":["a"],"properties":{"a":{"type":["string","null"],"maxLength":3}}})",
        R"({"$defs":{"node":{"items":{"$ref":"#/$defs/node"}}},"allOf":[{"minimum":1.5},true]})",
        R"({"items":[{"type":"string"},false],"additionalItems":false})", R"({"x-mine":[1,{"type":7}],"default":7,"const":null,"enum":[]})",
        R"({"properties":{"type":{"type":"integer"},"required":{}},"dependentRequired":{"a":["b"]},"maxLength":3.0})"})
    EXPECT_FALSE(find_schema_fault(json)) << json;
}

TEST(JsonSchema, AKeywordWithAValueOfAnotherTypeIsNamedByItsPlace) {
  const std::pair<const char*, const char*> wrong[] = {
      {"[]", ""},
      {"3", ""},
      {R"({"type":"text"})", "/type"},
      {R"({"type":[]})", "/type"},
      {R"({"type":["null","null"]})", "/type"},
      {R"({"type":{"type":"string"}})", "/type"},
      {R"({"properties":[]})", "/properties"},
      {R"({"properties":{"a/b":7}})", "/properties/a~1b"},
      {R"({"properties":{"a":{"items":{"minLength":-1}}}})", "/properties/a/items/minLength"},
      {R"({"items":"string"})", "/items"},
      {R"({"required":"a"})", "/required"},
      {R"({"required":["a","a"]})", "/required"},
      {R"({"allOf":[]})", "/allOf"},
      {R"({"anyOf":[true,{"not":1}]})", "/anyOf/1/not"},
      {R"({"multipleOf":0})", "/multipleOf"},
      {R"({"maximum":"9"})", "/maximum"},
      {R"({"maxItems":1.5})", "/maxItems"},
      {R"({"uniqueItems":1})", "/uniqueItems"},
      {R"({"enum":"a"})", "/enum"},
      {R"({"dependentRequired":{"a":"b"}})", "/dependentRequired/a"},
      {R"({"$ref":1})", "/$ref"},
      {R"({"title":null})", "/title"},
  };
  for (const auto& [json, pointer] : wrong) {
    const auto fault = find_schema_fault(json);
    ASSERT_TRUE(fault) << json;
    EXPECT_EQ(fault->pointer, pointer) << json << ": " << fault->detail;
  }
}

}  // namespace
}  // namespace daybook::text
