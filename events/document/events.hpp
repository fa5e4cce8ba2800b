#pragma once
// What happens to a document. Names and shapes are storage format: add optional members or a new event; never rename,
// retype or reuse.
#include "events/core/event_type.hpp"

namespace daybook::events::document {

BOOST_DEFINE_ENUM_CLASS(Type, prd, spec, design, other, technical_spec, design_doc, user_guide, api_doc, meeting_notes, retrospective)
BOOST_DEFINE_ENUM_CLASS(Status, draft, published, archived)

// The first revision.
struct Drafted {
  static constexpr std::string_view type = "document.drafted";
  ProjectId project_id{};
  std::string title;
  std::string slug;
  LongText content;
  Type document_type = Type::other;
  std::optional<Json> metadata;
  bool operator==(const Drafted&) const = default;
};
BOOST_DESCRIBE_STRUCT(Drafted, (), (project_id, title, slug, content, document_type, metadata))

// A further one, whole.
struct Revised {
  static constexpr std::string_view type = "document.revised";
  std::string title;
  std::string slug;
  LongText content;
  Type document_type = Type::other;
  std::optional<Json> metadata;
  std::optional<std::string> change_summary;
  bool operator==(const Revised&) const = default;
};
BOOST_DESCRIBE_STRUCT(Revised, (), (title, slug, content, document_type, metadata, change_summary))

struct Published {
  static constexpr std::string_view type = "document.published";
  bool operator==(const Published&) const = default;
};
BOOST_DESCRIBE_STRUCT(Published, (), ())

struct Unpublished {
  static constexpr std::string_view type = "document.unpublished";
  bool operator==(const Unpublished&) const = default;
};
BOOST_DESCRIBE_STRUCT(Unpublished, (), ())

struct Archived {
  static constexpr std::string_view type = "document.archived";
  bool operator==(const Archived&) const = default;
};
BOOST_DESCRIBE_STRUCT(Archived, (), ())

struct Unarchived {
  static constexpr std::string_view type = "document.unarchived";
  bool operator==(const Unarchived&) const = default;
};
BOOST_DESCRIBE_STRUCT(Unarchived, (), ())

struct Deleted {
  static constexpr std::string_view type = "document.deleted";
  bool operator==(const Deleted&) const = default;
};
BOOST_DESCRIBE_STRUCT(Deleted, (), ())

struct Restored {
  static constexpr std::string_view type = "document.restored";
  bool operator==(const Restored&) const = default;
};
BOOST_DESCRIBE_STRUCT(Restored, (), ())

// Said by an import, of how the document stood in the system that it comes from.
struct BroughtForward {
  static constexpr std::string_view type = "document.brought_forward";
  std::optional<text::Instant> published_at;
  bool operator==(const BroughtForward&) const = default;
};
BOOST_DESCRIBE_STRUCT(BroughtForward, (), (published_at))

using Event = std::variant<Drafted, Revised, Published, Unpublished, Archived, Unarchived, Deleted, Restored, BroughtForward>;

}  // namespace daybook::events::document
