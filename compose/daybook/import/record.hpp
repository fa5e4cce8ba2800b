#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compose/daybook/import/change_log.hpp"

namespace daybook::importer {

/// What a record says about another one, read as "this issue <kind> target".
struct Statement {
  enum class Kind { parent, blocked_by, related };
  Kind kind = Kind::related;
  std::string target;  ///< The other record's id.
  friend auto operator<=>(const Statement&, const Statement&) = default;
};

struct LabelName {
  std::string folded;  ///< What makes it the same label.
  std::string name;
  bool operator==(const LabelName&) const = default;
};

struct CommentText {
  std::string author;
  std::string created_at;  ///< As written.
  std::string text;
  friend auto operator<=>(const CommentText&, const CommentText&) = default;
};

/// Something in a record that could not be kept as it is, and the field that holds it.
struct Note {
  std::string_view reason;
  std::string field;
  std::string what;
};

/// A record in Daybook's words. Depends on the record alone, not on what came before or on other records.
struct Reading {
  std::string title;
  std::string type;
  /// Nullopt for a tombstone, which says nothing of the status.
  std::optional<std::string> status;
  std::string priority;
  std::optional<std::string> description;
  std::optional<std::string> acceptance_criteria;
  std::optional<std::int64_t> estimated_minutes;
  std::optional<text::Instant> due_at;
  std::string custom_fields;  ///< A JSON object, keys in order, under `beads.`.
  std::vector<LabelName> labels;
  std::vector<Statement> statements;
  std::vector<CommentText> comments;
  std::optional<text::Instant> created_at;
  bool tombstone = false;
  std::vector<Note> notes;
};

/// Limits of the commands that the reading must fit into.
inline constexpr std::size_t title_characters_max = 255;
inline constexpr std::size_t text_bytes_max = 64u << 10;
inline constexpr std::size_t custom_fields_bytes_max = 64u << 10;
inline constexpr std::size_t labels_max = 200;
inline constexpr std::size_t statements_max = 1000;
inline constexpr std::int64_t estimated_minutes_max = 10'000'000;

/// `by` is who last wrote the record. Fields are JSON texts; whatever they hold, this gives a reading that
/// the commands accept, and notes about what had to give way.
[[nodiscard]] Reading read_record(std::string_view id, std::string_view by, const Fields& fields);

/// The status an issue has while nothing has said any.
inline constexpr std::string_view first_status = "backlog";

}  // namespace daybook::importer
