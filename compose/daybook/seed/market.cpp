// The market: another workspace that publishes, and what the club takes from it and gives to it.
#include "compose/daybook/seed/scene.hpp"
#include "compose/daybook/seed/words.hpp"

namespace daybook::seed {
namespace {

json::object task(std::string_view title, std::int64_t order, const json::value& parent, std::string_view priority) {
  return {{"title", title},       {"description", "As the checklist says."},
          {"priority", priority}, {"estimated_minutes", 60},
          {"order", order},       {"parent_order", parent}};
}

json::object structure() {
  return {
      {"tasks", json::array{task("Find a room and a date", 0, nullptr, "high"), task("Ask who brings which tools", 1, nullptr, "medium"),
                            task("Print the safety notes", 2, 1, "medium"), task("Invite the neighbours", 3, nullptr, "medium"),
                            task("Clean up and thank everybody", 4, nullptr, "low")}}};
}

void publish(Scene& scene, std::string_view name, const json::object& more) {
  json::object data{
      {"name", name}, {"description", "Tried by others before you, and kept in order since."}, {"category", "clubs"}, {"is_public", true}};
  for (const auto& [member, value] : more) data[member] = value;
  scene.say_in(scene.market, as(scene.curator), "blueprint.publish", scene.id("blueprint " + std::string(name)), scene.workday(1, 12),
               data);
}

void fill_the_shelf(Scene& scene) {
  const auto at = scene.workday(1, 11);
  scene.say_in({}, as(scene.curator), "workspace.create", scene.market, at,
               {{"name", words::publisher},
                {"slug", "open-shelf-" + std::to_string(scene.terms.seed)},
                {"description", "What clubs have made for each other."},
                {"issue_prefix", "OPS"},
                {"currency", "EUR"}});
  publish(scene, "Greeter",
          {{"definition", json::object{{"kind", "agent"},
                                       {"name", "Greeter"},
                                       {"description", "Answers newcomers."},
                                       {"instructions", "Welcome people and answer in two sentences."},
                                       {"model", small_model}}},
           {"pricing_model", "free"}});
  publish(scene, "Season opening",
          {{"definition", json::object{{"kind", "workflow"},
                                       {"nodes", json::array{json::object{{"id", "collect"}}, json::object{{"id", "announce"}}}},
                                       {"edges", json::array{json::object{{"source", "collect"}, {"target", "announce"}}}}}},
           {"pricing_model", "one-time"},
           {"price", 29},
           {"currency", "EUR"}});
  publish(scene, "Bookkeeper",
          {{"definition", json::object{{"kind", "agent"},
                                       {"name", "Bookkeeper"},
                                       {"instructions", "Compare the book and the box, and name each difference."},
                                       {"model", large_model}}},
           {"pricing_model", "subscription"},
           {"price", 9},
           {"currency", "EUR"}});
  scene.say_in(scene.market, as(scene.curator), "blueprint.add_version", scene.id("blueprint Greeter"), scene.workday(9, 12),
               {{"semantic_version", "1.1.0"},
                {"changelog", "Answers in the language of the question."},
                {"definition", json::object{{"kind", "agent"},
                                            {"name", "Greeter"},
                                            {"description", "Answers newcomers in their own language."},
                                            {"instructions", "Welcome people in their language and answer in two sentences."},
                                            {"model", small_model}}}});
  scene.say_in(scene.market, as(scene.curator), "template.publish", scene.id("template"), at,
               {{"name", "A repair evening"},
                {"description", "Everything an evening with strangers and broken toasters needs."},
                {"category", "events"},
                {"tags", json::array{"evening", "repair"}},
                {"project_structure", structure()},
                {"is_public", true}});
  scene.say_in(scene.market, as(scene.curator), "skill.publish", scene.id("skill market"), at,
               {{"name", "Thank people properly"},
                {"description", "A letter that does not sound like a form."},
                {"prompt", "Write a letter of thanks. Name what was done, and by whom."},
                {"category", "writing"},
                {"tags", json::array{"letters"}},
                {"is_public", true}});
}

void take(Scene& scene) {
  const auto by = as(scene.founder);
  const auto review = [&](std::string_view name, const Person& who, std::int64_t rating) {
    auto chance = scene.chance("review of " + std::string(name) + " by " + who.email);
    scene.say(as(who), "blueprint.review", scene.id("blueprint " + std::string(name)), scene.workday(14, 13),
              {{"id", scene.text_id("review of " + std::string(name) + " by " + who.email)},
               {"rating", rating},
               {"comment", words::opinion(rating, chance)}});
  };
  const auto take_one = [&](std::string_view name, std::string_view made) {
    scene.say(by, "blueprint.download", scene.id("blueprint " + std::string(name)), scene.workday(3, 9));
    scene.say(by, "blueprint.install", scene.id("blueprint " + std::string(name)), scene.workday(3, 10),
              {{"id", scene.text_id("installed " + std::string(made))}});
  };
  scene.say(by, "blueprint.purchase", scene.id("blueprint Season opening"), scene.workday(3, 8),
            {{"id", scene.text_id("purchase")}, {"price", 29}, {"currency", "EUR"}});
  take_one("Season opening", "workflow");
  take_one("Greeter", "agent");
  review("Greeter", scene.people[2], 5);
  review("Greeter", scene.people[4], 4);
  review("Season opening", scene.people[3], 3);
  scene.say(by, "skill.fork", scene.id("skill fork"), scene.workday(4, 9),
            {{"skill_id", scene.text_id("skill market")}, {"name", "Thank the volunteers properly"}});
  scene.say(by, "template.rate", scene.id("template"), scene.workday(4, 10), {{"rating", 5}});
  scene.say(by, "template.apply", scene.id("project evening"), scene.workday(4, 11),
            {{"template_id", scene.text_id("template")}, {"name", "Repair evening in spring"}});
}

// What goes the other way.
void give(Scene& scene) {
  const auto id = scene.id("template of the club");
  scene.say(as(scene.people[2]), "template.publish", id, scene.workday(20, 9),
            {{"name", "A new branch in four weeks"},
             {"description", "What we did when the second desk opened."},
             {"category", "clubs"},
             {"tags", json::array{"branch"}},
             {"project_structure", structure()}});
  scene.say(as(scene.people[2]), "template.list", id, scene.workday(20, 10));
  scene.say_in(scene.market, as(scene.curator), "template.rate", id, scene.workday(22, 10), {{"rating", 4}});
  scene.say_in(scene.market, as(scene.curator), "skill.review", scene.skills[0], scene.workday(22, 11),
               {{"id", scene.text_id("skill review elsewhere")}, {"rating", 4}, {"comment", "Good, and short."}});
}

}  // namespace

void stock_the_market(Scene& scene) {
  fill_the_shelf(scene);
  take(scene);
  give(scene);
}

}  // namespace daybook::seed
