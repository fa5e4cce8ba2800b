#include "projector/read_models/document.hpp"
#include "query-service/routes/common.hpp"

namespace daybook::query {
namespace {


}  // namespace

const Resource& documents() {
  static const Resource resource{
      .what = "document",
      .title = "Document",
      .path = "documents",
      .parameter = "document",
      .table = "documents",
      .row = &events::type_info<projector::DocumentRow>(),
      .stored = projector::table_of<projector::DocumentRow>,
      .filters = {{"status", "status", "draft, published, archived, several by commas."},
                  {"type", "document_type",
                   "prd, spec, design, other, technical_spec, design_doc, user_guide, api_doc, meeting_notes, retrospective, several by commas."},
                  {"project", "project_id", "Of these projects."},
                  {"slug", "slug", "Of exactly this slug, which is unique in its project."},
                  {"created_by", "created_by_id", "Drafted by these."},
                  {"q", "id", "Words its title or content holds.", FilterKind::condition, has_words},
                  created_after,
                  created_before,
                  updated_after,
                  updated_before},
      .sorts = {"title", "created_at", "updated_at"},
      .default_sort = "title",
      .containers = {{"project_id", projects}},
      .references = {{"project", "project_id", {{"", projects}}}, {"created_by", "created_by_id", principals(), "created_by_type"}},
      .children = {{"versions", document_versions, "t.document_id = $parent"}}};
  return resource;
}

}  // namespace daybook::query
