#include "query-service/core/expand.hpp"

#include <map>
#include <set>

namespace daybook::query {
namespace {

struct Embedding {
  pg::Connection& connection;
  const Sight& sight;
  const std::string& owner;
  std::optional<TooManyEmbedded> refusal = std::nullopt;

  void expand(const std::vector<Expansion>& expansions, const Columns& columns, std::vector<Row>& rows) {
    for (const auto& expansion : expansions) {
      if (refusal || rows.empty()) return;
      if (expansion.reference)
        referred(expansion, columns, rows);
      else
        children(expansion, columns, rows);
    }
  }

  // The inner expansions that a kind of thing has: a reference may point at several kinds.
  static Shown shown_of(const Resource& resource, const std::vector<Expansion>& inner) {
    auto shown = brief_of(resource);
    for (const auto& expansion : inner) {
      if (const auto* reference = find_reference(resource, expansion.name()))
        shown.expansions.push_back({reference, nullptr});
      else if (const auto* child = find_child(resource, expansion.name()))
        shown.expansions.push_back({nullptr, child});
    }
    return shown;
  }

  void referred(const Expansion& expansion, const Columns& columns, std::vector<Row>& rows) {
    const auto& reference = *expansion.reference;
    const auto id_at = columns.place_of(reference.column);
    std::map<std::pair<std::string_view, std::string>, std::string> found;  // (word, id) → JSON
    const auto word_of_row = [&](const Row& row) -> std::string_view {
      if (reference.type_column.empty()) return "";
      const auto& word = row.keys[columns.place_of(reference.type_column)];
      return word ? std::string_view(*word) : "";
    };
    for (const auto& target : reference.targets) {
      std::set<std::string> ids;
      for (const auto& row : rows)
        if (row.keys[id_at] && word_of_row(row) == target.word) ids.insert(*row.keys[id_at]);
      if (ids.empty()) continue;
      const auto shown = shown_of(target.to(), expansion.inner);
      const auto inner = columns_for(shown);
      auto things = rows_of(run_sql(connection, by_ids_sql(target.to(), inner, sight, owner, {ids.begin(), ids.end()})), inner);
      expand(shown.expansions, inner, things);
      for (auto& thing : things) found[{target.word, *thing.keys[inner.place_of("id")]}] = thing.json + "}";
    }
    for (auto& row : rows) {
      const auto thing = row.keys[id_at] ? found.find({word_of_row(row), *row.keys[id_at]}) : found.end();
      append_member(reference.name, thing == found.end() ? "null" : thing->second, row.json);
    }
  }

  void children(const Expansion& expansion, const Columns& columns, std::vector<Row>& rows) {
    const auto id_at = columns.place_of("id");
    std::vector<std::string> parents;
    for (const auto& row : rows) parents.push_back(*row.keys[id_at]);
    const auto shown = shown_of(expansion.child->of(), expansion.inner);
    const auto inner = columns_for(shown);
    const auto result = run_sql(connection, children_sql(*expansion.child, inner, sight, owner, parents));
    if (static_cast<std::size_t>(result.rows()) > embedded_rows_max) {
      refusal = TooManyEmbedded{expansion.child->name};
      return;
    }
    auto things = rows_of(result, inner, 1);
    expand(shown.expansions, inner, things);
    std::map<std::string, std::string> lists;  // by parent
    for (std::size_t i = 0; i < things.size(); ++i) {
      auto& list = lists[result.text(static_cast<int>(i), 0)];
      list += (list.empty() ? "" : ",") + things[i].json + "}";
    }
    for (auto& row : rows) append_member(expansion.child->name, "[" + lists[*row.keys[id_at]] + "]", row.json);
  }
};

}  // namespace

std::optional<TooManyEmbedded> embed(pg::Connection& connection, const Sight& sight, const std::string& owner,
                                     const std::vector<Expansion>& expansions, const Columns& columns, std::vector<Row>& rows) {
  Embedding embedding{connection, sight, owner};
  embedding.expand(expansions, columns, rows);
  return embedding.refusal;
}

}  // namespace daybook::query
