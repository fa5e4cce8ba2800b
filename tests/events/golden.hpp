#pragma once
// The form of a golden file: an event as some version of Daybook wrote it, its personal fields unsealed.
#include "events/core/event_type.hpp"

namespace daybook::events::test {

struct GoldenField {
  std::string path;
  std::string text;
  bool operator==(const GoldenField&) const = default;
};
BOOST_DESCRIBE_STRUCT(GoldenField, (), (path, text))

struct Golden {
  std::string type;
  std::int64_t schema_version = 1;
  Json data;
  std::vector<GoldenField> personal;
};
BOOST_DESCRIBE_STRUCT(Golden, (), (type, schema_version, data, personal))

// Takes the ciphertext for the text.
class UnsealedOpener final : public PersonalOpener {
 public:
  Personal open(const Envelope&, const SealedField& field) const override {
    return Personal(field.ciphertext);
  }
};

inline Golden golden_of(const EncodedEvent& encoded) {
  Golden golden{std::string(encoded.type), encoded.schema_version, Json{encoded.data}, {}};
  for (const auto& field : encoded.personal) golden.personal.push_back({field.path, field.text});
  return golden;
}

// The envelope that UnsealedOpener can decode.
inline Envelope envelope_of(const Golden& golden) {
  Envelope envelope{};
  envelope.position = Position{7};
  envelope.type = golden.type;
  envelope.schema_version = golden.schema_version;
  envelope.data = golden.data.text;
  std::vector<SealedField> sealed;
  for (const auto& field : golden.personal) sealed.push_back({field.path, {}, 1, "", field.text});
  if (!sealed.empty()) envelope.personal = to_json(sealed);
  return envelope;
}

}  // namespace daybook::events::test
