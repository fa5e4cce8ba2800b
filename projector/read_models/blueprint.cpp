#include "projector/read_models/blueprint.hpp"

#include "projector/read_models/reviewed.hpp"
#include "projector/read_models/search.hpp"

namespace daybook::projector {
namespace {

using BlueprintState = events::blueprint::State;

void keep_version(const BlueprintRow& blueprint, const events::Envelope& e, StateStore& store) {
  auto version = revision_of<BlueprintVersionRow, &BlueprintVersionRow::blueprint_id>(blueprint, e);
  version.blueprint_id = blueprint.id;
  store.insert(version);
}

template <class What>
Folded<BlueprintRow> fold(const What& what, const events::Envelope& e, StateStore& store) {
  if constexpr (requires { what.purchase_id; })
    change_part<&BlueprintState::purchases>("blueprint_purchase", what.purchase_id.value, what, e, store);
  return fold_reviewed<BlueprintState, BlueprintRow, BlueprintReviewRow>(what, e, store);
}

std::string words_of(const BlueprintRow& row) { return words_together({row.description, row.category}); }

bool reads_alike(const BlueprintRow& before, const BlueprintRow& after) {
  return before.name == after.name && words_of(before) == words_of(after) && before.deleted_at == after.deleted_at;
}

void apply_blueprint(const events::Envelope& e, StateStore& store) {
  const auto event = read_event<events::blueprint::Event>(e);
  const auto [before, after] = std::visit([&](const auto& what) { return fold(what, e, store); }, event);
  const auto publisher = owner_of(after.publisher_type, after.publisher_id);
  const bool born = before.version.value == 0;
  if (before.revision != after.revision) keep_version(after, e, store);
  if (born || !reads_alike(before, after)) put_search(e, {.deleted_at = after.deleted_at, .owner = publisher, .metadata = {.category = after.category}}, after.name, words_of(after), store);
  const auto details = std::visit([](const auto& what) { return events::to_json_in_brief(what); }, event);
  note_activity(e, {"blueprint", after.id.value, {}, {}, differences(before, after), details, publisher}, store);
}

}  // namespace

template <>
const Table& table_of<BlueprintRow>() {
  static const auto t = table<BlueprintRow>(
      78, "blueprints", {{"by_workspace", {"workspace_id"}}},
      {"workspace_id, name COLLATE \"C\", id", "workspace_id, created_at, id", "workspace_id, updated_at, id", "workspace_id, downloads, id",
       "workspace_id, ((rating IS NULL)::int), rating, id", "workspace_id, ((rating IS NOT NULL)::int), rating, id",
       "is_public, name COLLATE \"C\", id", "is_public, downloads, id", "is_public, created_at, id",
       "is_public, ((rating IS NULL)::int), rating, id", "is_public, ((rating IS NOT NULL)::int), rating, id", "publisher_id", "((id::text))"});
  return t;
}

ReadModel blueprints() { return {{&table_of<BlueprintRow>()}, events::StreamType::blueprint, apply_blueprint}; }

template <>
const Table& table_of<BlueprintReviewRow>() {
  static const auto t = table<BlueprintReviewRow>(79, "blueprint_reviews", {{"by_blueprint", {"blueprint_id"}}},
                                                  {"blueprint_id, created_at, id", "workspace_id, created_at, id", "workspace_id, rating, id"});
  return t;
}

ReadModel blueprint_reviews() { return {{&table_of<BlueprintReviewRow>()}}; }

template <>
const Table& table_of<BlueprintPurchaseRow>() {
  static const auto t = table<BlueprintPurchaseRow>(80, "blueprint_purchases", {{"by_blueprint", {"blueprint_id"}}},
                                                    {"workspace_id, created_at, id", "blueprint_id, created_at, id"});
  return t;
}

ReadModel blueprint_purchases() { return {{&table_of<BlueprintPurchaseRow>()}}; }

template <>
const Table& table_of<BlueprintVersionRow>() {
  static const auto t =
      never_changed(table<BlueprintVersionRow>(81, "blueprint_versions", {}, {"blueprint_id, revision", "workspace_id, revision, id"}));
  return t;
}

ReadModel blueprint_versions() { return {{&table_of<BlueprintVersionRow>()}}; }

}  // namespace daybook::projector
