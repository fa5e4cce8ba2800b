#include "projector/read_models/document_version.hpp"

#include "projector/read_models/stream_rows.hpp"

namespace daybook::projector {

template <>
const Table& table_of<DocumentVersionRow>() {
  static const auto t = never_changed(
      table<DocumentVersionRow>(29, "document_versions", {}, {"document_id, revision", "workspace_id, revision, id"}));
  return t;
}

ReadModel document_versions() { return {{&table_of<DocumentVersionRow>()}}; }

void keep_version(const DocumentRow& document, const events::Envelope& e, StateStore& store) {
  auto version = revision_of<DocumentVersionRow, &DocumentVersionRow::document_id>(document, e);
  version.document_id = document.id;
  store.insert(version);
}

}  // namespace daybook::projector
