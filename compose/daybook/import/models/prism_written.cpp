// What was written: documents, by people, and what AI generated.
#include "command-service/domain/core/address.hpp"
#include "command-service/domain/document/document.hpp"
#include "command-service/domain/execution/execution.hpp"
#include "compose/daybook/import/models/prism.hpp"
#include "platform/text/slug.hpp"

namespace daybook::importer::models::prism {
namespace {

namespace document = events::document;
namespace execution = events::execution;

constexpr std::size_t slug_suffix_characters = 6;

const WordPairs document_status_words{{"review", "draft"}, {"in_review", "draft"}, {"final", "published"}};
const WordPairs document_type_words{{"design_document", "design_doc"}, {"specification", "spec"}};

// As it was; where that is no address or is taken in its project, one like it.
std::string free_slug(const document::Drafted& drafted, const std::optional<std::string>& wanted, const text::Uuid& id, log::Settling& settling,
                      Told& told) {
  const auto taken = [&](const std::string& slug) {
    return settling.claimed(domain::scope::document_slug, domain::key_in(drafted.project_id, slug)).has_value();
  };
  const auto base = wanted && !domain::DocumentSlug::rule(*wanted) ? *wanted : text::slugify(wanted.value_or(drafted.title), "document");
  const auto digits = id.text();
  const auto slug = domain::first_free(base, "-", digits.substr(digits.size() - slug_suffix_characters), taken);
  if (wanted && slug != *wanted) told.changed("slug", "'" + *wanted + "' is taken or no address: '" + slug + "' stands for it");
  return slug;
}

void bring_documents(Source& source, Sink& sink) {
  source.read("documents", {"id"}, [&](const SourceRow& row) {
    Values values("documents", row);
    const events::StreamId stream{own_number(values, Table::prism_documents)};
    const auto in = project_in(sink, values);
    document::Drafted drafted{};
    drafted.project_id = in.id;
    drafted.title = values.required_text("title");
    drafted.content = values.cut("content", values.text_or("content", ""), domain::document_bytes_max);
    drafted.document_type = values.word("document_type", document::Type::other, document_type_words);
    drafted.metadata = values.json("metadata");
    const auto slug = values.filled("slug");
    const auto status = values.word("status", document::Status::draft, document_status_words);
    const auto by = user_actor(user_in(sink, values, "creator_id"));
    const auto at = values.required_time("created_at");
    const auto updated_at = values.time("updated_at").value_or(at);
    const auto published_at = values.time("published_at");
    Row brought(values);
    brought.stream(stream).in(in.workspace).needs(in.id, "project_id");
    brought.say(at, by, [stream, in, drafted, slug](log::Settling& settling, Told& told) -> domain::Result<void> {
      auto addressed = drafted;
      addressed.slug = free_slug(drafted, slug, stream.value, settling, told);
      return settling.append<domain::Document>(stream, in.workspace, {addressed});
    });
    if (status == document::Status::published)
      brought.say<domain::Document>(stream, in.workspace, published_at.value_or(updated_at), by, {document::Published{}});
    if (status == document::Status::archived) brought.say<domain::Document>(stream, in.workspace, updated_at, by, {document::Archived{}});
    if (const auto gone = deleted_at(values)) brought.say<domain::Document>(stream, in.workspace, *gone, by, {document::Deleted{}});
    brought.say<domain::Document>(stream, in.workspace, updated_at, by, {document::BroughtForward{published_at}});
    sink.bring(std::move(brought));
  });
}

// A generation has no status there: what is written down has ended.
void bring_generations(Source& source, Sink& sink) {
  source.read("ai_generations", {"id"}, [&](const SourceRow& row) {
    Values values("ai_generations", row);
    const events::StreamId stream{own_number(values, Table::prism_ai_generations)};
    const auto in = project_in(sink, values);
    const auto by = user_actor(user_in(sink, values, "user_id"));
    const auto at = values.required_time("created_at");
    execution::Requested requested{};
    requested.execution_type = execution::ExecutionType::generation;
    requested.generation_type = values.text("generation_type");
    requested.project_id = in.id;
    requested.ai_provider = values.text("provider");
    requested.model = values.text("model");
    if (const auto prompt = values.text("prompt")) requested.prompt = values.cut("prompt", *prompt, domain::prompt_bytes_max);
    requested.metadata = values.json("metadata");
    execution::BroughtForward state{};
    state.status = execution::Status::completed;
    state.completed_at = at;
    if (const auto response = values.text("response")) state.response = values.cut("response", *response, domain::prompt_bytes_max);
    if (const auto tokens = values.integer("tokens_used")) {
      state.token_usage = execution::Usage{};
      state.token_usage->unsplit = tokens;
    }
    state.cost = values.decimal("cost");
    if (state.cost) state.currency = "USD";
    Row brought(values);
    brought.stream(stream).needs(in.id, "project_id").say<domain::Execution>(stream, in.workspace, at, by, {requested});
    brought.say<domain::Execution>(stream, in.workspace, at, by, {state});
    sink.bring(std::move(brought));
  });
}

}  // namespace

void bring_written(Source& source, Sink& sink) {
  if (source.has("documents")) bring_documents(source, sink);
  if (source.has("ai_generations")) bring_generations(source, sink);
}

}  // namespace daybook::importer::models::prism
