#pragma once
// What a rule answers: events, or a rejection. Rejections are ordinary values; exceptions are for broken machines.
#include <boost/describe/enum.hpp>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
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

// Apart from its result, so that what a result does with it is compiled once and not for each kind of value.
using KeptRejection = std::shared_ptr<const Rejection>;
KeptRejection keep(Rejection rejection);
// Throws where there is none: a value was taken for a rejection, which is a fault of the program.
const Rejection& kept(const KeptRejection& rejection);
// Throws where there is one.
void require_none(const KeptRejection& rejection);

// A value, or the rejection because of which there is none.
template <class T>
class Result {
 public:
  Result() : value_(std::in_place) {}
  template <class From>
    requires(std::is_convertible_v<From, T> && !std::is_convertible_v<From, Rejection> && !std::is_same_v<std::remove_cvref_t<From>, Result>)
  Result(From&& value) : value_(std::forward<From>(value)) {}
  Result(Rejection rejection) : rejection_(keep(std::move(rejection))) {}

  bool has_value() const { return value_.has_value(); }
  explicit operator bool() const { return has_value(); }
  T& operator*() & { return *value_; }
  const T& operator*() const& { return *value_; }
  T&& operator*() && { return *std::move(value_); }
  T* operator->() { return &*value_; }
  const T* operator->() const { return &*value_; }
  const T& value() const& {
    require_none(rejection_);
    return *value_;
  }
  T value() && {
    require_none(rejection_);
    return *std::move(value_);
  }
  const Rejection& error() const { return kept(rejection_); }

 private:
  std::optional<T> value_;
  KeptRejection rejection_;
};

template <>
class Result<void> {
 public:
  Result() = default;
  Result(Rejection rejection) : rejection_(keep(std::move(rejection))) {}

  explicit operator bool() const { return !rejection_; }
  const Rejection& error() const { return kept(rejection_); }

 private:
  KeptRejection rejection_;
};

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

Rejection invalid(std::string pointer, std::string code, std::string detail);
Rejection not_found(std::string what);
Rejection forbidden(std::string detail);
Rejection was_erased();
Rejection already_exists(std::string pointer, std::string detail);

}  // namespace daybook::domain
