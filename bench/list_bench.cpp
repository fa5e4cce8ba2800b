// list_bench [issues] [seconds]: pages of 50 issues over HTTP against the same SQL in a bare libpq loop, and page 1,000 against
// page 1. One run, one machine, a private PostgreSQL; prints figures and ratios.
#include <atomic>
#include <chrono>
#include <cstdio>
#include <functional>
#include <thread>

#include "bench/row.hpp"
#include "platform/http/client.hpp"
#include "platform/http/server.hpp"
#include "platform/text/uuid.hpp"
#include "projector/core/read_table.hpp"
#include "query-service/core/rows.hpp"
#include "query-service/routes/resources.hpp"
#include "query-service/routes/routes.hpp"
#include "tests/support/postgres_server.hpp"

namespace daybook {
namespace {

constexpr std::size_t page_rows = 50;
constexpr int far_page = 1000;
constexpr int clients = 8;
constexpr std::size_t query_threads = 2;  // as the single process has
const std::string workspace = "0190a1b2-c3d4-7e5f-8a9b-000000000001", user = "0190a1b2-c3d4-7e5f-8a9b-000000000002";

// Everything is projected already.
class AllRead final : public query::ReadPosition {
 public:
  events::Position current() const override { return events::Position{1}; }
  void when_reached(events::Position, int, std::function<void(bool)> then) override { then(true); }
  std::shared_ptr<void> on_growth(std::function<void(events::Position)>) override { return nullptr; }
};

// Ids grow as those of issues do (UUID version 7), so that what is sorted by them lies together.
void fill(pg::Connection& connection, int issues) {
  projector::create_generation(connection, 1);
  projector::create_indexes(connection, 1);
  connection.exec("UPDATE read_g1.checkpoint SET position = 1");
  connection.exec("INSERT INTO read_g1.workspaces (id, version, born, changed, created_at, updated_at, name, slug) VALUES ('" +
                  workspace + "', 1, 1, 1, now(), now(), 'W', 'w')");
  connection.exec("INSERT INTO read_g1.members (id, workspace_id, user_id, role) VALUES (gen_random_uuid(), '" + workspace +
                  "', '" + user + "', 'owner')");
  connection.exec(
      "INSERT INTO read_g1.issues (version, born, changed, created_at, updated_at, id, workspace_id, number, identifier, title, "
      "type, description, status, priority, "
      "position, created_by_type, created_by_id, due_at) SELECT 3, n, n, now() - n * interval '1 minute', now() - (n * 7919 % "
      "100003) * interval '1 second', "
      "('0190a1b3-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, '" +
      workspace +
      "', n, 'W-' || n, 'The title of issue ' || n, 'task', repeat('Some words that describe it. ', 10), "
      "(ARRAY['todo','done','backlog'])[1 + n % 3], 'medium', n, 'user', '" +
      user +
      "', CASE WHEN n % 3 > 0 THEN now() + n * interval '1 minute' END "
      "FROM generate_series(1, " +
      std::to_string(issues) + ") n");
  connection.exec("VACUUM ANALYZE read_g1.issues");
}

double per_second(double seconds, const std::function<void()>& once) {
  const auto start = bench::Clock::now();
  int times = 0;
  while (bench::seconds_since(start) < seconds) {
    once();
    ++times;
  }
  return times / bench::seconds_since(start);
}

query::ListRequest page_of(const std::string& sort) {
  query::ListRequest request;
  request.resource = &query::issues();
  request.scope = {{"workspace_id", workspace}};
  request.shown = query::all_of(query::issues());
  const bool descending = sort.front() == '-';
  request.order = {{query::issues().field(descending ? sort.substr(1) : sort), descending}};
  request.limit = page_rows;
  return request;
}

// Who asks over HTTP as well.
const query::Viewer somebody{*events::UserId::parse(user), *events::WorkspaceId::parse(workspace), "owner"};

query::Columns columns_of(const query::ListRequest& request) {
  auto columns = query::columns_for(request.shown);
  columns.need(request.order.front().field->name);
  return columns;
}

// The place before a page, walked to as a client would.
query::Place place_before(pg::Connection& connection, query::ListRequest request, int page) {
  for (int i = 1; i < page; ++i) {
    const auto columns = columns_of(request);
    auto rows = query::rows_of(query::run_sql(connection, query::list_sql(request, columns, {"read_g1", somebody})), columns);
    const auto& last = rows[page_rows - 1];
    request.place =
        query::Place{{last.keys[columns.place_of(request.order.front().field->name)], last.keys[columns.place_of("id")]}, false};
  }
  return *request.place;
}

double pages_over_http(const std::string& url, const std::string& path, double seconds) {
  std::vector<std::thread> threads;
  std::atomic<int> failed{0};
  std::vector<double> rates(clients);
  for (int i = 0; i < clients; ++i)
    threads.emplace_back([&, i] {
      http::Client client(url);
      rates[static_cast<std::size_t>(i)] = per_second(seconds, [&] {
        if (client.send("GET", path, {{"Authorization", "Bearer bench"}}).status != 200) ++failed;
      });
    });
  for (auto& thread : threads) thread.join();
  if (failed > 0) std::printf("%d requests failed\n", failed.load());
  double all = 0;
  for (const auto rate : rates) all += rate;
  return all;
}

}  // namespace

int run(int issues, double seconds) {
  auto& server = test::PostgresServer::shared();
  const auto database = server.fresh_database();
  pg::Connection connection(database);
  fill(connection, issues);
  connection.exec("SET timezone = 'UTC'");

  query::QueryContext context;
  pg::PoolOptions pool;
  pool.connections_max = 4;
  pool.on_connect = [](pg::Connection& fresh) { fresh.exec("SET timezone = 'UTC'"); };
  context.postgres = std::make_shared<pg::Pool>(database, pool);
  context.workers = std::make_shared<runtime::WorkerPool>(query_threads, query::query_queue_max);
  context.position = std::make_shared<AllRead>();
  context.schema = "read_g1";
  context.cursors = std::make_shared<query::Cursors>(crypto::Key{}, "bench.1");
  api::Api api("bench", [](std::string_view) { return api::Principal{*events::UserId::parse(user), {}}; });
  api.add(query::resource_routes(context));
  http::Server http_server;
  http_server.start([&](http::Request request, http::Respond respond) { api.handle(std::move(request), std::move(respond)); });
  const auto url = "http://127.0.0.1:" + std::to_string(http_server.port());
  const auto path = "/api/v1/workspaces/" + workspace + "/issues";

  std::printf("%d issues, pages of %zu, %d clients, %zu query threads\n", issues, page_rows, clients, query_threads);
  for (const std::string sort : {"number", "-updated_at", "due_at", "-due_at", "title"}) {
    const auto request = page_of(sort);
    const auto columns = columns_of(request);
    const auto query = query::list_sql(request, columns, {"read_g1", somebody});
    const auto bare = per_second(seconds, [&] { query::run_sql(connection, query); });
    const auto http = pages_over_http(url, path + "?sort=" + sort, seconds);
    auto far = request;
    far.place = place_before(connection, request, std::min(far_page, issues / static_cast<int>(page_rows)));
    const auto far_path = path + "?sort=" + sort + "&cursor=" + context.cursors->write(*far.place, far);
    const auto far_http = pages_over_http(url, far_path, seconds);
    bench::print_row("page of 50 by " + sort + " /s : the same SQL /s", http, bare, "0.40");
    bench::print_row("page " + std::to_string(far_page) + " by " + sort + " /s : page 1 /s", far_http, http, "0.83");
  }
  const auto one = pages_over_http(url, path + "/W-17", seconds);
  std::printf("one by identifier: %.0f/s\n", one);
  return 0;
}

}  // namespace daybook

int main(int argc, char** argv) {
  return daybook::run(argc > 1 ? std::atoi(argv[1]) : 60000, argc > 2 ? std::atof(argv[2]) : 3.0);
}
