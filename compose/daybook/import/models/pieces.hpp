#pragma once
// Pieces that the models with documents in their columns share: parts of free JSON, where a row lies, what a figure lacks.
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compose/daybook/import/models/run.hpp"
#include "events/execution/usage.hpp"

namespace daybook::importer::models {

inline const std::string usual_currency = "USD";   // models that name none count in it

// Each row of a table, which need not be there.
template <class Each>
void read_all(Source& source, std::string_view table, Each each) {
  if (!source.has(table)) return;
  source.read(table, {"id"}, [&](const SourceRow& row) {
    Values values(table, row);
    each(values);
  });
}

// ---- of free JSON; nothing where it is something else ----
using Members = std::map<std::string, events::Json>;
std::optional<Members> members_of(const events::Json& value);
std::optional<std::vector<events::Json>> items_of(const events::Json& value);
std::optional<std::string> text_of(const events::Json& value);
std::optional<std::int64_t> integer_of(const events::Json& value);
events::Json object_of(const Members& members);

// The first of these members that is there and is not null.
const events::Json* member(const Members& members, std::initializer_list<std::string_view> names);
std::optional<std::string> text_member(const Members& members, std::initializer_list<std::string_view> names);
std::optional<std::int64_t> integer_member(const Members& members, std::initializer_list<std::string_view> names);
std::optional<text::Instant> time_member(const Members& members, std::initializer_list<std::string_view> names);

// A column that must hold an object, or a list; the usual one where it is empty, or where it is something else, noted.
events::Json object_in(Values& values, std::string_view column);
events::Json list_in(Values& values, std::string_view column);

// ---- where a row lies ----
// The workspace of what the row names; where that was not brought the row is left out, and the answer is of no use.
events::WorkspaceId place_of(Sink& sink, Values& values, const std::optional<text::Uuid>& thing, std::string_view column);
// What the row may do without: nothing where it was not brought, noted.
std::optional<text::Uuid> if_brought(Sink& sink, Values& values, const std::optional<text::Uuid>& thing, std::string_view column);

// Somebody named by the id of their row, as who they are here. Nobody, where that row was left out.
std::optional<events::UserId> known_person(Sink& sink, events::UserId theirs);

// ---- figures ----
// What a thing came to there less what its parts say here; nothing where that is nothing.
std::optional<std::int64_t> difference(std::int64_t wanted, std::int64_t said);
std::optional<events::Decimal> difference(events::Decimal wanted, events::Decimal said);
events::execution::Usage sum(events::execution::Usage a, const events::execution::Usage& b);
std::optional<events::execution::Usage> difference(const events::execution::Usage& wanted, const events::execution::Usage& said);

}  // namespace daybook::importer::models
