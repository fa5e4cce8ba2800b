#include "compose/daybook/seed/story.hpp"

#include <algorithm>
#include <utility>

#include "compose/daybook/seed/scene.hpp"
#include "compose/daybook/seed/words.hpp"

namespace daybook::seed {
namespace {

constexpr std::chrono::days before_the_end{sprints_completed * sprint_days + 3};  // the least that has passed of everything

std::string domain_of(std::uint64_t seed) { return "@lantern-" + std::to_string(seed) + ".example"; }

}  // namespace

text::Instant first_day(text::Instant until) {
  const auto day = std::chrono::floor<std::chrono::days>(until) - before_the_end;
  return day - (std::chrono::weekday(day) - std::chrono::Monday);
}

std::int64_t teams_of(const Terms& terms) { return (terms.scale_hundredths + 99) / 100; }

Person person_of(std::uint64_t seed, std::size_t number) {
  return {id_of(seed, "person " + std::to_string(number)), words::full_name(number), words::mailbox(number) + domain_of(seed), number};
}

Owner owner_of(std::uint64_t seed) {
  const auto founder = person_of(seed, 0);
  return {founder.email, founder.name, id_of(seed, "workspace"), "lantern-and-loom-" + std::to_string(seed)};
}

Scene::Scene(const Terms& terms_told, StepSink& sink)
    : terms(terms_told),
      begin(first_day(terms.until)),
      calendar(terms.until),
      workspace(id("workspace")),
      market(id("market")),
      founder(person_of(terms.seed, 0)),
      curator(person_of(terms.seed, 1)),
      sink_(sink) {}

text::Instant Scene::workday(std::int64_t day, int hour, int minute) const {
  return begin + std::chrono::days(day / 5 * 7 + day % 5) + std::chrono::hours(hour) + std::chrono::minutes(minute);
}

void Scene::say(const Actor& by, std::string_view type, const text::Uuid& thing, text::Instant at, const json::object& data) {
  say_in(workspace, by, type, thing, at, data);
}

void Scene::say_in(const text::Uuid& place, const Actor& by, std::string_view type, const text::Uuid& thing, text::Instant at,
                   const json::object& data) {
  Step step{by, place, std::string(type), thing, at, json::serialize(data)};
  calendar.at(at, [this, step = std::move(step)]() mutable {
    step.at = calendar.now();
    sink_.take(std::move(step));
  });
}

void tell(const Terms& terms, StepSink& sink) {
  Scene scene(terms, sink);
  open_the_club(scene);
  settle_accounts(scene);
  stock_the_market(scene);
  auto rest = terms.scale_hundredths;
  for (std::int64_t team = 0; team < teams_of(terms); ++team, rest -= 100) {
    const auto share = static_cast<std::size_t>(std::min<std::int64_t>(rest, 100));
    tell_of_team(scene, team, std::max<std::size_t>(1, projects_of_a_team * share / 100));
  }
}

}  // namespace daybook::seed
