#pragma once
// The texts of webhooks, each with its rule.
#include "command-service/domain/core/texts.hpp"

namespace daybook::domain::webhook {

inline constexpr std::size_t secret_bytes_min = 24, secret_bytes_max = 64;             // of a secret of the standard's form
inline constexpr std::size_t older_secret_characters_min = 16, older_secret_characters_max = 255;
inline constexpr std::size_t event_characters_max = 100;
inline constexpr std::string_view secret_prefix = "whsec_";

// Where events are sent to: http or https, absolute, with a host, without a name or a password in it.
struct Target : events::Text<Target> {
  using Text::Text;
  static constexpr std::string_view pattern = Url::pattern;
  static constexpr std::string_view format = "uri";
  static constexpr std::size_t code_points_max = url_characters_max;
  static Refusal rule(std::string_view words);
};

// As Standard Webhooks has it: `whsec_` and 24 to 64 bytes in base 64. One that is brought in from elsewhere may be any 16 to 255
// visible ASCII characters.
struct Secret : events::Text<Secret> {
  using Text::Text;
  static constexpr std::string_view format = "password";
  static constexpr std::size_t code_points_min = older_secret_characters_min;
  static constexpr std::size_t code_points_max = older_secret_characters_max;
  static Refusal rule(std::string_view words);
};

// Which events are told of: an event's type, all of a kind (issue.*), all (*), or an older word (task_completed, task.completed).
struct EventWord : events::Text<EventWord> {
  using Text::Text;
  static constexpr std::size_t code_points_max = event_characters_max;
  static Refusal rule(std::string_view words);
};

}  // namespace daybook::domain::webhook
