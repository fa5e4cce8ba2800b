// Personal fields travel beside `data`, never in it, and come back as their opener says.
#include <gtest/gtest.h>

#include "events/user/events.hpp"
#include "tests/events/golden.hpp"

namespace daybook::events::test {
namespace {

// Says the same of every field.
class Always final : public PersonalOpener {
 public:
  explicit Always(Personal::State state) : state_(state) {}
  Personal open(const Envelope&, const SealedField&) const override {
    Personal personal;
    personal.state = state_;
    return personal;
  }

 private:
  Personal::State state_;
};

user::Registered ada() {
  user::Registered event{};
  event.email = Personal("ada@example.org");
  event.username = Personal("ada");
  event.full_name = Personal("Ada \"L\"");
  return event;
}

EncodedEvent encoded(const user::Registered& event) { return encode<user::Event>(StreamType::user, event); }

user::Registered decoded(const Envelope& envelope, const PersonalOpener& opener) {
  return std::get<user::Registered>(decode<user::Event>(StreamType::user, envelope, opener));
}

TEST(PersonalFields, AreEncodedBesideTheDataAndNeverInIt) {
  const auto event = encoded(ada());
  EXPECT_EQ(event.data, R"({"status":"active","role":"member","timezone":"UTC","locale":"en",)"
                        R"("home_workspace_id":"00000000-0000-0000-0000-000000000000"})");
  ASSERT_EQ(event.personal.size(), 3u);
  EXPECT_EQ(event.personal[0].path, "/email");
  EXPECT_EQ(event.personal[0].text, "ada@example.org");
  EXPECT_EQ(event.personal[2].path, "/full_name");
  EXPECT_EQ(event.personal[2].text, "Ada \"L\"");
}

TEST(PersonalFields, NoEventTypeWritesAPersonalTextIntoItsData) {
  boost::mp11::mp_for_each<boost::mp11::mp_transform<boost::mp11::mp_identity, user::Event>>([](auto id) {
    typename decltype(id)::type event{};
    for (const auto& field : type_info<decltype(event)>().fields) {
      void* place = reinterpret_cast<char*>(&event) + field.offset;
      if (field.type->shape == Shape::optional) place = field.type->emplace_inner(place);
      const auto& type = field.type->shape == Shape::optional ? *field.type->inner : *field.type;
      if (type.shape == Shape::personal) *static_cast<Personal*>(place) = Personal("SECRET");
    }
    const auto out = encode<user::Event>(StreamType::user, event);
    EXPECT_EQ(out.data.find("SECRET"), std::string::npos) << out.type;
    for (const auto& field : out.personal)
      EXPECT_EQ(out.data.find("\"" + field.path.substr(1) + "\""), std::string::npos) << out.type;
  });
}

TEST(PersonalFields, ComeBackOpenThroughAnOpenerThatCanRead) {
  const auto envelope = envelope_of(golden_of(encoded(ada())));
  EXPECT_EQ(decoded(envelope, UnsealedOpener{}), ada());
}

TEST(PersonalFields, StaySealedOrAreErasedWithoutAText) {
  const auto envelope = envelope_of(golden_of(encoded(ada())));
  const auto sealed = decoded(envelope, LeaveSealed{});
  EXPECT_EQ(sealed.email.state, Personal::State::sealed);
  EXPECT_EQ(sealed.email.text, "");
  EXPECT_EQ(sealed.full_name->state, Personal::State::sealed);
  const auto erased = decoded(envelope, Always(Personal::State::erased));
  EXPECT_EQ(erased.username.state, Personal::State::erased);
  EXPECT_EQ(erased.username.text, "");
  EXPECT_FALSE(erased.password_hash) << "what was never there is not erased";
}

TEST(PersonalFields, ASealedValueIsNeverWrittenIntoAnEvent) {
  auto event = ada();
  event.email.state = Personal::State::sealed;
  EXPECT_THROW(encoded(event), std::logic_error);
  event.email.state = Personal::State::erased;
  EXPECT_THROW(encoded(event), std::logic_error);
}

TEST(PersonalFields, APathThatTheEventDoesNotHaveIsPassedOver) {
  auto golden = golden_of(encoded(ada()));
  golden.personal.push_back({"/phone", "555"});
  golden.personal.push_back({"", "odd"});
  EXPECT_EQ(decoded(envelope_of(golden), UnsealedOpener{}), ada());
}

TEST(PersonalFields, DamageInTheSealedListIsUnreadable) {
  auto envelope = envelope_of(golden_of(encoded(ada())));
  envelope.personal = R"([{"path":"/email"}])";
  EXPECT_THROW(decoded(envelope, UnsealedOpener{}), UnreadableEvent);
}

TEST(PersonalFields, ARequiredOneThatIsMissingIsUnreadableAndNotEmpty) {
  auto envelope = envelope_of(golden_of(encoded(ada())));
  auto golden = golden_of(encoded(ada()));
  golden.personal.erase(golden.personal.begin());
  EXPECT_THROW(decoded(envelope_of(golden), UnsealedOpener{}), UnreadableEvent);
  envelope.personal.reset();
  EXPECT_THROW(decoded(envelope, LeaveSealed{}), UnreadableEvent);
}

TEST(PersonalFields, AreNullInARowUnlessOpen) {
  auto event = ada();
  event.username.state = Personal::State::erased;
  event.username.text.clear();
  const auto json = to_json_with_nulls(event);
  EXPECT_TRUE(json.starts_with(
      R"({"email":"ada@example.org","username":null,"full_name":"Ada \"L\"","password_hash":null,)"))
      << json;
}

}  // namespace
}  // namespace daybook::events::test
