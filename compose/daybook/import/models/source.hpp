#pragma once
// The database that is brought in, as rows of text: PostgreSQL or SQLite, read from one snapshot and never written.
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace daybook::importer::models {

// Whether there is a column is known of the table, whether it says something of the row. Valid within the visit.
class SourceRow {
 public:
  virtual ~SourceRow() = default;
  virtual bool has(std::string_view column) const = 0;
  // Nothing for NULL and for a column that is not there.
  virtual std::optional<std::string> get(std::string_view column) const = 0;
  virtual std::size_t bytes() const = 0;
  // All of it, to tell one state of the source from another.
  virtual std::string text() const = 0;
};

class Source {
 public:
  using Visit = std::function<void(const SourceRow&)>;
  virtual ~Source() = default;

  virtual bool has(std::string_view table) = 0;
  virtual std::int64_t count(std::string_view table) = 0;
  // One row at a time, in the order of these columns, rows without a value last; columns that are not there are passed over.
  // Visits may read other tables meanwhile.
  virtual void read(std::string_view table, const std::vector<std::string>& order, const Visit& visit) = 0;
};

// `postgresql://…` or `sqlite:FILE`. Throws std::invalid_argument with a sentence for anything else, and what the driver throws
// where it cannot be opened. PostgreSQL's tables are looked for along the search path of the connection.
std::unique_ptr<Source> open_source(const std::string& from);

}  // namespace daybook::importer::models
