#pragma once
// What full-text search looks at. Of an issue and what lies in it, project and deletion are asked of their own rows, for issues move; so is
// the deletion of a project.
#include <initializer_list>

#include "projector/read_models/read_model.hpp"

namespace daybook::projector {

inline constexpr std::size_t search_text_bytes_max = 256 << 10;

// Its id is the entity's.
struct SearchRow {
  events::EntityId id{};
  events::EntityId entity_id{};
  std::string entity_type;
  events::WorkspaceId workspace_id{};
  std::optional<events::IssueId> issue_id;
  std::optional<events::ProjectId> project_id;
  std::optional<events::UserId> owner_id;  // to whom it belongs alone, where no container says so
  std::optional<text::Instant> deleted_at;
  std::string title;
  std::string text;
  bool operator==(const SearchRow&) const = default;
};
BOOST_DESCRIBE_STRUCT(SearchRow, (), (id, entity_id, entity_type, workspace_id, issue_id, project_id, owner_id, deleted_at, title, text))

template <> const Table& table_of<SearchRow>();
ReadModel search();

// Where the words stand: in an issue, or by themselves, perhaps in a project, perhaps deleted.
struct WordsOf {
  std::optional<events::IssueId> issue = {};
  std::optional<events::ProjectId> project = {};
  std::optional<text::Instant> deleted_at = {};
  std::optional<events::UserId> owner = {};
};

// Those of several texts that are set, a line each.
std::string words_together(std::initializer_list<std::optional<std::string>> texts);

// The words of the event's stream from now on; what is too long is cut between characters.
void put_search(const events::Envelope& e, const WordsOf& of, std::string title, std::string words, StateStore& store);

}  // namespace daybook::projector
