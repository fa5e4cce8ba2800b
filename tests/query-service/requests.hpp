#pragma once
// Requests for lists as the routes would make them.
#include <gtest/gtest.h>

#include "query-service/core/cursor.hpp"
#include "query-service/core/list_request.hpp"
#include "query-service/core/sql.hpp"
#include "query-service/routes/resources.hpp"

namespace daybook::query::test {

inline const std::string a_workspace = "0190a1b2-c3d4-7e5f-8a9b-000000000001";
inline const std::string an_id = "0190a1b2-c3d4-7e5f-8a9b-000000000002";
inline const std::string another_id = "0190a1b2-c3d4-7e5f-8a9b-000000000003";

// Somebody from whom nothing is hidden, and somebody who sees only what is everybody's.
inline const Viewer an_owner{events::UserId{}, events::WorkspaceId{}, "owner"};
inline const Viewer a_member{events::UserId{}, events::WorkspaceId{}, "member"};
inline Sight sight(std::string_view schema = "read_g1", const Viewer& viewer = an_owner) { return {schema, viewer}; }

inline Cursors cursors_of(const std::string& log, std::uint8_t key_byte = 7) {
  crypto::Key key{};
  key.fill(static_cast<typename crypto::Key::value_type>(key_byte));
  return Cursors(key, log);
}

inline std::vector<Scope> in_workspace(const std::string& workspace = a_workspace) {
  return {{"workspace_id", workspace}};
}

// A list that is made of what the caller asks for is not there without it.
inline std::string what_must_be_asked(const Resource& resource) {
  std::string out;
  for (const auto& filter : resource.filters)
    if (filter.kind == FilterKind::of_source) out += "&" + std::string(filter.parameter) + "=words";
  return out;
}

inline std::variant<ListRequest, api::Problem> read(const Resource& spec, const std::string& query,
                                                    const Cursors& cursors = cursors_of("log.1"),
                                                    const std::string& workspace = a_workspace) {
  api::Call call;
  call.request = http::make_request("GET", "/list" + (query.empty() ? "" : "?" + query));
  return read_list_request(spec, in_workspace(workspace), call, cursors);
}

inline ListRequest request(const Resource& spec, const std::string& query,
                           const Cursors& cursors = cursors_of("log.1")) {
  auto result = read(spec, query, cursors);
  if (const auto* problem = std::get_if<api::Problem>(&result))
    throw std::runtime_error(problem->code + ": " + problem->detail);
  return std::get<ListRequest>(std::move(result));
}

inline api::Problem accepted() {
  api::Problem problem;
  problem.status = 200;
  problem.code = "accepted";
  return problem;
}

inline api::Problem refusal(const Resource& spec, const std::string& query,
                            const Cursors& cursors = cursors_of("log.1")) {
  auto result = read(spec, query, cursors);
  if (std::holds_alternative<ListRequest>(result)) return accepted();
  return std::get<api::Problem>(std::move(result));
}

}  // namespace daybook::query::test
