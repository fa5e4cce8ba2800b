#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace daybook::text {

/// What is wrong with a JSON Schema: where (RFC 6901), and what is expected there.
struct SchemaFault {
  std::string pointer;
  std::string detail;
};

/// Looks at the form of a JSON Schema (draft 2020-12, and what drafts since 4 write otherwise): every schema in it is an object or
/// a boolean, and each keyword of the core, applicator, validation and annotation vocabularies has a value of the right type.
/// Unknown keywords may hold anything. Patterns are not compiled, references not followed, limits not compared with each other.
/// `json` is well-formed; nothing comes back where the form is right.
[[nodiscard]] std::optional<SchemaFault> find_schema_fault(std::string_view json);

}  // namespace daybook::text
