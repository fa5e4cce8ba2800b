// Commands about a document.
#include "command-service/domain/document/document.hpp"

#include "command-service/routes/declare.hpp"
#include "command-service/routes/registry.hpp"

namespace daybook::routes {
namespace {

constexpr std::size_t document_body_bytes_max = 3 << 20;  // its content may double where JSON escapes it

Command with_content(Command command) {
  command.body_bytes_max = document_body_bytes_max;
  return command;
}

}  // namespace

std::vector<Command> document_commands() {
  using namespace domain::document;
  using domain::Document;
  const auto the_document = by_id<events::DocumentId>("document");
  auto view = fields_of<State>();
  view.collection = "/documents";
  return {
      with_content(creates<Document, Draft>({"POST /projects/{project}/documents"}, view)),
      with_content(changes<Document, Revise>(the_document, {"PATCH /documents/{document}"}, view)),
      removes<Document, Delete>(the_document, {"DELETE /documents/{document}"}, view),
      changes<Document, Restore>(the_document, {"POST /documents/{document}/restore"}, view),
      changes<Document, Publish>(the_document, {"POST /documents/{document}/publish"}, view),
      changes<Document, Unpublish>(the_document, {"POST /documents/{document}/unpublish"}, view),
      changes<Document, Archive>(the_document, {"POST /documents/{document}/archive"}, view),
      changes<Document, Unarchive>(the_document, {"POST /documents/{document}/unarchive"}, view),
  };
}

}  // namespace daybook::routes
