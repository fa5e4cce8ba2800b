#include "compose/daybook/served_tables.hpp"

#include "command-service/log/pg_rows.hpp"
#include "projector/core/generations.hpp"

namespace daybook::app {

events::Position ServedTables::find_position() {
  const auto generation = projector::find_served_generation(session());
  if (!generation) return {};
  schema_ = projector::schema_of(*generation);
  const auto row = session().exec("SELECT position FROM " + schema_ + ".checkpoint");
  return row.empty() ? events::Position{} : events::Position{row.int64(0, 0)};
}

pg::Connection& ServedTables::session() {
  if (!session_ || !session_->alive()) {
    session_.emplace(url_);
    log::prepare_session(*session_);
  }
  return *session_;
}

}  // namespace daybook::app
