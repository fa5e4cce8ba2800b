// What whoever bills a workspace needs to know. The address that bills go to is somebody's, so the event has it sealed.
#include <map>

#include "command-service/domain/core/rules.hpp"
#include "command-service/domain/workspace/workspace.hpp"

namespace daybook::domain::workspace {
namespace {

using events::workspace::billing_email_member;
using events::workspace::BillingChanged;
using Members = std::map<std::string, events::Json>;

// A budget is an amount.
void check_budget(const Members& members, FieldRefusals& refusals) {
  const auto budget = members.find("monthlyBudget");
  if (budget == members.end() || budget->second.text == "null") return;
  const auto amount = events::Decimal::parse(budget->second.text);
  if (!amount || amount->nanos < 0) refusals.add("/billing_info/monthlyBudget", "invalid", "Expected an amount of 0 or more, with at most 9 digits behind the point.");
}

// The address to be sealed; nothing where the mark says that the one from before stays.
std::optional<events::Personal> address_in(const events::Json& sent, bool kept_before, FieldRefusals& refusals) {
  constexpr std::string_view pointer = "/billing_info/billingEmail";
  std::vector<std::string> texts;  // a document is an object or a list
  if (!events::from_json("[" + sent.text + "]", texts, events::Reading::lenient) || texts.size() != 1) {
    refusals.add(std::string(pointer), "wrong-type", "Expected an e-mail address.");
    return std::nullopt;
  }
  auto& address = texts.front();
  if (address == events::sealed_mark && kept_before) return std::nullopt;
  if (const auto refused = Email::rule(address)) refusals.add(std::string(pointer), std::string(refused->code), std::string(refused->detail));
  return events::Personal(std::move(address));
}

}  // namespace

// No refusal repeats what stands there. What is written again for the mark's sake has its members in order and each of them once, so
// that no address is left beside it.
BillingChanged billing_said(std::optional<events::Json> info, bool kept_before, FieldRefusals& refusals) {
  BillingChanged said{std::move(info), std::nullopt};
  if (!said.billing_info) return said;
  Members members;
  if (!events::from_json(said.billing_info->text, members, events::Reading::lenient)) {
    refusals.add("/billing_info", "wrong-type", "Expected an object.");
    return said;
  }
  check_budget(members, refusals);
  const auto sent = members.find(billing_email_member);
  if (sent == members.end()) return said;
  if (sent->second.text == "null") {
    members.erase(sent);
  } else {
    said.billing_email = address_in(sent->second, kept_before, refusals);
    sent->second.text = events::to_json(std::string(events::sealed_mark));
  }
  said.billing_info->text = events::to_json(members);
  return said;
}

// Whether an address is the one that is sealed already is not known here, so one that is sent is always an event.
Decision<Event> decide(const State& state, const ChangeBilling& command, const CommandContext&, const Facts&) {
  if (!is_open(state)) return not_found("workspace");
  if (!command.billing_info.sent) return std::vector<Event>{};
  FieldRefusals refusals;
  auto said = billing_said(command.billing_info.value, events::workspace::keeps_billing_email(state.billing_info), refusals);
  if (refusals.any()) return refusals.rejection();
  if (!said.billing_email && said.billing_info == state.billing_info) return std::vector<Event>{};
  return std::vector<Event>{std::move(said)};
}

}  // namespace daybook::domain::workspace
