#pragma once
// Strong identifiers. An id of one kind never converts to another; the only way in from text is parse().
#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "platform/text/uuid.hpp"

namespace daybook::events {

// A UUID of one kind: `struct IssueId : Id<IssueId> { using Id::Id; };`
template <class Self>
struct Id {
  text::Uuid value{};

  constexpr Id() = default;
  constexpr explicit Id(text::Uuid uuid) : value(uuid) {}

  static std::optional<Self> parse(std::string_view words) {
    const auto uuid = text::Uuid::parse(words);
    if (!uuid) return std::nullopt;
    return Self{*uuid};
  }
  std::string text() const { return value.text(); }
  bool is_nil() const { return value.is_nil(); }

  friend auto operator<=>(const Id&, const Id&) = default;
  friend bool operator==(const Id&, const Id&) = default;
};

// A distinct integer: `struct Position : Number<Position> { using Number::Number; };`
template <class Self>
struct Number {
  std::int64_t value{};

  constexpr Number() = default;
  constexpr explicit Number(std::int64_t n) : value(n) {}
  constexpr Self next() const { return Self{value + 1}; }

  friend auto operator<=>(const Number&, const Number&) = default;
  friend bool operator==(const Number&, const Number&) = default;
};

// Any stream's id, whatever its type: the log knows streams only by this.
struct StreamId : Id<StreamId> { using Id::Id; };
struct EventId : Id<EventId> { using Id::Id; };
struct LogId : Id<LogId> { using Id::Id; };
struct CorrelationId : Id<CorrelationId> { using Id::Id; };

struct UserId : Id<UserId> { using Id::Id; };
struct SessionId : Id<SessionId> { using Id::Id; };
struct WorkspaceId : Id<WorkspaceId> { using Id::Id; };
struct MemberId : Id<MemberId> { using Id::Id; };
struct LabelId : Id<LabelId> { using Id::Id; };
struct ProjectId : Id<ProjectId> { using Id::Id; };
struct IssueId : Id<IssueId> { using Id::Id; };
struct LabelLinkId : Id<LabelLinkId> { using Id::Id; };
struct DependencyId : Id<DependencyId> { using Id::Id; };
struct CommentId : Id<CommentId> { using Id::Id; };
struct AgentId : Id<AgentId> { using Id::Id; };
// What a mail asks its reader to send back.
struct MailedTokenId : Id<MailedTokenId> { using Id::Id; };
struct DocumentId : Id<DocumentId> { using Id::Id; };
struct SkillId : Id<SkillId> { using Id::Id; };
struct SkillReviewId : Id<SkillReviewId> { using Id::Id; };
struct TimeEntryId : Id<TimeEntryId> { using Id::Id; };
struct SprintId : Id<SprintId> { using Id::Id; };
struct WatcherId : Id<WatcherId> { using Id::Id; };
struct CommitId : Id<CommitId> { using Id::Id; };
// A user, an agent or another actor; its kind stands in a field beside it.
struct PrincipalId : Id<PrincipalId> { using Id::Id; };
// A thing of any kind, where its kind stands in a field beside it.
struct EntityId : Id<EntityId> { using Id::Id; };
struct ProjectMemberId : Id<ProjectMemberId> { using Id::Id; };
struct ProjectStarId : Id<ProjectStarId> { using Id::Id; };
struct ReactionId : Id<ReactionId> { using Id::Id; };
struct NotificationId : Id<NotificationId> { using Id::Id; };
struct TemplateId : Id<TemplateId> { using Id::Id; };
struct TemplateRatingId : Id<TemplateRatingId> { using Id::Id; };
struct AutomationId : Id<AutomationId> { using Id::Id; };
struct WebhookId : Id<WebhookId> { using Id::Id; };
struct IntegrationId : Id<IntegrationId> { using Id::Id; };
struct InvitationId : Id<InvitationId> { using Id::Id; };
struct AgentTokenId : Id<AgentTokenId> { using Id::Id; };
struct ExecutionId : Id<ExecutionId> { using Id::Id; };
struct WorkflowId : Id<WorkflowId> { using Id::Id; };
struct BlueprintId : Id<BlueprintId> { using Id::Id; };
struct BlueprintReviewId : Id<BlueprintReviewId> { using Id::Id; };
struct BlueprintPurchaseId : Id<BlueprintPurchaseId> { using Id::Id; };
struct AiProviderId : Id<AiProviderId> { using Id::Id; };
struct ApiKeyId : Id<ApiKeyId> { using Id::Id; };
struct PlanId : Id<PlanId> { using Id::Id; };
struct SubscriptionId : Id<SubscriptionId> { using Id::Id; };
struct UsageRecordId : Id<UsageRecordId> { using Id::Id; };
struct AccessId : Id<AccessId> { using Id::Id; };

// Place of an event in the whole log: 1, 2, 3, … without a gap. 0 is "before the first".
struct Position : Number<Position> { using Number::Number; };
// Place of an event in its stream: 1, 2, 3, … without a gap. 0 is "no such stream yet".
struct StreamVersion : Number<StreamVersion> { using Number::Number; };
// Grows when a log was restored to an older point; positions compare only within one epoch.
struct Epoch : Number<Epoch> { using Number::Number; };

template <class T>
StreamId stream_of(const Id<T>& id) { return StreamId{id.value}; }

}  // namespace daybook::events

template <class T>
  requires std::is_base_of_v<daybook::events::Id<T>, T>
struct std::hash<T> {
  std::size_t operator()(const T& id) const noexcept { return std::hash<daybook::text::Uuid>{}(id.value); }
};
