#pragma once
// Who may use which route, written down once more, from the rules and not from the program's own table.
#include <map>
#include <set>
#include <string>

namespace daybook::test {

enum class Needs {
  nothing,  // no sign-in
  a_mail,   // what a mail holds, whether or not with a sign-in
  sign_in,  // anybody's own affair
  viewer,
  member,
  admin,
  owner,   // at least that role in the workspace
  author,  // a member, and only of what they made themselves
  holder,  // a member, and only of their own; admins everybody's. To the others it is not there
  superuser,  // none of these
};

// By the operation's id in OpenAPI.
const std::map<std::string, Needs>& rules();
// A part of them: all but those of accounts, workspaces, projects and issues.
const std::map<std::string, Needs>& rules_of_work();

// What an agent may beside reading what every viewer reads: on an issue that is assigned to it.
const std::set<std::string>& for_agents();

// What no API key does, whatever it holds.
const std::set<std::string>& not_for_keys();

}  // namespace daybook::test
