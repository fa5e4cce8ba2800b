#include "query-service/core/export.hpp"

#include <algorithm>
#include <boost/json.hpp>

#include "query-service/core/row_json.hpp"
#include "query-service/core/rows.hpp"

namespace daybook::query {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::string_view jsonl_type = "application/jsonl", csv_type = "text/csv";
constexpr int retry_ms = 500;

std::string_view word_of(ExportFormat format) { return format == ExportFormat::jsonl ? "jsonl" : "csv"; }

// RFC 4180: quotes where they are needed, doubled within.
std::string in_quotes(std::string_view text) {
  if (text.find_first_of("\",\r\n") == text.npos) return std::string(text);
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + '"';
}

// Texts as they are, nothing for what is unset, everything else as JSON.
std::string cell(std::string_view json) {
  if (json == "null") return "";
  if (json.front() != '"') return in_quotes(json);
  const auto text = boost::json::parse(boost::json::string_view(json.data(), json.size()));
  return in_quotes(std::string_view(text.get_string().data(), text.get_string().size()));
}

// One client's file. Lives until it is written or its client is gone; a worker writes, one at a time.
class Export : public std::enable_shared_from_this<Export> {
 public:
  Export(const Query& query, ListRequest request, ExportFormat format, std::function<bool(const Viewer&)> may, std::shared_ptr<LiveStreams::Place> place)
      : context_(query.context),
        place_(std::move(place)),
        who_(*query.call.principal),
        workspace_(query.viewer.workspace.is_nil() ? "" : query.viewer.workspace.text()),
        request_(std::move(request)),
        format_(format),
        may_(std::move(may)),
        columns_{request_.shown.fields, {}} {
    request_.limit = export_page_rows;
    for (const auto& term : request_.order) columns_.need(term.field->name);
    columns_.need("id");
  }

  void start(http::StreamWriter writer) {
    writer_.emplace(std::move(writer));
    place_->on_drain([weak = weak_from_this()] {
      const auto self = weak.lock();
      if (!self) return;
      self->writer_->write("\n" + self->last_line("The service is going away."));
      self->writer_->close();
    });
    if (format_ == ExportFormat::csv) unwritten_ = heading();
    read_at_ = Clock::now();
    post();
  }

 private:
  void post() {
    if (!context_.workers->post([self = shared_from_this()] { self->step(); })) later(retry_ms);
  }
  void later(int ms) {
    context_.after(ms, [self = shared_from_this()] { self->post(); });
  }

  // A page at most, then others' turn.
  void step() {
    if (!writer_->open()) return;
    if (!write()) return wait_for_client();
    if (complete_) return writer_->close();
    try {
      read_page();
      failing_since_.reset();
    } catch (const pg::Error&) {
      if (!failing_since_) failing_since_ = Clock::now();
      if (Clock::now() - *failing_since_ > export_patience) break_off("The read models cannot be reached.");
      return later(retry_ms);
    }
    post();
  }

  // Whether all that was read is on its way.
  bool write() {
    while (!unwritten_.empty()) {
      if (writer_->unsent_bytes() > export_chunk_bytes) return false;
      const auto size = std::min(unwritten_.size(), export_chunk_bytes);
      if (!writer_->write(unwritten_.substr(0, size))) return false;
      unwritten_.erase(0, size);
      read_at_ = Clock::now();
    }
    return true;
  }

  void wait_for_client() {
    if (!writer_->open()) return;
    if (Clock::now() - read_at_ > export_patience) return writer_->close();
    later(export_slow_reader_check_ms);
  }

  void read_page() {
    auto lease = context_.postgres->lease(lease_timeout);
    if (!lease) throw pg::Error("08000", "no connection");
    const auto standing = open_snapshot(**lease, context_.schema, who_, workspace_, true);
    if (standing.signed_out || standing.parked || !standing.viewer || !may_(*standing.viewer)) return break_off("You may not read on.");
    const auto rows = run_sql(**lease, list_sql(request_, columns_, {context_.schema, *standing.viewer}));
    const int shown = static_cast<int>(columns_.shown.size());
    const int read = std::min(rows.rows(), static_cast<int>(request_.limit));
    for (int row = 0; row < read; ++row) unwritten_ += format_ == ExportFormat::jsonl ? line_of_json(rows, row) : line_of_cells(rows, row);
    complete_ = rows.rows() <= read;
    if (read == 0) return;
    Place place;
    for (std::size_t key = 0; key < columns_.keys.size(); ++key)
      place.values.push_back(rows.optional_text(read - 1, shown + static_cast<int>(key)));
    request_.place = std::move(place);
  }

  std::string json_of(const pg::Result& rows, int row, std::size_t column) const {
    std::string json;
    append_column(*columns_.shown[column]->type, rows.get(row, static_cast<int>(column)), json);
    return json;
  }
  std::string line_of_json(const pg::Result& rows, int row) const {
    std::string line = "{";
    for (std::size_t i = 0; i < columns_.shown.size(); ++i) append_member(columns_.shown[i]->name, json_of(rows, row, i), line);
    std::erase_if(line, [](char c) { return c == '\n' || c == '\r'; });  // those of free JSON are white space: texts have them escaped
    return line + "}\n";
  }
  std::string line_of_cells(const pg::Result& rows, int row) const {
    std::string line;
    for (std::size_t i = 0; i < columns_.shown.size(); ++i) line += (i > 0 ? "," : "") + cell(json_of(rows, row, i));
    return line + "\r\n";
  }
  std::string heading() const {
    std::string line;
    for (const auto* field : columns_.shown) line += (line.empty() ? "" : ",") + std::string(field->name);
    return line + "\r\n";
  }

  // Nobody is to take half a file for a whole one: its last line says so.
  void break_off(std::string_view why) {
    unwritten_ += last_line(why);
    complete_ = true;
  }
  std::string last_line(std::string_view why) const {
    const std::string words = "This export is not complete: " + std::string(why);
    return format_ == ExportFormat::jsonl ? R"({"incomplete":")" + words + "\"}\n" : in_quotes(words) + "\r\n";
  }

  const QueryContext& context_;
  const std::shared_ptr<LiveStreams::Place> place_;
  const api::Principal who_;
  const std::string workspace_;
  ListRequest request_;
  const ExportFormat format_;
  const std::function<bool(const Viewer&)> may_;
  Columns columns_;
  std::optional<http::StreamWriter> writer_;
  std::string unwritten_;
  bool complete_ = false;
  Clock::time_point read_at_{};  // the client took something
  std::optional<Clock::time_point> failing_since_;
};

bool accepts(const api::Call& call, std::string_view type) { return call.request.header("Accept").find(type) != std::string_view::npos; }

}  // namespace

std::variant<std::optional<ExportFormat>, api::Problem> read_export_format(const api::Call& call) {
  const auto word = call.parameter("format");
  if (word == "jsonl" || (!word && accepts(call, jsonl_type))) return std::optional(ExportFormat::jsonl);
  if (word == "csv" || (!word && accepts(call, csv_type))) return std::optional(ExportFormat::csv);
  if (word && word != "json") return api::bad_parameter("format", "unknown-value", "Expected json, jsonl or csv.");
  return std::optional<ExportFormat>();
}

api::Parameter export_parameter() {
  return {"format", "json for a page; jsonl or csv for all of it as a file, as Accept: application/jsonl or text/csv ask for, too.",
          R"({"enum":["json","jsonl","csv"]})"};
}

http::Response export_response(const Query& query, const Resource& resource, std::vector<Scope> scope, ExportFormat format,
                               std::function<bool(const Viewer&)> may) {
  auto read = read_list_request(resource, std::move(scope), query.call, *query.context.cursors);
  if (const auto* problem = std::get_if<api::Problem>(&read)) return api::respond_problem(query.call, *problem);
  auto request = std::get<ListRequest>(std::move(read));
  if (!request.shown.expansions.empty() || (request.place && request.place->backwards))
    return api::respond_problem(query.call, api::bad_parameter("format", "not-with-a-file", "A file embeds nothing and goes forwards; leave out expand or the cursor."));
  auto place = query.context.streams->take();
  auto lease = query.context.postgres->lease(lease_timeout);
  if (!place || !lease) return api::respond_problem(query.call, api::unavailable("Too much is being read now for an export; come again in a moment."));
  const auto workspace = query.viewer.workspace.is_nil() ? std::nullopt : std::optional(query.viewer.workspace);
  query.context.report_export(**lease, {workspace, *query.call.principal, query.call.route->id, word_of(format)});
  http::Response response;
  response.content_type = format == ExportFormat::jsonl ? std::string(jsonl_type) : std::string(csv_type) + "; charset=utf-8; header=present";
  response.headers = {{"Cache-Control", "no-store"}, {"Content-Disposition", "attachment"}};
  response.stream = [file = std::make_shared<Export>(query, std::move(request), format, std::move(may), std::move(place))](http::StreamWriter writer) {
    file->start(std::move(writer));
  };
  return response;
}

}  // namespace daybook::query
