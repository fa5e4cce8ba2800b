#include "command-service/domain/core/decision.hpp"

#include <stdexcept>

namespace daybook::domain {

KeptRejection keep(Rejection rejection) { return std::make_shared<const Rejection>(std::move(rejection)); }

const Rejection& kept(const KeptRejection& rejection) {
  if (!rejection) throw std::logic_error("a value was taken for a rejection");
  return *rejection;
}

void require_none(const KeptRejection& rejection) {
  if (rejection) throw std::logic_error("a rejection was taken for a value: " + rejection->code + ": " + rejection->detail);
}

Rejection invalid(std::string pointer, std::string code, std::string detail) {
  return {Rejection::Kind::invalid, code, detail, {{std::move(pointer), code, detail}}, std::nullopt};
}

Rejection not_found(std::string what) {
  return {Rejection::Kind::not_found, "not-found", "There is no such " + std::move(what) + ".", {}, std::nullopt};
}

Rejection forbidden(std::string detail) {
  return {Rejection::Kind::forbidden, "forbidden", std::move(detail), {}, std::nullopt};
}

Rejection was_erased() {
  return invalid("", "erased", "This person was erased: nothing can happen to them any more.");
}

Rejection already_exists(std::string pointer, std::string detail) {
  return {Rejection::Kind::already_exists, "already-exists", detail, {{std::move(pointer), "already-exists", detail}}, std::nullopt};
}

}  // namespace daybook::domain
