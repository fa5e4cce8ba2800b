#pragma once
// A story that a property draws: it grows a history, which is folded in batches of any size and then compared with a plain model.
#include <algorithm>

#include "tests/projector/folding.hpp"

namespace daybook::projector::test {

class FoldedStory {
 public:
  // Folds everything in batches of that many events; once.
  void fold(std::size_t batch) {
    const auto events = history_.take();
    for (std::size_t first = 0; first < events.size(); first += batch) {
      auto overlay = database_.batch();
      StateStore store(overlay);
      for (auto i = first; i < std::min(events.size(), first + batch); ++i) {
        auto event = events[i];
        event.position = events::Position{static_cast<std::int64_t>(i) + 1};
        apply(event, store);
      }
      database_.commit(overlay);
    }
  }

 protected:
  template <class Row>
  std::size_t count() {
    std::size_t rows = 0;
    for (auto at = database_.seek(table_prefix(table_of<Row>())); at.valid(); at.next()) ++rows;
    return rows;
  }

  History history_{ada};
  rocks::Database database_ = rocks::Database::in_memory();
};

}  // namespace daybook::projector::test
