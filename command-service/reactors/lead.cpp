#include "command-service/reactors/lead.hpp"

#include "platform/runtime/pause.hpp"

namespace daybook::reactors {

Lead::Lead(std::string name, std::string database_url, std::chrono::milliseconds retry)
    : name_(std::move(name)), database_url_(std::move(database_url)), retry_(retry) {}

Standing Lead::standing() const {
  const std::lock_guard lock(mutex_);
  return standing_;
}

void Lead::run(const std::stop_token& stop, const Work& begin, const Work& step) {
  while (!stop.stop_requested()) {
    try {
      lead(stop, begin, step);
      runtime::pause(stop, retry_interval);
    } catch (const std::exception& trouble) {
      // Gone with the session is the lock; and with any other trouble somebody else may fare better.
      note(false, trouble.what());
      runtime::pause(stop, retry_);
    }
  }
  note(false, "");
}

// Returns when another process leads, or when told to stop.
void Lead::lead(const std::stop_token& stop, const Work& begin, const Work& step) {
  Checkpoint checkpoint(database_url_, name_);
  if (!checkpoint.take()) return;
  begin(checkpoint);
  note(true, standing().last_error);
  while (!stop.stop_requested()) {
    checkpoint.confirm();
    step(checkpoint);
    note(true, "");
  }
}

void Lead::note(bool leads, const std::string& error) {
  const std::lock_guard lock(mutex_);
  const bool gave_up = !leads && !error.empty();
  standing_.leads = leads;
  if (gave_up) ++standing_.retries;
  if (leads || gave_up) standing_.last_error = error;
}

}  // namespace daybook::reactors
