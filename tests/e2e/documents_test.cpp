// Documents: drafts, revisions that stay readable, publishing, and what lists carry of long texts.
#include <gtest/gtest.h>

#include "tests/e2e/caller.hpp"

namespace daybook::test::documents_test {
namespace {

class Documents : public ::testing::Test {
 protected:
  Documents() {
    const auto made = owner_.post(team_.in("/projects"), object("name", "Apollo", "key", "APO"));
    EXPECT_EQ(made.status, 201) << made;
    project_ = team_.in("/projects/" + made.id());
  }
  std::string drafted(const std::string& title, const std::string& content = "") {
    const auto made = owner_.post(project_ + "/documents", object("title", title, "content", content));
    EXPECT_EQ(made.status, 201) << made;
    return team_.in("/documents/" + made.id());
  }
  static bool has(const json::value& row, std::string_view field) { return row.as_object().contains(field); }

  DaybookProcess& daybook_ = DaybookProcess::shared();
  Team team_{daybook_};
  Caller& owner_ = team_.owner;
  std::string project_;
};

TEST_F(Documents, GoFromDraftThroughReviewToPublishedWithEveryRevisionReadable) {
  // Given a draft that is reviewed
  auto reviewer = team_.joined_by(daybook_, "member");
  const auto made = owner_.post(
      project_ + "/documents", R"({"title":"Moon landing","content":"We go.","document_type":"prd","metadata":{"reviewers":["b"]}})");
  ASSERT_EQ(made.status, 201) << made;
  EXPECT_EQ(made.text("/slug"), "moon-landing");
  EXPECT_EQ(made.text("/status"), "draft");
  const auto document = team_.in("/documents/" + made.id());
  EXPECT_EQ(made.header("Location"), "/api/v1" + document);
  ASSERT_EQ(reviewer.patch(document, object("content", "We go to the moon.", "change_summary", "said where")).status, 200);
  ASSERT_EQ(owner_.patch(document, object("title", "The moon landing")).status, 200);

  // When it is published, then that is told, and each revision is read as it was
  const auto published = owner_.post(document + "/publish");
  ASSERT_EQ(published.status, 200) << published;
  EXPECT_EQ(published.text("/status"), "published");
  EXPECT_NE(published.text("/published_at"), "");
  EXPECT_EQ(published.number("/revision"), 3);
  const auto one = owner_.get(document);
  EXPECT_EQ(one.text("/content"), "We go to the moon.");
  EXPECT_EQ(one.text("/metadata/reviewers/0"), "b");

  const auto versions = owner_.get(document + "/versions?expand=author");
  ASSERT_EQ(versions.rows().size(), 3u) << versions;
  EXPECT_EQ(versions.number("/data/0/revision"), 3) << "the newest first";
  EXPECT_EQ(versions.text("/data/1/author_id"), reviewer.user_id);
  EXPECT_EQ(versions.text("/data/1/author/id"), reviewer.user_id);
  EXPECT_EQ(versions.text("/data/1/change_summary"), "said where");
  EXPECT_FALSE(has(versions.at("/data/1"), "content"));
  const auto first = owner_.get(document + "/versions/1");
  EXPECT_EQ(first.text("/content"), "We go.");
  EXPECT_EQ(first.text("/title"), "Moon landing");
  EXPECT_EQ(owner_.get(document + "/versions/2").text("/content"), "We go to the moon.");
  EXPECT_EQ(owner_.get(document + "/versions/3").text("/title"), "The moon landing");
  for (const auto* none : {"/versions/0", "/versions/4", "/versions/one", "/versions/99999999999999999999"})
    EXPECT_EQ(owner_.get(document + none).status, 404) << none;
  EXPECT_EQ(owner_.get(document + "?as_of=" + std::to_string(made.position())).text("/content"), "We go.");
}

TEST_F(Documents, ListsCarryTheContentOnlyWhereItIsAskedFor) {
  const auto document = drafted("Long", "word");
  for (const auto& list : {team_.in("/documents"), project_ + "/documents"}) {
    const auto brief = owner_.get(list);
    ASSERT_EQ(brief.rows().size(), 1u) << brief;
    EXPECT_FALSE(has(brief.at("/data/0"), "content")) << list;
    EXPECT_EQ(brief.text("/data/0/title"), "Long");
    EXPECT_EQ(owner_.get(list + "?fields=title,content").text("/data/0/content"), "word");
  }
  EXPECT_EQ(owner_.get(document).text("/content"), "word");
  const auto embedded = owner_.get(project_ + "?expand=documents");
  EXPECT_EQ(embedded.text("/documents/0/title"), "Long");
  EXPECT_FALSE(has(embedded.at("/documents/0"), "content"));
  EXPECT_EQ(owner_.get(document + "/versions?fields=content").text("/data/0/content"), "word");
}

TEST_F(Documents, TheActivityTellsOfALongTextHowLongItIsAndNotWhatItSays) {
  const auto document = drafted("Secretive", "hush");
  ASSERT_EQ(owner_.patch(document, object("content", "shhh")).status, 200);
  const auto history = owner_.get(document + "/history");
  ASSERT_EQ(history.rows().size(), 2u) << history;
  EXPECT_EQ(history.text("/data/0/type"), "document.revised");
  EXPECT_EQ(history.number("/data/0/changes/content/1/bytes"), 4);
  EXPECT_EQ(history.number("/data/0/details/content/bytes"), 4);
  EXPECT_EQ(history.raw.find("hush"), std::string::npos);
  EXPECT_EQ(history.raw.find("shhh"), std::string::npos);
  EXPECT_EQ(owner_.all(project_ + "/activity").size(), 3u) << "the project's and these two";
}

TEST_F(Documents, AContentOfOneMebibyteIsTakenAndOneByteMoreIsNot) {
  std::string content;
  while (content.size() < (1 << 20)) content += "a line of\n";
  content.resize(1 << 20);
  const auto document = drafted("Big", content);
  const auto read = owner_.get(document);
  EXPECT_EQ(read.text("/content"), content);
  EXPECT_EQ(owner_.get(document + "/versions/1").text("/content"), content);
  content += "!";
  const auto refused = owner_.post(project_ + "/documents", object("title", "Bigger", "content", content));
  EXPECT_EQ(refused.status, 422) << refused;
  EXPECT_EQ(refused.pointer(), "/content");
  EXPECT_EQ(owner_.post(project_ + "/documents", object("title", "Huge", "content", std::string(3 << 20, 'x'))).status, 413);
}

TEST_F(Documents, ASlugIsTakenOncePerProjectAndForEver) {
  const auto plan = drafted("Plan");
  const auto twin = owner_.post(project_ + "/documents", object("title", "x", "slug", "plan"));
  EXPECT_EQ(twin.status, 409) << twin;
  EXPECT_EQ(twin.pointer(), "/slug");
  ASSERT_EQ(owner_.remove(plan).status, 204);
  EXPECT_EQ(owner_.post(project_ + "/documents", object("title", "x", "slug", "plan")).status, 409);
  EXPECT_EQ(owner_.get(drafted("Plan")).text("/slug"), "plan-1");
  EXPECT_EQ(owner_.get(team_.in("/documents?slug=plan&deleted=include")).rows().size(), 1u);
  ASSERT_EQ(owner_.post(team_.in("/projects"), object("name", "Gemini", "key", "GEM")).status, 201);
  EXPECT_EQ(owner_.post(team_.in("/projects/GEM/documents"), object("title", "Plan")).text("/slug"), "plan");
}

TEST_F(Documents, AreFoundByTheirWordsUntilTheyAreDeleted) {
  const auto document = drafted("Orbit", "Rendezvous around the moon.");
  const auto found = owner_.get(team_.in("/search?q=rendezvous&type=document&expand=entity,project"));
  ASSERT_EQ(found.rows().size(), 1u) << found;
  EXPECT_EQ(found.text("/data/0/title"), "Orbit");
  EXPECT_EQ(found.text("/data/0/entity/slug"), "orbit");
  EXPECT_EQ(found.text("/data/0/project/key"), "APO");
  EXPECT_TRUE(found.at("/data/0/issue_id").is_null());
  EXPECT_EQ(owner_.get(team_.in("/documents?q=rendezvous")).rows().size(), 1u);
  ASSERT_EQ(owner_.patch(document, object("content", "Landing.")).status, 200);
  EXPECT_EQ(owner_.get(team_.in("/search?q=rendezvous")).rows().size(), 0u);
  ASSERT_EQ(owner_.remove(document).status, 204);
  EXPECT_EQ(owner_.get(team_.in("/search?q=landing")).rows().size(), 0u);
  EXPECT_EQ(owner_.get(team_.in("/search?q=landing&deleted=only")).rows().size(), 1u);
  ASSERT_EQ(owner_.post(document + "/restore").status, 200);
  EXPECT_EQ(owner_.get(team_.in("/search?q=landing")).rows().size(), 1u);
}

TEST_F(Documents, ADeletedProjectHidesItsDocumentsAndTheirRevisions) {
  const auto document = drafted("Orbit", "Rendezvous.");
  const auto expect_shown = [&](bool shown) {
    for (const auto* part : {"", "/versions", "/versions/1", "/history"})
      EXPECT_EQ(owner_.get(document + part).status, shown ? 200 : 404) << part;
    EXPECT_EQ(owner_.all(team_.in("/documents")).size(), shown ? 1u : 0u);
    EXPECT_EQ(owner_.get(team_.in("/search?q=rendezvous")).rows().size(), shown ? 1u : 0u);
    EXPECT_EQ(owner_.post(document + "/publish").status, shown ? 200 : 404);
  };
  expect_shown(true);
  ASSERT_EQ(owner_.remove(project_).status, 204);
  expect_shown(false);
  ASSERT_EQ(owner_.post(project_ + "/restore").status, 200);
  expect_shown(true);
}

TEST_F(Documents, AnArchivedOneIsTakenBackBeforeItIsRevised) {
  const auto document = drafted("Old");
  ASSERT_EQ(owner_.post(document + "/archive").text("/status"), "archived");
  const auto refused = owner_.patch(document, object("title", "New"));
  EXPECT_EQ(refused.status, 422) << refused;
  EXPECT_EQ(refused.code(), "archived");
  EXPECT_EQ(owner_.get(team_.in("/documents?status=archived")).rows().size(), 1u);
  ASSERT_EQ(owner_.post(document + "/unarchive").text("/status"), "draft");
  EXPECT_EQ(owner_.patch(document, object("title", "New")).status, 200);
}

}  // namespace
}  // namespace daybook::test::documents_test
