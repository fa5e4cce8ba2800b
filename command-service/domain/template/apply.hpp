#pragma once
// Making a project of a template. What it comes to is a row of ordinary commands, each decided by its own aggregate over what those
// before it have made; they and the note of it on the template are one append (command-service/routes/template.cpp).
#include "command-service/domain/automation/automation.hpp"
#include "command-service/domain/issue/issue.hpp"
#include "command-service/domain/project/project.hpp"
#include "command-service/domain/template/template.hpp"

namespace daybook::domain::template_ {

struct Apply {
  static constexpr std::string_view verb = "template.apply";
  static constexpr Permission permission = Permission::projects_write;
  using Birth = events::project::Created;
  std::optional<events::ProjectId> id;            // of the project
  std::optional<events::TemplateId> template_id;  // filled from the path, or named in a bulk command
  Name name{};
  std::optional<ProjectKey> key;
  std::optional<Description> description;
  std::optional<text::Date> start_date;
  std::optional<text::Date> end_date;
  std::optional<project::Visibility> visibility;
};
BOOST_DESCRIBE_STRUCT(Apply, (), (id, template_id, name, key, description, start_date, end_date, visibility))

// One task's part.
struct IssueToBe {
  events::IssueId id{};
  issue::Open open;
  std::vector<issue::SuggestSkill> skills;
};

struct AutomationToMake {
  events::AutomationId id{};
  automation::Define define;
};

struct Application {
  project::Create project;
  std::vector<IssueToBe> issues;           // in the order in which they are opened: none before its parent
  std::vector<AutomationToMake> automations;  // in the project; one that its rules refuse here is left out
  events::template_::Applied applied;
};

// Ids follow from the context's fresh one. Skills that are not there any more are left out, and automations are switched on where the
// caller might define them: a member who applies a template sets nothing going that an admin has not seen. The template has to be known
// to the caller's workspace.
Result<Application> apply(const State& original, events::ProjectId project, const Apply&, const CommandContext&, const Facts&);

// What the template says may have changed since; which one it is has not.
bool repeats(const events::project::Created& first, const Apply& again, const CommandContext&, const Facts&);

}  // namespace daybook::domain::template_
