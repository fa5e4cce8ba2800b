#pragma once
// Blueprints, with the figures that taking them and what is said of them come to, their versions, and who has bought them.
#include "events/blueprint/state.hpp"
#include "projector/read_models/read_model.hpp"

namespace daybook::projector {

using BlueprintRow = events::blueprint::Fields;
template <> const Table& table_of<BlueprintRow>();
ReadModel blueprints();

// Reviews live in their blueprint's stream; what each gives to the figures is taken back with it.
using BlueprintReviewRow = events::blueprint::BlueprintReview;
template <> const Table& table_of<BlueprintReviewRow>();
ReadModel blueprint_reviews();

// So do purchases, but their rows are in the buyer's workspace.
using BlueprintPurchaseRow = events::blueprint::BlueprintPurchase;
template <> const Table& table_of<BlueprintPurchaseRow>();
ReadModel blueprint_purchases();

// What everybody may know of a version. Its id is the event's, its stamp that of its writing.
struct BlueprintVersionShown : events::Stamp {
  events::EventId id{};
  events::WorkspaceId workspace_id{};
  events::BlueprintId blueprint_id{};
  std::int64_t revision = 0;
  std::string semantic_version;
  std::optional<std::string> changelog;
  events::ActorType author_type = events::ActorType::system;
  std::optional<events::PrincipalId> author_id;
  bool operator==(const BlueprintVersionShown&) const = default;
};
BOOST_DESCRIBE_STRUCT(BlueprintVersionShown, (events::Stamp), (id, workspace_id, blueprint_id, revision, semantic_version, changelog,
                                                               author_type, author_id))

struct BlueprintVersionRow : BlueprintVersionShown {
  events::blueprint::Definition definition;
  bool operator==(const BlueprintVersionRow&) const = default;
};
BOOST_DESCRIBE_STRUCT(BlueprintVersionRow, (BlueprintVersionShown), (definition))
template <> const Table& table_of<BlueprintVersionRow>();
ReadModel blueprint_versions();

}  // namespace daybook::projector
