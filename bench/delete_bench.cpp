// delete_bench PORT TOKEN WORKSPACE [issues] [times]: how long it takes to delete a project with many issues in it, against an empty
// one, over HTTP at a running service; both are restored and deleted again in turn. Prints one row of medians in microseconds.
#include <algorithm>
#include <boost/json.hpp>
#include <vector>

#include "bench/row.hpp"
#include "platform/http/client.hpp"

namespace daybook {
namespace {

namespace json = boost::json;

constexpr int bulk_most = 500;  // commands in one request

class Workspace {
 public:
  Workspace(const std::string& port, const std::string& token, const std::string& id)
      : client_("http://127.0.0.1:" + port), token_(token), path_("/api/v1/workspaces/" + id) {}

  std::string project(const std::string& name) {
    return std::string(json::parse(send("POST", "/projects", json::serialize(json::object{{"name", name}}))).at("id").as_string());
  }
  void fill(const std::string& project, int issues) {
    for (int made = 0; made < issues; made += bulk_most) {
      json::array commands;
      for (int i = made; i < std::min(issues, made + bulk_most); ++i)
        commands.push_back({{"type", "issue.open"}, {"data", {{"title", "Issue " + std::to_string(i)}, {"project_id", project}}}});
      send("POST", "/commands", json::serialize(json::object{{"commands", commands}}));
    }
  }
  // What a deletion takes; the project is there again afterwards.
  double deletion(const std::string& project) {
    const auto start = bench::Clock::now();
    send("DELETE", "/projects/" + project, "");
    const auto took = bench::seconds_since(start);
    send("POST", "/projects/" + project + "/restore", "{}");
    return took;
  }

 private:
  std::string send(std::string_view method, const std::string& path, const std::string& body) {
    auto result = client_.send(method, path_ + path, {{"Authorization", "Bearer " + token_}}, body);
    if (!result.ok() || result.status >= 300) bench::fail(path + ": " + std::to_string(result.status) + " " + result.error + result.body);
    return std::move(result.body);
  }

  http::Client client_;
  std::string token_, path_;
};

double median(std::vector<double> all) {
  std::nth_element(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(all.size() / 2), all.end());
  return all[all.size() / 2];
}

}  // namespace

int run(const std::string& port, const std::string& token, const std::string& id, int issues, int times) {
  constexpr double microseconds = 1e6;
  Workspace workspace(port, token, id);
  const auto full = workspace.project("Full"), empty = workspace.project("Empty");
  workspace.fill(full, issues);
  std::vector<double> of_full, of_empty;
  for (int i = 0; i < times; ++i) {
    of_full.push_back(workspace.deletion(full));
    of_empty.push_back(workspace.deletion(empty));
  }
  bench::print_row("deleting a project of " + std::to_string(issues) + " issues, µs : an empty one", median(of_full) * microseconds,
                   median(of_empty) * microseconds, "at most 1.1");
  return 0;
}

}  // namespace daybook

int main(int argc, char** argv) {
  if (argc < 4) daybook::bench::fail("delete_bench PORT TOKEN WORKSPACE [issues] [times]");
  return daybook::run(argv[1], argv[2], argv[3], argc > 4 ? std::atoi(argv[4]) : 100000, argc > 5 ? std::atoi(argv[5]) : 200);
}
