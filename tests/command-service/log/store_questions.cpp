// Claims, counters, references, relations, requests, sources and keys: as the last batch left them.
#include "tests/command-service/log/store_contract.hpp"

namespace daybook::log::test {
namespace {

TEST_P(StoreContract, ClaimsStandAsTheLastBatchLeftThem) {
  const auto first = new_stream(), second = new_stream();
  const ClaimKey kept{"slug", "a\"b\\c{},ü"}, freed{"slug", "gone"}, passed{"name", "gone"},
      never{"name", "never"};
  commit(*store, [&](auto& batch) { batch.claims = {{kept, first}, {freed, first}, {passed, first}}; });
  commit(*store, [&](auto& batch) {
    batch.claims = {{freed, std::nullopt}, {passed, second}, {never, std::nullopt}};
  });
  Asks asks;
  asks.claims = {kept, freed, passed, never};
  const auto answers = ask(*store, asks);
  EXPECT_EQ(answers.claims,
            (decltype(answers.claims){
                {kept, first}, {freed, std::nullopt}, {passed, second}, {never, std::nullopt}}));
  EXPECT_EQ(store->find_claim(passed), second);
  EXPECT_EQ(store->find_claim(freed), std::nullopt);
}

TEST_P(StoreContract, OfACounterTheNewestValueCounts) {
  const CounterKey number{"issue_number", new_stream()}, owners{"owners", number.key},
      none{"owners", new_stream()};
  commit(*store, [&](auto& batch) { batch.counters = {{number, 9}, {owners, 1}}; });
  commit(*store, [&](auto& batch) { batch.counters = {{number, -3}}; });
  Asks asks;
  asks.counters = {number, owners, none};
  EXPECT_EQ(ask(*store, asks).counters,
            (std::map<CounterKey, std::int64_t>{{number, -3}, {owners, 1}, {none, 0}}));
}

TEST_P(StoreContract, AReferenceIsAnsweredWithEveryContainerAboveItAndWhomTheyBelongTo) {
  const auto workspace = new_stream(), project = new_stream(), issue = new_stream(), comment = new_stream(),
             stray = new_stream(), owner = new_stream();
  const auto missing = new_stream(), unknown = new_stream();
  const events::WorkspaceId id{workspace.value};
  using events::StreamType;
  std::map<StreamId, Reference> written{{workspace, {StreamType::workspace, id, std::nullopt, false}},
                                        {project, {StreamType::project, id, workspace, false, true, owner}},
                                        {owner, {StreamType::user, std::nullopt, std::nullopt, true}},
                                        {issue, {StreamType::issue, id, project, false}},
                                        {comment, {StreamType::comment, id, issue, false}},
                                        {stray, {StreamType::user, std::nullopt, missing, false}}};
  commit(*store, [&](auto& batch) { batch.references = written; });
  written[project].deleted = true;
  written[project].restricted = false;
  written[issue].container = workspace;
  commit(*store, [&](auto& batch) {
    batch.references = {{project, written[project]}, {issue, written[issue]}};
  });
  Asks asks;
  asks.references = {comment, stray, unknown};
  const auto answers = ask(*store, asks).references;
  EXPECT_EQ(answers, (decltype(answers){{comment, written[comment]},
                                        {issue, written[issue]},
                                        {workspace, written[workspace]},
                                        {stray, written[stray]},
                                        {missing, std::nullopt},
                                        {unknown, std::nullopt}}));
  asks.references = {project};
  const auto above = ask(*store, asks).references;
  EXPECT_EQ(above.at(project), written[project]);
  EXPECT_EQ(above.at(owner), written[owner]);
}

TEST_P(StoreContract, AClosureHoldsEveryEdgeThatCanBeReachedEvenInACircle) {
  const auto a = new_uuid(), b = new_uuid(), c = new_uuid(), d = new_uuid(), lonely = new_uuid();
  commit(*store, [&](auto& batch) {
    batch.relations = {{{"blocks", a, b}, true},
                       {{"blocks", b, c}, true},
                       {{"blocks", c, a}, true},
                       {{"blocks", b, d}, true},
                       {{"parent", a, d}, true}};
  });
  commit(*store, [&](auto& batch) {
    batch.relations = {{{"blocks", b, d}, false}, {{"blocks", a, b}, true}, {{"blocks", d, d}, false}};
  });
  Asks asks;
  asks.closures = {{"blocks", b}, {"parent", a}, {"parent", lonely}};
  auto answers = ask(*store, asks).closures;
  auto& around = answers.at({"blocks", b});
  EXPECT_EQ(around.size(), 3u);
  EXPECT_EQ(std::set<Edge>(around.begin(), around.end()),
            (std::set<Edge>{{"blocks", b, c}, {"blocks", c, a}, {"blocks", a, b}}));
  EXPECT_EQ(answers.at({"parent", a}), (std::vector<Edge>{{"parent", a, d}}));
  EXPECT_TRUE(answers.at({"parent", lonely}).empty());
}

TEST_P(StoreContract, HeldKeysAreFoundNextToAKeyWithinTheirPrefix) {
  const auto holder = new_stream();
  const auto a = new_uuid().text() + ":", b = new_uuid().text() + ":";
  commit(*store, [&](auto& batch) {
    for (const auto* digits : {"0a", "1f", "7f", "80", "ff"})
      for (const auto& prefix : {a, b}) batch.claims[{"ordered", prefix + digits}] = holder;
    batch.claims[{"other", a + "7e"}] = holder;
  });
  Asks asks;
  const auto key = [&](domain::Side side, std::string digits, std::size_t most) { return BesideKey{"ordered", a, a + digits, side, most}; };
  const auto found = [&](const BesideKey& wanted) {
    asks.besides = {wanted};
    std::vector<std::string> keys;
    const auto answers = ask(*store, asks);
    for (const auto& held : answers.besides.at(wanted)) {
      EXPECT_EQ(held.holder, holder);
      keys.push_back(held.key.substr(a.size()));
    }
    return keys;
  };
  using Keys = std::vector<std::string>;
  EXPECT_EQ(found(key(domain::Side::below, "7f", 10)), (Keys{"1f", "0a"}));
  EXPECT_EQ(found(key(domain::Side::below, "7f", 1)), (Keys{"1f"}));
  EXPECT_EQ(found(key(domain::Side::above, "7f", 10)), (Keys{"80", "ff"}));
  EXPECT_EQ(found(key(domain::Side::above, "7e", 2)), (Keys{"7f", "80"}));
  EXPECT_EQ(found(key(domain::Side::above, "ff", 2)), Keys{});
}

TEST_P(StoreContract, ARequestIsRememberedWithWhatItCameTo) {
  const RequestKey key{"user:1", "POST /issues", digest("key")},
      other{"user:1", "POST /issues", digest("other")};
  RequestRecord record{digest("body"), {}, Position{1}};
  record.items.push_back(
      {201, events::StreamType::issue, new_stream(), new_uuid(), StreamVersion{7}, {}, {}, {}});
  record.items.push_back({422, {}, {}, {}, {}, "too-long", "\"Title\" is too long.", {}});
  commit(*store, [&](auto& batch) { batch.requests[key] = record; });
  Asks asks;
  asks.requests = {key, other};
  const auto answers = ask(*store, asks).requests;
  const auto& found = answers.at(key);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->body, record.body);
  EXPECT_EQ(found->items, record.items);
  EXPECT_EQ(found->position, record.position);
  EXPECT_FALSE(answers.at(other));
}

TEST_P(StoreContract, ARequestIsForgottenAfterADayOfTheLogsClock) {
  const RequestKey old{"user:1", "r", digest("old")}, fresh{"user:1", "r", digest("fresh")},
      next{"user:1", "r", digest("next")};
  const auto keep = [&](const RequestKey& key, std::chrono::minutes later) {
    commit(*store, [&](auto& batch) {
      batch.head.recorded_at += later;
      batch.requests[key] = {};
    });
  };
  keep(old, std::chrono::minutes(0));
  keep(fresh, std::chrono::hours(23));
  keep(next, std::chrono::minutes(61));
  Asks asks;
  asks.requests = {old, fresh};
  const auto answers = ask(*store, asks).requests;
  EXPECT_FALSE(answers.at(old));
  EXPECT_TRUE(answers.at(fresh));
}

TEST_P(StoreContract, TheLastPartOfAnImportRunIsRemembered) {
  const SourceKey run{new_stream(), "beads", "run 1"}, other{run.workspace, "beads", "run 2"};
  commit(*store, [&](auto& batch) { batch.sources[run] = 1; });
  commit(*store, [&](auto& batch) { batch.sources[run] = 12; });
  Asks asks;
  asks.sources = {run, other};
  EXPECT_EQ(ask(*store, asks).sources, (std::map<SourceKey, std::int64_t>{{run, 12}, {other, 0}}));
}

TEST_P(StoreContract, OfADataKeyTheNewestVersionIsRead) {
  const auto subject = new_uuid(), other = new_uuid(), never = new_uuid();
  const std::string bytes{"\0\xff wrapped", 10};
  commit(*store, [&](auto& batch) { batch.data_keys = {{subject, 1, "old"}, {other, 1, bytes}}; });
  commit(*store, [&](auto& batch) { batch.data_keys = {{subject, 2, "new"}}; });
  const std::vector<text::Uuid> subjects{subject, other, never};
  EXPECT_EQ(store->data_keys(subjects),
            (events::WrappedKeys{{subject, "new"}, {other, bytes}}));
}

TEST_P(StoreContract, AKeyThatWentWithAnErasureIsToldFromOneThatIsLost) {
  const auto person = new_stream();
  const auto lost = new_uuid();
  const RequestKey theirs{person.text(), "POST /x", {}}, anothers{new_uuid().text(), "POST /x", {}};
  const std::vector<text::Uuid> subjects{person.value, lost};
  append(*store, {some_event(person, 1)});
  commit(*store, [&](auto& batch) {
    batch.data_keys = {{person.value, 1, "key"}};
    batch.requests = {{theirs, {}}, {anothers, {}}};
  });
  EXPECT_EQ(store->data_keys(subjects), (events::WrappedKeys{{person.value, "key"}}));
  auto erased = some_event(person, 2, "{}");
  erased.type = "user.erased";
  const auto opened = store->open_batch(Position{}, {});
  auto batch = batch_after(store->identity(), opened.head, {erased});
  batch.erased = {person};
  store->write_batch(batch);
  EXPECT_EQ(store->data_keys(subjects), (events::WrappedKeys{{person.value, std::nullopt}}));
  Asks asks;
  asks.requests = {theirs, anothers};
  const auto requests = ask(*store, asks).requests;
  EXPECT_FALSE(requests.at(theirs)) << "what they sent is forgotten";
  EXPECT_TRUE(requests.at(anothers));
}

}  // namespace
}  // namespace daybook::log::test
