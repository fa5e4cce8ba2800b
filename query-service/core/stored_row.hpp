#pragma once
// A row of the state store as its JSON: each field is a slice of it, for nothing has to be decoded to be shown. Rows are
// written canonically (events/core/json.hpp): fields in declared order, unset ones absent, no white space.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/text/uuid.hpp"
#include "query-service/core/resource.hpp"

namespace daybook::query {

class StoredRow {
 public:
  // Throws std::runtime_error where the JSON is not such a row.
  StoredRow(const Resource& resource, std::string json);
  StoredRow(const StoredRow&) = delete;
  StoredRow& operator=(const StoredRow&) = delete;

  // As JSON; empty where the field is unset.
  std::string_view value(std::string_view field) const;
  std::string_view value(const events::FieldInfo& field) const;
  bool has(std::string_view field) const { return !value(field).empty(); }
  std::optional<text::Uuid> id(std::string_view field) const;
  std::int64_t number(std::string_view field) const;
  // Of an enumeration: words need no escapes.
  std::string_view word(std::string_view field) const;
  bool is_deleted() const { return resource_->deletable() && has("deleted_at"); }

 private:
  const Resource* resource_;
  std::string json_;
  std::vector<std::string_view> values_;  // by the place of the field in the row type
};

}  // namespace daybook::query
