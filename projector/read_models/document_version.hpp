#pragma once
// Every revision of a document, whole, one row each.
#include "projector/read_models/document.hpp"

namespace daybook::projector {

// Its id is the event's, its stamp that of its writing.
struct DocumentVersionRow : events::Stamp {
  events::EventId id{};
  events::WorkspaceId workspace_id{};
  events::ProjectId project_id{};
  events::DocumentId document_id{};
  std::int64_t revision = 0;
  std::string title;
  std::string slug;
  events::LongText content;
  events::document::Type document_type = events::document::Type::other;
  std::optional<events::Json> metadata;
  std::optional<std::string> change_summary;
  events::ActorType author_type = events::ActorType::system;
  std::optional<events::PrincipalId> author_id;
  bool operator==(const DocumentVersionRow&) const = default;
};
BOOST_DESCRIBE_STRUCT(DocumentVersionRow, (events::Stamp), (id, workspace_id, project_id, document_id, revision, title, slug, content,
                                                            document_type, metadata, change_summary, author_type, author_id))

template <> const Table& table_of<DocumentVersionRow>();
ReadModel document_versions();

// What the document says after the event, as one of its revisions.
void keep_version(const DocumentRow& document, const events::Envelope& e, StateStore& store);

}  // namespace daybook::projector
