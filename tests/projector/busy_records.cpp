#include "tests/projector/busy_history.hpp"

namespace daybook::projector::test::busy {
namespace {

void keep_ai_providers(History& history, int w) {
  ai_provider::Added added{};
  added.endpoint = "https://example.org/v1";
  added.settings = Json{R"({"model" : "small"})"};
  added.monthly_budget = Decimal{250'500'000'000};
  added.has_api_key = true;
  added.api_key = Personal("sk-of-" + std::to_string(w));
  const auto config = [&](int n) { return in<AiProviderId>(w, 14, 0x720 + n); };
  for (int n = 1; n <= 2; ++n) {
    added.provider = n == 1 ? "openai" : "local";
    history.ai_provider(space(w), config(n), added);
  }
  ai_provider::ModelPrice price{};
  price.model = "small";
  price.effective_from = *text::parse_instant("2026-02-01T00:00:00Z");
  price.currency = "USD";
  price.input = Decimal{150'000'000};
  history.ai_provider(space(w), config(1), ai_provider::PricesSet{{price}});
  history.ai_provider(space(w), config(1), ai_provider::CredentialsReplaced{true, Personal("another")});
  history.ai_provider(space(w), config(1), ai_provider::BudgetSet{});
  history.ai_provider(space(w), config(2), ai_provider::Tested{false, "Nobody answers."});
  history.ai_provider(space(w), config(2), ai_provider::Removed{});
}

}  // namespace

void refuse_and_export(History& history, int w) {
  access::CommandDenied denied{};
  denied.operation = "deleteProject";
  denied.code = "forbidden";
  denied.count = 3;
  denied.address = Personal("192.0.2.77");
  history.access(space(w), in<AccessId>(w, 14, 0x790), denied);
  history.access(space(w), in<AccessId>(w, 14, 0x791), access::Exported{"listAuditEntries", "csv", {}});
  access::SignInRefused refused{};
  refused.operation = "login";
  refused.code = "invalid-credentials";
  refused.address = Personal("192.0.2.78");
  history.access({}, in<AccessId>(w, 14, 0x792), refused);
  history.access({}, in<AccessId>(w, 14, 0x793), access::ClockMoved{w * 1'000'000});
}

void bill(History& history, int w) {
  const auto plan = id_of<PlanId>(0x30770 + w);
  plan::Published published{};
  published.name = "Plan " + std::to_string(w);
  published.price_monthly = Decimal{29'990'000'000};
  published.unit_prices = {{"token", Decimal{2'500'000'000}, 1'000'000}};
  published.features = Json{R"(["sso" , "audit"])"};
  published.limits = Json{R"({"agents": 7})"};
  history.plan(plan, published);
  history.plan(plan, plan::Repriced{Decimal{31'000'000'000}, {}, "EUR", {}});
  if (w == 2) history.plan(plan, plan::Retired{});
  const auto ours = in<SubscriptionId>(w, 12, 0x771);
  const auto begin = *text::parse_instant("2026-03-01T00:00:00Z"), end = *text::parse_instant("2026-04-01T00:00:00Z");
  subscription::Started started{};
  started.plan_id = plan;
  started.current_period_start = started.anchor = begin;
  started.current_period_end = end;
  started.price = published.price_monthly;
  started.currency = "USD";
  history.subscription(space(w), ours, started);
  history.subscription(space(w), ours, subscription::UnitMetered{"token"});
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
    history.usage_record(space(w), in<UsageRecordId>(w, 13, 0x770 + n), recorded);
  }
  history.usage_record(space(w), in<UsageRecordId>(w, 13, 0x772), usage_record::Adjusted{{}, {}, 1, {}, begin, end});
  subscription::ClosedPeriod closed{begin, end, "USD", {{plan, started.price, begin, end, started.price}}, started.price, {}, {}, started.price};
  history.subscription(space(w), ours, subscription::Renewed{closed, end, *text::parse_instant("2026-05-01T00:00:00Z"), started.price, "USD"});
  history.workspace(space(w), workspace::PlanChanged{plan::PlanType::free, plan, ours});
  history.workspace(space(w), workspace::QuotaChanged{Json{R"({"agents" : -1})"}});
}

void plan_sprints(History& history, int w) {
  sprint::Planned planned{};
  planned.project_id = in<ProjectId>(w, 3, 1);
  for (int n = 1; n <= 3; ++n) {
    planned.name = "Sprint " + std::to_string(n);
    history.sprint(space(w), in<SprintId>(w, 14, n), planned);
  }
  history.sprint(space(w), in<SprintId>(w, 14, 1), sprint::Started{});
  history.sprint(space(w), in<SprintId>(w, 14, 3), sprint::Deleted{});
}

void invite(History& history, int w) {
  for (int n = 1; n <= 4; ++n) {
    invitation::Sent sent{};
    sent.email = Personal("invited" + std::to_string(n) + "@example.org");
    sent.token_id = in<MailedTokenId>(w, 12, n);
    sent.token_hash = Personal("hash " + std::to_string(n));
    sent.expires_at = *text::parse_instant("2026-03-08T10:00:00Z");
    history.invitation(space(w), in<InvitationId>(w, 13, 0x700 + n), sent);
  }
  history.invitation(space(w), in<InvitationId>(w, 13, 0x700 + 1), invitation::Accepted{person(3), in<MemberId>(w, 1, 3)});
  history.invitation(space(w), in<InvitationId>(w, 13, 0x700 + 2), invitation::Revoked{});
  history.invitation(space(w), in<InvitationId>(w, 13, 0x700 + 3), invitation::Expired{});
  history.invitation(space(w), in<InvitationId>(w, 13, 0x700 + 3),
                      invitation::Resent{in<MailedTokenId>(w, 12, 5), Personal("hash 5"), *text::parse_instant("2026-03-15T10:00:00Z")});
}

void issue_keys(History& history, int w) {
  for (int n = 1; n <= 4; ++n) {
    api_key::Issued issued{};
    issued.user_id = person(n);
    issued.name = "Key " + std::to_string(n);
    issued.permissions = {"issues:write", "agents:read"};
    issued.key_hash = Personal("digest " + std::to_string(n));
    if (n == 3) issued.expires_at = *text::parse_instant("2026-03-08T10:00:00Z");
    history.api_key(space(w), in<ApiKeyId>(w, 13, 0x760 + n), issued);
  }
  history.api_key(space(w), in<ApiKeyId>(w, 13, 0x760 + 1), api_key::Used{*text::parse_instant("2026-03-02T10:00:00Z")});
  history.api_key(space(w), in<ApiKeyId>(w, 13, 0x760 + 2), api_key::Renamed{"Another"});
  history.api_key(space(w), in<ApiKeyId>(w, 13, 0x760 + 2), api_key::Revoked{});
  history.api_key(space(w), in<ApiKeyId>(w, 13, 0x760 + 3), api_key::Expired{});
}

// One of each end, of an issue, of a project, of nothing in particular; the last waits.
void run_things(History& history, int w) {
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
    history.execution(space(w), run(n), requested);
    if (n < 6) history.execution(space(w), run(n), execution::Claimed{robin, n, 60, *text::parse_instant("2026-03-01T12:00:00Z"), {}});
  }
  history.execution(space(w), run(1), execution::Progressed{50, "halfway", *text::parse_instant("2026-03-01T12:01:00Z")});
  execution::Completed completed{};
  completed.response = LongText("Done.");
  completed.execution_time = Decimal{1'500'000'000};
  completed.usage.input = 10;
  completed.usage.output = 5;
  completed.cost_nano = 12'345;
  completed.currency = "USD";
  history.execution(space(w), run(1), completed);
  execution::Failed failed{};
  failed.error = "It fell over.";
  failed.currency = "USD";
  history.execution(space(w), run(2), failed);
  history.execution(space(w), run(3), execution::Lost{{}, {}, {}, "USD", {}});
  history.execution(space(w), run(4), execution::Cancelled{"Not needed.", {}, {}, {}, "USD", {}});
  history.execution(space(w), run(1), execution::UsageCorrected{completed.usage, Decimal{7}, 7, "USD", {}});
  history.execution(space(w), run(1), execution::FeedbackGiven{"Good.", 5});
}

void set_up_records(History& history, int w) {
  automation::Defined defined{};
  defined.name = "Greet";
  defined.trigger.text = R"({"type":"manual"})";
  for (int n = 1; n <= 2; ++n) {
    history.automation(space(w), in<AutomationId>(w, 12, n), defined);
    defined.project_id = in<ProjectId>(w, 3, 1);
  }
  history.automation(space(w), in<AutomationId>(w, 12, 1), automation::Ran{{}, 2});
  history.automation(space(w), in<AutomationId>(w, 12, 1), automation::RunFailed{{}, 1, "No such label."});
  history.automation(space(w), in<AutomationId>(w, 12, 2), automation::Deleted{});
  webhook::Registered registered{};
  registered.name = "Mirror";
  registered.url = "https://example.org/hook";
  registered.events = {"issue.*"};
  registered.headers = webhook::Headers{{"X-Team", "rockets"}};
  registered.secret = Personal("secret-of-" + std::to_string(w));
  for (int n = 1; n <= 2; ++n) history.webhook(space(w), in<WebhookId>(w, 13, 0x710 + n), registered);
  history.webhook(space(w), in<WebhookId>(w, 13, 0x710 + 1), webhook::DeliveryFailed{{}, 500, "It is down."});
  history.webhook(space(w), in<WebhookId>(w, 13, 0x710 + 1), webhook::SecretRotated{Personal("another")});
  history.webhook(space(w), in<WebhookId>(w, 13, 0x710 + 2), webhook::Deleted{});
  integration::Connected connected{};
  connected.integration_type = "slack";
  connected.credential_names = {"accessToken"};
  connected.credentials = Personal(R"({"accessToken":"xoxb"})");
  for (int n = 1; n <= 2; ++n) history.integration(space(w), in<IntegrationId>(w, 14, 0x710 + n), connected);
  history.integration(space(w), in<IntegrationId>(w, 14, 0x710 + 1), integration::Reconfigured{Json{R"({"channel": "#a"})"}});
  history.integration(space(w), in<IntegrationId>(w, 14, 0x710 + 2), integration::Removed{});
  keep_ai_providers(history, w);
}

void write_documents(History& history, int w) {
  document::Drafted drafted{};
  drafted.project_id = in<ProjectId>(w, 3, 1);
  drafted.title = "Plan";
  drafted.slug = "plan";
  drafted.content.text = "We go\nto the moon.";
  drafted.metadata = Json{R"({"reviewers" : []})"};
  for (int n = 1; n <= 2; ++n) {
    history.document(space(w), in<DocumentId>(w, 9, n), drafted);
    drafted.slug += "-2";
  }
  const auto plan = in<DocumentId>(w, 9, 1);
  history.document(space(w), plan, document::Revised{"The plan", "plan", {"We went."}, document::Type::prd, {}, "past tense"});
  history.document(space(w), plan, document::Published{});
  history.document(space(w), in<DocumentId>(w, 9, 2), document::Deleted{});
}

void publish_skills(History& history, int w) {
  skill::Published published{};
  published.name = "Lint";
  published.prompt.text = "Look\nclosely.";
  published.category = "code";
  published.tags = {"a", "b"};
  for (int n = 1; n <= 2; ++n) history.skill(space(w), in<SkillId>(w, 10, n), published);
  const auto lint = in<SkillId>(w, 10, 1);
  const auto review = in<SkillReviewId>(w, 11, 1);
  history.skill(space(w), lint, skill::Used{1});
  history.skill(space(w), lint, skill::Reviewed{review, person(1), 5, {}});
  history.skill(space(w), lint, skill::Reviewed{in<SkillReviewId>(w, 11, 2), person(2), 2, "slow"});
  history.skill(space(w), lint, skill::ReviewWithdrawn{review});
  history.skill(space(w), lint, skill::Listed{});
  history.skill(space(w), in<SkillId>(w, 10, 2), skill::Withdrawn{});
}

void publish_templates(History& history, int w) {
  template_::Published published{};
  published.name = "Launch";
  published.category = "space";
  published.tags = {"rocket"};
  published.project_structure.tasks = {{"Build", "by hand", issue::Priority::high, 90, {in<SkillId>(w, 10, 1)}, 1, {}}, {"Fly", {}, {}, {}, {}, 2, 1}};
  published.project_structure.automations = {{"Tell", Json{R"({"type" : "task_created"})"}, Json{"[ ]"}}};
  for (int n = 1; n <= 2; ++n) history.template_(space(w), in<TemplateId>(w, 12, 0x700 + n), published);
  const auto launch = in<TemplateId>(w, 12, 0x701);
  history.template_(space(w), launch, template_::Rated{in<TemplateRatingId>(w, 13, 1), person(1), 2});
  history.template_(space(w), launch, template_::Rated{in<TemplateRatingId>(w, 13, 1), person(1), 4});
  history.template_(space(w), launch, template_::Applied{2, published.project_structure.automations});
  history.template_(space(w), in<TemplateId>(w, 12, 0x702), template_::Withdrawn{});
}

void define_workflows(History& history, int w) {
  workflow::Defined defined{};
  defined.name = "Ship";
  defined.definition.text = R"({"nodes" : [{"id": "build"}], "edges": []})";
  for (int n = 1; n <= 2; ++n) history.workflow(space(w), in<WorkflowId>(w, 12, 0x780 + n), defined);
  workflow::Revised revised{};
  revised.name = "Ship it";
  revised.definition.text = R"({"nodes":[]})";
  revised.changelog = "less";
  history.workflow(space(w), in<WorkflowId>(w, 12, 0x781), revised);
  history.workflow(space(w), in<WorkflowId>(w, 12, 0x782), workflow::Deleted{});
}

void publish_blueprints(History& history, int w) {
  blueprint::Published published{};
  published.name = "Reviewer";
  published.semantic_version = "1.0.0";
  published.definition.text = R"({"kind" : "agent", "instructions": "Look closely."})";
  published.currency = "EUR";
  for (int n = 1; n <= 2; ++n) history.blueprint(space(w), in<BlueprintId>(w, 13, 0x780 + n), published);
  const auto reviewer = in<BlueprintId>(w, 13, 0x781);
  blueprint::Versioned versioned{};
  versioned.semantic_version = "1.1.0";
  versioned.definition.text = R"({"kind":"agent"})";
  history.blueprint(space(w), reviewer, versioned);
  history.blueprint(space(w), reviewer, blueprint::Priced{blueprint::PricingModel::one_time, Decimal{9'990'000'000}, "EUR"});
  history.blueprint(space(w), reviewer, blueprint::Listed{});
  history.blueprint(space(w), reviewer, blueprint::Purchased{in<BlueprintPurchaseId>(w, 12, 0x785), space(3 - w), "Reviewer", "1.1.0",
                                                              blueprint::PricingModel::one_time, Decimal{9'990'000'000}, "EUR", {}});
  history.blueprint(space(w), reviewer, blueprint::Downloaded{"1.1.0"});
  history.blueprint(space(w), reviewer, blueprint::Installed{in<EntityId>(w, 4, 9), "1.1.0"});
  const auto review = in<BlueprintReviewId>(w, 12, 0x787);
  history.blueprint(space(w), reviewer, blueprint::Reviewed{review, person(1), 5, {}});
  history.blueprint(space(w), reviewer, blueprint::ReviewChanged{review, 2, "no more"});
  history.blueprint(space(w), in<BlueprintId>(w, 13, 0x782), blueprint::Withdrawn{});
}

}  // namespace daybook::projector::test::busy
