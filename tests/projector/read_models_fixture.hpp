#pragma once
// What the tests of read models share: a little history, and the rows and indexes it comes to.
#include "platform/rocksdb/key_codec.hpp"
#include "projector/read_models/activity.hpp"
#include "tests/projector/folding.hpp"

namespace daybook::projector::test {

using namespace events;
namespace ws = events::workspace;
namespace is = events::issue;

using Strings = std::vector<std::string>;

inline const auto max = id_of<UserId>(2);
inline const auto other = id_of<IssueId>(0x141);

class ReadModels : public Folding {
 protected:
  template <class Row, class IdType>
  std::optional<Row> row(IdType id) {
    auto overlay = database.batch();
    return StateStore(overlay).get<Row>(id.value);
  }
  template <class Row>
  std::vector<Row> rows() {
    std::vector<Row> all;
    for (auto at = database.seek(table_prefix(table_of<Row>())); at.valid(); at.next()) {
      EXPECT_TRUE(from_json(at.value(), all.emplace_back(), Reading::lenient));
    }
    return all;
  }
  // Ids of a table's rows in the order of one of its indexes.
  template <class Row>
  std::vector<text::Uuid> by_index(std::string_view name, text::Uuid value) {
    return by_parts<Row>(name, index_part(value));
  }
  template <class Row>
  std::vector<text::Uuid> by_parts(std::string_view name, const std::string& parts) {
    const auto& table = table_of<Row>();
    std::vector<text::Uuid> ids;
    for (auto at = database.seek(index_prefix(table, index_number(table, name), parts)); at.valid(); at.next())
      ids.push_back(id_in_index_key(at.key()));
    return ids;
  }
  std::vector<std::string> feed(std::string_view index, text::Uuid value) {
    std::vector<std::string> types;
    for (const auto id : by_index<ActivityRow>(index, value))
      types.push_back(row<ActivityRow>(EventId{id})->type);
    return types;
  }
  ActivityRow newest() {
    return row<ActivityRow>(EventId{by_index<ActivityRow>("by_workspace", space.value).at(0)}).value();
  }

  void open_workspace() {
    ws::Created created{};
    created.name = "Lab";
    created.slug = "lab";
    created.owner_id = ada;
    history.workspace(space, created);
  }
  void open_issue(IssueId id, std::optional<ProjectId> project = {}) {
    is::Opened opened{};
    opened.number = 1;
    opened.identifier = "ISSUE-1";
    opened.title = "It rains in";
    opened.project_id = project;
    history.issue(space, id, opened);
  }
};

}  // namespace daybook::projector::test
