#pragma once
// The values of one row. What cannot be read is noted with its column and is no value; a value that is asked for as `required` and is
// not there leaves the row out. Nothing here throws.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compose/daybook/import/models/report.hpp"
#include "compose/daybook/import/models/source.hpp"
#include "events/core/decimal.hpp"
#include "events/core/envelope.hpp"
#include "events/core/values.hpp"
#include "platform/text/instant.hpp"

namespace daybook::importer::models {

// One of theirs and the one of ours that is kept for it.
struct WordPair {
  std::string_view theirs, ours;
};
using WordPairs = std::vector<WordPair>;

class Values {
 public:
  Values(std::string_view table, const SourceRow& row, std::string_view key_column = "id");

  const std::string& table() const { return table_; }
  const std::string& key() const { return key_; }          // of the row, for messages
  std::size_t bytes() const { return row_.bytes(); }
  bool has(std::string_view column) const { return row_.has(column); }
  bool is_null(std::string_view column) const { return !row_.get(column); }

  // ---- as they stand; nothing for NULL ----
  std::optional<std::string> text(std::string_view column);
  std::optional<std::string> filled(std::string_view column);                      // empty is nothing
  std::optional<std::int64_t> integer(std::string_view column);
  std::optional<double> real(std::string_view column);
  std::optional<events::Decimal> decimal(std::string_view column);                 // beyond nine digits half-even
  std::optional<bool> boolean(std::string_view column);                            // t f true false 1 0
  std::optional<text::Instant> time(std::string_view column);                      // without a zone it is UTC
  std::optional<text::Date> date(std::string_view column);                         // of a moment: its day
  std::optional<events::Json> json(std::string_view column);
  std::optional<std::vector<std::string>> texts(std::string_view column);          // a JSON array of strings, or PostgreSQL's {a,b}

  // ---- with something in place of nothing ----
  std::string required_text(std::string_view column);
  text::Instant required_time(std::string_view column);
  std::string text_or(std::string_view column, std::string_view otherwise);
  // Longer texts are cut to what Daybook holds of them, and that is noted.
  std::string cut(std::string_view column, std::string words, std::size_t bytes_max);

  // A word of ours, by their word, in either case. One that neither the pairs nor the enumeration know becomes `otherwise`, noted.
  template <class E>
  E word(std::string_view column, E otherwise, const WordPairs& pairs = {}) {
    const auto theirs = text(column);
    if (!theirs) return otherwise;
    const auto known = events::word_to<E>(ours_of(*theirs, pairs));
    if (!known) changed(column, "'" + *theirs + "' is no word that is known here: '" + std::string(events::word_of(otherwise)) + "' stands for it");
    return known.value_or(otherwise);
  }

  // ---- what was found ----
  void changed(std::string_view column, std::string why);
  void leave_out(std::string_view column, std::string why);
  bool is_left_out() const { return is_left_out_; }
  const std::vector<Finding>& findings() const { return findings_; }

 private:
  static std::string ours_of(std::string_view theirs, const WordPairs& pairs);

  const SourceRow& row_;
  std::string table_, key_;
  std::vector<Finding> findings_;
  bool is_left_out_ = false;
};

}  // namespace daybook::importer::models
