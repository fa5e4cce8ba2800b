#pragma once
// A state store into which a history is folded, as the projector does it.
#include <gtest/gtest.h>

#include "platform/rocksdb/database.hpp"
#include "projector/core/state_reader.hpp"
#include "projector/read_models/read_model.hpp"
#include "tests/projector/history.hpp"
#include "tests/support/support.hpp"

namespace daybook::projector::test {

inline const auto ada = id_of<events::UserId>(1);
inline const auto space = id_of<events::WorkspaceId>(0x100);
inline const auto apollo = id_of<events::ProjectId>(0x130), gemini = id_of<events::ProjectId>(0x131);
inline const auto bug = id_of<events::IssueId>(0x140);

class Folding : public testing::Test {
 protected:
  // Folds what was added to the history as one batch, with its checkpoint.
  void fold() {
    auto overlay = database.batch();
    StateStore store(overlay);
    for (auto event : history.take()) {
      event.position = position = position.next();
      apply(event, store);
    }
    Checkpoint checkpoint{};
    checkpoint.position = position;
    overlay.put_unseen(checkpoint_key(), events::to_json(checkpoint));
    database.commit(overlay);
  }

  rocks::Database database = rocks::Database::in_memory();
  events::Position position{};
  History history{ada};
};

}  // namespace daybook::projector::test
