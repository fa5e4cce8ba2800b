#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace daybook::test {

/// A word that was planted: where it came in, what it is, and whether `people` may hold it.
struct Planted {
  std::string what, word;
  bool readable = false;  ///< shown to others by name: e-mail, username, names, avatar
};

/// Looks for words however they may be written.
class Search {
 public:
  explicit Search(const std::vector<Planted>& words);
  /// Each word that stands in `text`, as "what (form)".
  [[nodiscard]] std::vector<std::string> find_all(std::string_view text) const;
  /// The same, without those that `people` may hold.
  [[nodiscard]] std::vector<std::string> find_secrets(std::string_view text) const;

 private:
  struct Form {
    std::string what, form, text;
    bool readable = false;
  };
  // Forms by their first bytes, so that one walk over a text finds all of them.
  struct Forms {
    std::vector<bool> begins = std::vector<bool>(1u << 24);
    std::multimap<std::uint32_t, Form> by_beginning;

    void add(Form form);
    void find(std::string_view text, bool readable_too, std::set<std::string>& found) const;
  };
  [[nodiscard]] std::vector<std::string> find(std::string_view text, bool readable_too) const;

  Forms as_written_, in_lower_case_;
};

}  // namespace daybook::test
