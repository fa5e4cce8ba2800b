#include "compose/daybook/seed/team.hpp"

namespace daybook::seed {
namespace {

constexpr std::array<std::string_view, 6> colors{"#2F6DA3", "#3D8B57", "#E4A93C", "#6D5BA6", "#B3312C", "#2E8C8C"};
constexpr std::array<std::string_view, 6> emojis{"🪜", "🔧", "🪚", "🧰", "📮", "🗺️"};
constexpr std::int64_t documents_of_a_project = 3, backlog_of_a_project = 6, capacity_points = 120;

std::string day_of(text::Instant at) { return text::date_of(at).text(); }

}  // namespace

Team::Team(Scene& scene, std::int64_t number, std::size_t projects) : scene_(scene), number_(number) {
  for (std::size_t place = 0; place < projects; ++place) {
    const auto all = static_cast<std::size_t>(number) * projects_of_a_team + place;
    Project project;
    project.tag = "project " + std::to_string(all);
    project.name = words::project_name(all);
    project.id = scene.id(project.tag);
    projects_.push_back(std::move(project));
  }
}

void Team::begin() {
  for (std::size_t place = 0; place < projects_.size(); ++place) {
    auto& project = projects_[place];
    found(project, place);
    write_documents(project);
    fill_backlog(project);
    for (std::int64_t sprint = 0; sprint <= sprints_completed; ++sprint) hold_sprint(project, sprint);
  }
  leave_timer_running();
}

const Person& Team::another(const Person& than, Chance& chance) const {
  const auto working = static_cast<std::int64_t>(scene_.people.size()) - 2;  // the last one only looks
  const auto& drawn = scene_.people[static_cast<std::size_t>(chance.from(0, working))];
  return drawn.id == than.id
             ? scene_.people[(static_cast<std::size_t>(&drawn - scene_.people.data()) + 1) % static_cast<std::size_t>(working + 1)]
             : drawn;
}

text::Instant Team::some_time(std::int64_t day, int first_hour, int last_hour, Chance& chance) const {
  const auto hour = static_cast<int>(chance.from(first_hour, last_hour));
  return scene_.workday(day, hour, static_cast<int>(chance.from(0, 59)));
}

void Team::found(Project& project, std::size_t place) {
  auto chance = scene_.chance(project.tag);
  const auto& lead = scene_.people[place % 3];
  const auto at = scene_.workday(0, 8, 5 + static_cast<int>(place));
  scene_.say(as(lead), "project.create", project.id, at,
             {{"name", project.name},
              {"description", words::project_purpose(chance)},
              {"color", chance.of(colors)},
              {"emoji", chance.of(emojis)},
              {"status", "active"},
              {"project_type", "software"},
              {"ai_provider", provider},
              {"start_date", day_of(at)},
              {"end_date", day_of(scene_.workday(60, 0))},
              {"estimated_hours", 400}});
  for (std::size_t person = 2; person < scene_.people.size(); ++person)
    scene_.say(as(lead), "project.add_member", project.id, at,
               {{"id", scene_.text_id("member of " + project.tag + " " + scene_.people[person].email)},
                {"user_id", scene_.people[person].id.text()},
                {"role", "member"}});
  scene_.say(as(scene_.people[chance.in_hundred(50) ? 3 : 4]), "project.star", project.id, scene_.workday(2, 12));
  for (std::size_t i = 0; i < project.epics.size(); ++i) {
    project.epics[i] = scene_.id("epic " + std::to_string(i) + " of " + project.tag);
    scene_.say(as(lead), "issue.open", project.epics[i], scene_.workday(0, 8, 20),
               {{"title", words::epic_title(i, words::subject(chance))},
                {"type", "epic"},
                {"status", "in_progress"},
                {"priority", "medium"},
                {"project_id", project.id.text()},
                {"color", chance.of(colors)},
                {"start_date", day_of(at)}});
  }
}

void Team::write_documents(const Project& project) {
  constexpr std::array<std::string_view, documents_of_a_project> kinds{"prd", "technical_spec", "user_guide"};
  for (std::int64_t i = 0; i < documents_of_a_project; ++i) {
    const auto name = "document " + std::to_string(i) + " of " + project.tag;
    auto chance = scene_.chance(name);
    const auto id = scene_.id(name);
    const auto author = as(scene_.people[static_cast<std::size_t>(1 + i)]);
    const auto title = words::document_title(static_cast<std::size_t>(i), project.name);
    // The same draws each time, so that a revision goes on where the one before ended.
    const auto text = [&](std::size_t paragraphs) {
      auto same = scene_.chance(name + " text");
      return words::document_text(title, paragraphs, same);
    };
    const auto day = 1 + i * 7;
    scene_.say(
        author, "document.draft", id, scene_.workday(day, 10, 15),
        {{"project_id", project.id.text()}, {"title", title}, {"content", text(2)}, {"document_type", kinds[static_cast<std::size_t>(i)]}});
    scene_.say(author, "document.revise", id, scene_.workday(day + 2, 15, 5),
               {{"content", text(3)}, {"change_summary", "What the desk added"}});
    scene_.say(author, "document.publish", id, scene_.workday(day + 3, 9, 30));
    scene_.say(as(another(scene_.people[static_cast<std::size_t>(1 + i)], chance)), "document.revise", id, scene_.workday(day + 11, 11, 40),
               {{"content", text(5)}, {"change_summary", "After the first weeks of use"}});
  }
}

void Team::hold_sprint(Project& project, std::int64_t number) {
  const auto tag = "sprint " + std::to_string(number) + " of " + project.tag;
  const auto next = "sprint " + std::to_string(number + 1) + " of " + project.tag;
  auto chance = scene_.chance(tag);
  const auto id = scene_.id(tag);
  const auto first = number * sprint_workdays, last = first + sprint_workdays - 1;
  const auto master = as(scene_.people[1]);
  scene_.say(master, "sprint.plan", id, number == 0 ? scene_.workday(0, 8, 45) : scene_.workday(first - 1, 13, 30),
             {{"project_id", project.id.text()},
              {"name", "Sprint " + std::to_string(number + 1)},
              {"goal", words::sprint_goal(words::subject(chance), chance)},
              {"start_date", day_of(scene_.workday(first, 0))},
              {"end_date", day_of(scene_.workday(last, 0))},
              {"capacity_points", capacity_points}});
  for (std::int64_t place = 0; place < issues_of_a_sprint; ++place) open(project, number, place);
  scene_.say(master, "sprint.start", id, scene_.workday(first, 9, 30));
  scene_.say(master, "sprint.complete", id, scene_.workday(last, 16, 30), {{"carry_to_id", scene_.text_id(next)}});
  const auto notes = scene_.id("retrospective of " + tag);
  scene_.say(master, "document.draft", notes, scene_.workday(last, 16, 45),
             {{"project_id", project.id.text()},
              {"title", "Retrospective of sprint " + std::to_string(number + 1)},
              {"content", words::document_text("What we keep, what we change", 2, chance)},
              {"document_type", "retrospective"}});
}

void Team::fill_backlog(Project& project) {
  for (std::int64_t i = 0; i < backlog_of_a_project; ++i) {
    const auto tag = "wish " + std::to_string(i) + " of " + project.tag;
    auto chance = scene_.chance(tag);
    const auto about = words::subject(chance);
    const auto& wishing = scene_.people[static_cast<std::size_t>(chance.from(0, 6))];
    const auto wished = some_time(2 + i * 5, 14, 15, chance);
    scene_.say(as(wishing), "issue.open", scene_.id(tag), wished,
               {{"title", words::title(words::Work::story, about, chance)},
                {"type", "feature"},
                {"description", words::description(words::Work::story, about, chance)},
                {"status", "backlog"},
                {"priority", "low"},
                {"project_id", project.id.text()},
                {"epic_id", project.epics[static_cast<std::size_t>(i) % project.epics.size()].text()},
                {"tags", json::array{"wish"}}});
  }
}

// Somebody is at work when the story ends.
void Team::leave_timer_running() {
  const auto tag = "timer of team " + std::to_string(number_);
  const auto issue = scene_.id("wish 0 of " + projects_.front().tag);
  scene_.say(as(scene_.people[3]), "time_entry.start_timer", scene_.id(tag), scene_.terms.until - std::chrono::minutes(50),
             {{"issue_id", issue.text()}, {"description", "Thinking it through"}, {"is_billable", false}});
}

void tell_of_team(Scene& scene, std::int64_t number, std::size_t projects) {
  if (number > 0) gather(scene, number);
  Team team(scene, number, projects);
  team.begin();
  scene.calendar.run();
}

}  // namespace daybook::seed
