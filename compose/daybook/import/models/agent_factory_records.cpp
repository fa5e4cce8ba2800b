// API keys, and what was noted for auditors.
#include <unordered_set>

#include "command-service/domain/access/access.hpp"
#include "command-service/domain/api_key/api_key.hpp"
#include "compose/daybook/import/models/agent_factory.hpp"

namespace daybook::importer::models::agent_factory {
namespace {

using domain::Access;
using domain::ApiKey;
namespace ac = events::access;
namespace ak = events::api_key;

// ---- keys ------------------------------------------------------------------------------------------------------------

// Words, or an object of words that are true or false.
std::vector<std::string> scopes_in(Values& values) {
  if (const auto sent = values.json("permissions"); sent && !items_of(*sent)) {
    std::vector<std::string> granted;
    for (const auto& [word, is_granted] : members_of(*sent).value_or(Members{}))
      if (is_granted.text == "true") granted.push_back(word);
    return granted;
  }
  return values.texts("permissions").value_or(std::vector<std::string>{});
}

// SHA-256 of the whole key, as keys are known here too: whoever holds one goes on with it.
void bring_key(Course& course, Values& values) {
  const events::ApiKeyId id{own_uuid(course.sink, values)};
  const auto stream = events::stream_of(id);
  const auto tenant = tenant_of(course, values);
  const auto holder = person(course, values, named(values, {"user_id", "created_by"}));
  if (!holder) values.leave_out("user_id", "a key without a holder is of no use");
  const auto digest = lower(values.required_text("key_hash"));
  if (const auto refused = domain::api_key::KeyDigest::rule(digest)) values.leave_out("key_hash", std::string(refused->detail));
  ak::Issued issued{};
  issued.user_id = holder.value_or(events::UserId{});
  issued.name = values.required_text("name");
  issued.permissions = scopes_in(values);
  issued.key_hash = events::Personal(digest);
  issued.expires_at = values.time("expires_at");
  const bool is_active = values.boolean("is_active").value_or(true);
  const ak::BroughtForward forward{values.time("last_used_at")};
  const auto created_at = values.required_time("created_at");
  const auto updated_at = last_change(values, created_at);
  Row row(values);
  row.stream(stream).needs(tenant, "tenant_id").say<ApiKey>(stream, tenant, created_at, user_actor(holder), {std::move(issued)});
  if (!is_active) row.say<ApiKey>(stream, tenant, updated_at, nobody(), {ak::Revoked{}});
  row.say<ApiKey>(stream, tenant, updated_at, nobody(), {forward});
  course.sink.bring(std::move(row));
}

// ---- audit -----------------------------------------------------------------------------------------------------------

text::Uuid entry_id(Course& course, Values& values) {
  const auto words = values.required_text("id");
  const bool is_number = !words.empty() && words.find_first_not_of("0123456789") == words.npos;
  return is_number ? own_number(values, events::NumberedTable::agent_factory_audit_logs) : uuid_of(course.sink, "audit_logs", words);
}

ac::AuditNoted entry_in(Course& course, Values& values, const Actor& actor) {
  ac::AuditNoted entry{};
  entry.entry_id = events::EventId{entry_id(course, values)};
  entry.event_type = values.text_or("event_type", "");
  entry.actor_type = actor.type;
  entry.actor_id = actor.id;
  entry.resource_type = values.text_or("resource_type", "");
  entry.resource_id = values.filled("resource_id");
  entry.action = lower(values.text_or("action", ""));
  entry.success = values.boolean("success").value_or(true);
  if (auto details = values.json(named(values, {"details", "metadata"})); details && details->text != "null") entry.details = std::move(*details);
  if (auto address = values.filled("ip_address")) entry.address = events::Personal(std::move(*address));
  return entry;
}

// Addresses of a day stand in one stream, so that they are gone with its key. Whether an entry is in it already is asked only where the
// stream was there before this import.
class Audit {
 public:
  explicit Audit(Course& course) : course_(course) {}

  void bring(Values& values) {
    const auto user = person(course_, values, named(values, {"user_id", "created_by"}));
    const auto home = user ? course_.tenants.find(*user) : course_.tenants.end();
    const auto tenant = home == course_.tenants.end() ? std::nullopt : std::optional(home->second);
    const auto actor = user_actor(user);
    auto entry = entry_in(course_, values, actor);
    const auto at = values.required_time("created_at");
    const auto stream = stream_of(entry, tenant, at);
    const bool is_of_day = entry.address.has_value();
    const bool may_be_there = is_of_day && was_there(stream);
    Row row(values);
    if (!is_of_day) row.stream(stream);
    row.there_when([stream, is_of_day, may_be_there, id = entry.entry_id](log::Settling& settling) {
      if (!is_of_day) return settling.reference(stream).has_value();
      return may_be_there && settling.birth<Access, ac::AuditNoted>(stream, [&](const ac::AuditNoted& other) { return other.entry_id == id; }).has_value();
    });
    row.say<Access>(stream, tenant, at, actor, {std::move(entry)});
    course_.sink.bring(std::move(row));
  }

 private:
  events::StreamId stream_of(const ac::AuditNoted& entry, const std::optional<WorkspaceId>& tenant, text::Instant at) const {
    if (!entry.address) return events::StreamId{course_.sink.named("noted " + entry.entry_id.text())};
    return events::stream_of(domain::access::stream_of_day(domain::access::Kind::noted_addresses, tenant, text::date_of(at)));
  }

  bool was_there(events::StreamId stream) {
    const auto known = was_there_.find(stream);
    if (known != was_there_.end()) return known->second;
    bool there = false;
    course_.sink.ask([&](log::Settling& settling) { there = settling.reference(stream).has_value(); });
    return was_there_.emplace(stream, there).first->second;
  }

  Course& course_;
  std::unordered_map<events::StreamId, bool> was_there_;
};

}  // namespace

void bring_api_keys(Course& course) {
  read_all(course.source, "api_keys", [&](Values& values) { bring_key(course, values); });
}

void bring_audit(Course& course) {
  Audit audit(course);
  read_all(course.source, "audit_logs", [&](Values& values) { audit.bring(values); });
}

}  // namespace daybook::importer::models::agent_factory
