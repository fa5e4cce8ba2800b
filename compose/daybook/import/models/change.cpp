#include "compose/daybook/import/models/change.hpp"

namespace daybook::importer::models {

Row::Row(const Values& values)
    : table_(values.table()), key_(values.key()), bytes_(values.bytes()), is_left_out_(values.is_left_out()), findings_(values.findings()) {}

Row& Row::stream(events::StreamId stream) {
  stream_ = stream;
  return *this;
}

Row& Row::there_when(std::function<bool(log::Settling&)> there) {
  there_ = std::move(there);
  return *this;
}

Row& Row::needs(events::StreamId stream, std::string_view column) {
  needs_.push_back({stream, std::string(column)});
  return *this;
}

Row& Row::closing(events::StreamId stream) {
  is_closing_ = true;
  findings_.clear();
  return needs(stream, "");
}

Row& Row::say(std::optional<text::Instant> at, Actor by, Say say) {
  changes_.push_back({at, by, std::move(say)});
  return *this;
}

Row& Row::in(events::WorkspaceId workspace) {
  workspace_ = workspace;
  return *this;
}

bool Row::is_there(log::Settling& settling) const {
  if (there_) return there_(settling);
  return stream_ && settling.reference(*stream_).has_value();
}

}  // namespace daybook::importer::models
