#include "tests/events/sample.hpp"

#include <algorithm>

namespace daybook::events::test {
namespace {

class Filler {
 public:
  void fill(const TypeInfo& type, std::string_view name, void* p) {
    ++count_;
    switch (type.shape) {
      case Shape::boolean:
        detail::as<bool>(p) = true;
        return;
      case Shape::integer:
        return type.set_integer(p, std::clamp<std::int64_t>(count_, type.minimum, type.maximum));
      case Shape::number:
        detail::as<double>(p) = count_ + 0.5;
        return;
      case Shape::decimal:
        return type.set_integer(p, count_ * 1'500'000'000);
      case Shape::string:
        *type.set_string(p) = std::string(name) + " \"é\" " + std::to_string(count_);
        return;
      case Shape::personal:
        *type.set_string(p) = "personal " + std::string(name);
        return;
      case Shape::uuid:
        detail::as<text::Uuid>(p) = uuid();
        return;
      case Shape::instant:
        detail::as<text::Instant>(p) = instant();
        return;
      case Shape::date:
        detail::as<text::Date>(p) = text::date_of(instant());
        return;
      case Shape::json:
        *type.set_string(p) = R"({"kept": [1, null, "as sent"], "n": )" + std::to_string(count_) + "}";
        return;
      case Shape::enumeration:
        return type.set_integer(p, count_ % static_cast<std::int64_t>(type.words.size()));
      case Shape::optional:
      case Shape::patch:
        return fill(*type.inner, name, type.emplace_inner(p));
      case Shape::list:
        fill(*type.inner, name, type.add(p));
        return fill(*type.inner, name, type.add(p));
      case Shape::map:
        return fill(*type.inner, name, type.entry(p, "a key"));
      case Shape::record:
        for (const auto& field : type.fields)
          fill(*field.type, field.name, static_cast<char*>(p) + field.offset);
    }
  }

 private:
  text::Uuid uuid() const {
    auto id = *text::Uuid::parse("0190a1b2-c3d4-7e5f-8a9b-000000000000");
    id.bytes[14] = static_cast<std::uint8_t>(count_ >> 8);
    id.bytes[15] = static_cast<std::uint8_t>(count_);
    return id;
  }
  text::Instant instant() const {
    return *text::parse_instant("2026-11-21T08:00:00Z") + std::chrono::seconds(count_) +
           std::chrono::microseconds(count_);
  }

  std::int64_t count_ = 0;
};

}  // namespace

void fill_sample(const TypeInfo& type, void* value) { Filler().fill(type, "", value); }

}  // namespace daybook::events::test
