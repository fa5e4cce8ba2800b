#include "projector/read_models/search.hpp"

namespace daybook::projector {

template <>
const Table& table_of<SearchRow>() {
  static const auto t = without_versions(table<SearchRow>(12, "search", {}, {"USING gin (tsv)", "workspace_id"}));
  return t;
}

ReadModel search() { return {{&table_of<SearchRow>()}}; }

std::string words_together(std::initializer_list<std::optional<std::string>> texts) {
  std::string words;
  for (const auto& text : texts)
    if (text) words += (words.empty() ? "" : "\n") + *text;
  return words;
}

void put_search(const events::Envelope& e, const WordsOf& of, std::string title, std::string words, StateStore& store) {
  const auto before = store.get<SearchRow>(e.stream_id.value);
  SearchRow row{};
  row.id = row.entity_id = events::EntityId{e.stream_id.value};
  row.entity_type = events::word_of(e.stream_type);
  row.workspace_id = e.workspace_id.value();
  row.issue_id = of.issue;
  row.project_id = of.project;
  row.owner_id = of.owner;
  row.deleted_at = of.deleted_at;
  row.title = std::move(title);
  if (words.size() > search_text_bytes_max) {
    words.resize(search_text_bytes_max);
    while (!words.empty() && (static_cast<unsigned char>(words.back()) & 0xC0) == 0x80) words.pop_back();
    if (!words.empty() && static_cast<unsigned char>(words.back()) >= 0xC0) words.pop_back();
  }
  row.text = std::move(words);
  row.metadata = of.metadata;
  const bool same_words = before && before->title == row.title && before->text == row.text;
  row.created_at = before ? before->created_at : e.occurred_at;
  row.updated_at = same_words ? before->updated_at : e.occurred_at;
  store.put(row);
}

}  // namespace daybook::projector
