#include "tests/e2e/views/proof.hpp"

#include <algorithm>
#include <exception>

#include "tests/e2e/views/translated.hpp"

namespace daybook::test {

namespace json = boost::json;

namespace {

// Of these the words are few, and two columns may well have the same.
bool has_few_words(const Column& column) { return column.is_truth() || column.is_time() || column.type == "DATE" || column.how == "words"; }

}  // namespace

Proof::Proof(Story& story, Views& views, const std::vector<Column>& columns, const std::vector<Witness>& witnesses)
    : story_(story), views_(views), columns_(columns), witnesses_(witnesses) {}

std::string Proof::key_of(const Column& column, const Witness& witness) const {
  const auto id = std::find_if(columns_.begin(), columns_.end(), [&](const Column& each) { return each.of() == column.of() && each.name == "id"; });
  try {
    const auto key = translated(*id, witness, story_.numbers());
    if (!key) return "without an id";
    return key->is_string() ? std::string(key->get_string()) : json::serialize(*key);
  } catch (const std::exception& error) {
    return error.what();
  }
}

const std::vector<Proof::Row>& Proof::rows_of(const Column& column) {
  const auto view = column.of();
  if (const auto found = rows_.find(view); found != rows_.end()) return found->second;
  const auto entity = std::find_if(columns_.begin(), columns_.end(), [&](const Column& each) { return each.of() == view && each.name == "id"; })->entity;
  auto& rows = rows_[view];
  for (const auto& witness : witnesses_) {
    if (witness.entity != entity || !witness.stands_in(view)) continue;
    const auto key = key_of(column, witness);
    if (auto cells = views_.row(view, key))
      rows.push_back({&witness, std::move(*cells)});
    else
      not_there_[view] += view + " has no row " + key + ", which is " + witness.name + ". ";
  }
  return rows;
}

std::string Proof::sealed_against(const Column& column, const Row& row) const {
  const auto& seen = row.cells.at(column.name);
  if (seen != sealed) return "it shows " + json::serialize(seen);
  const auto used = story_.proved_by_use().find(column.entity + "." + column.field);
  if (used == story_.proved_by_use().end()) return "nobody has used it";
  if (row.witness->raw.find(used->second) != std::string::npos) return "the API shows it";
  if (json::serialize(row.cells).find(used->second) != std::string::npos) return "another column shows it";
  return {};
}

std::string Proof::against(const Column& column, const Row& row) const {
  const auto* seen = row.cells.if_contains(column.name);
  if (seen == nullptr) return "there is no such column";
  if (column.how == "sealed") return sealed_against(column, row);
  if (row.witness->document(column.entity) == nullptr) return {};  // this one says nothing of it
  try {
    const auto wanted = translated(column, *row.witness, story_.numbers());
    if (!wanted) return "the API does not tell " + column.field;
    if (!is_same(column, *seen, *wanted)) return "it shows " + json::serialize(*seen) + " and not " + json::serialize(*wanted);
  } catch (const std::exception& error) {
    return "the API does not tell " + column.field + ": " + error.what();
  }
  return {};
}

bool Proof::tells(const Column& column, const Row& row) const {
  if (column.how == "sealed") return true;
  const auto* seen = row.cells.if_contains(column.name);
  if (seen == nullptr || row.witness->document(column.entity) == nullptr || is_default(column, *seen)) return false;
  if (has_few_words(column) || column.name == "id") return true;
  return std::none_of(columns_.begin(), columns_.end(), [&](const Column& other) {
    const auto* twin = row.cells.if_contains(other.name);
    return other.of() == column.of() && other.name != column.name && twin != nullptr && *twin == *seen;
  });
}

// A number that refers to something leads to a row of the table that the document names.
std::string Proof::reference_against(const Column& column, const Row& row) {
  const auto* number = row.cells.if_contains(column.name);
  if (column.refers_to().empty() || number == nullptr || number->is_null()) return {};
  if (views_.row(column.system + "." + column.refers_to(), json::serialize(*number))) return {};
  return "it refers to no row of " + column.refers_to();
}

std::vector<std::string> Proof::against(const Column& column) {
  std::vector<std::string> reasons;
  bool is_told = false;
  for (const auto& row : rows_of(column)) {
    auto reason = against(column, row);
    if (reason.empty()) reason = reference_against(column, row);
    if (!reason.empty()) reasons.push_back(column.text() + ": " + reason + " (" + row.witness->name + ")");
    is_told = is_told || (reason.empty() && tells(column, row));
  }
  if (!not_there_[column.of()].empty()) reasons.push_back(column.text() + ": " + not_there_[column.of()]);
  if (reasons.empty() && !is_told) reasons.push_back(column.text() + ": no row has a value that says anything");
  return reasons;
}

}  // namespace daybook::test
