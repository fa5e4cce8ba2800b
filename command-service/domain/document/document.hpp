#pragma once
// A document of a project. Members write, publish, archive, delete and restore them.
#include "command-service/domain/core/aggregate.hpp"
#include "command-service/domain/core/fields.hpp"
#include "command-service/domain/core/permission.hpp"
#include "command-service/domain/core/texts.hpp"
#include "events/document/state.hpp"

namespace daybook::domain {

struct Document {
  using State = events::document::State;
  using Event = events::document::Event;
  static constexpr auto stream_type = events::StreamType::document;
};

namespace document {

using events::document::Event;
using events::document::State;
using events::document::Status;
using events::document::Type;

struct Draft {
  static constexpr std::string_view verb = "document.draft";
  static constexpr Permission permission = Permission::documents_write;
  using Birth = events::document::Drafted;
  std::optional<events::DocumentId> id;
  std::optional<ProjectRef> project_id;  // filled from the path, or named in a bulk command
  Title title{};
  std::optional<DocumentSlug> slug;      // made from the title where it is not given
  std::optional<DocumentContent> content;
  std::optional<Type> document_type;
  std::optional<events::Json> metadata;
};
BOOST_DESCRIBE_STRUCT(Draft, (), (id, project_id, title, slug, content, document_type, metadata))

struct Revise {
  static constexpr std::string_view verb = "document.revise";
  static constexpr Permission permission = Permission::documents_write;
  events::Patch<Title> title;
  events::Patch<DocumentSlug> slug;
  events::Patch<DocumentContent> content;
  events::Patch<Type> document_type;
  events::Patch<events::Json> metadata;
  std::optional<Description> change_summary;  // of this revision
};
BOOST_DESCRIBE_STRUCT(Revise, (), (title, slug, content, document_type, metadata, change_summary))

struct Publish {
  static constexpr std::string_view verb = "document.publish";
  static constexpr Permission permission = Permission::documents_write;
};
BOOST_DESCRIBE_STRUCT(Publish, (), ())

struct Unpublish {
  static constexpr std::string_view verb = "document.unpublish";
  static constexpr Permission permission = Permission::documents_write;
};
BOOST_DESCRIBE_STRUCT(Unpublish, (), ())

struct Archive {
  static constexpr std::string_view verb = "document.archive";
  static constexpr Permission permission = Permission::documents_write;
};
BOOST_DESCRIBE_STRUCT(Archive, (), ())

struct Unarchive {
  static constexpr std::string_view verb = "document.unarchive";
  static constexpr Permission permission = Permission::documents_write;
};
BOOST_DESCRIBE_STRUCT(Unarchive, (), ())

struct Delete {
  static constexpr std::string_view verb = "document.delete";
  static constexpr Permission permission = Permission::documents_write;
};
BOOST_DESCRIBE_STRUCT(Delete, (), ())

struct Restore {
  static constexpr std::string_view verb = "document.restore";
  static constexpr Permission permission = Permission::documents_write;
};
BOOST_DESCRIBE_STRUCT(Restore, (), ())

Decision<Event> decide(const State&, const Draft&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Revise&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Publish&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Unpublish&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Archive&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Unarchive&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Delete&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Restore&, const CommandContext&, const Facts&);

bool repeats(const events::document::Drafted& first, const Draft& again, const CommandContext&, const Facts&);

}  // namespace document

void effects(const document::State&, const events::document::Drafted&, const events::Envelope&, Effects&);
void effects(const document::State&, const events::document::Revised&, const events::Envelope&, Effects&);
void effects(const document::State&, const events::document::Deleted&, const events::Envelope&, Effects&);
void effects(const document::State&, const events::document::Restored&, const events::Envelope&, Effects&);
// Of no concern to anything outside the stream.
template <one_of<events::document::Published, events::document::Unpublished, events::document::Archived,
                 events::document::Unarchived, events::document::BroughtForward> E>
void effects(const document::State&, const E&, const events::Envelope&, Effects&) {}

extern template const AggregateOps& aggregate_ops<Document>();

}  // namespace daybook::domain
