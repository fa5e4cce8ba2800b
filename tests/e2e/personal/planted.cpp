#include "tests/e2e/personal/planted.hpp"

#include <boost/json.hpp>

#include "platform/http/message.hpp"
#include "platform/text/base64.hpp"

namespace daybook::test {
namespace {

std::string lower(std::string_view text) {
  std::string out(text);
  for (auto& c : out) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  return out;
}

// What base 64 makes of the word wherever it begins in a longer text: the characters that are the same
// whatever stands around it.
std::string inside_base64(const std::string& word, std::size_t offset, bool for_addresses) {
  const auto padded = std::string(offset, 'x') + word;
  const auto whole = padded.substr(0, padded.size() / 3 * 3);
  const auto text = for_addresses ? text::base64url_encode(whole) : text::base64_encode(whole);
  return text.substr(offset == 0 ? 0 : 4);
}

std::string as_json(const std::string& word) {
  const auto quoted = boost::json::serialize(boost::json::value(word));
  return quoted.substr(1, quoted.size() - 2);
}

std::uint32_t beginning(std::string_view text) {
  return static_cast<std::uint8_t>(text[0]) |
         static_cast<std::uint32_t>(static_cast<std::uint8_t>(text[1])) << 8 |
         static_cast<std::uint32_t>(static_cast<std::uint8_t>(text[2])) << 16;
}

}  // namespace

void Search::Forms::add(Form form) {
  const auto key = beginning(form.text);
  begins[key] = true;
  by_beginning.emplace(key, std::move(form));
}

void Search::Forms::find(std::string_view text, bool readable_too, std::set<std::string>& found) const {
  for (std::size_t at = 0; at + 3 <= text.size(); ++at) {
    const auto key = beginning(text.substr(at, 3));
    if (!begins[key]) continue;
    const auto [from, to] = by_beginning.equal_range(key);
    for (auto each = from; each != to; ++each)
      if ((readable_too || !each->second.readable) && text.substr(at).starts_with(each->second.text))
        found.insert(each->second.what + " (" + each->second.form + ")");
  }
}

Search::Search(const std::vector<Planted>& words) {
  for (const auto& [what, word, readable] : words) {
    for (const auto& [form, text] :
         std::initializer_list<std::pair<const char*, std::string>>{{"plain", word},
                                                                    {"JSON", as_json(word)},
                                                                    {"percent", http::percent_encode(word)},
                                                                    {"hexadecimal", text::hex_encode(word)}})
      in_lower_case_.add({what, form, lower(text), readable});
    for (std::size_t offset = 0; offset < 3; ++offset) {
      as_written_.add({what, "base 64", inside_base64(word, offset, false), readable});
      as_written_.add({what, "base 64 for addresses", inside_base64(word, offset, true), readable});
    }
  }
}

std::vector<std::string> Search::find(std::string_view text, bool readable_too) const {
  std::set<std::string> found;
  as_written_.find(text, readable_too, found);
  in_lower_case_.find(lower(text), readable_too, found);
  return {found.begin(), found.end()};
}

std::vector<std::string> Search::find_all(std::string_view text) const { return find(text, true); }
std::vector<std::string> Search::find_secrets(std::string_view text) const { return find(text, false); }

}  // namespace daybook::test
