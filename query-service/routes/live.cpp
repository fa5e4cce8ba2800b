// Server-sent events: a plain tail of one workspace's events, each sent once the read models show it.
#include <charconv>
#include <mutex>

#include "query-service/core/serve.hpp"
#include "query-service/routes/routes.hpp"

namespace daybook::query {
namespace {

constexpr int heartbeat_ms = 15000;
constexpr std::size_t page_events = 256;
constexpr std::size_t page_bytes = 1 << 20;

std::string member(std::string_view name, std::string_view value) {
  std::string out = ",\"" + std::string(name) + "\":";
  events::write_json_string(value, out);
  return out;
}

// CloudEvents 1.0 as JSON. What is personal stays sealed and is left out altogether.
std::string cloud_event(const events::LogIdentity& log, const events::Envelope& e) {
  std::string out = "{\"specversion\":\"1.0\"";
  out += member("id", e.event_id.text()) + member("source", "/logs/" + log.log_id.text()) + member("type", e.type) +
         member("subject", e.stream_id.text()) + member("time", text::format_instant(e.recorded_at)) +
         member("datacontenttype", "application/json") + ",\"position\":" + std::to_string(e.position.value) +
         ",\"streamversion\":" + std::to_string(e.stream_version.value) +
         ",\"schemaversion\":" + std::to_string(e.schema_version) + member("actortype", events::word_of(e.actor_type));
  if (e.actor_id) out += member("actorid", e.actor_id->text());
  return out + member("occurredat", text::format_instant(e.occurred_at)) + ",\"data\":" + e.data + "}";
}

// One client's stream. Woken by growth of the read position or by its heartbeat; pages are read on a worker, one at a time.
class Tail : public std::enable_shared_from_this<Tail> {
 public:
  Tail(const QueryContext& context, events::WorkspaceId workspace, events::UserId user, events::Position from,
       http::StreamWriter writer)
      : context_(context),
        workspace_(workspace),
        user_(user),
        sent_(from),
        writer_(std::move(writer)),
        log_(context.open_log()) {}

  void start() {
    auto self = shared_from_this();
    writer_.write(": connected\n\n");
    growth_ = context_.position->on_growth([weak = weak_from_this()](events::Position) {
      if (auto tail = weak.lock()) tail->wake();
    });
    writer_.on_close([weak = weak_from_this()] {
      if (auto tail = weak.lock()) tail->stop();
    });
    heartbeat();
    wake();
  }

 private:
  void heartbeat() {
    context_.after(heartbeat_ms, [self = shared_from_this()] {
      if (!self->writer_.write(": still here\n\n")) return self->stop();
      self->heartbeat();
    });
  }

  void stop() {
    std::shared_ptr<void> growth;
    const std::lock_guard lock(mutex_);
    growth.swap(growth_);
  }

  void wake() {
    {
      const std::lock_guard lock(mutex_);
      again_ = true;
      if (reading_) return;
      reading_ = true;
    }
    const bool posted = context_.workers->post([self = shared_from_this()] { self->read(); });
    if (posted) return;
    const std::lock_guard lock(mutex_);
    reading_ = false;  // the next growth or heartbeat tries again
  }

  bool more() {
    const std::lock_guard lock(mutex_);
    if (again_ && writer_.open()) {
      again_ = false;
      return true;
    }
    reading_ = false;
    return false;
  }

  void read() {
    try {
      while (more()) {
        while (send_page()) {
        }
      }
    } catch (const std::exception&) {
      writer_.close();  // the client comes back with Last-Event-ID
    }
  }

  // Sends what the read models show; false at their end.
  bool send_page() {
    const auto upto = context_.position->current();
    if (sent_ >= upto || !writer_.open()) return false;
    if (!still_member()) {
      writer_.close();
      return false;
    }
    for (const auto& event : log_->read(sent_, page_events, page_bytes)) {
      if (event.position > upto) return false;
      if (event.workspace_id == workspace_ && !send(event)) return false;
      sent_ = event.position;
    }
    return true;
  }

  bool still_member() {
    auto lease = context_.postgres->lease(lease_timeout);
    if (!lease) throw std::runtime_error("no connection");
    return !(*lease)
                ->exec_prepared("SELECT 1 FROM " + context_.schema + ".members m JOIN " + context_.schema +
                                    ".workspaces w ON w.id = m.workspace_id AND w.deleted_at IS NULL WHERE m.workspace_id = "
                                    "$1::uuid AND m.user_id = $2::uuid",
                                pg::Params().text(workspace_.text()).text(user_.text()))
                .empty();
  }

  bool send(const events::Envelope& event) {
    return writer_.write("id: " + std::to_string(event.position.value) + "\nevent: " + event.type +
                         data_lines(cloud_event(context_.identity, event)) + "\n\n");
  }

  // Free JSON is kept as it was sent, line breaks included; each of them needs a data field of its own.
  static std::string data_lines(std::string_view json) {
    std::string out = "\ndata: ";
    for (const char c : json) {
      if (c == '\r') continue;
      out += c;
      if (c == '\n') out += "data: ";
    }
    return out;
  }

  const QueryContext& context_;
  events::WorkspaceId workspace_;
  events::UserId user_;
  events::Position sent_;
  http::StreamWriter writer_;
  std::unique_ptr<events::LogReader> log_;
  std::shared_ptr<void> growth_;
  std::mutex mutex_;
  bool reading_ = false;
  bool again_ = false;
};

std::variant<events::Position, api::Problem> start_of(const QueryContext& context, const api::Call& call) {
  const auto last = call.request.header("Last-Event-ID");
  const auto from = last.empty() ? call.parameter("from").value_or("") : last;
  if (from.empty()) return context.position->current();
  events::Position position{};
  const auto read = std::from_chars(from.data(), from.data() + from.size(), position.value);
  if (read.ec != std::errc() || read.ptr != from.data() + from.size() || position.value < 0)
    return api::bad_parameter(last.empty() ? "from" : "Last-Event-ID", "out-of-range",
                              "Expected a position, a whole number from 0.");
  return position;
}

}  // namespace

std::vector<api::Route> live_routes(const QueryContext& context) {
  api::Route route{};
  route.id = "tailWorkspace";
  route.method = "GET";
  route.path = "/api/v1/workspaces/{workspace}/events";
  route.summary = "Server-sent events of the workspace, after `from` or Last-Event-ID, else from now on.";
  route.tag = "events";
  route.permission = "workspace_read";
  route.reply_type = "text/event-stream";
  route.parameters = {{"from", "Position after which to start.", R"({"type":"integer","minimum":0})"}};
  route.handler = [&context](api::CallPtr call, api::Respond respond) {
    const auto start = start_of(context, *call);
    if (const auto* problem = std::get_if<api::Problem>(&start)) return respond(api::respond_problem(*call, *problem));
    serve(context, call, respond, Below::workspace, [&context, from = std::get<events::Position>(start)](const Query& query) {
      const auto viewer = query.viewer;
      http::Response response;
      response.content_type = "text/event-stream; charset=utf-8";
      response.headers = {{"Cache-Control", "no-store"}, {"X-Accel-Buffering", "no"}};
      response.stream = [&context, viewer, from](http::StreamWriter writer) {
        std::make_shared<Tail>(context, viewer.workspace, viewer.user, from, std::move(writer))->start();
      };
      return response;
    });
  };
  return {route};
}

}  // namespace daybook::query
