#include "tests/e2e/chaos/load.hpp"

#include <gtest/gtest.h>

#include <cstdlib>

namespace daybook::test {
namespace {

constexpr std::chrono::seconds progress_limit{90};
constexpr std::chrono::seconds request_limit{
    5};  // then it is repeated, while the first may still be carried out
constexpr std::chrono::seconds repeat_limit{120};  // of one request

bool acknowledges(int status) { return status >= 200 && status < 300; }
// The server or what it needs is away, or the same request is still being carried out.
bool is_trouble(const Reply& reply) {
  return reply.status == 0 || reply.status == 503 || reply.status == 504 || reply.code() == "in-progress";
}

}  // namespace

int chaos_cycles(int usual) {
  const char* const asked = std::getenv("DAYBOOK_CHAOS_CYCLES");
  return asked == nullptr ? usual : std::max(1, std::atoi(asked));
}

std::string AccessToken::text() const {
  const std::lock_guard lock(mutex_);
  return token_;
}

void AccessToken::renew(const std::string& used, const std::string& url) {
  const std::lock_guard lock(mutex_);
  if (token_ != used) return;  // somebody else has
  const auto reply = http::Client(url).send("POST", "/api/v1/auth/login", {}, object("email", email_, "password", usual_password));
  json::error_code not_json;
  const auto body = json::parse(reply.body, not_json);
  if (reply.ok() && reply.status == 200 && !not_json) token_ = std::string(body.at("access_token").as_string());
}

Load::Load(Team& team, std::vector<std::string> urls, int writers)
    : workspace_(team.path),
      token_(team.owner),
      urls_(std::move(urls)),
      written_(static_cast<std::size_t>(writers)) {
  for (int i = 0; i < writers; ++i) threads_.emplace_back([this, i] { write(i); });
}

Load::~Load() {
  ending_ = abandoned_ = true;
  for (auto& thread : threads_)
    if (thread.joinable()) thread.join();
}

void Load::serve_at(std::vector<std::string> urls) {
  const std::lock_guard lock(mutex_);
  urls_ = std::move(urls);
}

std::string Load::url_of(int writer) {
  const std::lock_guard lock(mutex_);
  return urls_[static_cast<std::size_t>(writer) % urls_.size()];
}

bool Load::go_on(std::size_t requests) {
  const auto wanted = acknowledged_ + requests;
  allowed_ = wanted + ahead_max;
  return wait_until([&] { return acknowledged_ >= wanted; }, progress_limit);
}

void Load::finish() {
  ending_ = true;
  for (auto& thread : threads_) thread.join();
  for (const auto& written : written_)
    for (const auto& complaint : written.complaints) ADD_FAILURE() << complaint;
}

Reply Load::send(http::Client& client, std::string& connected_to, int writer, const std::string& method,
                 const std::string& path, const std::string& body, const std::string& key) {
  Reply reply;
  const auto acknowledged = [&] {
    if (const auto url = url_of(writer); url != connected_to) {
      client = http::Client(url);
      connected_to = url;
    }
    const auto token = token_.text();
    const auto result = client.send(
        method, "/api/v1" + workspace_ + path,
        {{"Authorization", "Bearer " + token}, {"Idempotency-Key", key}, {"Prefer", "return=minimal"}}, body,
        request_limit);
    json::error_code not_json;
    reply = {result.ok() ? result.status : 0, result.ok() ? result.body : result.error,
             json::parse(result.body, not_json), result.headers};
    if (reply.status == 401) {
      token_.renew(token, connected_to);
      return abandoned_.load();
    }
    if (!is_trouble(reply)) return true;
    ++troubles_;
    return abandoned_.load();
  };
  // Each time there is trouble, the next try comes after the pause that wait_until makes.
  if (!wait_until(acknowledged, repeat_limit))
    written_[static_cast<std::size_t>(writer)].complaints.push_back(key +
                                                                    " was never answered: " + reply.raw);
  if (acknowledges(reply.status))
    ++acknowledged_;
  else if (!is_trouble(reply))
    written_[static_cast<std::size_t>(writer)].complaints.push_back(
        method + " " + path + ": " + std::to_string(reply.status) + " " + reply.raw);
  return reply;
}

bool Load::may_go_on() {
  while (!ending_ && acknowledged_ >= allowed_)
    (void)wait_until([&] { return ending_ || acknowledged_ < allowed_; }, progress_limit);
  return !ending_;
}

void Load::write(int writer) {
  auto& mine = written_[static_cast<std::size_t>(writer)];
  auto connected_to = url_of(writer);
  http::Client client(connected_to);
  const auto name = random_name("w" + std::to_string(writer));
  for (int n = 0; mine.complaints.empty() && may_go_on(); ++n) {
    const auto word = name + "-" + std::to_string(n);
    const auto opened =
        send(client, connected_to, writer, "POST", "/issues", object("title", word), word + "-open");
    if (!acknowledges(opened.status)) return;
    mine.titles.push_back(word);
    const auto issue = opened.id();
    if (!acknowledges(send(client, connected_to, writer, "POST", "/issues/" + issue + "/comments",
                           object("content", word), word + "-comment")
                          .status))
      return;
    mine.comments.push_back(word);
    if (!acknowledges(send(client, connected_to, writer, "PATCH", "/issues/" + issue,
                           object("description", word), word + "-change")
                          .status))
      return;
    mine.descriptions[issue] = word;
    const auto command = [](const std::string& title) {
      return json::object{{"type", "issue.open"}, {"data", {{"title", title}}}};
    };
    const auto two =
        json::serialize(json::object{{"commands", {command(word + "-a"), command(word + "-b")}}});
    if (!acknowledges(send(client, connected_to, writer, "POST", "/commands", two, word + "-bulk").status))
      return;
    mine.titles.push_back(word + "-a");
    mine.titles.push_back(word + "-b");
  }
}

void Load::expect_everything_once(Caller& caller) const {
  std::map<std::string, int> titles, comments;
  std::map<std::string, std::string> descriptions;
  std::vector<std::int64_t> numbers;
  for (const auto& row : caller.all(workspace_ + "/issues?sort=number")) {
    ++titles[std::string(row.at("title").as_string())];
    numbers.push_back(row.at("number").as_int64());
    if (row.at("description").is_string())
      descriptions[std::string(row.at("id").as_string())] = std::string(row.at("description").as_string());
  }
  for (const auto& row : caller.all(workspace_ + "/comments"))
    ++comments[std::string(row.at("content").as_string())];
  std::size_t expected_titles = 0, expected_comments = 0;
  for (const auto& written : written_) {
    expected_titles += written.titles.size();
    expected_comments += written.comments.size();
    for (const auto& title : written.titles) EXPECT_EQ(titles[title], 1) << "issue " << title;
    for (const auto& comment : written.comments) EXPECT_EQ(comments[comment], 1) << "comment " << comment;
    for (const auto& [issue, words] : written.descriptions) EXPECT_EQ(descriptions[issue], words) << issue;
  }
  EXPECT_EQ(titles.size(), expected_titles) << "issues that nobody was told of";
  EXPECT_EQ(comments.size(), expected_comments) << "comments that nobody was told of";
  for (std::size_t i = 0; i < numbers.size(); ++i)
    EXPECT_EQ(numbers[i], static_cast<std::int64_t>(i + 1)) << "a gap in the numbers";
}

}  // namespace daybook::test
