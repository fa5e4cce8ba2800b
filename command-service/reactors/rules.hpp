#pragma once
// What rules.cpp lists.
#include "command-service/reactors/rule.hpp"

namespace daybook::reactors {

Rule unassign_who_left();
// Who is assigned, who watches, whose issue is done.
Rule notify_of_issues();
// Who is mentioned, who is answered, who watches the issue.
Rule notify_of_comments();
// Who was taken into a project.
Rule notify_of_projects();

}  // namespace daybook::reactors
