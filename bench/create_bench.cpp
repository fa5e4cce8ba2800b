// What a durable issue costs over HTTP: clients that keep their connections open, each with one request under way, against
// the command routes over PostgreSQL, without read models. Then the very rows this wrote, in a bare loop of batches.
//   create_bench [issues] [clients] [durable]
// Or the clients alone, against a service that runs elsewhere; prints issues a second. `minimal`: they ask for replies that
// do not wait for the read models.
//   create_bench at PORT TOKEN WORKSPACE [issues] [clients] [minimal]
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <future>
#include <string>
#include <vector>

#include "bench/row.hpp"
#include "command-service/domain/registry.hpp"
#include "command-service/log/pg_reader.hpp"
#include "command-service/log/pg_store.hpp"
#include "command-service/log/pg_writes.hpp"
#include "command-service/routes/routes.hpp"
#include "platform/http/server.hpp"
#include "tests/support/postgres_server.hpp"

namespace {

using namespace daybook;

constexpr std::size_t bare_batch_events = 64;
constexpr std::size_t read_events = 500;
constexpr std::size_t read_bytes_max = 8 << 20;
constexpr std::size_t receive_bytes = 16 << 10;

text::Instant now() { return std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now()); }

using bench::fail;
using bench::seconds_since;

// The command service as compose makes it, with a log of its own.
class Service {
 public:
  explicit Service(const std::string& url) : keys_(make_keys()) {
    log::PgStore::migrate(url);
    tools_.identity = log::PgStore::initialise(url, keys_->fingerprint());
    tools_.keys = keys_;
    tools_.ring = std::make_shared<events::KeyRing>(tools_.identity.log_id, keys_, [url](auto subjects) {
      return log::PgStore(url, {true}).data_keys(subjects);
    });
    tools_.ids = std::make_shared<crypto::UuidV7Source>();
    tools_.clock = now;
    tools_.tokens = std::make_shared<api::AccessTokens>(keys_, now);
    tools_.hashing = std::make_shared<runtime::WorkerPool>(1, routes::hash_queue_max);
    log::Appender::Options options;
    options.clock = now;
    options.aggregates = domain::aggregate_ops_of;
    options.new_event_id = [ids = tools_.ids] { return events::EventId{ids->next()}; };
    options.on_broken = fail;
    tools_.appender = std::make_shared<log::Appender>(std::make_unique<log::PgStore>(url, log::PgStoreOptions{true}), tools_.ring, std::move(options));
    api_.add(routes::auth_routes(tools_));
    api_.add(routes::command_routes(tools_));
    server_.start([this](http::Request request, http::Respond respond) { api_.handle(std::move(request), std::move(respond)); });
  }
  ~Service() { tools_.appender->drain(); }

  std::string call(std::string path, std::string body, const std::string& token, std::string_view member) {
    std::promise<std::string> answer;
    api_.handle(http::make_request("POST", std::move(path), {{"Authorization", "Bearer " + token}}, std::move(body)),
                [&](http::Response response) { answer.set_value(std::move(response.body)); });
    const auto reply = answer.get_future().get();
    const auto name = "\"" + std::string(member) + "\":\"";
    const auto at = reply.find(name);
    if (at == reply.npos) fail("unexpected reply: " + reply);
    const auto from = at + name.size();
    return reply.substr(from, reply.find('"', from) - from);
  }
  std::uint16_t port() const { return server_.port(); }
  log::AppenderStats stats() const { return tools_.appender->stats(); }

 private:
  std::shared_ptr<const crypto::KeyFile> make_keys() {
    return std::make_shared<const crypto::KeyFile>(std::get<crypto::KeyFile>(crypto::KeyFile::create(folder_ / "keys", now())));
  }

  const test::TempDir folder_;
  std::shared_ptr<const crypto::KeyFile> keys_;
  routes::CommandTools tools_;
  api::Api api_{"Daybook", [this](std::string_view token) { return tools_.tokens->verify(token); }};
  http::Server server_;
};

// Many connections in one thread, each sending the same request again as soon as it is answered.
class Clients {
 public:
  Clients(std::uint16_t port, int count, std::string request) : request_(std::move(request)) {
    for (int i = 0; i < count; ++i) connect_one(port);
  }
  ~Clients() {
    for (const auto& socket : sockets_) ::close(socket.fd);
  }

  void run(int requests) {
    int left_to_send = requests, left_to_read = requests;
    for (std::size_t i = 0; i < sockets_.size() && left_to_send > 0; ++i, --left_to_send) send_to(i);
    while (left_to_read > 0) {
      if (::poll(sockets_.data(), sockets_.size(), 30'000) <= 0) fail("no reply within 30 s");
      for (std::size_t i = 0; i < sockets_.size(); ++i) {
        if (sockets_[i].revents == 0 || !receive(i)) continue;
        --left_to_read;
        if (left_to_send > 0) {
          --left_to_send;
          send_to(i);
        }
      }
    }
  }

 private:
  void connect_one(std::uint16_t port) {
    const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const int on = 1;
    ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) fail("cannot connect");
    sockets_.push_back({fd, POLLIN, 0});
    received_.emplace_back();
  }

  void send_to(std::size_t i) {
    if (::send(sockets_[i].fd, request_.data(), request_.size(), 0) != static_cast<ssize_t>(request_.size())) fail("cannot send");
  }

  // True once a whole reply is there.
  bool receive(std::size_t i) {
    char buffer[receive_bytes];
    const auto count = ::recv(sockets_[i].fd, buffer, sizeof buffer, 0);
    if (count <= 0) fail("the connection was closed");
    auto& text = received_[i];
    text.append(buffer, static_cast<std::size_t>(count));
    const auto end = text.find("\r\n\r\n"), length = text.find("Content-Length: ");
    if (end == text.npos || length == text.npos) return false;
    if (text.size() < end + 4 + std::strtoul(text.c_str() + length + 16, nullptr, 10)) return false;
    if (!text.starts_with("HTTP/1.1 201")) fail("unexpected reply: " + text);
    text.clear();
    return true;
  }

  std::string request_;
  std::vector<pollfd> sockets_;
  std::vector<std::string> received_;
};

std::string request_for(const std::string& workspace, const std::string& token, const std::string& headers = {}) {
  const auto body = R"({"title":"Write the first line","description":")" + std::string(200, 'x') + "\"}";
  return "POST /api/v1/workspaces/" + workspace + "/issues HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token +
         "\r\n" + headers + "Content-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

// Issues a second, once caches are full and prepared statements are made.
double rate_of(Clients& all, int issues, int clients) {
  all.run(clients * 4);
  const auto start = bench::Clock::now();
  all.run(issues);
  return issues / seconds_since(start);
}

double create_over_http(const std::string& url, int issues, int clients) {
  Service service(url);
  const auto token = service.call("/api/v1/auth/register", R"({"email":"ann@example.org","password":"correct horse"})", "", "access_token");
  const auto workspace = service.call("/api/v1/workspaces", R"({"name":"Crew"})", token, "id");
  Clients all(service.port(), clients, request_for(workspace, token));
  const auto before = service.stats();
  const auto rate = rate_of(all, issues, clients);
  const auto after = service.stats();
  const auto batches = static_cast<double>(after.batches - before.batches);
  std::printf("%d issues by %d clients, %.1f of them a batch, %.1f rounds a batch\n", issues, clients,
              static_cast<double>(after.requests - before.requests) / batches, static_cast<double>(after.rounds - before.rounds) / batches);
  return rate;
}

double insert_bare(test::PostgresServer& server, const std::string& from, int issues) {
  log::PgReader reader(from);
  std::vector<events::Envelope> rows;
  for (log::Position after{}; rows.size() < static_cast<std::size_t>(issues);) {
    auto part = reader.read(after, read_events, read_bytes_max);
    if (part.empty()) break;
    after = part.back().position;
    for (auto& event : part)
      if (event.type == "issue.opened" && rows.size() < static_cast<std::size_t>(issues)) rows.push_back(std::move(event));
  }
  const auto url = server.fresh_database();
  log::PgStore::migrate(url);
  log::PgStore::initialise(url, "bench");
  pg::Connection connection(url);
  connection.exec("SET synchronous_commit = on");
  const auto start = bench::Clock::now();
  for (std::size_t first = 0; first < rows.size(); first += bare_batch_events) {
    log::BatchWrite part{};
    const auto last = std::min(first + bare_batch_events, rows.size());
    part.events.assign(rows.begin() + static_cast<std::ptrdiff_t>(first), rows.begin() + static_cast<std::ptrdiff_t>(last));
    const std::vector<pg::Statement> trip{{"BEGIN", {}}, log::statements_of(part).front(), {"COMMIT", {}}};
    connection.pipeline(trip);
  }
  return static_cast<double>(rows.size()) / seconds_since(start);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc > 4 && std::string(argv[1]) == "at") {
    const int clients = argc > 6 ? std::atoi(argv[6]) : 64;
    const bool minimal = argc > 7 && std::string(argv[7]) == "minimal";
    Clients all(static_cast<std::uint16_t>(std::atoi(argv[2])), clients, request_for(argv[4], argv[3], minimal ? "Prefer: return=minimal\r\n" : ""));
    std::printf("%.0f\n", rate_of(all, argc > 5 ? std::atoi(argv[5]) : 20000, clients));
    return 0;
  }
  const int issues = argc > 1 ? std::atoi(argv[1]) : 20000;
  const int clients = argc > 2 ? std::atoi(argv[2]) : 64;
  const bool durable = argc > 3 && std::string(argv[3]) == "durable";
  test::PostgresServer server({.durable = durable});
  const auto url = server.fresh_database();
  const auto over_http = create_over_http(url, issues, clients);
  const auto bare = insert_bare(server, url, issues);
  std::printf("fsync %s\n", durable ? "on" : "off");
  bench::print_row("issues created over HTTP /s : bare inserts of 64 /s", over_http, bare, "0.35");
}
