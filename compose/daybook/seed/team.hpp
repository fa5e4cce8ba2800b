#pragma once
// Seven weeks of a team: its projects, the sprints of each, the documents. Private to this folder.
#include <deque>
#include <memory>
#include <optional>

#include "compose/daybook/seed/scene.hpp"
#include "compose/daybook/seed/words.hpp"

namespace daybook::seed {

inline constexpr std::int64_t sprint_workdays = 10, issues_of_a_sprint = 11, epics_of_a_project = 2;

struct Project {
  std::string tag;  // in the names of everything in it
  std::string name;
  text::Uuid id{};
  std::array<text::Uuid, epics_of_a_project> epics{};
  text::Uuid latest_issue{};
};

// What is told of one issue, from the day on which it is begun to the one on which it is done.
struct Task {
  std::string tag;
  text::Uuid id{};
  words::Subject about;
  const Project* project{};
  Person opener, owner;
  std::optional<text::Uuid> agent;  // who has it in the owner's place
  std::int64_t first_day = 0, last_day = 0;
  Chance chance;
  std::size_t said = 0;  // things that belong to it, for their names
};

// Lives while its calendar runs: what is to come points to it. One thread.
class Team {
 public:
  Team(Scene& scene, std::int64_t number, std::size_t projects);
  Team(const Team&) = delete;
  Team& operator=(const Team&) = delete;

  // Enters everything into the calendar.
  void begin();

 private:
  using TaskPtr = std::shared_ptr<Task>;

  // projects (team.cpp)
  void found(Project& project, std::size_t place);
  void write_documents(const Project& project);
  void hold_sprint(Project& project, std::int64_t number);
  void fill_backlog(Project& project);
  void leave_timer_running();
  // an issue's life (task.cpp)
  void open(Project& project, std::int64_t sprint, std::int64_t place);
  void embellish(Task& task);
  void carry_out(const TaskPtr& task);
  void work_by_hand(const TaskPtr& task);
  void work_by_agent(const TaskPtr& task);
  void finish(const TaskPtr& task);
  void discuss(const TaskPtr& task);
  void be_held_up(const TaskPtr& task);
  void log_time(const TaskPtr& task, std::int64_t day);
  // runs (run.cpp)
  void run(const TaskPtr& task, const text::Uuid& agent, std::string_view type);
  void claim(const TaskPtr& task, const text::Uuid& agent, const text::Uuid& execution, bool may_fail);
  void end(const TaskPtr& task, const text::Uuid& agent, const text::Uuid& execution, std::int64_t token, bool fails);

  text::Uuid comment(Task& task, const Actor& by, const std::string& content, const text::Uuid& answered = {},
                     const std::vector<text::Uuid>& mentions = {});
  void notify(Task& task, const Person& whom, std::string_view why, const std::string& title, const std::string& content, const Actor& by,
              const text::Uuid& comment = {});
  void set_status(const Task& task, std::string_view status);
  // A name for a further thing of the task.
  std::string next(Task& task, std::string_view what) const {
    return std::string(what) + " " + std::to_string(++task.said) + " of " + task.tag;
  }
  Actor worker(const Task& task) const { return task.agent ? as_agent(*task.agent) : as(task.owner); }
  // Of those who work, another one than that.
  const Person& another(const Person& than, Chance& chance) const;
  // On that day of work, from the first of these hours to the end of the last.
  text::Instant some_time(std::int64_t day, int first_hour, int last_hour, Chance& chance) const;
  text::Instant now() const { return scene_.calendar.now(); }

  Scene& scene_;
  const std::int64_t number_;
  std::deque<Project> projects_;
};

}  // namespace daybook::seed
