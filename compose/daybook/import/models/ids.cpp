#include "compose/daybook/import/models/things.hpp"
#include "platform/crypto/named_uuid.hpp"

namespace daybook::importer::models {

text::Uuid uuid_of(Sink& sink, std::string_view table, std::string_view words) {
  if (const auto uuid = text::Uuid::parse(words); uuid && !uuid->is_nil()) return *uuid;
  return sink.named(std::string(table) + " " + std::string(words));
}

std::optional<text::Uuid> uuid_in(Sink& sink, Values& values, std::string_view column, std::string_view table_meant) {
  const auto words = values.filled(column);
  if (!words) return std::nullopt;
  return uuid_of(sink, table_meant, *words);
}

text::Uuid own_uuid(Sink& sink, Values& values, std::string_view column) {
  const auto words = values.required_text(column);
  const auto id = uuid_of(sink, values.table(), words);
  if (!words.empty() && !text::Uuid::parse(words)) values.changed(column, "'" + words + "' is no UUID: " + id.text() + " stands for it");
  return id;
}

namespace {

std::optional<std::int64_t> number(Values& values, std::string_view column) {
  const auto number = values.integer(column);
  if (number && *number >= 0 && *number <= events::numbered_id_max) return number;
  return std::nullopt;
}

}  // namespace

text::Uuid own_number(Values& values, events::NumberedTable table, std::string_view column) {
  if (const auto found = number(values, column)) return events::numbered_id(table, *found);
  values.leave_out(column, "no number from 0 to " + std::to_string(events::numbered_id_max) + " stands there");
  return {};
}

std::optional<text::Uuid> number_ref(Values& values, events::NumberedTable table, std::string_view column) {
  const auto found = number(values, column);
  if (!found) return std::nullopt;
  return events::numbered_id(table, *found);
}

std::string spare_of(const text::Uuid& id, std::size_t characters) {
  const auto digits = crypto::named_uuid({id.text()}).text();
  return digits.substr(digits.size() - characters);
}

}  // namespace daybook::importer::models
