#include "tests/projector/busy_history.hpp"

namespace daybook::projector::test {
namespace busy {
namespace {

class Busy {
 public:
  explicit Busy(int issues) : issues_(issues) {}

  History run() {
    for (int n = 1; n <= 3; ++n) register_user(n);
    for (int w = 1; w <= 2; ++w) {
      set_up(w);
      for (int n = 1; n <= issues_; ++n) work_on(w, n);
      tidy_up(w);
    }
    return std::move(history_);
  }

 private:
  void register_user(int n) {
    user::Registered registered{};
    registered.email = Personal("person" + std::to_string(n) + "@example.org");
    registered.username = Personal("person" + std::to_string(n));
    registered.full_name = Personal("Person Nº" + std::to_string(n));
    registered.home_workspace_id = space(1);
    history_.act_as(person(n));
    history_.user(person(n), registered);
    user::SessionStarted session{};
    session.session_id = id_of<SessionId>(0x900 + n);
    session.refresh_token_hash = Personal("token-of-" + std::to_string(n));
    session.address = Personal("192.0.2." + std::to_string(n));
    history_.user(person(n), session);
    connect_for_oneself(n);
  }

  void connect_for_oneself(int n) {
    const auto own = id_of<IntegrationId>(0x720 + n);
    user::IntegrationConnected connected{};
    connected.integration_id = own;
    connected.integration_type = "github";
    connected.credential_names = {"accessToken"};
    connected.credentials = Personal(R"({"accessToken":"gho"})");
    history_.user(person(n), connected);
    history_.user(person(n), user::IntegrationSynced{own, *text::parse_instant("2026-02-01T08:00:00Z")});
    if (n == 2) history_.user(person(n), user::IntegrationRemoved{own});
    const auto model = id_of<AiProviderId>(0x720 + n);
    user::AiProviderAdded added{};
    added.ai_provider_id = model;
    added.provider = "ollama";
    history_.user(person(n), added);
    history_.user(person(n), user::AiProviderTested{model, false, "Nobody answers."});
    if (n == 2) history_.user(person(n), user::AiProviderRemoved{model});
  }

  void set_up(int w) {
    history_.act_as(person(1));
    workspace::Created created{};
    created.name = "Space \"" + std::to_string(w) + "\"";
    created.slug = "space-" + std::to_string(w);
    created.settings = Json{R"({"theme": "dark", "n": [1, 2.50]})"};
    created.owner_id = person(1);
    history_.workspace(space(w), created);
    for (int n = 1; n <= 3; ++n)
      history_.workspace(
          space(w), workspace::MemberJoined{in<MemberId>(w, 1, n), person(n), workspace::MemberRole::member});
    history_.workspace(space(w), workspace::MemberRoleChanged{in<MemberId>(w, 1, 2), person(2),
                                                              workspace::MemberRole::admin});
    for (int n = 1; n <= 3; ++n)
      history_.workspace(space(w), workspace::LabelDefined{
                                       in<LabelId>(w, 2, n), "label " + std::to_string(n), "#00ff00", {}});
    for (int n = 1; n <= 2; ++n) {
      project::Created project{};
      project.key = "P" + std::to_string(n);
      project.name = "Project " + std::to_string(n);
      project.owner_id = person(n);
      history_.project(space(w), in<ProjectId>(w, 3, n), project);
    }
    project::Scheduled scheduled{};
    scheduled.end_date = text::Date{2027, 3, 31};
    scheduled.estimated_hours = 0.1;
    history_.project(space(w), in<ProjectId>(w, 3, 1), scheduled);
    history_.project(space(w), in<ProjectId>(w, 3, 1), project::MemberAdded{in<ProjectMemberId>(w, 9, 1), person(3), project::MemberRole::member});
    history_.project(space(w), in<ProjectId>(w, 3, 2), project::MemberAdded{in<ProjectMemberId>(w, 9, 2), person(1), project::MemberRole::admin});
    history_.project(space(w), in<ProjectId>(w, 3, 2), project::MemberAdded{in<ProjectMemberId>(w, 9, 3), person(2), project::MemberRole::member});
    history_.project(space(w), in<ProjectId>(w, 3, 2), project::MemberRemoved{in<ProjectMemberId>(w, 9, 3), person(2)});
    history_.project(space(w), in<ProjectId>(w, 3, 1), project::Starred{in<ProjectStarId>(w, 10, 1), person(1)});
    history_.project(space(w), in<ProjectId>(w, 3, 2), project::Starred{in<ProjectStarId>(w, 10, 2), person(1)});
    history_.project(space(w), in<ProjectId>(w, 3, 2), project::Unstarred{in<ProjectStarId>(w, 10, 2), person(1)});
    agent::Registered agent{};
    agent.name = "Robin";
    agent.config = Json{R"({"a":null})"};
    history_.agent(space(w), in<AgentId>(w, 4, 1), agent);
    history_.agent(space(w), in<AgentId>(w, 4, 1), agent::StatusChanged{agent::Status::working});
    history_.agent(space(w), in<AgentId>(w, 4, 1), agent::TokenIssued{in<AgentTokenId>(w, 15, 0x760 + 1), "digest"});
    write_documents(history_, w);
    publish_skills(history_, w);
    plan_sprints(history_, w);
    invite(history_, w);
    issue_keys(history_, w);
    run_things(history_, w);
    set_up_records(history_, w);
    publish_templates(history_, w);
    refuse_and_export(history_, w);
    bill(history_, w);
    define_workflows(history_, w);
    publish_blueprints(history_, w);
  }

  void work_on(int w, int n) {
    history_.act_as(person(n % 3 + 1));
    const auto ws = space(w);
    const auto id = in<IssueId>(w, 5, n);
    issue::Opened opened{};
    opened.number = n;
    opened.identifier = "ISSUE-" + std::to_string(n);
    opened.title = "Work nº " + std::to_string(n) + " \\ \"quoted\"";
    opened.position = n * 1000;
    if (n % 2 == 0) opened.project_id = in<ProjectId>(w, 3, 1);
    if (n % 3 == 0) opened.description = "Line one\nline two\t" + std::to_string(n);
    if (n % 2 == 0 && n % 3 == 0) opened.sprint_id = in<SprintId>(w, 14, 1);
    if (n % 5 < 3) opened.story_points = n % 5;
    if (n % 4 == 0) opened.due_at = *text::parse_instant("2027-01-01T00:00:00Z") + std::chrono::hours(n);
    if (n % 5 == 0) opened.custom_fields = Json{R"({"k" : ["v", 1e3]})"};
    history_.issue(ws, id, opened);
    history_.issue(ws, id, issue::StatusChanged{n % 2 ? issue::Status::in_progress : issue::Status::done});
    history_.issue(ws, id, issue::LabelAttached{in<LabelLinkId>(w, 6, n), in<LabelId>(w, 2, n % 3 + 1)});
    if (n > 1)
      history_.issue(ws, id,
                     issue::DependencyAdded{in<DependencyId>(w, 7, n), in<IssueId>(w, 5, n - 1),
                                            issue::DependencyType::blocks});
    comment::Posted posted{};
    posted.issue_id = id;
    posted.content = "Comment on " + std::to_string(n);
    posted.mentions = {person(1), person(2)};
    history_.comment(ws, in<CommentId>(w, 8, n), posted);
    react_and_tell(w, n);
    time_entry::Logged logged{};
    logged.issue_id = id;
    logged.user_id = person(n % 3 + 1);
    logged.start_time = *text::parse_instant("2026-02-01T08:00:00Z") + std::chrono::hours(n);
    logged.end_time = logged.start_time + std::chrono::seconds(600 * n);
    logged.duration_seconds = 600 * n;
    logged.hourly_rate = Decimal{85'123'456'789};
    logged.currency = "EUR";
    history_.time_entry(ws, in<TimeEntryId>(w, 13, n), logged);
    if (n % 3 == 1) history_.time_entry(ws, in<TimeEntryId>(w, 13, n), time_entry::Removed{});
    const auto suggestion = in<SuggestedSkillId>(w, 14, n);
    const auto lint = in<SkillId>(w, 10, 1);
    history_.issue(ws, id, issue::SkillSuggested{suggestion, lint, 0.5});
    if (n % 3 == 0) history_.issue(ws, id, issue::SkillWithdrawn{suggestion, lint});
    if (n % 4 == 1)
      history_.issue(ws, id, issue::LabelDetached{in<LabelLinkId>(w, 6, n), in<LabelId>(w, 2, n % 3 + 1)});
    if (n % 4 == 2) history_.issue(ws, id, issue::Moved{in<ProjectId>(w, 3, 2)});
    if (n % 5 == 3) history_.comment(ws, in<CommentId>(w, 8, n), comment::Deleted{});
    if (n % 7 == 6) history_.issue(ws, id, issue::Deleted{});
  }

  // Two react, one of them takes it back; the first person is told, reads and dismisses some of it.
  void react_and_tell(int w, int n) {
    const auto comment = in<CommentId>(w, 8, n);
    const auto first = in<ReactionId>(w, 12, 2 * n), second = in<ReactionId>(w, 12, 2 * n + 1);
    history_.comment(space(w), comment, comment::Reacted{first, person(1), "🎉"});
    history_.comment(space(w), comment, comment::Reacted{second, person(2), "🎉"});
    if (n % 2 == 0) history_.comment(space(w), comment, comment::ReactionWithdrawn{first, person(1), "🎉"});
    user::NotificationRaised raised{};
    raised.notification_id = in<NotificationId>(w, 13, n);
    raised.workspace_id = space(w);
    raised.notification_type = user::NotificationType::mentioned;
    raised.title = "You are mentioned on ISSUE-" + std::to_string(n);
    raised.related_issue_id = in<IssueId>(w, 5, n);
    raised.related_comment_id = comment;
    history_.user(person(1), raised);
    if (n % 3 == 0) history_.user(person(1), user::NotificationRead{raised.notification_id});
    if (n % 3 == 1) history_.user(person(1), user::NotificationDismissed{raised.notification_id});
    if (n % 6 == 1) history_.user(person(1), user::NotificationRestored{raised.notification_id});
    if (n % 7 == 0) history_.user(person(1), user::NotificationsRead{});
  }

  void tidy_up(int w) {
    history_.act_as(person(1));
    history_.sprint(space(w), in<SprintId>(w, 14, 1), sprint::Completed{in<SprintId>(w, 14, 2), 0});
    history_.workspace(space(w), workspace::MemberLeft{in<MemberId>(w, 1, 3), person(3)});
    history_.workspace(space(w), workspace::LabelDeleted{in<LabelId>(w, 2, 3)});
    history_.project(space(w), in<ProjectId>(w, 3, 1), project::Archived{});
    if (issues_ > 1)
      history_.issue(space(w), in<IssueId>(w, 5, 2),
                     issue::DependencyRemoved{in<DependencyId>(w, 7, 2), in<IssueId>(w, 5, 1),
                                              issue::DependencyType::blocks});
  }

  int issues_;
  History history_{id_of<UserId>(1)};
};

}  // namespace
}  // namespace busy

History busy_history(int issues) { return busy::Busy(issues).run(); }

}  // namespace daybook::projector::test
