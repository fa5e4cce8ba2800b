#include "compose/daybook/settings.hpp"

#include <algorithm>
#include <sstream>

#include "platform/text/ip_network.hpp"
#include "platform/text/number.hpp"

namespace daybook::app {
namespace {

template <class... Cases>
struct Overloaded : Cases... {
  using Cases::operator()...;
};
template <class... Cases>
Overloaded(Cases...) -> Overloaded<Cases...>;

bool is_log_level(std::string_view word) { return word == "debug" || word == "info" || word == "warning" || word == "error"; }

bool is_origin(std::string_view origin) {
  if (origin == "*") return true;
  const auto scheme = origin.find("://");
  return scheme != origin.npos && scheme > 0 && origin.size() > scheme + 3 && origin.find_first_of("/?#* ", scheme + 3) == origin.npos;
}

bool is_listen(std::string_view listen) {
  const auto port = listen.substr(listen.rfind(':') + 1);   // npos + 1 is 0
  const auto number = text::read_number<int>(port).value_or(-1);
  return number >= 0 && number <= 65535;
}

bool is_network(std::string_view text) { return text::read_ip_network(text).has_value(); }

bool is_smtp(std::string_view url) { return url.empty() || ((url.starts_with("smtp://") || url.starts_with("smtps://")) && url.size() > url.find("//") + 2); }

bool is_address(std::string_view address) {
  const auto at = address.find('@');
  return at != address.npos && at > 0 && at + 1 < address.size() && address.find_first_of(" <>\r\n") == address.npos;
}

constexpr int hour_s = 3600, day_s = 24 * hour_s;
constexpr int mebibyte = 1 << 20, gibibyte = 1 << 30;

constexpr Setting table[] = {
    {.name = "database.url", .target = &Config::database_url, .environment = "DATABASE_URL",
     .help = "PostgreSQL 15 or newer, straight to the server: session locks and LISTEN do not survive a transaction pooler. Required.", .secret = true},
    {.name = "database.allow_unsafe", .target = &Config::allow_unsafe, .environment = "DAYBOOK_ALLOW_UNSAFE_DATABASE",
     .help = "Accepts a server that may lose commits (`fsync` off), for tests.", .flag = "--allow-unsafe-database"},
    {.name = "kafka.brokers", .target = &Config::kafka_brokers, .environment = "KAFKA_BROKERS",
     .help = "Host and port of one or more brokers. With them the command service relays the log, and the projector reads the topic; empty: no Kafka.",
     .services = "command, projector"},
    {.name = "kafka.replication_factor", .target = &Config::kafka_replication_factor, .environment = "DAYBOOK_KAFKA_REPLICATION_FACTOR",
     .help = "Of a topic that the relay makes; one that exists is left alone.", .services = "command", .unit = "copies", .min = 1, .max = 15},
    {.name = "keys.file", .target = &Config::keys, .environment = "DAYBOOK_KEYS", .help = "The key file, mode 0600, made by `daybook init-keys`.",
     .flag = "--keys"},
    {.name = "keys.inline", .target = &Config::keys_inline, .environment = "DAYBOOK_KEYS_INLINE",
     .help = "The text of a key file, lines or `;` between its keys, for deployments that hand secrets over in the environment; `keys.file` is then not read.",
     .secret = true},
    {.name = "state.folder", .target = &Config::data, .environment = "DAYBOOK_DATA", .help = "Where the state store is; it can be built again from the log.",
     .services = "projector, query", .flag = "--data"},

    {.name = "http.listen", .target = &Config::listen, .environment = "DAYBOOK_LISTEN",
     .help = "Address and port, or a port alone; port 0 takes a free one. The services apart have port 8001 (command), 8002 (query) and 8003 (projector).",
     .flag = "--listen", .fits = is_listen, .form = "an address and a port, like 127.0.0.1:8000"},
    {.name = "http.connections_max", .target = &Config::connections_max, .environment = "DAYBOOK_HTTP_CONNECTIONS_MAX",
     .help = "Open at once; more wait in the listen queue.", .unit = "connections", .min = 1, .max = 1000000},
    {.name = "http.idle_timeout_s", .target = &Config::idle_timeout_s, .environment = "DAYBOOK_HTTP_IDLE_TIMEOUT_S",
     .help = "Between two requests, and for a client that stops reading.", .unit = "seconds", .min = 1, .max = hour_s},
    {.name = "http.header_timeout_s", .target = &Config::header_timeout_s, .environment = "DAYBOOK_HTTP_HEADER_TIMEOUT_S",
     .help = "For a request's header to be there in full, else 408.", .unit = "seconds", .min = 1, .max = hour_s},
    {.name = "http.body_timeout_s", .target = &Config::body_timeout_s, .environment = "DAYBOOK_HTTP_BODY_TIMEOUT_S",
     .help = "For a request's body to be there in full, else 408.", .unit = "seconds", .min = 1, .max = hour_s},
    {.name = "http.header_bytes_max", .target = &Config::header_bytes_max, .environment = "DAYBOOK_HTTP_HEADER_BYTES_MAX",
     .help = "Request line and header fields; above it 431.", .unit = "bytes", .min = 8 << 10, .max = mebibyte},
    {.name = "http.body_bytes_max", .target = &Config::body_bytes_max, .environment = "DAYBOOK_HTTP_BODY_BYTES_MAX",
     .help = "Of any body; above it 413. Paths have limits of their own (OpenAPI names them), and the smaller one holds.", .unit = "bytes", .min = 64 << 10,
     .max = 8 * mebibyte},
    {.name = "http.drain_timeout_s", .target = &Config::drain_timeout_s, .environment = "DAYBOOK_HTTP_DRAIN_TIMEOUT_S",
     .help = "For requests under way to be answered after SIGTERM; then they are cut.", .unit = "seconds", .min = 0, .max = hour_s},
    {.name = "http.trusted_proxies", .target = &Config::trusted_proxies, .environment = "DAYBOOK_HTTP_TRUSTED_PROXIES",
     .help = "Addresses and networks of proxies whose `X-Forwarded-For` is believed, for rates by address and the address of a session; none: it is ignored. In "
             "the environment separated by commas.",
     .fits = is_network, .form = "an address or a network like 10.0.0.0/8"},
    {.name = "http.require_if_match", .target = &Config::require_if_match, .environment = "DAYBOOK_HTTP_REQUIRE_IF_MATCH",
     .help = "Refuses PATCH and DELETE without `If-Match` with 428.", .services = "command"},

    {.name = "mail.smtp_url", .target = &Config::smtp_url, .environment = "DAYBOOK_MAIL_SMTP_URL",
     .help = "Where mail goes: smtp://host:587, with STARTTLS unless the host is a loopback address, or smtps://host:465. Empty: into the outbox.",
     .services = "command", .fits = is_smtp, .form = "smtp:// or smtps://, a host and a port"},
    {.name = "mail.smtp_user", .target = &Config::smtp_user, .environment = "DAYBOOK_MAIL_SMTP_USER", .help = "Whom the mail server knows; empty: nobody.",
     .services = "command"},
    {.name = "mail.smtp_password", .target = &Config::smtp_password, .environment = "DAYBOOK_MAIL_SMTP_PASSWORD", .help = "Theirs.", .services = "command",
     .secret = true},
    {.name = "mail.from", .target = &Config::mail_from, .environment = "DAYBOOK_MAIL_FROM", .help = "The address that mails come from.", .services = "command",
     .fits = is_address, .form = "an e-mail address"},
    {.name = "mail.outbox", .target = &Config::mail_outbox, .environment = "DAYBOOK_MAIL_OUTBOX",
     .help = "The folder where mails are files, `.eml`, while there is no mail server.", .services = "command"},
    {.name = "mail.links", .target = &Config::mail_links, .environment = "DAYBOOK_MAIL_LINKS",
     .help = "Base of the pages that mails point to, `verify-email`, `reset-password` and `invitation`, each with `?token=`. Empty: mails name the call alone.",
     .services = "command"},

    {.name = "auth.require_verified_email", .target = &Config::require_verified_email, .environment = "DAYBOOK_AUTH_REQUIRE_VERIFIED_EMAIL",
     .help = "Who registers signs in only after confirming the address by the mail that is sent then.", .services = "command"},
    {.name = "auth.lock_failures", .target = &Config::lock_failures, .environment = "DAYBOOK_AUTH_LOCK_FAILURES",
     .help = "So many wrong passwords in a row lock an account against signing in by password.", .services = "command", .unit = "failures", .min = 1, .max = 1000},
    {.name = "auth.lock_duration_s", .target = &Config::lock_duration_s, .environment = "DAYBOOK_AUTH_LOCK_DURATION_S",
     .help = "For how long. A new password by mail unlocks it.", .services = "command", .unit = "seconds", .min = 1, .max = 365 * day_s},

    {.name = "reminders.before_s", .target = &Config::remind_before_s, .environment = "DAYBOOK_REMINDERS_BEFORE_S",
     .help = "So long before an issue is due, whoever has it and whoever watches it are reminded.", .services = "command", .unit = "seconds", .min = 60,
     .max = 30 * day_s},

    {.name = "webhooks.allowed_networks", .target = &Config::webhook_networks, .environment = "DAYBOOK_WEBHOOKS_ALLOWED_NETWORKS",
     .help = "Addresses and networks that webhooks are delivered to although they are not public, such as those of your own receivers; all others like them are "
             "refused. In the environment separated by commas.",
     .services = "command", .fits = is_network, .form = "an address or a network like 10.0.0.0/8"},

    {.name = "clock.test", .target = &Config::test_clock, .environment = "DAYBOOK_CLOCK_TEST",
     .help = "For integrators' tests: superusers may move the clock forward, for good. Refused where the installation looks like one in use: reachable from "
             "elsewhere, sending mail by SMTP, behind a proxy, on a cluster of Kafka."},

    {.name = "rates.principal_requests", .target = &Config::principal_requests, .environment = "DAYBOOK_RATES_PRINCIPAL_REQUESTS",
     .help = "Of one signed-in user in a window, and at once; above it 429. 0: no limit.", .services = "command, query", .unit = "requests", .max = 100000000},
    {.name = "rates.address_requests", .target = &Config::address_requests, .environment = "DAYBOOK_RATES_ADDRESS_REQUESTS",
     .help = "Of one client address in a window, signed in or not. 0: no limit. Behind a proxy all clients have its address, unless `http.trusted_proxies` names it.", .services = "command, query",
     .unit = "requests", .max = 100000000},
    {.name = "rates.window_s", .target = &Config::rate_window_s, .environment = "DAYBOOK_RATES_WINDOW_S",
     .help = "Over which what was taken is given back evenly.", .services = "command, query", .unit = "seconds", .min = 1, .max = day_s},
    {.name = "rates.on_loopback", .target = &Config::limit_loopback, .environment = "DAYBOOK_RATES_ON_LOOPBACK",
     .help = "Whether clients of this machine (127.0.0.0/8, ::1) are limited too.", .services = "command, query"},
    {.name = "cors.origins", .target = &Config::cors_origins, .environment = "DAYBOOK_CORS_ORIGINS",
     .help = "Origins whose web pages may call the API, as browsers send them; `*` is any. In the environment separated by commas.",
     .services = "command, query", .fits = is_origin, .form = "an origin like https://app.example.org, without a path, or *"},
    {.name = "cors.preflight_age_s", .target = &Config::cors_preflight_age_s, .environment = "DAYBOOK_CORS_PREFLIGHT_AGE_S",
     .help = "How long a browser keeps the answer to a preflight.", .services = "command, query", .unit = "seconds", .max = day_s},

    {.name = "command.cache_bytes", .target = &Config::command_cache_bytes, .environment = "DAYBOOK_COMMAND_CACHE_BYTES",
     .help = "For the state of streams that were written lately.", .services = "command", .unit = "bytes", .min = mebibyte, .max = gibibyte},
    {.name = "command.hashing_threads", .target = &Config::hashing_threads, .environment = "DAYBOOK_COMMAND_HASHING_THREADS",
     .help = "Passwords that are hashed at once; each takes a core and 64 MiB meanwhile.", .services = "command", .unit = "threads", .min = 1, .max = 64},
    {.name = "query.connections", .target = &Config::query_connections, .environment = "DAYBOOK_QUERY_CONNECTIONS",
     .help = "To PostgreSQL, at most.", .services = "query", .unit = "connections", .min = 1, .max = 500},
    {.name = "query.threads", .target = &Config::query_threads, .environment = "DAYBOOK_QUERY_THREADS",
     .help = "That run queries.", .services = "query", .unit = "threads", .min = 1, .max = 256},
    {.name = "query.heartbeat_s", .target = &Config::heartbeat_s, .environment = "DAYBOOK_QUERY_HEARTBEAT_S",
     .help = "Between two comments on a stream of live events that keep it open.", .services = "query", .unit = "seconds", .min = 1, .max = 600},

    {.name = "log.level", .target = &Config::log_level, .environment = "DAYBOOK_LOG_LEVEL",
     .help = "The least that is written to standard error: `debug`, `info` (each request, too), `warning`, `error`.", .fits = is_log_level,
     .form = "debug, info, warning or error"},
};

std::string toml_text(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"";
}

std::string listed(const std::vector<std::string>& texts) {
  std::string out = "[";
  for (const auto& text : texts) out += (out.size() > 1 ? ", " : "") + toml_text(text);
  return out + "]";
}

std::string expected(const Setting& setting) {
  if (!setting.form.empty()) return std::string(setting.form);
  return std::visit(Overloaded{[](std::string Config::*) -> std::string { return "a text"; },
                               [&](int Config::*) {
                                 return "a whole number from " + std::to_string(setting.min) + " to " + std::to_string(setting.max) +
                                        (setting.unit.empty() ? "" : " (" + std::string(setting.unit) + ")");
                               },
                               [](bool Config::*) -> std::string { return "true or false"; },
                               [](std::vector<std::string> Config::*) -> std::string { return "a list of texts"; }},
                    setting.target);
}

std::string_view type_word(const Setting& setting) {
  constexpr std::string_view words[] = {"text", "number", "true or false", "list of texts"};
  return words[setting.target.index()];
}

std::vector<std::string> split(const std::string& text) {
  std::vector<std::string> parts;
  std::istringstream in(text);
  for (std::string part; std::getline(in, part, ',');) {
    const auto from = part.find_first_not_of(' ');
    if (from != part.npos) parts.push_back(part.substr(from, part.find_last_not_of(' ') - from + 1));
  }
  return parts;
}

std::string_view section_of(const Setting& setting) { return setting.name.substr(0, setting.name.find('.')); }
std::string_view key_of(const Setting& setting) { return setting.name.substr(setting.name.find('.') + 1); }

}  // namespace

std::span<const Setting> settings() { return table; }

const Setting* setting_named(std::string_view name) {
  const auto* found = std::find_if(std::begin(table), std::end(table), [name](const auto& s) { return s.name == name; });
  return found == std::end(table) ? nullptr : found;
}

const Setting* setting_of_variable(std::string_view variable) {
  const auto* found = std::find_if(std::begin(table), std::end(table), [variable](const auto& s) { return s.environment == variable; });
  return found == std::end(table) ? nullptr : found;
}

std::optional<std::string> assign(Config& config, const Setting& setting, const config::Value& value) {
  const auto fits = [&](std::string_view text) { return setting.fits == nullptr || setting.fits(text); };
  const bool done = std::visit(Overloaded{[&](std::string Config::*member) {
                                            const auto* text = std::get_if<std::string>(&value);
                                            if (text == nullptr || !fits(*text)) return false;
                                            config.*member = *text;
                                            return true;
                                          },
                                          [&](int Config::*member) {
                                            const auto* number = std::get_if<std::int64_t>(&value);
                                            if (number == nullptr || *number < setting.min || *number > setting.max) return false;
                                            config.*member = static_cast<int>(*number);
                                            return true;
                                          },
                                          [&](bool Config::*member) {
                                            const auto* truth = std::get_if<bool>(&value);
                                            if (truth == nullptr) return false;
                                            config.*member = *truth;
                                            return true;
                                          },
                                          [&](std::vector<std::string> Config::*member) {
                                            const auto* texts = std::get_if<std::vector<std::string>>(&value);
                                            if (texts == nullptr || !std::all_of(texts->begin(), texts->end(), fits)) return false;
                                            config.*member = *texts;
                                            return true;
                                          }},
                               setting.target);
  if (done) return std::nullopt;
  return expected(setting);
}

config::Value read_text(const Setting& setting, const std::string& text) {
  return std::visit(Overloaded{[&](std::string Config::*) -> config::Value { return text; },
                               [&](int Config::*) -> config::Value {
                                 if (const auto number = text::read_number<std::int64_t>(text)) return *number;
                                 return text;
                               },
                               [&](bool Config::*) -> config::Value {
                                 if (text == "true") return true;
                                 if (text == "false") return false;
                                 return text;
                               },
                               [&](std::vector<std::string> Config::*) -> config::Value { return split(text); }},
                    setting.target);
}

std::string value_text(const Config& config, const Setting& setting) {
  return std::visit(Overloaded{[&](std::string Config::*member) { return toml_text(config.*member); },
                               [&](int Config::*member) { return std::to_string(config.*member); },
                               [&](bool Config::*member) -> std::string { return config.*member ? "true" : "false"; },
                               [&](std::vector<std::string> Config::*member) { return listed(config.*member); }},
                    setting.target);
}

std::string effective_settings(const Config& config) {
  std::string out;
  std::string_view section;
  for (const auto& setting : table) {
    if (section != section_of(setting)) {
      out += (out.empty() ? "[" : "\n[") + std::string(section = section_of(setting)) + "]\n";
    }
    const auto source = config.sources.find(setting.name);
    const auto from = source == config.sources.end() ? "default" : source->second;
    if (!setting.secret) out += std::string(key_of(setting)) + " = " + value_text(config, setting) + "  # " + from + "\n";
    else if (source == config.sources.end()) out += "# " + std::string(key_of(setting)) + " is not set\n";
    else out += "# " + std::string(key_of(setting)) + " is set and not shown: " + from + "\n";
  }
  return out;
}

std::string settings_reference() {
  std::string out = "| setting | variable, flag | type and limits | default | read by | |\n|---|---|---|---|---|---|\n";
  const Config defaults;
  const auto code = [](std::string_view text) { return "`" + std::string(text) + "`"; };
  for (const auto& setting : table) {
    const bool number = std::holds_alternative<int Config::*>(setting.target);
    const auto value = value_text(defaults, setting);
    out += "| " + code(setting.name) + (setting.secret ? " (secret)" : "") + " | " + code(setting.environment);
    if (!setting.flag.empty()) out += ", " + code(setting.flag);
    out += " | " + std::string(type_word(setting));
    if (number) out += ", " + std::to_string(setting.min) + " to " + std::to_string(setting.max) + " " + std::string(setting.unit);
    out += " | " + (value == "\"\"" ? "none" : code(value)) + " | " + std::string(setting.services) + " | " + std::string(setting.help) + " |\n";
  }
  return out;
}

}  // namespace daybook::app
