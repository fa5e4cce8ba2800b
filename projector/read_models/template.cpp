#include "projector/read_models/template.hpp"

#include "projector/read_models/search.hpp"
#include "projector/read_models/stream_rows.hpp"

namespace daybook::projector {
namespace {

using TemplateState = events::template_::State;

// The template's row with the one rating that the event is about, so that the same fold as ever finds what that gave before.
template <class What>
Folded<TemplateRow> fold_template(const What& what, const events::Envelope& e, StateStore& store) {
  TemplateState state{};
  const auto before = store.get<TemplateRow>(e.stream_id.value).value_or(TemplateRow{});
  static_cast<TemplateRow&>(state) = before;
  if constexpr (requires { what.rating_id; })
    if (const auto rating = store.get<TemplateRatingRow>(what.rating_id.value)) state.ratings.push_back(*rating);
  evolve(state, what, e);
  events::stamp_event(state, e);
  store.put(static_cast<const TemplateRow&>(state));
  for (const auto& rating : state.ratings) store.put(rating);
  return {before, state};
}

std::string words_of(const TemplateRow& row) {
  auto words = row.description;
  for (const auto& tag : row.tags) words += "\n" + tag;
  words += "\n" + row.category;
  for (const auto& task : row.project_structure.tasks) words += "\n" + task.title + "\n" + task.description.value_or("");
  return words;
}

bool reads_alike(const TemplateRow& before, const TemplateRow& after) {
  return before.name == after.name && before.description == after.description && before.category == after.category && before.tags == after.tags &&
         before.project_structure == after.project_structure && before.deleted_at == after.deleted_at;
}

void apply_template(const events::Envelope& e, StateStore& store) {
  const auto event = read_event<events::template_::Event>(e);
  const auto [before, after] = std::visit([&](const auto& what) { return fold_template(what, e, store); }, event);
  const auto author = owner_of(after.author_type, after.author_id);
  const bool born = before.version.value == 0;
  const SearchMetadata metadata{.category = after.category, .tags = after.tags};
  if (born || !reads_alike(before, after)) put_search(e, {.deleted_at = after.deleted_at, .owner = author, .metadata = metadata}, after.name, words_of(after), store);
  const auto details = std::visit([](const auto& what) { return events::to_json_in_brief(what); }, event);
  note_activity(e, {"template", after.id.value, {}, {}, differences(before, after), details, author}, store);
}

}  // namespace

template <>
const Table& table_of<TemplateRow>() {
  static const auto t = table<TemplateRow>(
      35, "templates", {{"by_workspace", {"workspace_id"}}},
      {"workspace_id, name COLLATE \"C\", id", "workspace_id, created_at, id", "workspace_id, updated_at, id", "workspace_id, usage_count, id",
       "workspace_id, ((rating IS NULL)::int), rating, id", "workspace_id, ((rating IS NOT NULL)::int), rating, id",
       "is_public, name COLLATE \"C\", id", "is_public, usage_count, id", "author_id",
       "(read_models.number_of(id, born, 9))"});
  return t;
}

ReadModel templates() { return {{&table_of<TemplateRow>()}, events::StreamType::template_, apply_template}; }

template <>
const Table& table_of<TemplateRatingRow>() {
  static const auto t = table<TemplateRatingRow>(36, "template_ratings", {{"by_template", {"template_id"}}},
                                                 {"template_id, created_at, id", "workspace_id, created_at, id", "workspace_id, rating, id"});
  return t;
}

ReadModel template_ratings() { return {{&table_of<TemplateRatingRow>()}}; }

}  // namespace daybook::projector
