#include "tests/e2e/things.hpp"

#include <gtest/gtest.h>

namespace daybook::test {

namespace {

constexpr const char* a_time = "2026-01-05T09:00:00Z";
constexpr const char* an_address = "http://127.0.0.1:9/hook";  // which is not public, so that nothing is sent anywhere
constexpr const char* nothing = "01a00000-0000-7000-8000-000000000002";

// To the plan on offer, if there is one, in place of the one before.
std::string subscribed(Caller& owner, const std::string& in, const std::string& plan) {
  if (plan == nothing) return nothing;
  const auto live = owner.get(in + "/subscription");
  if (live.status == 200) { EXPECT_EQ(owner.post(in + "/subscriptions/" + live.id() + "/cancel", object("immediately", true)).status, 200); }
  const auto started = owner.post(in + "/subscriptions", object("plan_id", plan));
  EXPECT_EQ(started.status, 201) << started;
  return started.id();
}

const json::object a_definition{{"kind", "workflow"}, {"nodes", json::array{}}, {"edges", json::array{}}};  // of a workflow and of a blueprint

}  // namespace

Values make_things(Caller& owner, const std::string& workspace) {
  const std::string in = "/workspaces/" + workspace;
  const auto named = [](const std::string& what) {
    return std::string(secret_words) + " " + random_name(what);
  };
  const auto made = [&](const std::string& path, const std::string& body) {
    const auto reply = owner.post(in + path, body);
    EXPECT_EQ(reply.status, 201) << path << ": " << reply;
    return reply.id();
  };
  Values values;
  // First of all, so that there is room for the others.
  const auto plans = owner.get("/plans?plan_type=enterprise").rows();
  values["plan"] = values["plan_id"] = plans.empty() ? nothing : std::string(plans[0].at("id").as_string());
  values["subscription"] = subscribed(owner, in, values["plan"]);
  // By the names of path parameters
  values["workspace"] = workspace;
  values["issue"] = made("/issues", object("title", named("issue")));
  values["label"] = made("/labels", object("name", named("label")));
  values["project"] = made("/projects", object("name", named("project")));
  values["agent"] = made("/agents", object("name", named("agent")));
  values["comment"] = made("/issues/" + values["issue"] + "/comments", object("content", named("comment")));
  values["document"] = made("/projects/" + values["project"] + "/documents", object("title", named("document")));
  values["skill"] = made("/skills", object("name", named("skill"), "description", named("description"), "prompt", named("prompt"),
                                           "category", named("category")));
  values["review"] = made("/skills/" + values["skill"] + "/reviews", object("rating", 4, "comment", named("review")));
  values["template"] = made("/templates", object("name", named("template"), "description", named("description"), "category", named("category"),
                                                 "project_structure", json::object{{"tasks", {{{"title", named("task")}}}}}));
  values["workflow"] = made("/workflows", object("name", named("workflow"), "description", named("description"), "definition", a_definition));
  values["blueprint"] = made("/blueprints", object("name", named("blueprint"), "description", named("description"), "definition", a_definition));
  values["blueprint_review"] = made("/blueprints/" + values["blueprint"] + "/reviews", object("rating", 4, "comment", named("review")));
  const auto other = made("/issues", object("title", named("other")));
  values["dependency"] = made("/issues/" + values["issue"] + "/dependencies", object("depends_on_id", other));
  values["member"] = owner.user_id;
  values["sprint"] = made("/projects/" + values["project"] + "/sprints", object("name", named("sprint")));
  values["time_entry"] = made("/issues/" + values["issue"] + "/time-entries",
                              object("start_time", a_time, "duration_seconds", 60, "description", named("time")));
  values["usage_record"] = made("/usage", object("source", "tests", "source_id", named("used"), "billing_unit", "token", "quantity", 5, "unit_price", 1));
  values["execution"] = made("/issues/" + values["issue"] + "/executions", object("prompt", named("prompt")));
  values["automation"] = made("/automations", object("name", named("automation"), "description", named("description"), "project_id", values["project"],
                                                     "trigger", json::object{{"type", "manual"}}, "actions", json::array()));
  values["webhook"] = made("/webhooks", object("name", named("webhook"), "project_id", values["project"], "url", an_address,
                                               "events", json::array{"issue.*"}));
  values["delivery"] = nothing;
  values["integration"] = made("/integrations", object("type", "slack", "credentials", json::object{{"accessToken", named("token")}}));
  values["api_key"] = made("/api-keys", object("name", named("key"), "permissions", json::array{"issues:read"}));
  values["ai_provider"] = made("/ai-providers", object("provider", random_name("provider"), "api_key", "sk-1", "settings", json::object{{"model", named("model")}}));
  values["commit"] = made("/issues/" + values["issue"] + "/commits", object("sha", "0123456789abcdef"));
  values["tag"] = "urgent";
  values["invitation"] = made("/invitations", object("email", random_name("invited") + "@example.org"));
  values["email"] = random_name("invited") + "@example.org";
  values["token"] = "none-that-was-mailed";
  values["emoji"] = "tada";
  values["member"] = values["user"] = owner.user_id;

  // By the names of fields of bodies
  values["label_id"] = values["label"];
  values["skill_id"] = values["skill"];
  values["assignee_id"] = values["user_id"] = values["member"];
  values["depends_on_id"] = made("/issues", object("title", named("third")));
  values["role"] = "member";
  values["start_time"] = a_time;
  values["sha"] = "fedcba9876543210";
  values["semantic_version"] = "9.0.0";
  values["url"] = an_address;
  values["type"] = "slack";
  values["billing_unit"] = "token";
  values["source"] = "tests";
  values["source_id"] = named("sent");
  values["error"] = "It fell over.";
  values["fencing_token"] = "918273645546372";
  values["provider"] = random_name("provider");
  for (const auto* text : {"title", "name", "content", "description", "prompt", "category"}) values[text] = named(text);
  return values;
}

Values make_ones_own(Caller& person) {
  const auto integration = person.post("/me/integrations", object("type", "slack", "credentials", json::object{{"accessToken", secret_words}}));
  EXPECT_EQ(integration.status, 201) << integration;
  const auto provider = person.post("/me/ai-providers", object("provider", random_name("provider"), "settings", json::object{{"model", secret_words}}));
  EXPECT_EQ(provider.status, 201) << provider;
  return {{"my_integration", integration.id()}, {"my_ai_provider", provider.id()}, {"type", "github"}, {"provider", "ollama"}, {"api_key", "sk-3"}};
}

void offer_plan(DaybookProcess& daybook) {
  auto anybody = newcomer(daybook, "seller");
  if (!anybody.get("/plans?plan_type=enterprise").rows().empty()) return;
  EXPECT_EQ(daybook.run({"admin", "grant", anybody.email, "--allow-unsafe-database"}).exit_code, 0);
  const auto published = anybody.post("/plans", object("name", "Everything", "plan_type", "enterprise", "price_monthly", 100, "price_yearly", 1000));
  EXPECT_EQ(published.status, 201) << published;
  EXPECT_EQ(daybook.run({"admin", "revoke", anybody.email, "--allow-unsafe-database"}).exit_code, 0);
}

std::string told_of_something(Team& team, Caller& person) {
  const auto joined = team.owner.post(team.in("/members"), object("user_id", person.user_id, "role", "member"));
  EXPECT_TRUE(joined.status == 201 || joined.status == 409) << joined;
  const auto assigned = team.owner.post(team.in("/issues/" + team.issue() + "/assign"), object("assignee_id", person.user_id));
  EXPECT_EQ(assigned.status, 200) << assigned;
  Reply told;
  EXPECT_TRUE(wait_until([&] {
    told = person.get("/me/notifications?limit=1");
    return !told.rows().empty();
  }, std::chrono::seconds(60)));
  return told.text("/data/0/id");
}

}  // namespace daybook::test
