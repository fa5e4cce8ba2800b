#include "command-service/domain/core/address.hpp"
#include "command-service/domain/workspace/workspace.hpp"
#include "compose/daybook/import/models/things.hpp"
#include "platform/text/slug.hpp"

namespace daybook::importer::models {
namespace {

namespace workspace = events::workspace;

constexpr std::size_t spare_characters = 6, suffix_characters_max = 7;

std::string slug_wanted(const NewWorkspace& place) {
  if (place.slug && !domain::Slug::rule(*place.slug)) return *place.slug;
  return text::slugify(place.slug.value_or(place.name));
}

// Cut so that every end that may be put behind it still fits.
std::string slug_base(std::string slug) {
  slug.resize(std::min(slug.size(), domain::slug_characters_max - suffix_characters_max));
  while (slug.ends_with('-')) slug.pop_back();
  return slug;
}

std::string free_slug(const NewWorkspace& place, log::Settling& settling, Told& told) {
  const auto taken = [&](const std::string& slug) { return settling.claimed(domain::scope::workspace_slug, slug).has_value(); };
  const auto wanted = slug_wanted(place);
  const bool is_free = wanted.size() <= domain::slug_characters_max && !taken(wanted);
  const auto slug = is_free ? wanted : domain::first_free(slug_base(wanted), "-", spare_of(place.id.value, spare_characters), taken);
  if (place.slug && slug != *place.slug) told.changed("slug", "'" + *place.slug + "' is taken or no address: '" + slug + "' stands for it");
  return slug;
}

Say birth(const NewWorkspace& place, events::MemberId membership) {
  return [place, membership](log::Settling& settling, Told& told) -> domain::Result<void> {
    workspace::Created created{};
    created.name = place.name;
    created.slug = free_slug(place, settling, told);
    created.description = place.description;
    created.settings = place.settings;
    created.issue_prefix = place.issue_prefix;
    created.owner_id = place.owner;
    std::vector<workspace::Event> events{created};
    if (place.owner_joins) events.push_back(workspace::MemberJoined{membership, place.owner, workspace::MemberRole::owner});
    return settling.append<domain::Workspace>(events::stream_of(place.id), place.id, events);
  };
}

}  // namespace

void bring_workspace(Sink& sink, Values& values, NewWorkspace place) {
  if (place.owner.is_nil()) values.leave_out("", "nobody in it can own it");
  const auto prefix = domain::IssuePrefix::rule(place.issue_prefix);
  if (prefix) {
    values.changed("issue_prefix", "'" + place.issue_prefix + "' is no prefix of issues: 'ISSUE' stands for it");
    place.issue_prefix = "ISSUE";
  }
  const auto stream = events::stream_of(place.id);
  const auto owner = user_actor(place.owner);
  const events::MemberId membership{sink.named("membership of the owner of " + place.id.text())};
  Row row(values);
  row.stream(stream).in(place.id).needs(place.owner, "owner_id").say(place.created_at, owner, birth(place, membership));
  auto more = place.more;
  more.push_back(workspace::BroughtForward{});
  row.say<domain::Workspace>(stream, place.id, place.updated_at, owner, std::move(more));
  sink.bring(std::move(row));
}

void bring_member(Sink& sink, Values& values, NewMember member) {
  const auto stream = events::stream_of(member.workspace);
  Row row(values);
  row.needs(member.workspace, "workspace_id").needs(member.user, "user_id").in(member.workspace);
  row.there_when([stream, id = member.id](log::Settling& settling) {
    return workspace::find_part(settling.load<domain::Workspace>(stream), id) != nullptr;
  });
  row.say(member.created_at, user_actor(member.user), [stream, member](log::Settling& settling, Told&) -> domain::Result<void> {
    if (workspace::find_member(settling.load<domain::Workspace>(stream), member.user) != nullptr)
      return domain::already_exists("/user_id", "This person is a member already.");
    return settling.append<domain::Workspace>(stream, member.workspace, {workspace::MemberJoined{member.id, member.user, member.role}});
  });
  auto more = member.more;
  // Their role, said once more, tells when their membership was last changed.
  if (more.empty() && member.updated_at != member.created_at) more.push_back(workspace::MemberRoleChanged{member.id, member.user, member.role});
  if (!more.empty()) row.say<domain::Workspace>(stream, member.workspace, member.updated_at, nobody(), std::move(more));
  sink.bring(std::move(row));
}

}  // namespace daybook::importer::models
