#pragma once
// One operation of the platform's API, and which request of Daybook's own it is: the same method, most often the same path. Most are
// told whole by their row in operations.cpp; those that are more than one request name a function. Constants.
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "compat/platform/shapes.hpp"
#include "compat/platform/words.hpp"

namespace daybook::compat {

class Exchange;
using ExchangePtr = std::shared_ptr<Exchange>;

enum class Kind { text, number, object, lines };

// Of a body.
struct Field {
  std::string_view theirs;           // empty: they do not say it
  std::string_view ours;             // empty: looked at, and not passed on
  Kind kind = Kind::text;
  bool required = false;
  Words words = {};
  std::string_view otherwise = "";   // JSON of what we are told where they do not say it
};

// Of a list. Without words it is an id.
struct Filter {
  std::string_view theirs, ours;
  Words words = {};
};

enum class Listed { no, whole, by_pages };

void carry(const ExchangePtr& exchange);   // as the row says

struct Operation {
  std::string_view method;
  std::string_view path;         // below the base
  std::string_view to = path;    // of Daybook's own API
  std::string_view query = "";   // of a list there
  Shape shape = nullptr;         // of a reply; none: 204
  int status = 200;
  std::vector<Field> fields = {};
  Listed listed = Listed::no;
  std::vector<Filter> filters = {};
  bool signed_in = true;
  void (*carried_by)(const ExchangePtr&) = carry;
};

std::span<const Operation> operations();

// Those that are more than one request, or none.
void tell_health(const ExchangePtr& exchange);
void sign_in(const ExchangePtr& exchange);
void change_role(const ExchangePtr& exchange);
void delete_project(const ExchangePtr& exchange);
void tell_stats(const ExchangePtr& exchange);

}  // namespace daybook::compat
