// The read tables as a copy of the state store, for when they were lost or altered.
#include "platform/postgres/transaction.hpp"
#include "projector/core/read_table.hpp"
#include "projector/core/row_copy.hpp"
#include "projector/projector.hpp"
#include "projector/views/views.hpp"

namespace daybook::projector {

void Projector::rebuild_read_tables() {
  connect();
  identity_ = log_->identity();
  tables_ = {};
  check_identity({&checkpoint_});
  drop_generation(*connection_, options_.generation);
  create_generation(*connection_, options_.generation);
  parking_.replace(parked());
  pg::Transaction transaction(*connection_);
  for (const auto* table : all_tables()) copy_table(*table);
  copy_people();
  move_checkpoint({}, checkpoint_);
  transaction.commit();
  create_indexes(*connection_, options_.generation);
  install_views_if_served(*connection_, options_.generation);
  connection_.reset();
}

void Projector::copy_table(const Table& table) {
  auto at = store_->seek(table_prefix(table));
  std::shared_ptr<void> row;
  copy_rows(*connection_, table, schema_of(options_.generation), [&]() -> const void* {
    if (!at.valid()) return nullptr;
    row = table.make_row();
    read_row(table, at.value(), row.get());
    at.next();
    return row.get();
  });
}

void Projector::copy_people() {
  for (events::Position at{}; at < checkpoint_.position;) {
    auto batch = log_->read(at, batch_events_max, batch_bytes_max);
    if (batch.empty()) throw events::LogUnavailable("the log gives fewer events than it has");
    at = batch.back().position;
    std::erase_if(batch, [&](const auto& event) { return event.position > checkpoint_.position || !concerns_people(event); });
    open_people(batch);
  }
}

}  // namespace daybook::projector
