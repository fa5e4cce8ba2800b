#include "query-service/core/live_streams.hpp"

#include <vector>

namespace daybook::query {

std::shared_ptr<LiveStreams::Place> LiveStreams::take() {
  const std::lock_guard lock(mutex_);
  if (draining_ || places_.size() >= live_streams_max) return nullptr;
  auto place = std::make_shared<Place>();
  place->streams_ = shared_from_this();
  place->number_ = next_++;
  places_[place->number_] = nullptr;
  return place;
}

LiveStreams::Place::~Place() {
  if (!streams_) return;
  const std::lock_guard lock(streams_->mutex_);
  streams_->places_.erase(number_);
}

void LiveStreams::Place::on_drain(std::function<void()> end) {
  {
    const std::lock_guard lock(streams_->mutex_);
    if (!streams_->draining_) {
      streams_->places_[number_] = std::move(end);
      return;
    }
  }
  end();
}

void LiveStreams::drain() {
  std::vector<std::function<void()>> ends;
  {
    const std::lock_guard lock(mutex_);
    draining_ = true;
    for (auto& [number, end] : places_)
      if (end) ends.push_back(std::move(end));
  }
  for (const auto& end : ends) end();
}

std::size_t LiveStreams::open() const {
  const std::lock_guard lock(mutex_);
  return places_.size();
}

bool LiveStreams::spend(const std::string& ticket, text::Instant expires, text::Instant now) {
  const std::lock_guard lock(mutex_);
  if (spent_.size() >= spent_tickets_max) std::erase_if(spent_, [&](const auto& entry) { return entry.second < now; });
  return spent_.size() < spent_tickets_max && spent_.emplace(ticket, expires).second;
}

}  // namespace daybook::query
