#include "command-service/relay/sent_window.hpp"

#include <stdexcept>
#include <utility>

namespace daybook::relay {

using events::Position;

SentWindow::SentWindow(Position acknowledged, std::vector<std::int64_t> previous)
    : acknowledged_(acknowledged), previous_(std::move(previous)), previous_sent_(previous_) {}

Position SentWindow::previous_sent(int partition) const {
  return Position{previous_sent_.at(static_cast<std::size_t>(partition))};
}

Position SentWindow::sent() const {
  return Position{acknowledged_.value + static_cast<std::int64_t>(under_way_.size())};
}

void SentWindow::sent(Position position, int partition) {
  if (position != sent().next())
    throw std::logic_error("event " + std::to_string(position.value) + " would be sent after event " +
                           std::to_string(sent().value));
  previous_sent_.at(static_cast<std::size_t>(partition)) = position.value;
  under_way_.push_back({partition, false});
}

std::size_t SentWindow::acknowledge(Position position) {
  if (position <= acknowledged_ || position > sent()) return 0;
  under_way_[static_cast<std::size_t>(position.value - acknowledged_.value - 1)].acknowledged = true;
  std::size_t grown = 0;
  for (; !under_way_.empty() && under_way_.front().acknowledged; ++grown) {
    acknowledged_ = acknowledged_.next();
    previous_[static_cast<std::size_t>(under_way_.front().partition)] = acknowledged_.value;
    under_way_.pop_front();
  }
  return grown;
}

void SentWindow::rewind() {
  under_way_.clear();
  previous_sent_ = previous_;
}

}  // namespace daybook::relay
