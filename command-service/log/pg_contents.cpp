#include "command-service/log/pg_contents.hpp"

#include "command-service/log/pg_rows.hpp"

namespace daybook::log {

std::vector<events::StreamId> PgContents::find(events::StreamType type, events::StreamId container, std::size_t max) {
  try {
    if (!connection_) connection_.emplace(url_);
    const auto rows = connection_->exec_prepared(
        "SELECT stream_id FROM log.streams WHERE container = $1::uuid AND stream_type = $2 AND NOT deleted LIMIT $3",
        pg::Params().text(container.text()).text(events::word_of(type)).int64(static_cast<std::int64_t>(max)));
    std::vector<events::StreamId> found;
    for (int row = 0; row < rows.rows(); ++row) found.push_back(events::StreamId{uuid_at(rows, row, 0)});
    return found;
  } catch (const pg::Error&) {
    connection_.reset();  // the next one begins afresh
    throw;
  }
}

}  // namespace daybook::log
