#pragma once
// A document after its events. Folded alike by decide and by the read models.
#include "events/core/stamp.hpp"
#include "events/document/events.hpp"

namespace daybook::events::document {

struct Fields : Stamp {
  DocumentId id{};
  WorkspaceId workspace_id{};
  ProjectId project_id{};
  std::string title;
  std::string slug;
  LongText content;
  Type document_type = Type::other;
  Status status = Status::draft;
  std::optional<Json> metadata;
  std::int64_t revision = 0;                     // the number of the newest one, from 1
  std::optional<std::string> change_summary;     // of the newest revision
  ActorType created_by_type = ActorType::system;
  std::optional<PrincipalId> created_by_id;
  std::optional<text::Instant> published_at;     // unset while it is not published
  std::optional<text::Instant> archived_at;
  std::optional<text::Instant> deleted_at;
  bool operator==(const Fields&) const = default;
};
BOOST_DESCRIBE_STRUCT(Fields, (Stamp), (id, workspace_id, project_id, title, slug, content, document_type, status, metadata,
                                        revision, change_summary, created_by_type, created_by_id, published_at, archived_at,
                                        deleted_at))

using State = Fields;

void evolve(State&, const Drafted&, const Envelope&);
void evolve(State&, const Revised&, const Envelope&);
void evolve(State&, const Published&, const Envelope&);
void evolve(State&, const Unpublished&, const Envelope&);
void evolve(State&, const Archived&, const Envelope&);
void evolve(State&, const Unarchived&, const Envelope&);
void evolve(State&, const Deleted&, const Envelope&);
void evolve(State&, const Restored&, const Envelope&);
void evolve(State&, const BroughtForward&, const Envelope&);

}  // namespace daybook::events::document
