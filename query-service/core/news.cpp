#include "query-service/core/news.hpp"

#include <algorithm>

#include "query-service/core/rows.hpp"

namespace daybook::query {
namespace {

// An index has each workspace's activity by position, so this is one probe for each.
constexpr std::string_view news_sql =
    "SELECT w.id::text FROM unnest($1::text::uuid[]) AS w(id)"
    " WHERE EXISTS (SELECT FROM $schema.activity a WHERE a.workspace_id = w.id AND a.position > $2::text::bigint)";

std::string array_of(const std::set<std::string>& ids) {
  std::string out = "{";
  for (const auto& id : ids) out += (out.size() > 1 ? "," : "") + id;
  return out + "}";
}

}  // namespace

struct News::Listening {
  std::shared_ptr<News> news;
  std::uint64_t number;
  ~Listening() { news->forget(number); }
};

std::shared_ptr<void> News::listen(events::WorkspaceId workspace, std::function<void()> then) {
  const std::lock_guard lock(mutex_);
  if (!growth_) {
    growth_ = context_.position->on_growth([weak = weak_from_this()](events::Position) {
      if (const auto news = weak.lock()) news->grown();
    });
    seen_ = context_.position->current();
  }
  const auto number = next_++;
  ears_[number] = {workspace, std::move(then)};
  return std::make_shared<Listening>(shared_from_this(), number);
}

void News::forget(std::uint64_t number) {
  std::shared_ptr<void> growth;
  Ears::node_type ear;  // both end outside the lock
  const std::lock_guard lock(mutex_);
  ear = ears_.extract(number);
  if (ears_.empty()) growth.swap(growth_);
}

void News::grown() {
  {
    const std::lock_guard lock(mutex_);
    again_ = true;
    if (looking_) return;
    looking_ = true;
  }
  if (context_.workers->post([self = shared_from_this()] { self->look(); })) return;
  const std::lock_guard lock(mutex_);
  looking_ = false;  // the next growth tries again
}

// Whether there is something to look at: beyond which position, for which workspaces.
bool News::more(events::Position& after, std::set<std::string>& workspaces) {
  const auto upto = context_.position->current();
  const std::lock_guard lock(mutex_);
  looking_ = again_ && !ears_.empty();
  again_ = false;
  if (!looking_) return false;
  after = seen_;
  seen_ = std::max(seen_, upto);
  workspaces.clear();
  for (const auto& [number, ear] : ears_) workspaces.insert(ear.first.text());
  return true;
}

void News::look() {
  events::Position after{};
  std::set<std::string> workspaces;
  while (more(after, workspaces)) tell(among(workspaces, after));
}

// Those of the workspaces in which something has happened; all of them where that cannot be known: each stream then finds out
// by itself what is wrong.
std::set<std::string> News::among(const std::set<std::string>& workspaces, events::Position after) {
  try {
    auto lease = context_.postgres->lease(lease_timeout);
    if (!lease) return workspaces;
    const auto rows = run_sql(**lease, {filled(news_sql, context_.schema), {array_of(workspaces), std::to_string(after.value)}});
    std::set<std::string> out;
    for (int i = 0; i < rows.rows(); ++i) out.insert(std::string(rows.text(i, 0)));
    return out;
  } catch (const pg::Error&) {
    return workspaces;
  }
}

void News::tell(const std::set<std::string>& workspaces) {
  std::vector<std::function<void()>> whom;
  {
    const std::lock_guard lock(mutex_);
    for (const auto& [number, ear] : ears_)
      if (workspaces.count(ear.first.text()) > 0) whom.push_back(ear.second);
  }
  for (const auto& then : whom) then();
}

}  // namespace daybook::query
