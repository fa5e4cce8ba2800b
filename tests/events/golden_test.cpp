// Every event that was ever written can be read for ever. A golden file is never changed: it is what lies in
// logs.
#include "tests/events/golden.hpp"

#include <gtest/gtest.h>

#include <set>

#include "events/registry.hpp"
#include "tests/events/every_event.hpp"
#include "tests/events/files.hpp"
#include "tests/events/sample.hpp"

namespace daybook::events::test::golden_test {
namespace {

namespace fs = std::filesystem;
const fs::path folder = "tests/golden/events";
constexpr char write_golden[] = "DAYBOOK_WRITE_GOLDEN";
constexpr char how_to_write[] =
    "; to add what is missing, run in the root of the repository: "
    "DAYBOOK_WRITE_GOLDEN=1 <build folder>/tests/events_test --gtest_filter='Golden.*'";

std::string stem_of(std::string_view type, std::int64_t version) {
  return std::string(type) + ".v" + std::to_string(version);
}

// `<type>.v<version>.json`, and `<type>.v<version>.<name>.json` for what was added later.
std::vector<fs::path> golden_files(const std::string& stem) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder))
    if (entry.path().filename().string().starts_with(stem + ".")) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

Golden read_golden(const fs::path& path) {
  Golden golden{};
  const auto read = from_json(read_file(path), golden, Reading::strict);
  EXPECT_TRUE(read) << path << ": " << read.text();
  return golden;
}

std::string stored(const Golden& golden) { return to_json(golden) + "\n"; }

// Fields of the type that stand in none of its golden files.
std::vector<std::string> fields_without_golden(const EventType& type) {
  std::set<std::string> seen;
  for (const auto& path : golden_files(stem_of(type.type, type.version))) {
    const auto golden = read_golden(path);
    std::map<std::string, Json> data;
    EXPECT_TRUE(from_json(golden.data.text, data, Reading::strict)) << path;
    for (const auto& [name, value] : data) seen.insert(name);
    for (const auto& field : golden.personal) seen.insert(field.path.substr(1));
  }
  std::vector<std::string> missing;
  for (const auto& field : type.info->fields)
    if (!seen.contains(std::string(field.name))) missing.emplace_back(field.name);
  return missing;
}

void add_golden(const KnownEvent& known, const EventType& type, const std::vector<std::string>& missing) {
  const auto event = known.make();
  fill_sample(*type.info, event.get());
  const auto stem = stem_of(type.type, type.version);
  const auto name = golden_files(stem).empty() ? stem : stem + ".with_" + missing.at(0);
  const auto path = folder / (name + ".json");
  if (!fs::exists(path)) write_file(path, stored(golden_of(encode_event(type, event.get()))));
}

// As it comes back from a log.
AnyEvent written_and_read(const KnownEvent& known, const EventType& type, const void* event) {
  auto again = known.make();
  decode_event(type, envelope_of(golden_of(encode_event(type, event))), UnsealedOpener{}, again.get());
  return again;
}

TEST(Golden, TheListOfThisTestIsTheRegistry) {
  std::vector<std::string_view> ours, registered;
  for (const auto& known : every_event()) ours.push_back(known.type);
  for (const auto& type : all_event_types()) registered.push_back(type.type);
  EXPECT_EQ(ours, registered);
  EXPECT_EQ(std::set(ours.begin(), ours.end()).size(), ours.size()) << "two events share a name";
}

TEST(Golden, EveryEventTypeHasAGoldenFileWithEveryField) {
  fs::create_directories(folder);
  for (const auto& known : every_event()) {
    const auto& type = *find_event_type(known.type);
    const auto stem = stem_of(type.type, type.version);
    if (asked_to_write(write_golden)) {
      const auto missing = fields_without_golden(type);
      if (golden_files(stem).empty() || !missing.empty()) add_golden(known, type, missing);
    }
    EXPECT_FALSE(golden_files(stem).empty()) << stem << " has no golden file" << how_to_write;
    for (const auto& field : fields_without_golden(type))
      ADD_FAILURE() << "the field " << field << " stands in no golden file of " << stem << how_to_write;
  }
}

TEST(Golden, EveryFileIsReadAndWrittenAgainToTheSameBytes) {
  std::size_t files = 0;
  for (const auto& known : every_event()) {
    const auto& type = *find_event_type(known.type);
    for (std::int64_t version = 1; version <= type.version; ++version) {
      for (const auto& path : golden_files(stem_of(type.type, version))) {
        ++files;
        const auto golden = read_golden(path);
        EXPECT_EQ(golden.type, type.type) << path;
        EXPECT_EQ(golden.schema_version, version) << path;
        const auto event = known.make();
        ASSERT_NO_THROW(decode_event(type, envelope_of(golden), UnsealedOpener{}, event.get())) << path;
        if (version < type.version) continue;
        EXPECT_EQ(stored(golden_of(encode_event(type, event.get()))), read_file(path)) << path;
      }
    }
  }
  EXPECT_EQ(files,
            static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), fs::directory_iterator())))
      << "a file in " << folder << " belongs to no event type: types are never removed or renamed";
}

TEST(Golden, ASampleSurvivesTheRoundTripThroughItsVariant) {
  for (const auto& known : every_event()) {
    const auto& type = *find_event_type(known.type);
    const auto event = known.make();
    fill_sample(*type.info, event.get());
    EXPECT_TRUE(known.equal(written_and_read(known, type, event.get()).get(), event.get())) << known.type;
  }
}

TEST(Golden, AnEventWithNothingButWhatIsRequiredSurvivesToo) {
  for (const auto& known : every_event()) {
    const auto& type = *find_event_type(known.type);
    const auto event = known.make();
    EXPECT_TRUE(known.equal(written_and_read(known, type, event.get()).get(), event.get())) << known.type;
  }
}

}  // namespace
}  // namespace daybook::events::test::golden_test
