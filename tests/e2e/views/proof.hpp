#pragma once
// Holds what a view shows against what the API shows, column by column.
#include <map>
#include <string>
#include <vector>

#include "tests/e2e/views/columns.hpp"
#include "tests/e2e/views/story.hpp"
#include "tests/e2e/views/views.hpp"

namespace daybook::test {

class Proof {
 public:
  Proof(Story& story, Views& views, const std::vector<Column>& columns, const std::vector<Witness>& witnesses);

  /// Why the column is not proven, a sentence each. Proven is what every witness bears out and at least one with a value that
  /// would not stand there by itself, nor by taking it from another column.
  [[nodiscard]] std::vector<std::string> against(const Column& column);

 private:
  struct Row {
    const Witness* witness;
    boost::json::object cells;
  };
  [[nodiscard]] const std::vector<Row>& rows_of(const Column& column);
  [[nodiscard]] std::string key_of(const Column& column, const Witness& witness) const;
  [[nodiscard]] std::string sealed_against(const Column& column, const Row& row) const;
  [[nodiscard]] std::string against(const Column& column, const Row& row) const;
  [[nodiscard]] bool tells(const Column& column, const Row& row) const;
  [[nodiscard]] std::string reference_against(const Column& column, const Row& row);

  Story& story_;
  Views& views_;
  const std::vector<Column>& columns_;
  const std::vector<Witness>& witnesses_;
  std::map<std::string, std::vector<Row>> rows_;       // by view
  std::map<std::string, std::string> not_there_;       // by view: of whom there is no row
};

}  // namespace daybook::test
