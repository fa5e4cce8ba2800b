#pragma once
// Read models of a test's own, folded from events in batches; as many beside each other as are to be compared.
#include <initializer_list>

#include "tests/projector/folding.hpp"

namespace daybook::projector::test {

class FoldedModels {
 public:
  // All of them as one batch.
  void fold(const std::vector<events::Envelope>& events) {
    auto overlay = database_.batch();
    StateStore store(overlay);
    for (auto event : events) {
      event.position = position = position.next();
      apply(event, store);
    }
    database_.commit(overlay);
  }
  template <class Row, class IdType>
  Row row(IdType id) {
    auto overlay = database_.batch();
    return StateStore(overlay).get<Row>(id.value).value();
  }
  template <class Row>
  std::vector<Row> each(std::string_view index, const std::string& prefix) {
    auto overlay = database_.batch();
    return StateStore(overlay).each<Row>(index, prefix);
  }
  // Every row of the tables, as it is stored.
  std::string rows_of(std::initializer_list<const Table*> tables) const {
    std::string out;
    for (const auto* table : tables)
      for (auto at = database_.seek(table_prefix(*table)); at.valid(); at.next()) out += std::string(at.value()) + "\n";
    return out;
  }

  events::Position position{};  // of the last event

 protected:
  rocks::Database database_ = rocks::Database::in_memory();
};

}  // namespace daybook::projector::test
