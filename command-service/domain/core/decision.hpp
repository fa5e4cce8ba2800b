#pragma once
// What a rule answers: events, or a rejection. Rejections are ordinary values; exceptions are for broken machines.
#include <boost/describe/enum.hpp>
#include <boost/system/result.hpp>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "events/core/json.hpp"

namespace daybook::domain {

struct Rejection {
  // What class of answer this is; the one switch that turns it into a status is in routes/problem.cpp.
  enum class Kind {
    malformed, unauthenticated, quota_exceeded, forbidden, not_found, already_exists, in_progress,
    version_conflict, invalid, precondition_required, too_large, log_replaced
  };
  BOOST_DESCRIBE_NESTED_ENUM(Kind, malformed, unauthenticated, quota_exceeded, forbidden, not_found, already_exists, in_progress,
                             version_conflict, invalid, precondition_required, too_large, log_replaced)
  Kind kind = Kind::invalid;
  std::string code;                               // kebab-case, stable, listed in docs/errors.md
  std::string detail;                             // a sentence for people
  std::vector<events::FieldError> errors;         // per field, by pointer
  std::optional<std::int64_t> current_version;    // with version_conflict
  bool operator==(const Rejection&) const = default;
};

[[noreturn]] inline void throw_exception_from_error(const Rejection& rejection, const boost::source_location&) {
  throw std::logic_error("a rejection was taken for a value: " + rejection.code + ": " + rejection.detail);
}

template <class T>
using Result = boost::system::result<T, Rejection>;
// No events: nothing has changed, which is a success.
template <class Event>
using Decision = Result<std::vector<Event>>;

// Where a decision is about several streams of a kind: an event, and whose it is.
template <class Event>
struct Addressed {
  events::StreamId stream{};
  Event event;
};
template <class Event>
using WideDecision = Result<std::vector<Addressed<Event>>>;

inline Rejection invalid(std::string pointer, std::string code, std::string detail) {
  return {Rejection::Kind::invalid, code, detail, {{std::move(pointer), code, detail}}, std::nullopt};
}
inline Rejection not_found(std::string what) {
  return {Rejection::Kind::not_found, "not-found", "There is no such " + std::move(what) + ".", {}, std::nullopt};
}
inline Rejection forbidden(std::string detail) {
  return {Rejection::Kind::forbidden, "forbidden", std::move(detail), {}, std::nullopt};
}
inline Rejection was_erased() {
  return invalid("", "erased", "This person was erased: nothing can happen to them any more.");
}
inline Rejection already_exists(std::string pointer, std::string detail) {
  return {Rejection::Kind::already_exists, "already-exists", detail, {{std::move(pointer), "already-exists", detail}}, std::nullopt};
}

}  // namespace daybook::domain
