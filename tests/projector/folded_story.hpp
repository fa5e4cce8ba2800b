#pragma once
// A story that a property draws: it grows a history, which is folded in batches of any size and then compared with a plain model.
#include <algorithm>

#include "tests/projector/folded_models.hpp"

namespace daybook::projector::test {

class FoldedStory : public FoldedModels {
 public:
  // Folds everything in batches of that many events; once.
  void fold(std::size_t batch) {
    const auto events = history_.take();
    for (std::size_t first = 0; first < events.size(); first += batch)
      FoldedModels::fold({events.begin() + first, events.begin() + std::min(events.size(), first + batch)});
  }

 protected:
  template <class Row>
  std::size_t count() {
    std::size_t rows = 0;
    for (auto at = database_.seek(table_prefix(table_of<Row>())); at.valid(); at.next()) ++rows;
    return rows;
  }

  History history_{ada};
};

}  // namespace daybook::projector::test
