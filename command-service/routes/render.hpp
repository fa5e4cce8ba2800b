#pragma once
// What a reply shows of a stream: its own fields, by the names of the read models' rows, unset ones as null.
#include "command-service/routes/command.hpp"

namespace daybook::routes::render {

Rendered user(const void* state, text::Uuid entity);
Rendered workspace(const void* state, text::Uuid entity);
Rendered member(const void* state, text::Uuid user);      // by the member's user, or by the membership's own id
Rendered label(const void* state, text::Uuid label);
Rendered project(const void* state, text::Uuid entity);
Rendered issue(const void* state, text::Uuid entity);
Rendered label_link(const void* state, text::Uuid link);
Rendered dependency(const void* state, text::Uuid dependency);
Rendered comment(const void* state, text::Uuid entity);
Rendered agent(const void* state, text::Uuid entity);

}  // namespace daybook::routes::render
