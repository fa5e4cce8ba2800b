#pragma once
// A comment after its events. Folded alike by decide and by the read models.
#include "events/comment/events.hpp"
#include "events/core/stamp.hpp"

namespace daybook::events::comment {

struct Fields : Stamp {
  CommentId id{};
  WorkspaceId workspace_id{};
  IssueId issue_id{};
  std::optional<CommentId> parent_id;
  ActorType author_type = ActorType::system;
  std::optional<PrincipalId> author_id;
  std::string content;
  ContentType content_type = ContentType::markdown;
  std::vector<UserId> mentions;
  std::optional<text::Instant> edited_at;
  std::optional<text::Instant> deleted_at;
  bool operator==(const Fields&) const = default;
};
BOOST_DESCRIBE_STRUCT(Fields, (Stamp), (id, workspace_id, issue_id, parent_id, author_type, author_id, content, content_type,
                                        mentions, edited_at, deleted_at))

using State = Fields;

void evolve(State&, const Posted&, const Envelope&);
void evolve(State&, const Edited&, const Envelope&);
void evolve(State&, const Deleted&, const Envelope&);
void evolve(State&, const Restored&, const Envelope&);

}  // namespace daybook::events::comment
