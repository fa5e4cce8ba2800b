#include "tests/support/reverse_proxy.hpp"

#include <signal.h>
#include <unistd.h>

#include <fstream>
#include <sstream>
#include <stdexcept>

namespace daybook::test {
namespace {

namespace fs = std::filesystem;

constexpr const char* shipped = "compose/containers/nginx.conf";  // tests run in the root of the repository
constexpr std::chrono::seconds proxy_start_limit{30};
constexpr std::chrono::seconds proxy_stop_limit{30};
constexpr int ports_tried_max = 5;

std::string text_of(const fs::path& file) {
  std::ostringstream text;
  text << std::ifstream(file).rdbuf();
  return text.str();
}

void replace_all(std::string& text, const std::string& word, const std::string& with) {
  auto at = text.find(word);
  if (at == text.npos) throw std::runtime_error(std::string(shipped) + " does not say '" + word + "'");
  for (; at != text.npos; at = text.find(word, at + with.size())) text.replace(at, word.size(), with);
}

std::string authority(const std::string& url) { return url.substr(url.find("//") + 2); }

std::string program() {
  for (const auto* path : {"/usr/sbin/nginx", "/usr/local/sbin/nginx", "/usr/bin/nginx"})
    if (fs::exists(path)) return path;
  throw std::runtime_error("there is no nginx; Debian's package nginx-light has it");
}

}  // namespace

ReverseProxy::ReverseProxy(const std::string& command_url, const std::string& query_url) {
  auto configuration = text_of(shipped);
  replace_all(configuration, "daybook-command:8001", authority(command_url));
  replace_all(configuration, "daybook-query:8002", authority(query_url));
  for (int i = 0; i < ports_tried_max; ++i)
    if (starts(configuration)) return;
  throw std::runtime_error("nginx did not start: " + output());
}

// False when somebody else was given the port in the meantime.
bool ReverseProxy::starts(const std::string& configuration) {
  const auto address = "127.0.0.1:" + std::to_string(free_port());
  auto mine = configuration;
  replace_all(mine, "listen 8000 ", "listen " + address + " ");
  std::ofstream(folder_ / "nginx.conf") << mine;
  url_ = "http://" + address;
  // Its workers, who are nobody when root starts it, have to write what they keep of long bodies.
  const std::string own_user = geteuid() == 0 ? " user root;" : "";
  process_ = std::make_unique<Process>(
      std::vector<std::string>{program(), "-p", folder_.path(), "-c", folder_ / "nginx.conf", "-e", "stderr", "-g",
                               "daemon off;" + own_user},
      ProcessOptions{folder_.path(), folder_ / "output", "", SIGTERM});
  const bool running = wait_until([&] { return fs::exists(folder_ / "nginx.pid") || !process_->running(); }, proxy_start_limit);
  return running && process_->running();
}

// Asked to end, it takes its workers with it; killed, it would leave them.
ReverseProxy::~ReverseProxy() {
  process_->send(SIGTERM);
  (void)process_->wait(proxy_stop_limit);
}

std::string ReverseProxy::output() const { return text_of(folder_ / "output"); }

}  // namespace daybook::test
