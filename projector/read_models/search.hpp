#pragma once
// What full-text search looks at. Of an issue and what lies in it, project and deletion are asked of their own rows, for issues move; so is
// the deletion of a project.
#include <initializer_list>

#include "projector/read_models/read_model.hpp"

namespace daybook::projector {

inline constexpr std::size_t search_text_bytes_max = 256 << 10;

// A few words of what it is that has the words; what it has none of is left out. Where comments and time entries lie is said by the
// issue alone, for issues move.
struct SearchMetadata {
  std::optional<std::string> identifier = {};  // of an issue; a project's key, a document's slug
  std::optional<std::string> type = {};
  std::optional<std::string> status = {};
  std::optional<std::string> category = {};
  std::optional<events::IssueId> issue_id = {};
  std::optional<events::ProjectId> project_id = {};
  std::optional<std::vector<std::string>> tags = {};
  bool operator==(const SearchMetadata&) const = default;
};
BOOST_DESCRIBE_STRUCT(SearchMetadata, (), (identifier, type, status, category, issue_id, project_id, tags))

// Its id is the entity's. Its times are of the first and the newest words.
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
  SearchMetadata metadata;
  text::Instant created_at{};
  text::Instant updated_at{};
  bool operator==(const SearchRow&) const = default;
};
BOOST_DESCRIBE_STRUCT(SearchRow, (), (id, entity_id, entity_type, workspace_id, issue_id, project_id, owner_id, deleted_at, title, text, metadata, created_at,
                                      updated_at))

template <> const Table& table_of<SearchRow>();
ReadModel search();

// Where the words stand: in an issue, or by themselves, perhaps in a project, perhaps deleted.
struct WordsOf {
  std::optional<events::IssueId> issue = {};
  std::optional<events::ProjectId> project = {};
  std::optional<text::Instant> deleted_at = {};
  std::optional<events::UserId> owner = {};
  SearchMetadata metadata = {};
};

// Those of several texts that are set, a line each.
std::string words_together(std::initializer_list<std::optional<std::string>> texts);

// The words of the event's stream from now on, and what they are said to be of; what is too long is cut between characters.
void put_search(const events::Envelope& e, const WordsOf& of, std::string title, std::string words, StateStore& store);

}  // namespace daybook::projector
