// An agent for Daybook: claims runs, works on them, keeps its lease, says how they ended.
//
//     DAYBOOK_URL=http://127.0.0.1:8000 DAYBOOK_WORKSPACE=acme DAYBOOK_TOKEN=... daybook_agent [--once] [-- COMMAND ...]
//
// COMMAND reads the prompt from standard input and prints the response; without one the response is the prompt. What it used it may write,
// as JSON, into the file that DAYBOOK_USED names: {"usage": {"input": 12, "output": 30}, "reported_cost": 0.01, "currency": "USD"}.
#include <curl/curl.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <boost/json.hpp>
#include <chrono>
#include <condition_variable>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>
#include <mutex>
#include <random>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace {

namespace json = boost::json;
using namespace std::chrono_literals;
using std::chrono::milliseconds;

constexpr auto idle_pause = 2s;    // between two questions for work when there is none
constexpr auto retry_pause = 1s;   // between two tries to reach a server that is away
constexpr int heartbeats_a_lease = 3;
constexpr long request_timeout_s = 30;
constexpr std::size_t error_bytes_max = 4000;  // of what a command said when it failed
constexpr int look_ms = 100;                   // between two looks at whether work is to stop

std::atomic<bool> told_to_stop{false};
extern "C" void on_signal(int) { told_to_stop = true; }

void say(const std::string& words) { std::cerr << words + "\n"; }

void wait_for(milliseconds time) {
  for (const auto end = std::chrono::steady_clock::now() + time; !told_to_stop && std::chrono::steady_clock::now() < end;)
    std::this_thread::sleep_for(milliseconds(look_ms));
}

// The server has answered, and the answer is no.
struct Refused : std::runtime_error {
  Refused(long status, const std::string& what) : std::runtime_error(what), status(status) {}
  long status;
};
// Nobody has answered, or not now: the same may be asked again.
struct Away : std::runtime_error {
  using std::runtime_error::runtime_error;
};

bool is_worth_another_try(long status) { return status == 429 || status == 500 || (status >= 502 && status <= 504); }

std::size_t append(char* bytes, std::size_t size, std::size_t count, void* text) {
  static_cast<std::string*>(text)->append(bytes, size * count);
  return size * count;
}

json::value parsed(const std::string& text) {
  boost::system::error_code wrong;
  auto value = json::parse(text, wrong);
  return wrong ? json::value() : value;
}

std::string word(const json::value& value, std::string_view name) {
  const auto* object = value.if_object();
  const auto* member = object == nullptr ? nullptr : object->if_contains(name);
  return member != nullptr && member->is_string() ? std::string(member->as_string()) : "";
}

// Daybook's HTTP API as far as an agent needs it. Any number of threads.
class Daybook {
 public:
  Daybook(std::string url, const std::string& workspace, std::string token)
      : base_(std::move(url) + "/api/v1/workspaces/" + workspace + "/executions"), token_(std::move(token)) {}

  // The reply's JSON, null where it has none.
  json::value post(const std::string& path, const json::object& body, const std::string& key = "") const {
    const std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> curl(curl_easy_init(), curl_easy_cleanup);
    if (!curl) throw std::runtime_error("libcurl cannot be used");
    curl_slist* fields = nullptr;
    for (const auto& field : {"Authorization: Bearer " + token_, std::string("Content-Type: application/json"),
                              key.empty() ? std::string("Idempotency-Key:") : "Idempotency-Key: " + key})
      fields = curl_slist_append(fields, field.c_str());
    const std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> owned(fields, curl_slist_free_all);
    const auto url = base_ + path, text = json::serialize(body);
    std::string reply;
    curl_easy_setopt(curl.get(), CURLOPT_URL, url.c_str());
    curl_easy_setopt(curl.get(), CURLOPT_HTTPHEADER, fields);
    curl_easy_setopt(curl.get(), CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(text.size()));
    curl_easy_setopt(curl.get(), CURLOPT_POSTFIELDS, text.c_str());
    curl_easy_setopt(curl.get(), CURLOPT_TIMEOUT, request_timeout_s);
    curl_easy_setopt(curl.get(), CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl.get(), CURLOPT_WRITEFUNCTION, append);
    curl_easy_setopt(curl.get(), CURLOPT_WRITEDATA, &reply);
    if (const auto code = curl_easy_perform(curl.get()); code != CURLE_OK) throw Away(curl_easy_strerror(code));
    long status = 0;
    curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &status);
    if (is_worth_another_try(status)) throw Away("the server says " + std::to_string(status));
    const auto value = parsed(reply);
    if (status >= 400) throw Refused(status, std::to_string(status) + " " + word(value, "code") + ": " + word(value, "detail"));
    return value;
  }

 private:
  std::string base_, token_;
};

struct Run {
  std::string id, prompt;
  std::int64_t fencing_token = 0, lease_seconds = 0;
};

Run run_of(const json::value& claimed) {
  const auto& object = claimed.as_object();
  return {word(claimed, "id"), word(claimed, "prompt"), object.at("fencing_token").to_number<std::int64_t>(), object.at("lease_seconds").to_number<std::int64_t>()};
}

// Keeps a run while this object lives, on a thread of its own. `lost` once somebody else may have it.
class Lease {
 public:
  Lease(const Daybook& daybook, const Run& run) : thread_([this, &daybook, &run] { keep(daybook, run); }) {}
  ~Lease() {
    {
      const std::lock_guard lock(mutex_);
      done_ = true;
    }
    wake_.notify_all();
    thread_.join();
  }
  bool lost() const { return lost_; }

 private:
  void keep(const Daybook& daybook, const Run& run) {
    const auto pause = std::max(milliseconds(run.lease_seconds * 1000 / heartbeats_a_lease), milliseconds(200));
    for (std::unique_lock lock(mutex_); !wake_.wait_for(lock, pause, [this] { return done_; });) {
      lock.unlock();
      try {
        daybook.post("/" + run.id + "/heartbeat", {{"fencing_token", run.fencing_token}});
      } catch (const Away&) {
        // The next one may come in time.
      } catch (const std::exception& refused) {
        say("run " + run.id + " is not ours any more: " + refused.what());
        lost_ = true;
        return;
      }
      lock.lock();
    }
  }

  std::mutex mutex_;
  std::condition_variable wake_;
  bool done_ = false;
  std::atomic<bool> lost_{false};
  std::thread thread_;
};

// Where a command may say what it used. Its folder, which nobody else reads, is gone with this object.
class Used {
 public:
  Used() {
    auto name = (std::filesystem::temp_directory_path() / "daybook-agent-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("there is no room for temporary files");
    folder_ = name;
  }
  Used(const Used&) = delete;
  Used& operator=(const Used&) = delete;
  ~Used() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }
  std::string file() const { return folder_ / "used.json"; }
  // Nothing where nothing was said.
  json::object told() const {
    std::ifstream in(file());
    if (!in) return {};
    const auto all = parsed({std::istreambuf_iterator<char>(in), {}});
    if (!all.is_object()) say("what the command says it used cannot be read");
    json::object known;
    for (const auto* name : {"usage", "reported_cost", "currency"})
      if (const auto* value = all.is_object() ? all.get_object().if_contains(name) : nullptr) known[name] = *value;
    return known;
  }

 private:
  std::filesystem::path folder_;
};

// A command with the text for its standard input, in a process group of its own, that it can be ended with what it has started.
class Command {
 public:
  Command(const std::vector<std::string>& words, std::string input, const std::string& used) : input_(std::move(input)) {
    int in[2], out[2], err[2];
    for (int* pipe : {in, out, err})
      if (pipe2(pipe, O_CLOEXEC) != 0) throw std::runtime_error("there are no pipes left");
    process_ = fork();
    if (process_ < 0) throw std::runtime_error("there are no processes left");
    if (process_ == 0) become(words, used, in[0], out[1], err[1]);
    for (const int theirs : {in[0], out[1], err[1]}) close(theirs);
    to_ = in[1];
    from_[0] = out[0];
    from_[1] = err[0];
    fcntl(to_, F_SETFL, O_NONBLOCK);
  }
  ~Command() {
    for (int* file : {&to_, &from_[0], &from_[1]}) close_file(*file);
  }

  // Moves bytes for a moment; false once the command has closed both of its ends.
  bool goes_on() {
    pollfd files[] = {{to_, POLLOUT, 0}, {from_[0], POLLIN, 0}, {from_[1], POLLIN, 0}};
    poll(files, 3, look_ms);
    if (to_ >= 0 && files[0].revents != 0) give();
    for (int i = 0; i < 2; ++i)
      if (from_[i] >= 0 && files[i + 1].revents != 0) take(i);
    return from_[0] >= 0 || from_[1] >= 0;
  }
  void end() const { kill(-process_, SIGKILL); }
  int exit_code() const {
    int status = 0;
    waitpid(process_, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  }

  std::string printed, said;

 private:
  [[noreturn]] static void become(const std::vector<std::string>& words, const std::string& used, int in, int out, int err) {
    setpgid(0, 0);
    setenv("DAYBOOK_USED", used.c_str(), 1);
    signal(SIGPIPE, SIG_DFL);
    dup2(in, STDIN_FILENO);
    dup2(out, STDOUT_FILENO);
    dup2(err, STDERR_FILENO);
    std::vector<char*> arguments;
    for (const auto& each : words) arguments.push_back(const_cast<char*>(each.c_str()));
    arguments.push_back(nullptr);
    execvp(arguments[0], arguments.data());
    static_cast<void>(!write(STDERR_FILENO, "The command could not be run.\n", 30));
    _exit(127);
  }
  static void close_file(int& file) {
    if (file >= 0) close(file);
    file = -1;
  }
  void give() {
    const auto written = write(to_, input_.data(), input_.size());
    if (written > 0) input_.erase(0, static_cast<std::size_t>(written));
    if (input_.empty() || (written < 0 && errno != EAGAIN)) close_file(to_);
  }
  void take(int which) {
    char bytes[4096];
    const auto count = read(from_[which], bytes, sizeof bytes);
    if (count > 0) (which == 0 ? printed : said).append(bytes, static_cast<std::size_t>(count));
    else close_file(from_[which]);
  }

  std::string input_;
  pid_t process_ = -1;
  int to_ = -1, from_[2] = {-1, -1};
};

// What finishing a run will say, besides the token: the end of the path, and the body.
struct End {
  std::string path;
  json::object body;
};

End work(const std::vector<std::string>& words, const Run& run, const Lease& lease) {
  if (words.empty()) return {"complete", {{"response", run.prompt}}};
  const Used used;
  Command command(words, run.prompt, used.file());
  while (command.goes_on())
    if (lease.lost() || told_to_stop) command.end();
  const auto code = command.exit_code();
  if (told_to_stop) return {"fail", {{"error", "The agent was stopped."}}};
  auto body = used.told();
  if (code == 0) {
    body["response"] = command.printed;
    return {"complete", std::move(body)};
  }
  auto error = command.said.substr(0, error_bytes_max);
  error.erase(error.find_last_not_of(" \n") + 1);
  if (error.empty()) error = "the command ended with " + std::to_string(code);
  body["error"] = error;
  return {"fail", std::move(body)};
}

std::string fresh_key() {
  std::random_device random;
  std::string key;
  for (int i = 0; i < 4; ++i) key += std::to_string(random()) + "-";
  return key;
}

// Says it until it is answered. The key makes it happen once, however often it is said.
void finish(const Daybook& daybook, const Run& run, End end) {
  end.body["fencing_token"] = run.fencing_token;
  for (const auto key = fresh_key();;) {
    try {
      daybook.post("/" + run.id + "/" + end.path, end.body, key);
      return say("run " + run.id + ": " + end.path);
    } catch (const Away& away) {
      say(std::string(away.what()) + "; trying again");
      std::this_thread::sleep_for(retry_pause);
    } catch (const Refused& refused) {
      return say("run " + run.id + " could not be finished: " + refused.what());
    }
  }
}

// Whether there was a run.
bool run_one(const Daybook& daybook, const std::vector<std::string>& command) {
  json::value claimed;
  try {
    claimed = daybook.post(":claim", {});
  } catch (const Refused& refused) {
    const bool not_now = refused.status == 402 || refused.status == 409;  // a budget is spent, or as many run at once as may
    if (!not_now) throw;
    say(refused.what());
    return false;
  }
  if (claimed.is_null()) return false;
  const auto run = run_of(claimed);
  say("run " + run.id + ": claimed");
  const Lease lease(daybook, run);
  auto end = work(command, run, lease);
  if (!lease.lost()) finish(daybook, run, std::move(end));
  return true;
}

std::string setting(const char* name, const char* otherwise = nullptr) {
  const auto* value = std::getenv(name);
  if (value != nullptr && *value != '\0') return value;
  if (otherwise == nullptr) throw std::runtime_error(std::string(name) + " must be set");
  return otherwise;
}

int serve(std::vector<std::string> words) {
  const bool once = !words.empty() && words.front() == "--once";
  if (once) words.erase(words.begin());
  if (!words.empty() && words.front() == "--") words.erase(words.begin());
  const Daybook daybook(setting("DAYBOOK_URL", "http://127.0.0.1:8000"), setting("DAYBOOK_WORKSPACE"), setting("DAYBOOK_TOKEN"));
  while (!told_to_stop) {
    try {
      const bool worked = run_one(daybook, words);
      if (once) return 0;
      if (!worked) wait_for(idle_pause);
    } catch (const Away& away) {
      say(std::string(away.what()) + "; trying again");
      wait_for(retry_pause);
    }
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  signal(SIGPIPE, SIG_IGN);
  signal(SIGINT, on_signal);
  signal(SIGTERM, on_signal);
  curl_global_init(CURL_GLOBAL_DEFAULT);
  try {
    return serve({argv + 1, argv + argc});
  } catch (const std::exception& failed) {
    say(failed.what());
    return 1;
  }
}
