#include "projector/read_models/document.hpp"

#include "projector/read_models/document_version.hpp"
#include "projector/read_models/search.hpp"
#include "projector/read_models/stream_rows.hpp"

namespace daybook::projector {
namespace {

SearchMetadata metadata_of(const DocumentRow& document) {
  return {.identifier = document.slug, .type = std::string(events::word_of(document.document_type)), .status = std::string(events::word_of(document.status)),
          .project_id = document.project_id};
}

void apply_document(const events::Envelope& e, StateStore& store) {
  const auto event = read_event<events::document::Event>(e);
  const auto [before, after] = fold_row<events::document::State, DocumentRow>(event, e, store);
  const bool revised = before.revision != after.revision;
  if (revised) keep_version(after, e, store);
  if (revised || before.deleted_at != after.deleted_at || metadata_of(before) != metadata_of(after))
    put_search(e, {.project = after.project_id, .deleted_at = after.deleted_at, .metadata = metadata_of(after)}, after.title, after.content.text, store);
  const auto details = std::visit([](const auto& what) { return events::to_json_in_brief(what); }, event);
  note_activity(e, {"document", after.id.value, after.project_id, {}, differences(before, after), details}, store);
}

}  // namespace

template <>
const Table& table_of<DocumentRow>() {
  static const auto t = table<DocumentRow>(28, "documents", {{"by_project", {"project_id"}}},
                                           {"workspace_id, title COLLATE \"C\", id", "workspace_id, created_at, id",
                                            "workspace_id, updated_at, id", "project_id", "(read_models.number_of(id, born, 52))"});
  return t;
}

ReadModel documents() { return {{&table_of<DocumentRow>()}, events::StreamType::document, apply_document}; }

}  // namespace daybook::projector
