#pragma once
// What Daybook refuses, said as the platform says it: {"detail": …}, and its statuses. Pure.
#include <string>

#include "compat/platform/body.hpp"

namespace daybook::compat {

struct Refusal {
  int status = 500;
  json::value detail;
};

// Of a problem document (docs/errors.md).
Refusal refusal_of(const Operation& operation, const Body& body, int status, const json::object& problem);
// Before Daybook is asked at all: a caller who has not signed in.
std::optional<Refusal> refuse_unsigned(const http::Request& request);

http::Response refused(const Refusal& refusal);

}  // namespace daybook::compat
