#include "compat/platform/refusals.hpp"

#include <algorithm>

#include "schemas/api/problem.hpp"

namespace daybook::compat {
namespace {

constexpr std::string_view not_a_member = "Not a member of this workspace or insufficient role";

std::string_view text_of(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value && value->is_string() ? std::string_view(value->as_string()) : std::string_view();
}

// "issue" of "There is no such issue."; empty where it says something else.
std::string_view what_is_missing(std::string_view detail) {
  static const auto sentence = api::not_found("?").detail;
  static const auto before = sentence.substr(0, sentence.find('?')), after = sentence.substr(sentence.find('?') + 1);
  const bool is_it = detail.size() > before.size() + after.size() && detail.starts_with(before) && detail.ends_with(after);
  return is_it ? detail.substr(before.size(), detail.size() - before.size() - after.size()) : std::string_view();
}

std::string capitalised(std::string_view word) {
  std::string out(word);
  if (!out.empty() && out.front() >= 'a' && out.front() <= 'z') out.front() = static_cast<char>(out.front() - 'a' + 'A');
  return out;
}

// Whoever may not know of a workspace hears the same of every one.
Refusal missing(std::string_view detail) {
  const auto what = what_is_missing(detail);
  if (what == "workspace") return {403, json::value(not_a_member)};
  return {404, json::value(what.empty() ? "Not Found" : capitalised(what) + " not found")};
}

// What a field of ours refers to, where the thing is not there.
struct Reference {
  std::string_view pointer, kind;
};
constexpr Reference references[] = {{"/project_id", "Project"}, {"/assignee_id", "Assignee"}, {"/depends_on_id", "Issue"},
                                    {"/label_id", "Label"},     {"/owner_id", "Member"},      {"/user_id", "User"}};

Refusal missing_reference(const Operation& operation, std::string_view pointer) {
  if (pointer == "/parent_id") return {404, operation.shape == comment_shape ? "Comment not found" : "Issue not found"};
  for (const auto& reference : references)
    if (reference.pointer == pointer) return {404, json::value(std::string(reference.kind) + " not found")};
  return {404, "Not Found"};
}

struct Type {
  std::string_view code, type;
};
constexpr Type types[] = {{"required", "missing"},          {"wrong-type", "string_type"},  {"unknown-value", "enum"},
                          {"blank", "string_too_short"},    {"too-short", "string_too_short"}, {"too-long", "string_too_long"},
                          {"invalid", "string_pattern_mismatch"}};

json::object entry_of(const Operation& operation, const Body& body, const json::object& error) {
  const auto code = text_of(error, "code"), pointer = text_of(error, "pointer");
  const auto type = std::find_if(std::begin(types), std::end(types), [&](const Type& t) { return t.code == code; });
  const auto field = std::find_if(operation.fields.begin(), operation.fields.end(),
                                  [&](const Field& f) { return pointer.starts_with('/') && f.ours == pointer.substr(1); });
  json::array place{"body"};
  json::value input;
  if (field != operation.fields.end() && !field->theirs.empty()) {
    place.emplace_back(field->theirs);
    const auto* sent = body.theirs.if_contains(field->theirs);
    if (sent && field->theirs != "password") input = *sent;
  }
  return refusal(type == std::end(types) ? "value_error" : type->type, std::move(place), text_of(error, "detail"), std::move(input));
}

Refusal invalid(const Operation& operation, const Body& body, const json::object& problem) {
  json::array entries;
  const auto* errors = problem.if_contains("errors");
  if (!errors || !errors->is_array() || errors->as_array().empty()) return {422, json::value(text_of(problem, "detail"))};
  for (const auto& error : errors->as_array()) {
    const auto& one = error.as_object();
    if (text_of(one, "code") == "unknown-reference" || text_of(one, "code") == "invalid-id") return missing_reference(operation, text_of(one, "pointer"));
    entries.push_back(entry_of(operation, body, one));
  }
  return {422, std::move(entries)};
}

}  // namespace

Refusal refusal_of(const Operation& operation, const Body& body, int status, const json::object& problem) {
  const auto detail = text_of(problem, "detail");
  switch (status) {
    case 401: return {401, text_of(problem, "code") == "invalid-credentials" ? "Invalid email or password" : "Invalid or expired token"};
    case 404: return missing(detail);
    case 422: return invalid(operation, body, problem);
    case 504: return {503, json::value(detail)};
    default: return {status, json::value(detail)};
  }
}

std::optional<Refusal> refuse_unsigned(const http::Request& request) {
  constexpr std::string_view bearer = "Bearer ";
  const auto header = request.header("Authorization");
  if (header.empty()) return Refusal{401, "Missing Authorization header"};
  if (header.size() <= bearer.size() || !http::same_name(header.substr(0, bearer.size()), bearer))
    return Refusal{401, "Invalid Authorization header format. Use: Bearer <token>"};
  return std::nullopt;
}

http::Response refused(const Refusal& refusal) {
  http::Response response;
  response.status = refusal.status;
  response.body = json::serialize(json::object{{"detail", refusal.detail}});
  return response;
}

}  // namespace daybook::compat
