#include "projector/read_models/member.hpp"

namespace daybook::projector {

template <>
const Table& table_of<MemberRow>() {
  static const auto t = table<MemberRow>(3, "members", {{"by_workspace", {"workspace_id"}}, {"by_user", {"workspace_id", "user_id"}}},
                                         {"workspace_id, user_id", "user_id", "workspace_id, joined_at, id", "workspace_id, created_at, id",
                                          "workspace_id, updated_at, id", "(read_models.number_of(id, born, 16))", "(read_models.number_of(id, born, 50))", "((id::text))"});
  return t;
}

ReadModel members() { return {{&table_of<MemberRow>()}}; }

}  // namespace daybook::projector
