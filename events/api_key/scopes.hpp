#pragma once
// The words of what an API key may do: `<area>:<what>`, such as issues:write. An area is what stands below a workspace in a path
// (issues, time-entries), or `workspace` for what is the workspace's own. `issues:*` covers every word of its area; `*`, and
// `admin:*`, as another system called it, covers all.
#include <span>
#include <string>
#include <string_view>

namespace daybook::events::api_key {

inline constexpr std::string_view every_scope = "*";

// Whether the text has the form of such a word; whether anything asks for it is another matter.
bool is_scope(std::string_view word);

// Whether a key with these permissions may do what takes `scope`.
bool covers(std::span<const std::string> permissions, std::string_view scope);

// The word that reading takes which is asked of this path (/api/v1/workspaces/{workspace}/issues/{issue}/comments: issues:read).
// Empty where the path is not below a workspace.
std::string reading_scope(std::string_view path_template);

}  // namespace daybook::events::api_key
