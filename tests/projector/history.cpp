#include "tests/projector/history.hpp"

#include "platform/text/base64.hpp"

namespace daybook::projector::test {

using namespace events;

std::string HexOpener::seal(const std::vector<PlainField>& fields, text::Uuid subject) {
  std::vector<SealedField> sealed;
  for (const auto& field : fields)
    sealed.push_back({field.path, subject, 1, "nonce", text::hex_encode(field.text)});
  return to_json(sealed);
}

Personal HexOpener::open(const Envelope&, const SealedField& field) const {
  return Personal(text::hex_decode(field.ciphertext).value());
}

Envelope& History::place(StreamType type, StreamId stream, std::optional<WorkspaceId> workspace,
                         const EncodedEvent& event) {
  Envelope e{};
  e.event_id = id_of<EventId>(0xE00000 + ++count_);
  e.stream_id = stream;
  e.stream_type = type;
  e.stream_version = StreamVersion{++versions_[stream]};
  e.type = event.type;
  e.schema_version = event.schema_version;
  e.workspace_id = workspace;
  e.actor_type = ActorType::user;
  e.actor_id = PrincipalId{actor_.value};
  e.correlation_id = id_of<CorrelationId>(0xC00000 + count_);
  e.occurred_at = *text::parse_instant("2026-03-01T10:00:00.120000Z") + std::chrono::seconds(count_);
  e.data = event.data;
  if (!event.personal.empty()) e.personal = HexOpener::seal(event.personal, stream.value);
  events_.push_back(std::move(e));
  return events_.back();
}

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
  static UserId person(int n) { return id_of<UserId>(n); }
  static WorkspaceId space(int w) { return id_of<WorkspaceId>(0x10000 * w); }
  template <class IdType>
  static IdType in(int w, int kind, int n) {
    return id_of<IdType>(0x10000 * w + 0x1000 * kind + n);
  }

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
    write_documents(w);
    publish_skills(w);
    plan_sprints(w);
    invite(w);
    issue_keys(w);
    run_things(w);
    set_up_records(w);
    publish_templates(w);
    refuse_and_export(w);
    bill(w);
    define_workflows(w);
    publish_blueprints(w);
  }

  void refuse_and_export(int w) {
    access::CommandDenied denied{};
    denied.operation = "deleteProject";
    denied.code = "forbidden";
    denied.count = 3;
    denied.address = Personal("192.0.2.77");
    history_.access(space(w), in<AccessId>(w, 14, 0x790), denied);
    history_.access(space(w), in<AccessId>(w, 14, 0x791), access::Exported{"listAuditEntries", "csv", {}});
    access::SignInRefused refused{};
    refused.operation = "login";
    refused.code = "invalid-credentials";
    refused.address = Personal("192.0.2.78");
    history_.access({}, in<AccessId>(w, 14, 0x792), refused);
    history_.access({}, in<AccessId>(w, 14, 0x793), access::ClockMoved{w * 1'000'000});
  }

  void bill(int w) {
    const auto plan = id_of<PlanId>(0x30770 + w);
    plan::Published published{};
    published.name = "Plan " + std::to_string(w);
    published.price_monthly = Decimal{29'990'000'000};
    published.unit_prices = {{"token", Decimal{2'500'000'000}, 1'000'000}};
    published.features = Json{R"(["sso" , "audit"])"};
    published.limits = Json{R"({"agents": 7})"};
    history_.plan(plan, published);
    history_.plan(plan, plan::Repriced{Decimal{31'000'000'000}, {}, "EUR", {}});
    if (w == 2) history_.plan(plan, plan::Retired{});
    const auto ours = in<SubscriptionId>(w, 12, 0x771);
    const auto begin = *text::parse_instant("2026-03-01T00:00:00Z"), end = *text::parse_instant("2026-04-01T00:00:00Z");
    subscription::Started started{};
    started.plan_id = plan;
    started.current_period_start = started.anchor = begin;
    started.current_period_end = end;
    started.price = published.price_monthly;
    started.currency = "USD";
    history_.subscription(space(w), ours, started);
    history_.subscription(space(w), ours, subscription::UnitMetered{"token"});
    usage_record::Recorded recorded{};
    recorded.source = "gateway";
    recorded.billing_unit = "token";
    recorded.quantity = Decimal{1'000'000'000'000};
    recorded.unit_price = Decimal{2'500'000'000};
    recorded.price_per = 1'000'000;
    recorded.total_cost = Decimal{2'500'000};
    recorded.currency = "USD";
    recorded.subscription_id = ours;
    recorded.period_start = begin;
    recorded.period_end = end;
    for (int n = 1; n <= 3; ++n) {
      recorded.source_id = std::to_string(n);
      history_.usage_record(space(w), in<UsageRecordId>(w, 13, 0x770 + n), recorded);
    }
    history_.usage_record(space(w), in<UsageRecordId>(w, 13, 0x772), usage_record::Adjusted{{}, {}, 1, {}, begin, end});
    subscription::ClosedPeriod closed{begin, end, "USD", {{plan, started.price, begin, end, started.price}}, started.price, {}, {}, started.price};
    history_.subscription(space(w), ours, subscription::Renewed{closed, end, *text::parse_instant("2026-05-01T00:00:00Z"), started.price, "USD"});
    history_.workspace(space(w), workspace::PlanChanged{plan::PlanType::free, plan, ours});
    history_.workspace(space(w), workspace::QuotaChanged{Json{R"({"agents" : -1})"}});
  }

  void plan_sprints(int w) {
    sprint::Planned planned{};
    planned.project_id = in<ProjectId>(w, 3, 1);
    for (int n = 1; n <= 3; ++n) {
      planned.name = "Sprint " + std::to_string(n);
      history_.sprint(space(w), in<SprintId>(w, 14, n), planned);
    }
    history_.sprint(space(w), in<SprintId>(w, 14, 1), sprint::Started{});
    history_.sprint(space(w), in<SprintId>(w, 14, 3), sprint::Deleted{});
  }

  void invite(int w) {
    for (int n = 1; n <= 4; ++n) {
      invitation::Sent sent{};
      sent.email = Personal("invited" + std::to_string(n) + "@example.org");
      sent.token_id = in<MailedTokenId>(w, 12, n);
      sent.token_hash = Personal("hash " + std::to_string(n));
      sent.expires_at = *text::parse_instant("2026-03-08T10:00:00Z");
      history_.invitation(space(w), in<InvitationId>(w, 13, 0x700 + n), sent);
    }
    history_.invitation(space(w), in<InvitationId>(w, 13, 0x700 + 1), invitation::Accepted{person(3), in<MemberId>(w, 1, 3)});
    history_.invitation(space(w), in<InvitationId>(w, 13, 0x700 + 2), invitation::Revoked{});
    history_.invitation(space(w), in<InvitationId>(w, 13, 0x700 + 3), invitation::Expired{});
    history_.invitation(space(w), in<InvitationId>(w, 13, 0x700 + 3),
                        invitation::Resent{in<MailedTokenId>(w, 12, 5), Personal("hash 5"), *text::parse_instant("2026-03-15T10:00:00Z")});
  }

  void issue_keys(int w) {
    for (int n = 1; n <= 4; ++n) {
      api_key::Issued issued{};
      issued.user_id = person(n);
      issued.name = "Key " + std::to_string(n);
      issued.permissions = {"issues:write", "agents:read"};
      issued.key_hash = Personal("digest " + std::to_string(n));
      if (n == 3) issued.expires_at = *text::parse_instant("2026-03-08T10:00:00Z");
      history_.api_key(space(w), in<ApiKeyId>(w, 13, 0x760 + n), issued);
    }
    history_.api_key(space(w), in<ApiKeyId>(w, 13, 0x760 + 1), api_key::Used{*text::parse_instant("2026-03-02T10:00:00Z")});
    history_.api_key(space(w), in<ApiKeyId>(w, 13, 0x760 + 2), api_key::Renamed{"Another"});
    history_.api_key(space(w), in<ApiKeyId>(w, 13, 0x760 + 2), api_key::Revoked{});
    history_.api_key(space(w), in<ApiKeyId>(w, 13, 0x760 + 3), api_key::Expired{});
  }

  // One of each end, of an issue, of a project, of nothing in particular; the last waits.
  void run_things(int w) {
    const auto run = [&](int n) { return in<ExecutionId>(w, 15, 0x740 + n); };
    const auto robin = in<AgentId>(w, 4, 1);
    for (int n = 1; n <= 6; ++n) {
      execution::Requested requested{};
      if (n % 3 == 0) requested.issue_id = in<IssueId>(w, 5, 1);
      if (n % 3 == 1) requested.project_id = in<ProjectId>(w, 3, 1);
      requested.prompt = LongText("Do it\n" + std::to_string(n));
      requested.input_data = execution::Payload{{R"({"n" : 1e3})"}};
      requested.temperature = 0.5;
      requested.ai_provider = "openai";
      history_.execution(space(w), run(n), requested);
      if (n < 6) history_.execution(space(w), run(n), execution::Claimed{robin, n, 60, *text::parse_instant("2026-03-01T12:00:00Z"), {}});
    }
    history_.execution(space(w), run(1), execution::Progressed{50, "halfway", *text::parse_instant("2026-03-01T12:01:00Z")});
    execution::Completed completed{};
    completed.response = LongText("Done.");
    completed.execution_time = Decimal{1'500'000'000};
    completed.usage.input = 10;
    completed.usage.output = 5;
    completed.cost_nano = 12'345;
    completed.currency = "USD";
    history_.execution(space(w), run(1), completed);
    execution::Failed failed{};
    failed.error = "It fell over.";
    failed.currency = "USD";
    history_.execution(space(w), run(2), failed);
    history_.execution(space(w), run(3), execution::Lost{{}, {}, {}, "USD", {}});
    history_.execution(space(w), run(4), execution::Cancelled{"Not needed.", {}, {}, {}, "USD", {}});
    history_.execution(space(w), run(1), execution::UsageCorrected{completed.usage, Decimal{7}, 7, "USD", {}});
    history_.execution(space(w), run(1), execution::FeedbackGiven{"Good.", 5});
  }

  void set_up_records(int w) {
    automation::Defined defined{};
    defined.name = "Greet";
    defined.trigger.text = R"({"type":"manual"})";
    for (int n = 1; n <= 2; ++n) {
      history_.automation(space(w), in<AutomationId>(w, 12, n), defined);
      defined.project_id = in<ProjectId>(w, 3, 1);
    }
    history_.automation(space(w), in<AutomationId>(w, 12, 1), automation::Ran{{}, 2});
    history_.automation(space(w), in<AutomationId>(w, 12, 1), automation::RunFailed{{}, 1, "No such label."});
    history_.automation(space(w), in<AutomationId>(w, 12, 2), automation::Deleted{});
    webhook::Registered registered{};
    registered.name = "Mirror";
    registered.url = "https://example.org/hook";
    registered.events = {"issue.*"};
    registered.headers = webhook::Headers{{"X-Team", "rockets"}};
    registered.secret = Personal("secret-of-" + std::to_string(w));
    for (int n = 1; n <= 2; ++n) history_.webhook(space(w), in<WebhookId>(w, 13, 0x710 + n), registered);
    history_.webhook(space(w), in<WebhookId>(w, 13, 0x710 + 1), webhook::DeliveryFailed{{}, 500, "It is down."});
    history_.webhook(space(w), in<WebhookId>(w, 13, 0x710 + 1), webhook::SecretRotated{Personal("another")});
    history_.webhook(space(w), in<WebhookId>(w, 13, 0x710 + 2), webhook::Deleted{});
    integration::Connected connected{};
    connected.integration_type = "slack";
    connected.credential_names = {"accessToken"};
    connected.credentials = Personal(R"({"accessToken":"xoxb"})");
    for (int n = 1; n <= 2; ++n) history_.integration(space(w), in<IntegrationId>(w, 14, 0x710 + n), connected);
    history_.integration(space(w), in<IntegrationId>(w, 14, 0x710 + 1), integration::Reconfigured{Json{R"({"channel": "#a"})"}});
    history_.integration(space(w), in<IntegrationId>(w, 14, 0x710 + 2), integration::Removed{});
    keep_ai_providers(w);
  }

  void keep_ai_providers(int w) {
    ai_provider::Added added{};
    added.endpoint = "https://example.org/v1";
    added.settings = Json{R"({"model" : "small"})"};
    added.monthly_budget = Decimal{250'500'000'000};
    added.has_api_key = true;
    added.api_key = Personal("sk-of-" + std::to_string(w));
    const auto config = [&](int n) { return in<AiProviderId>(w, 14, 0x720 + n); };
    for (int n = 1; n <= 2; ++n) {
      added.provider = n == 1 ? "openai" : "local";
      history_.ai_provider(space(w), config(n), added);
    }
    ai_provider::ModelPrice price{};
    price.model = "small";
    price.effective_from = *text::parse_instant("2026-02-01T00:00:00Z");
    price.currency = "USD";
    price.input = Decimal{150'000'000};
    history_.ai_provider(space(w), config(1), ai_provider::PricesSet{{price}});
    history_.ai_provider(space(w), config(1), ai_provider::CredentialsReplaced{true, Personal("another")});
    history_.ai_provider(space(w), config(1), ai_provider::BudgetSet{});
    history_.ai_provider(space(w), config(2), ai_provider::Tested{false, "Nobody answers."});
    history_.ai_provider(space(w), config(2), ai_provider::Removed{});
  }

  void write_documents(int w) {
    document::Drafted drafted{};
    drafted.project_id = in<ProjectId>(w, 3, 1);
    drafted.title = "Plan";
    drafted.slug = "plan";
    drafted.content.text = "We go\nto the moon.";
    drafted.metadata = Json{R"({"reviewers" : []})"};
    for (int n = 1; n <= 2; ++n) {
      history_.document(space(w), in<DocumentId>(w, 9, n), drafted);
      drafted.slug += "-2";
    }
    const auto plan = in<DocumentId>(w, 9, 1);
    history_.document(space(w), plan, document::Revised{"The plan", "plan", {"We went."}, document::Type::prd, {}, "past tense"});
    history_.document(space(w), plan, document::Published{});
    history_.document(space(w), in<DocumentId>(w, 9, 2), document::Deleted{});
  }

  void publish_skills(int w) {
    skill::Published published{};
    published.name = "Lint";
    published.prompt.text = "Look\nclosely.";
    published.category = "code";
    published.tags = {"a", "b"};
    for (int n = 1; n <= 2; ++n) history_.skill(space(w), in<SkillId>(w, 10, n), published);
    const auto lint = in<SkillId>(w, 10, 1);
    const auto review = in<SkillReviewId>(w, 11, 1);
    history_.skill(space(w), lint, skill::Used{1});
    history_.skill(space(w), lint, skill::Reviewed{review, person(1), 5, {}});
    history_.skill(space(w), lint, skill::Reviewed{in<SkillReviewId>(w, 11, 2), person(2), 2, "slow"});
    history_.skill(space(w), lint, skill::ReviewWithdrawn{review});
    history_.skill(space(w), lint, skill::Listed{});
    history_.skill(space(w), in<SkillId>(w, 10, 2), skill::Withdrawn{});
  }

  void publish_templates(int w) {
    template_::Published published{};
    published.name = "Launch";
    published.category = "space";
    published.tags = {"rocket"};
    published.project_structure.tasks = {{"Build", "by hand", issue::Priority::high, 90, {in<SkillId>(w, 10, 1)}, 1, {}}, {"Fly", {}, {}, {}, {}, 2, 1}};
    published.project_structure.automations = {{"Tell", Json{R"({"type" : "task_created"})"}, Json{"[ ]"}}};
    for (int n = 1; n <= 2; ++n) history_.template_(space(w), in<TemplateId>(w, 12, 0x700 + n), published);
    const auto launch = in<TemplateId>(w, 12, 0x701);
    history_.template_(space(w), launch, template_::Rated{in<TemplateRatingId>(w, 13, 1), person(1), 2});
    history_.template_(space(w), launch, template_::Rated{in<TemplateRatingId>(w, 13, 1), person(1), 4});
    history_.template_(space(w), launch, template_::Applied{2, published.project_structure.automations});
    history_.template_(space(w), in<TemplateId>(w, 12, 0x702), template_::Withdrawn{});
  }

  void define_workflows(int w) {
    workflow::Defined defined{};
    defined.name = "Ship";
    defined.definition.text = R"({"nodes" : [{"id": "build"}], "edges": []})";
    for (int n = 1; n <= 2; ++n) history_.workflow(space(w), in<WorkflowId>(w, 12, 0x780 + n), defined);
    workflow::Revised revised{};
    revised.name = "Ship it";
    revised.definition.text = R"({"nodes":[]})";
    revised.changelog = "less";
    history_.workflow(space(w), in<WorkflowId>(w, 12, 0x781), revised);
    history_.workflow(space(w), in<WorkflowId>(w, 12, 0x782), workflow::Deleted{});
  }

  void publish_blueprints(int w) {
    blueprint::Published published{};
    published.name = "Reviewer";
    published.semantic_version = "1.0.0";
    published.definition.text = R"({"kind" : "agent", "instructions": "Look closely."})";
    published.currency = "EUR";
    for (int n = 1; n <= 2; ++n) history_.blueprint(space(w), in<BlueprintId>(w, 13, 0x780 + n), published);
    const auto reviewer = in<BlueprintId>(w, 13, 0x781);
    blueprint::Versioned versioned{};
    versioned.semantic_version = "1.1.0";
    versioned.definition.text = R"({"kind":"agent"})";
    history_.blueprint(space(w), reviewer, versioned);
    history_.blueprint(space(w), reviewer, blueprint::Priced{blueprint::PricingModel::one_time, Decimal{9'990'000'000}, "EUR"});
    history_.blueprint(space(w), reviewer, blueprint::Listed{});
    history_.blueprint(space(w), reviewer, blueprint::Purchased{in<BlueprintPurchaseId>(w, 12, 0x785), space(3 - w), "Reviewer", "1.1.0",
                                                                blueprint::PricingModel::one_time, Decimal{9'990'000'000}, "EUR", {}});
    history_.blueprint(space(w), reviewer, blueprint::Downloaded{"1.1.0"});
    history_.blueprint(space(w), reviewer, blueprint::Installed{in<EntityId>(w, 4, 9), "1.1.0"});
    const auto review = in<BlueprintReviewId>(w, 12, 0x787);
    history_.blueprint(space(w), reviewer, blueprint::Reviewed{review, person(1), 5, {}});
    history_.blueprint(space(w), reviewer, blueprint::ReviewChanged{review, 2, "no more"});
    history_.blueprint(space(w), in<BlueprintId>(w, 13, 0x782), blueprint::Withdrawn{});
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

History busy_history(int issues) { return Busy(issues).run(); }

}  // namespace daybook::projector::test
