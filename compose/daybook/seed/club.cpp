// How the club begins: its workspace, its first people and agents, what it connects to, and how it pays.
#include "compose/daybook/seed/scene.hpp"
#include "compose/daybook/seed/words.hpp"
#include "platform/crypto/hash.hpp"
#include "platform/text/base64.hpp"
#include "platform/text/bytes.hpp"

namespace daybook::seed {
namespace {

constexpr std::string_view not_a_key = "not-a-key-but-demo-data";
constexpr std::size_t last_admin = 1;  // of the people of a team; the last one of them only looks

std::string_view role_of(std::size_t place) { return place <= last_admin ? "admin" : place + 1 == people_of_a_team ? "viewer" : "member"; }

void introduce(Scene& scene, const Person& person, text::Instant at) {
  scene.say_in({}, as(person), "user.register", person.id, at,
               {{"email", person.email}, {"full_name", person.name}, {"timezone", words::timezone(person.number)}, {"locale", "en"}});
}

void take_in(Scene& scene, const Person& person, std::size_t place, text::Instant at) {
  scene.say(as(scene.founder), "member.add", {}, at,
            {{"id", scene.text_id("member " + person.email)}, {"user_id", person.id.text()}, {"role", role_of(place)}});
}

void engage_agents(Scene& scene, std::int64_t team, text::Instant at) {
  for (std::size_t i = 0; i < agents_of_a_team; ++i) {
    const auto number = static_cast<std::size_t>(team) * agents_of_a_team + i;
    scene.agents.push_back(scene.id("agent " + std::to_string(number)));
    scene.say(as(scene.founder), "agent.register", scene.agents.back(), at,
              {{"name", words::agent_name(number)},
               {"description", words::agent_task(i)},
               {"instructions", "Keep answers short, and say what you do not know."},
               {"model", i % 2 == 0 ? large_model : small_model},
               {"max_concurrent_tasks", 20}});
  }
}

json::object price(std::string_view model, int input, int output, text::Instant since) {
  return {{"model", model},  {"effective_from", text::format_instant(since)}, {"currency", "EUR"}, {"input", input}, {"cache_read", 1},
          {"output", output}};
}

void connect_models(Scene& scene, text::Instant at) {
  const auto by = as(scene.founder);
  const auto config = scene.id("ai provider");
  scene.say(by, "ai_provider.add", config, at,
            {{"provider", provider},
             {"api_key", not_a_key},
             {"endpoint", "https://fathom.example/v1"},
             {"settings", json::object{{"model", large_model}}},
             {"currency", "EUR"}});
  const auto known_since = at - std::chrono::days(30);
  scene.say(by, "ai_provider.set_prices", config, at,
            {{"prices", json::array{price(large_model, 4, 18, known_since), price(small_model, 1, 5, known_since)}}});
  scene.say(by, "ai_provider.note_test", config, at, {{"succeeded", true}});
  scene.say_in({}, by, "my_ai_provider.add", scene.id("own ai provider"), at,
               {{"provider", "local"}, {"endpoint", "http://localhost:11434"}});
}

// What would act on its own is switched off: somebody may look at it first.
void connect_services(Scene& scene, text::Instant at) {
  const auto by = as(scene.founder);
  scene.say(by, "integration.connect", scene.id("integration chat"), at,
            {{"type", "slack"},
             {"credentials", json::object{{"accessToken", not_a_key}}},
             {"settings", json::object{{"channel", "#desk"}}},
             {"is_enabled", false}});
  scene.say(by, "integration.connect", scene.id("integration code"), at,
            {{"type", "github"}, {"credentials", json::object{{"accessToken", not_a_key}}}});
  scene.say(by, "integration.note_sync", scene.id("integration code"), scene.workday(30, 6));
  scene.say_in({}, by, "my_integration.connect", scene.id("own integration"), at,
               {{"type", "google_drive"}, {"credentials", json::object{{"refreshToken", not_a_key}}}});
  scene.say(by, "webhook.register", scene.id("webhook"), at,
            {{"name", "Notice board"},
             {"url", "https://board.example/hooks/daybook"},
             {"events", json::array{"issue.status_changed", "sprint.completed"}},
             {"is_enabled", false}});
  scene.say(
      by, "automation.define", scene.id("automation told"), at,
      {{"name", "Tell who asked for it"},
       {"description", "When an issue is done, whoever opened it hears of it."},
       {"trigger", json::object{{"type", "event"}, {"events", json::array{"issue.status_changed"}}}},
       {"condition", json::object{{"field", "issue.status"}, {"op", "eq"}, {"value", "done"}}},
       {"actions",
        json::array{json::object{
            {"type", "notify"},
            {"config", json::object{{"to", json::array{"creator"}}, {"title", "Done"}, {"message", "What you asked for is done."}}}}}},
       {"is_enabled", false}});
  scene.say(by, "automation.define", scene.id("automation weekly"), at,
            {{"name", "Weekly inspection of the ladders"},
             {"trigger", json::object{{"type", "schedule"}, {"cron", "0 9 * * 1"}, {"timezone", "Europe/Berlin"}}},
             {"actions", json::array{json::object{{"type", "create_issue"}, {"config", json::object{{"title", "Inspect the ladders"}}}}}},
             {"is_enabled", false}});
}

void teach(Scene& scene, text::Instant at) {
  constexpr std::string_view names[] = {"Summarise a thread", "Write a test first", "Explain for newcomers"};
  constexpr std::string_view prompts[] = {"Sum up the thread below in five sentences. Name who decided what.",
                                          "Write one test that fails, and nothing else. Say why it fails.",
                                          "Explain the text below to somebody who joined last week. No jargon."};
  for (std::size_t i = 0; i < scene.skills.size(); ++i) {
    scene.skills[i] = scene.id("skill " + std::to_string(i));
    scene.say(as(scene.people[2]), "skill.publish", scene.skills[i], at,
              {{"name", names[i]},
               {"description", "A small habit that has served us well."},
               {"prompt", prompts[i]},
               {"category", "writing"},
               {"tags", json::array{"text", "daily"}},
               {"is_public", i == 0}});
    scene.say(as(scene.people[3]), "skill.use", scene.skills[i], scene.workday(8, 11));
  }
  scene.say(as(scene.people[2]), "skill.revise", scene.skills[0], scene.workday(12, 10),
            {{"prompt", "Sum up the thread below in three sentences. Name who decided what, and what is open."},
             {"changelog", "Shorter, and open questions too."}});
  scene.say(as(scene.people[3]), "skill.review", scene.skills[0], scene.workday(13, 14),
            {{"id", scene.text_id("skill review")}, {"rating", 5}, {"comment", "Saves the latecomers."}});
}

}  // namespace

void gather(Scene& scene, std::int64_t team) {
  scene.people.clear();
  scene.agents.clear();
  for (std::size_t place = 0; place < people_of_a_team; ++place) {
    scene.people.push_back(person_of(scene.terms.seed, static_cast<std::size_t>(team) * people_of_a_team + place));
    const auto& person = scene.people.back();
    const auto at = scene.workday(0, 7, 20 + static_cast<int>(place));
    if (person.id == scene.founder.id) continue;
    introduce(scene, person, at);
    take_in(scene, person, place, at);
  }
  engage_agents(scene, team, scene.workday(0, 7, 40));
}

void open_the_club(Scene& scene) {
  const auto at = scene.workday(0, 7);
  const auto owner = owner_of(scene.terms.seed);
  introduce(scene, scene.founder, at);
  const json::object told{{"seed", std::to_string(scene.terms.seed)},
                          {"scale_hundredths", scene.terms.scale_hundredths},
                          {"until", text::format_instant(scene.terms.until)}};
  scene.say_in({}, as(scene.founder), "workspace.create", scene.workspace, at,
               {{"name", words::company},
                {"slug", owner.slug},
                {"description", "A club that lends tools to its neighbours, and the software behind it."},
                {"issue_prefix", "LAN"},
                {"currency", "EUR"},
                {"settings", json::object{{"default_hourly_rate", 64}, {"seeded", told}}}});
  for (std::size_t i = 0; i < label_names.size(); ++i) {
    scene.labels[i] = scene.id("label " + std::to_string(i));
    scene.say(as(scene.founder), "label.define", {}, at,
              {{"id", scene.labels[i].text()}, {"name", label_names[i]}, {"color", label_colors[i]}});
  }
  gather(scene, 0);
  connect_models(scene, scene.workday(0, 7, 45));
  connect_services(scene, scene.workday(0, 7, 50));
  teach(scene, scene.workday(0, 8, 0));
  scene.workflow = scene.id("workflow");
  scene.say(as(scene.people[1]), "workflow.define", scene.workflow, scene.workday(1, 10),
            {{"name", "From wish to draft"},
             {"description", "One agent reads what was said before, another writes."},
             {"definition", json::object{{"nodes", json::array{json::object{{"id", "read"}, {"agent_id", scene.agents[3].text()}},
                                                               json::object{{"id", "write"}, {"agent_id", scene.agents[0].text()}}}},
                                         {"edges", json::array{json::object{{"source", "read"}, {"target", "write"}}}},
                                         {"trigger", json::object{{"type", "manual"}}}}}});
  scene.say(as(scene.founder), "invitation.send", scene.id("invitation"), scene.workday(31, 9),
            {{"email", "guest@" + owner.slug + ".example"}, {"role", "viewer"}});
  scene.say(as(scene.founder), "invitation.send", scene.id("invitation withdrawn"), scene.workday(31, 9, 5),
            {{"email", "gest@" + owner.slug + ".example"}, {"role", "viewer"}});
  scene.say(as(scene.founder), "invitation.revoke", scene.id("invitation withdrawn"), scene.workday(31, 9, 6));
  // The digest of no key: it shows what a key looks like and opens nothing.
  const auto digest = crypto::sha256({"daybook seed: no key has this digest\n", scene.workspace.text()});
  scene.say(as(scene.founder), "api_key.issue", scene.id("api key"), scene.workday(5, 9),
            {{"name", "Notice board"},
             {"permissions", json::array{"issues:read", "projects:read"}},
             {"key_hash", text::hex_encode(text::view_of(digest))}});
}

void settle_accounts(Scene& scene) {
  const auto plan = scene.id("plan");
  const auto at = scene.workday(0, 8, 30);
  scene.say_in({}, program(), "plan.publish", plan, at,
               {{"name", "Club"},
                {"plan_type", "enterprise"},
                {"price_monthly", 49},
                {"price_yearly", 490},
                {"currency", "EUR"},
                {"unit_prices", json::array{json::object{{"billing_unit", "api_call"}, {"price", 2}, {"per", 1000}},
                                            json::object{{"billing_unit", "token"}, {"price", 1}, {"per", 1'000'000}}}},
                {"features", json::object{{"support", "by mail"}}},
                {"limits", json::object{{"agents", -1}, {"workflows", -1}, {"executions_per_month", -1}}}});
  scene.say(as(scene.founder), "subscription.start", scene.id("subscription"), at,
            {{"plan_id", plan.text()}, {"billing_cycle", "yearly"}, {"current_period_start", text::format_instant(at)}});
  auto chance = scene.chance("usage");
  for (int week = 1; week <= 6; ++week) {
    const auto name = "gateway-week-" + std::to_string(week);
    scene.say(as(scene.founder), "usage_record.record", scene.id("usage " + name), scene.workday(week * 5, 6),
              {{"source", "gateway"}, {"source_id", name}, {"billing_unit", "api_call"}, {"quantity", chance.from(2'000, 9'000)}});
  }
  const auto taken = scene.workday(29, 15);
  scene.say(as(scene.founder), "access.exported", {}, taken,
            {{"operation", "listIssues"}, {"format", "csv"}, {"since", text::format_instant(taken)}});
}

}  // namespace daybook::seed
