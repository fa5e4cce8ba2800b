#include "tests/e2e/import/comparison.hpp"

#include <boost/json.hpp>

#include "platform/postgres/connection.hpp"
#include "platform/text/instant.hpp"

namespace daybook::test {
namespace {

namespace json = boost::json;

using Rows = std::map<std::string, json::object>;   // by id

std::vector<std::string> tables_of(pg::Connection& connection) {
  const auto found = connection.exec("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1");
  std::vector<std::string> tables;
  for (int row = 0; row < found.rows(); ++row) tables.push_back(found.text(row, 0));
  return tables;
}

Rows rows_of(pg::Connection& connection, const std::string& table) {
  const auto found = connection.exec("SELECT t.id::text, to_jsonb(t)::text FROM " + table + " t");
  Rows rows;
  for (int row = 0; row < found.rows(); ++row) rows[found.text(row, 0)] = json::parse(found.text(row, 1)).as_object();
  return rows;
}

std::optional<text::Instant> moment_in(const json::value& value) {
  const auto* words = value.if_string();
  if (words == nullptr || words->size() < 19 || (*words)[10] != 'T') return std::nullopt;
  std::string moment(*words);
  if (moment.find_first_of("Z+", 19) == moment.npos) moment += "Z";
  return text::parse_instant(moment);
}

bool same(const json::value& theirs, const json::value& ours) {
  if (theirs.is_number() && ours.is_number()) return theirs.to_number<double>() == ours.to_number<double>();
  const auto moment = moment_in(theirs);
  if (moment && moment == moment_in(ours)) return true;
  return theirs == ours;
}

class Comparison {
 public:
  explicit Comparison(const OnPurpose& on_purpose) : on_purpose_(on_purpose) {}

  void table(const std::string& table, const Rows& theirs, const Rows& ours) {
    for (const auto& [key, row] : theirs) {
      if (on_purpose_.left_out.contains(table + "@" + key)) continue;
      const auto found = ours.find(key);
      if (found == ours.end()) found_.push_back(table + " " + key + " is not there");
      else compare(table, key, row, found->second);
    }
  }
  std::vector<std::string> found() { return std::move(found_); }

 private:
  void compare(const std::string& table, const std::string& key, const json::object& theirs, const json::object& ours) {
    for (const auto& [name, value] : theirs) {
      const auto column = table + "." + std::string(name);
      if (on_purpose_.other.contains(column) || on_purpose_.other.contains(column + "@" + key)) continue;
      const auto* shown = ours.if_contains(name);
      const auto sealed = on_purpose_.sealed.find(column);
      const auto expected = sealed != on_purpose_.sealed.end() && !value.is_null() ? json::parse(sealed->second) : value;
      if (shown == nullptr) found_.push_back(column + ": the view has no such column");
      else if (!same(expected, *shown)) found_.push_back(column + " of " + key + " was " + json::serialize(expected) + " and is " + json::serialize(*shown));
    }
  }

  const OnPurpose& on_purpose_;
  std::vector<std::string> found_;
};

}  // namespace

std::vector<std::string> differences(const std::string& their_url, const std::string& our_url, const std::string& model,
                                     const OnPurpose& on_purpose) {
  pg::Connection theirs(their_url), ours(our_url);
  for (auto* connection : {&theirs, &ours}) connection->exec("SET timezone = 'UTC'");
  Comparison comparison(on_purpose);
  for (const auto& table : tables_of(theirs)) {
    if (on_purpose.left_out.contains(table)) continue;
    comparison.table(table, rows_of(theirs, pg::quote_identifier(table)),
                     rows_of(ours, pg::quote_identifier(model) + "." + pg::quote_identifier(table)));
  }
  return comparison.found();
}

}  // namespace daybook::test
