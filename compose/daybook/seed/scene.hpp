#pragma once
// What the chapters of the story share: who is there, what there is to refer to, and how a step is told. Private to this folder.
// Lives as long as one telling; one thread.
#include <array>
#include <boost/json.hpp>
#include <string>
#include <vector>

#include "compose/daybook/seed/chance.hpp"
#include "compose/daybook/seed/clockwork.hpp"
#include "compose/daybook/seed/story.hpp"

namespace daybook::seed {

namespace json = boost::json;

inline constexpr std::size_t people_of_a_team = 8, agents_of_a_team = 4, projects_of_a_team = 3;
inline constexpr std::array<std::string_view, 6> label_names{"paper cut",        "security",      "needs design",
                                                             "good first issue", "customer wish", "tidying up"};
inline constexpr std::array<std::string_view, 6> label_colors{"#E4A93C", "#B3312C", "#6D5BA6", "#3D8B57", "#2F6DA3", "#7A7A72"};
inline constexpr std::string_view provider = "fathom", large_model = "fathom-large", small_model = "fathom-small";  // which there are not

struct Person {
  text::Uuid id{};
  std::string name, email;
  std::size_t number = 0;
};

class Scene {
 public:
  Scene(const Terms& terms, StepSink& sink);

  text::Uuid id(const std::string& name) const { return id_of(terms.seed, name); }
  std::string text_id(const std::string& name) const { return id(name).text(); }
  Chance chance(const std::string& name) const { return {terms.seed, name}; }
  // A working day's time, counted in days of work from the first one on: ten of them are a sprint.
  text::Instant workday(std::int64_t day, int hour, int minute = 0) const;

  // At its time, behind what was said before of the same time.
  void say(const Actor& by, std::string_view type, const text::Uuid& thing, text::Instant at, const json::object& data = {});
  // The same in another workspace, or in none.
  void say_in(const text::Uuid& place, const Actor& by, std::string_view type, const text::Uuid& thing, text::Instant at,
              const json::object& data = {});

  const Terms terms;
  const text::Instant begin;
  Clockwork calendar;  // of the team that is told of
  const text::Uuid workspace, market;
  Person founder, curator;
  std::vector<Person> people;  // of the team that is told of
  std::vector<text::Uuid> agents;
  std::array<text::Uuid, label_names.size()> labels{};
  std::array<text::Uuid, 3> skills{};
  text::Uuid workflow{};
  std::int64_t claims = 0;  // of runs so far in the workspace, which is what fencing tokens count

 private:
  StepSink& sink_;
};

inline Actor program() { return {}; }
inline Actor as(const Person& person) { return {Actor::Kind::person, person.id}; }
inline Actor as_agent(const text::Uuid& id) { return {Actor::Kind::agent, id}; }

Person person_of(std::uint64_t seed, std::size_t number);
// The people and agents of a team come: from then on the scene's are theirs.
void gather(Scene& scene, std::int64_t team);

// The chapters, in their order. The first three stand in the calendar of the first team.
void open_the_club(Scene& scene);
void settle_accounts(Scene& scene);
void stock_the_market(Scene& scene);
void tell_of_team(Scene& scene, std::int64_t number, std::size_t projects);

}  // namespace daybook::seed
