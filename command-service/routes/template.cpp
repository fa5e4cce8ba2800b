// Commands about a template, what people think of it, and the projects made of it.
#include "command-service/domain/template/apply.hpp"

#include "command-service/routes/registry.hpp"
#include "command-service/routes/where_it_lives.hpp"

namespace daybook::routes {
namespace {

using domain::Issue;
using domain::Project;
using domain::Template;
using domain::template_::Apply;
using TemplateState = events::template_::State;

constexpr std::size_t template_body_bytes_max = 4 << 20;  // its structure may double where JSON escapes it

static_assert(domain::template_::tasks_max + domain::template_::suggestions_max + domain::template_::automations_max + 2 <= log::command_events_max,
              "a template that was accepted can be applied in one append");

Command holding_a_structure(Command command) {
  command.body_bytes_max = template_body_bytes_max;
  return command;
}

template <class C>
Command where_the_template_lives(Command command) {
  return where_it_lives<Template, C, domain::template_::is_known_in>(std::move(command));
}

Result<void> open_and_append(log::Settling& settling, WorkspaceId workspace, const domain::template_::IssueToBe& one,
                             const domain::CommandContext& context) {
  const auto stream = events::stream_of(one.id);
  if (auto opened = declare::decide_and_append<Issue, domain::issue::Open>(settling, stream, workspace, &one.open, context); !opened) return opened;
  for (const auto& skill : one.skills)
    if (auto suggested = declare::decide_and_append<Issue, domain::issue::SuggestSkill>(settling, stream, workspace, &skill, context); !suggested)
      return suggested;
  return {};
}

// The project here with its issues, and the note of it in the stream of the template.
Result<void> apply_and_append(log::Settling& settling, StreamId stream, WorkspaceId workspace, const void* sent,
                              const domain::CommandContext& context) {
  const auto& command = *static_cast<const Apply*>(sent);
  if (!command.template_id) return domain::invalid("/template_id", "required", "This field is required.");
  const auto original = events::stream_of(*command.template_id);
  const auto lives_in = settling.load<Template>(original).workspace_id;
  const domain::SeenFacts seen(settling, context);
  const auto application = domain::template_::apply(settling.load<Template>(original), events::ProjectId{stream.value}, command, context, seen);
  if (!application) return application.error();
  if (auto made = declare::decide_and_append<Project, domain::project::Create>(settling, stream, workspace, &application->project, context); !made)
    return made;
  for (const auto& one : application->issues)
    if (auto opened = open_and_append(settling, workspace, one, context); !opened) return opened;
  for (const auto& [id, define] : application->automations)
    (void)declare::decide_and_append<domain::Automation, domain::automation::Define>(settling, events::stream_of(id), workspace, &define, context);
  return settling.append<Template>(original, lives_in, {application->applied});
}

}  // namespace

std::vector<Command> template_commands() {
  using namespace domain::template_;
  const auto the_template = by_id<events::TemplateId>("template");
  const auto view = fields_of<TemplateState, events::template_::Fields>();
  auto project_view = fields_of<events::project::State, events::project::Fields>();
  project_view.collection = "/projects";
  return {
      holding_a_structure(creates<Template, Publish>({"POST /templates"}, view)),
      holding_a_structure(changes<Template, Revise>(the_template, {"PATCH /templates/{template}"}, view)),
      removes<Template, Withdraw>(the_template, {"DELETE /templates/{template}"}, view),
      changes<Template, Restore>(the_template, {"POST /templates/{template}/restore"}, view),
      changes<Template, List>(the_template, {"POST /templates/{template}/list"}, view),
      changes<Template, Unlist>(the_template, {"POST /templates/{template}/unlist"}, view),
      where_the_template_lives<MakeOfficial>(changes<Template, MakeOfficial>(the_template, {"POST /templates/{template}/make-official"}, view)),
      where_the_template_lives<Rate>(changes<Template, Rate>(the_template, {"POST /templates/{template}/rate"}, view)),
      creates<Project, Apply>({"POST /templates/{template}/apply"}, project_view, apply_and_append),
  };
}

}  // namespace daybook::routes
