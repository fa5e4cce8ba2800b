// What can be proven of the log, to whoever is signed in: hashes and sizes, nothing of what happened.
#include <mutex>

#include "platform/text/number.hpp"
#include "query-service/core/replies.hpp"
#include "query-service/routes/routes.hpp"

namespace daybook::query {
namespace {

// One connection for all proofs of the process, made at first use and anew after trouble. Safe from any thread, one proves
// at a time.
class SharedProofs {
 public:
  explicit SharedProofs(std::function<std::unique_ptr<events::LogProofs>()> open) : open_(std::move(open)) {}

  template <class Work>
  auto use(Work work) {
    const std::lock_guard lock(mutex_);
    try {
      if (!proofs_) proofs_ = open_();
      return work(*proofs_);
    } catch (const events::LogUnavailable&) {
      proofs_.reset();
      throw;
    }
  }

 private:
  std::function<std::unique_ptr<events::LogProofs>()> open_;
  std::mutex mutex_;
  std::unique_ptr<events::LogProofs> proofs_;
};

using Document = std::variant<std::string, api::Problem>;
using Prove = std::function<Document(events::LogProofs&, const api::Call&)>;

// A parameter that counts events. Nothing where it is absent.
std::variant<std::optional<events::Position>, api::Problem> count_in(const api::Call& call, std::string_view name) {
  const auto text = call.parameter(name);
  if (!text) return std::optional<events::Position>();
  const events::Position count{text::read_number<std::int64_t>(*text).value_or(0)};
  if (count.value < 1)
    return api::bad_parameter(std::string(name), "out-of-range", "Expected a whole number from 1.");
  return std::optional(count);
}

api::Problem nothing_signed() {
  return api::unavailable("The log has no signed tree head yet; it has one within a second of its first event.");
}

// Both proofs take a place in the log and the size of the log they are for, by default that of the newest signed tree head.
template <class Make>
Document prove(events::LogProofs& proofs, const api::Call& call, std::string_view place_name, std::string_view size_name, Make make) {
  const auto place = count_in(call, place_name), size = count_in(call, size_name);
  for (const auto* read : {&place, &size})
    if (const auto* problem = std::get_if<api::Problem>(read)) return *problem;
  const auto asked = std::get<0>(place).value();
  auto whole = std::get<0>(size);
  if (!whole) {
    const auto newest = proofs.signed_head();
    if (!newest) return nothing_signed();
    whole = events::Position{newest->size};
  }
  if (const auto head = proofs.head(); *whole > head)
    return api::bad_parameter(std::string(size_name), "out-of-range", "The log has " + std::to_string(head.value) + " events.");
  if (asked > *whole) return api::bad_parameter(std::string(place_name), "out-of-range", "It lies beyond " + std::to_string(whole->value) + ".");
  return events::to_json(make(asked, *whole));
}

Document tree_head(events::LogProofs& proofs, const api::Call&) {
  const auto head = proofs.signed_head();
  if (!head) return nothing_signed();
  return events::to_json(*head);
}

Document inclusion(events::LogProofs& proofs, const api::Call& call) {
  return prove(proofs, call, "position", "size", [&](auto position, auto size) { return proofs.prove_inclusion(position, size); });
}

Document consistency(events::LogProofs& proofs, const api::Call& call) {
  return prove(proofs, call, "first", "second", [&](auto first, auto second) { return proofs.prove_consistency(first, second); });
}

http::Response answer(const Query& query, SharedProofs& proofs, const Prove& make) {
  try {
    auto document = proofs.use([&](events::LogProofs& of_log) { return make(of_log, query.call); });
    if (const auto* problem = std::get_if<api::Problem>(&document)) return api::respond_problem(query.call, *problem);
    http::Response response;
    response.body = std::get<std::string>(std::move(document));
    return response;
  } catch (const events::LogUnavailable&) {
    return api::respond_problem(query.call, api::unavailable("The log cannot be reached; come again in a moment."));
  }
}

api::Route route_of(const QueryContext& context, const std::shared_ptr<SharedProofs>& proofs, std::string_view id, std::string_view path,
                    std::string_view summary, const events::TypeInfo* reply, Prove make) {
  api::Route route{};
  route.id = id;
  route.method = "GET";
  route.path = path;
  route.summary = summary;
  route.tag = "audit";
  route.reply = reply;
  route.reply_fields = {"Daybook-Position", "Daybook-Log"};
  route.parameters = waiting_parameters();
  route.handler = [&context, proofs, make = std::move(make)](api::CallPtr call, api::Respond respond) {
    serve(context, call, respond, Below::oneself, [proofs, make](const Query& query) { return answer(query, *proofs, make); });
  };
  return route;
}

}  // namespace

std::vector<api::Route> audit_routes(const QueryContext& context) {
  constexpr std::string_view count = R"({"type":"integer","minimum":1})";
  const auto proofs = std::make_shared<SharedProofs>(context.open_proofs);
  auto head = route_of(context, proofs, "getTreeHead", "/api/v1/audit/tree-head", "The newest signed root of the log, to be kept elsewhere.",
                       &events::type_info<events::TreeHeadDocument>(), tree_head);
  auto inclusion_of = route_of(context, proofs, "proveInclusion", "/api/v1/audit/inclusion", "The proof that an event is in the log (RFC 9162).",
                               &events::type_info<events::InclusionDocument>(), inclusion);
  inclusion_of.parameters.push_back({"position", "Of the event.", count, false, true});
  inclusion_of.parameters.push_back({"size", "Of the log, as a tree head says it; by default the newest signed.", count});
  auto consistency_of = route_of(context, proofs, "proveConsistency", "/api/v1/audit/consistency",
                                 "The proof that the log begins with an older one (RFC 9162).", &events::type_info<events::ConsistencyDocument>(), consistency);
  consistency_of.parameters.push_back({"first", "Size of the older.", count, false, true});
  consistency_of.parameters.push_back({"second", "Size of the newer; by default the newest signed.", count});
  return {std::move(head), std::move(inclusion_of), std::move(consistency_of)};
}

}  // namespace daybook::query
