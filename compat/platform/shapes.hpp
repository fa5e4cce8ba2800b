#pragma once
// What the platform's replies look like, made of what Daybook's own API shows. Every key is always there. Pure.
#include <boost/json.hpp>

namespace daybook::compat {

namespace json = boost::json;

using Shape = json::object (*)(const json::object& ours);

json::object user_shape(const json::object& ours);
json::object workspace_shape(const json::object& ours);
json::object member_shape(const json::object& ours);
json::object project_shape(const json::object& ours);
json::object issue_shape(const json::object& ours);
json::object comment_shape(const json::object& ours);
json::object agent_shape(const json::object& ours);
json::object label_shape(const json::object& ours);
json::object dependency_shape(const json::object& ours);
json::object activity_shape(const json::object& ours);

}  // namespace daybook::compat
