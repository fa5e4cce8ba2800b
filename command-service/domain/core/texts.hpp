#pragma once
// The texts that commands carry, each with its rule, checked once where it enters. Refusal codes: `blank`,
// `too-long`, `invalid`, `too-short`. What stands beside a rule tells callers of it, in OpenAPI. "Characters" are Unicode code points; bytes are of UTF-8.
#include "events/core/id.hpp"
#include "events/core/values.hpp"

namespace daybook::domain {

using Refusal = std::optional<events::TextRefusal>;

inline constexpr std::size_t name_characters_max = 255;
inline constexpr std::size_t description_bytes_max = 64 << 10;
inline constexpr std::size_t prompt_bytes_max = 512 << 10;
inline constexpr std::size_t email_characters_max = 254;  // RFC 5321 §4.5.3.1.3, less the angle brackets
inline constexpr std::size_t email_local_characters_max = 64;  // RFC 5321 §4.5.3.1.1
inline constexpr std::size_t username_characters_max = 100;
inline constexpr std::size_t password_characters_min = 8;
inline constexpr std::size_t password_characters_max = 128;
inline constexpr std::size_t slug_characters_max = 100;
inline constexpr std::size_t document_slug_characters_max = 255;
inline constexpr std::size_t document_bytes_max = 1 << 20;
inline constexpr std::size_t issue_prefix_characters_max = 20;
inline constexpr std::size_t url_characters_max = 2048;
inline constexpr std::size_t short_text_characters_max = 64;  // time zones, locales, emoji, tags

// One printable line that says something.
struct Name : events::Text<Name> {
  using Text::Text;
  static constexpr std::size_t code_points_min = 1;
  static constexpr std::size_t code_points_max = name_characters_max;
  static Refusal rule(std::string_view words);
};
struct Title : events::Text<Title> {
  using Text::Text;
  static constexpr std::size_t code_points_min = 1;
  static constexpr std::size_t code_points_max = name_characters_max;
  static Refusal rule(std::string_view words);
};
// Any text, empty too, lines and all.
struct Description : events::Text<Description> {
  using Text::Text;
  static constexpr std::size_t bytes_max = description_bytes_max;
  static Refusal rule(std::string_view words);
};
// What an agent is told; like a description, but longer.
struct Prompt : events::Text<Prompt> {
  using Text::Text;
  static constexpr std::size_t bytes_max = prompt_bytes_max;
  static Refusal rule(std::string_view words);
};
// Of a comment.
struct Content : events::Text<Content> {
  using Text::Text;
  static constexpr std::size_t code_points_min = 1;
  static constexpr std::size_t bytes_max = description_bytes_max;
  static Refusal rule(std::string_view words);
};
// Of a document; it may be empty.
struct DocumentContent : events::Text<DocumentContent> {
  using Text::Text;
  static constexpr std::size_t bytes_max = document_bytes_max;
  static Refusal rule(std::string_view words);
};
// local@domain: no spaces or controls, a dot-separated domain of letters, digits and hyphens. Whether anybody
// reads it, only a message to it can tell.
struct Email : events::Text<Email> {
  using Text::Text;
  static constexpr std::string_view format = "email";
  static constexpr std::size_t code_points_max = email_characters_max;
  static Refusal rule(std::string_view words);
};
struct Username : events::Text<Username> {
  using Text::Text;
  static constexpr std::size_t code_points_min = 1;
  static constexpr std::size_t code_points_max = username_characters_max;
  static Refusal rule(std::string_view words);
};
// Length only (NIST SP 800-63B §5.1.1.2): rules about kinds of characters make passwords worse.
struct Password : events::Text<Password> {
  using Text::Text;
  static constexpr std::size_t code_points_min = password_characters_min;
  static constexpr std::string_view format = "password";
  static constexpr std::size_t code_points_max = password_characters_max;
  static Refusal rule(std::string_view words);
};
struct Slug : events::Text<Slug> {
  using Text::Text;
  static constexpr std::string_view pattern = "^[a-z0-9]+(-[a-z0-9]+)*$";
  static constexpr std::size_t code_points_max = slug_characters_max;
  static Refusal rule(std::string_view words);
};
// Of a document, whose titles are longer than names of workspaces.
struct DocumentSlug : events::Text<DocumentSlug> {
  using Text::Text;
  static constexpr std::string_view pattern = Slug::pattern;
  static constexpr std::size_t code_points_max = document_slug_characters_max;
  static Refusal rule(std::string_view words);
};
struct ProjectKey : events::Text<ProjectKey> {
  using Text::Text;
  static constexpr std::string_view pattern = "^[A-Z][A-Z0-9]{1,19}$";
  static Refusal rule(std::string_view words);
};
struct IssuePrefix : events::Text<IssuePrefix> {
  using Text::Text;
  static constexpr std::string_view pattern = "^[A-Z][A-Z0-9]{0,19}$";
  static constexpr std::size_t code_points_max = issue_prefix_characters_max;
  static Refusal rule(std::string_view words);
};
struct Color : events::Text<Color> {
  using Text::Text;
  static constexpr std::string_view pattern = "^#[0-9A-Fa-f]{6}$";
  static Refusal rule(std::string_view words);
};
// ISO 4217.
struct Currency : events::Text<Currency> {
  using Text::Text;
  static constexpr std::string_view pattern = "^[A-Z]{3}$";
  static Refusal rule(std::string_view words);
};
// A name of the IANA time zone database, by its shape: Europe/Berlin, UTC, Etc/GMT+1.
struct Timezone : events::Text<Timezone> {
  using Text::Text;
  static constexpr std::string_view pattern = "^[A-Za-z][A-Za-z0-9/_+-]*$";
  static constexpr std::size_t code_points_max = short_text_characters_max;
  static Refusal rule(std::string_view words);
};
// A language tag (RFC 5646), by its shape: en, pt-BR.
struct Locale : events::Text<Locale> {
  using Text::Text;
  static constexpr std::string_view pattern = "^[A-Za-z][A-Za-z0-9_-]+$";
  static constexpr std::size_t code_points_max = short_text_characters_max;
  static Refusal rule(std::string_view words);
};
// http or https, absolute.
struct Url : events::Text<Url> {
  using Text::Text;
  static constexpr std::string_view pattern = "^https?://";
  static constexpr std::string_view format = "uri";
  static constexpr std::size_t code_points_max = url_characters_max;
  static Refusal rule(std::string_view words);
};
// Where something is, in whatever way: the address of a picture or a repository, a path.
struct Place : events::Text<Place> {
  using Text::Text;
  static constexpr std::size_t code_points_min = 1;
  static constexpr std::size_t code_points_max = url_characters_max;
  static Refusal rule(std::string_view words);
};
struct Emoji : events::Text<Emoji> {
  using Text::Text;
  static constexpr std::size_t code_points_min = 1;
  static constexpr std::size_t code_points_max = short_text_characters_max;
  static Refusal rule(std::string_view words);
};
// The name of a model, as its provider writes it.
struct Model : events::Text<Model> {
  using Text::Text;
  static constexpr std::size_t code_points_min = 1;
  static constexpr std::size_t code_points_max = name_characters_max;
  static Refusal rule(std::string_view words);
};
// A word that things are found by.
struct Tag : events::Text<Tag> {
  using Text::Text;
  static constexpr std::size_t code_points_min = 1;
  static constexpr std::size_t code_points_max = short_text_characters_max;
  static Refusal rule(std::string_view words);
};
// Of a commit: SHA-1 or SHA-256, or its beginning.
struct CommitSha : events::Text<CommitSha> {
  using Text::Text;
  static constexpr std::string_view pattern = "^[0-9A-Fa-f]{7,64}$";
  static Refusal rule(std::string_view words);
};

// A reference in a body: the id of the thing, or its short address (a project's key, an issue's identifier).
// address.hpp finds what is meant.
template <class IdType>
struct Ref : events::Text<Ref<IdType>> {
  using events::Text<Ref<IdType>>::Text;
  Ref() = default;
  Ref(IdType id) : events::Text<Ref<IdType>>(id.text()) {}
  static constexpr std::size_t code_points_min = 1;
  static constexpr std::size_t code_points_max = name_characters_max;
  static Refusal rule(std::string_view words) { return Name::rule(words); }
};
using ProjectRef = Ref<events::ProjectId>;
using IssueRef = Ref<events::IssueId>;

}  // namespace daybook::domain
