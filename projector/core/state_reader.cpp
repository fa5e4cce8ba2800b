#include "projector/core/state_reader.hpp"

#include <algorithm>
#include <fstream>

#include "events/core/json.hpp"

namespace daybook::projector {
namespace {

// Empty while there is none.
std::string identity_in(const std::filesystem::path& folder) {
  std::ifstream file(folder / "IDENTITY");
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

std::optional<std::string> StateView::json_as_of(const Table& table, text::Uuid id, events::Position position) const {
  if (!table.keeps_versions) throw std::logic_error(std::string(table.name) + " keeps no versions");
  const auto version = snapshot_.seek(version_prefix(table, id), version_key(table, id, position));
  if (!version.valid() || version.value().empty()) return std::nullopt;
  return std::string(version.value());
}

std::optional<text::Uuid> StateView::first(const Table& table, std::size_t index, std::string_view parts) const {
  const auto at = snapshot_.seek(index_prefix(table, index, parts));
  if (!at.valid()) return std::nullopt;
  return id_in_index_key(at.key());
}

std::vector<text::Uuid> StateView::ids(const Table& table, std::string_view index, std::string_view parts, const PageOf& asked,
                                       std::string& next) const {
  const auto prefix = index_prefix(table, index_number(table, index), parts);
  const auto limit = std::min(asked.limit, index_page_rows_max);
  const bool forward = asked.walk == Walk::newest_first, begins = asked.after.empty();
  auto at = forward  ? snapshot_.seek(prefix, begins ? std::string_view(prefix) : asked.after)
            : begins ? snapshot_.seek_last(prefix)
                     : snapshot_.seek_last(prefix, asked.after);
  const auto step = [&] { forward ? at.next() : at.prev(); };
  if (!begins && at.valid() && at.key() == asked.after) step();
  std::vector<text::Uuid> out;
  std::string last;
  for (; at.valid() && out.size() < limit; step()) {
    last = at.key();
    out.push_back(id_in_index_key(last));
  }
  next = at.valid() ? last : "";
  return out;
}

bool StateReader::catch_up() {
  if (shared_) return true;
  std::lock_guard entering(entrance_);
  std::unique_lock alone(moving_);
  auto identity = identity_in(folder_);
  if (followed_ && identity == followed_identity_) return followed_->try_catch_up();
  followed_.reset();
  // RocksDB writes CURRENT last, when a new folder is whole.
  if (!std::filesystem::exists(folder_ / "CURRENT")) return false;
  rocks::Options options;
  options.create_if_missing = false;
  options.read_only_secondary = own_;
  std::filesystem::create_directories(own_);
  followed_.emplace(rocks::Database::open(folder_, options));
  followed_identity_ = std::move(identity);
  ++opened_;
  return followed_->try_catch_up();
}

bool StateReader::ready() const {
  if (shared_) return true;
  std::shared_lock held(moving_);
  return followed_.has_value();
}

StateView StateReader::read() const {
  if (shared_) return view({}, *shared_);
  std::unique_lock entering(entrance_);
  std::shared_lock held(moving_);
  entering.unlock();
  if (!followed_) throw NotReady("The state store is not there yet.");
  return view(std::move(held), *followed_);
}

StateView StateReader::view(std::shared_lock<std::shared_mutex> held, const rocks::Database& database) const {
  StateView view(std::move(held), database, opened_);
  view.position_ = position_in(view);
  return view;
}

events::Position StateReader::position_in(const StateView& view) const {
  const std::lock_guard lock(known_);
  if (position_ && position_->first == view.moment()) return position_->second;
  Checkpoint checkpoint{};
  if (const auto stored = view.snapshot_.get(checkpoint_key()))
    if (const auto read = events::from_json(*stored, checkpoint, events::Reading::lenient); !read)
      throw std::runtime_error("the state store's checkpoint cannot be read: " + read.text());
  position_ = {view.moment(), checkpoint.position};
  return checkpoint.position;
}

}  // namespace daybook::projector
