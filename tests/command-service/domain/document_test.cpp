#include "tests/command-service/domain/office.hpp"

namespace daybook::domain::document_test {
namespace {

namespace happened = events::document;
using document::Type;
using events::Patch;
using Documents = Office;

const auto fresh = id_of<events::DocumentId>(90);
const auto other_one = id_of<events::DocumentId>(91);

document::Draft drafting(const std::string& title, ProjectRef in) {
  document::Draft command{};
  command.project_id = std::move(in);
  command.title = Title(title);
  return command;
}

happened::Drafted drafted(events::ProjectId project, const std::string& title, const std::string& slug) {
  happened::Drafted event{};
  event.project_id = project;
  event.title = title;
  event.slug = slug;
  return event;
}

TEST_F(Documents, AMemberDraftsAnEmptyOneOfNoParticularKindUnlessSaid) {
  document(fresh)
      .as(max)
      .when(drafting("The Plan, part 2", ProjectRef(std::string("PAY"))))
      .then(drafted(payments, "The Plan, part 2", "the-plan-part-2"));
  document(fresh).as(max).when(drafting("Again", payments)).then_rejected("already-exists", "/id");
  document(other_one).as(vic).when(drafting("Mine", payments)).then_rejected("forbidden");
  auto command = drafting("Whole", payments);
  command.slug = DocumentSlug(std::string("all-of-it"));
  command.content = DocumentContent("# All of it");
  command.document_type = Type::meeting_notes;
  command.metadata = events::Json{R"({"k":1})"};
  auto event = drafted(payments, "Whole", "all-of-it");
  event.content.text = "# All of it";
  event.document_type = Type::meeting_notes;
  event.metadata = events::Json{R"({"k":1})"};
  document(other_one).as(max).when(command).then(event);
}

TEST_F(Documents, ADocumentNeedsAnOpenProjectOfTheWorkspace) {
  document::Draft nowhere{};
  nowhere.title = Title("X");
  document(fresh).as(max).when(nowhere).then_rejected("required", "/project_id");
  document(fresh).as(max).when(drafting("X", foreign_project)).then_rejected("not-found");
  document(fresh).as(max).when(drafting("X", ProjectRef(std::string("NOPE")))).then_rejected("not-found");
  project(payments).as(max).given(events::project::Deleted{});
  document(fresh).as(max).when(drafting("X", payments)).then_rejected("not-found");
}

TEST_F(Documents, MetadataIsAnObject) {
  auto command = drafting("X", payments);
  command.metadata = events::Json{"[]"};
  document(fresh).as(max).when(command).then_rejected("wrong-type", "/metadata");
  command.metadata.reset();
  auto spec = document(fresh);
  spec.as(max).when(command);
  document::Revise revise{};
  revise.metadata = events::Json{"3"};
  spec.when(revise).then_rejected("wrong-type", "/metadata");
}

TEST_F(Documents, ASlugIsUniqueInItsProjectAndHeldForEver) {
  auto spec = document(fresh);
  spec.as(max).when(drafting("Plan", payments)).then(drafted(payments, "Plan", "plan"));
  auto command = drafting("Another", payments);
  command.slug = DocumentSlug(std::string("plan"));
  document(other_one).as(max).when(command).then_rejected("already-exists", "/slug");

  // Not even deletion or another slug sets it free, but its holder may take it up again
  document::Revise revise{};
  revise.slug = DocumentSlug(std::string("new-plan"));
  spec.when(revise).when(document::Delete{}).then(happened::Deleted{});
  document(other_one).as(max).when(command).then_rejected("already-exists", "/slug");
  command.slug = DocumentSlug(std::string("new-plan"));
  document(other_one).as(max).when(command).then_rejected("already-exists", "/slug");
  revise.slug = DocumentSlug(std::string("plan"));
  spec.when(document::Restore{}).when(revise).then(happened::Revised{"Plan", "plan", {}, Type::other, {}, {}});

  // And one made from a title steps aside
  document(other_one).as(max).when(drafting("Plan!", payments)).then(drafted(payments, "Plan!", "plan-1"));
  auto taking = document(other_one);
  revise.slug = DocumentSlug(std::string("new-plan"));
  taking.as(max).when(revise).then_rejected("already-exists", "/slug");
}

TEST_F(Documents, ASlugOfAnotherProjectIsFree) {
  const auto apollo = id_of<events::ProjectId>(22);
  events::project::Created created{};
  created.key = "APO";
  created.name = "Apollo";
  project(apollo).as(max).given(created);
  document(fresh).as(max).when(drafting("Plan", payments));
  document(other_one).as(max).when(drafting("Plan", apollo)).then(drafted(apollo, "Plan", "plan"));
}

TEST_F(Documents, ALongTitleMakesASlugThatFits) {
  const auto title = std::string(255, 'x');
  document(fresh).as(max).when(drafting(title, payments)).then(drafted(payments, title, std::string(248, 'x')));
  for (int n = 1; n <= 9; ++n) document(id_of<events::DocumentId>(100 + n)).as(max).when(drafting(title, payments));
  const auto last = document(id_of<events::DocumentId>(109)).state().slug;
  EXPECT_EQ(last, std::string(248, 'x') + "-x7k2p9");
  EXPECT_FALSE(DocumentSlug::rule(last));
}

TEST_F(Documents, ARevisionIsWholeAndNumberedAndWhatSaysNothingNewIsNone) {
  auto spec = document(fresh);
  spec.as(max).when(drafting("Plan", payments));
  EXPECT_EQ(spec.state().revision, 1);
  document::Revise revise{};
  revise.content = DocumentContent("We go.");
  revise.document_type = Type::prd;
  revise.change_summary = Description("said where");
  spec.as(ada).when(revise).then(happened::Revised{"Plan", "plan", {"We go."}, Type::prd, {}, "said where"});
  EXPECT_EQ(spec.state().revision, 2);
  spec.when(revise).then_nothing();
  EXPECT_EQ(spec.state().revision, 2);

  // A summary is of the revision it came with
  document::Revise title{};
  title.title = Title("The plan");
  spec.when(title).then(happened::Revised{"The plan", "plan", {"We go."}, Type::prd, {}, {}});
  title.title = Patch<Title>::cleared();
  spec.when(title).then_rejected("required", "/title");
  spec.as(vic).when(revise).then_rejected("forbidden");
}

TEST_F(Documents, PublishingAndTakingBackAreSaidOnce) {
  auto spec = document(fresh);
  spec.as(max).when(drafting("Plan", payments));
  spec.when(document::Unpublish{}).then_nothing();
  spec.when(document::Publish{}).then(happened::Published{}).when(document::Publish{}).then_nothing();
  EXPECT_EQ(spec.state().status, happened::Status::published);
  EXPECT_TRUE(spec.state().published_at);
  document::Revise revise{};
  revise.content = DocumentContent("More.");
  spec.when(revise);
  EXPECT_EQ(spec.state().status, happened::Status::published) << "a revision leaves it published";
  spec.when(document::Unpublish{}).then(happened::Unpublished{});
  EXPECT_EQ(spec.state().status, happened::Status::draft);
  EXPECT_FALSE(spec.state().published_at);
}

TEST_F(Documents, WhatIsArchivedStaysAsItIsAndComesBackAsItWas) {
  auto spec = document(fresh);
  spec.as(max).when(drafting("Plan", payments)).when(document::Publish{});
  spec.when(document::Archive{}).then(happened::Archived{}).when(document::Archive{}).then_nothing();
  EXPECT_EQ(spec.state().status, happened::Status::archived);
  document::Revise revise{};
  revise.title = Title("Another");
  spec.when(revise).then_rejected("archived");
  spec.when(document::Publish{}).then_rejected("archived");
  spec.when(document::Unpublish{}).then_rejected("archived");
  spec.when(document::Unarchive{}).then(happened::Unarchived{}).when(document::Unarchive{}).then_nothing();
  EXPECT_EQ(spec.state().status, happened::Status::published);
  spec.when(document::Unpublish{}).when(document::Archive{}).when(document::Unarchive{});
  EXPECT_EQ(spec.state().status, happened::Status::draft);
}

TEST_F(Documents, ADeletedOneTakesNothingButItsRestoration) {
  auto spec = document(fresh);
  spec.as(max).when(drafting("Plan", payments));
  spec.when(document::Restore{}).then_nothing();
  spec.when(document::Delete{}).then(happened::Deleted{}).when(document::Delete{}).then_rejected("not-found");
  spec.when(document::Publish{}).then_rejected("not-found");
  spec.when(document::Archive{}).then_rejected("not-found");
  spec.when(document::Revise{}).then_rejected("not-found");
  spec.when(document::Restore{}).then(happened::Restored{});
}

TEST_F(Documents, ADocumentInADeletedProjectIsNotFound) {
  auto spec = document(fresh);
  spec.as(max).when(drafting("Plan", payments));
  project(payments).as(max).given(events::project::Deleted{});
  spec.when(document::Revise{}).then_rejected("not-found");
  spec.when(document::Publish{}).then_rejected("not-found");
  spec.when(document::Delete{}).then_rejected("not-found");
  spec.when(document::Restore{}).then_rejected("not-found");
  project(payments).as(max).given(events::project::Restored{});
  spec.when(document::Publish{}).then(happened::Published{});
}

TEST_F(Documents, TheSameDraftIsRecognisedWhateverSlugItGot) {
  document(other_one).as(max).when(drafting("Plan", payments));
  const auto command = drafting("Plan", payments);
  document(fresh).as(max).when(command).then(drafted(payments, "Plan", "plan-1"));
  auto context = document(fresh).as(max).context();
  context.workspace = &world.state<Workspace>(events::stream_of(acme));
  const auto first = drafted(payments, "Plan", "plan-1");
  EXPECT_TRUE(repeats(first, command, context, world.facts));
  EXPECT_TRUE(repeats(first, drafting("Plan", ProjectRef(std::string("PAY"))), context, world.facts));
  EXPECT_FALSE(repeats(first, drafting("Plans", payments), context, world.facts));
  auto named = command;
  named.slug = DocumentSlug(std::string("plan"));
  EXPECT_FALSE(repeats(first, named, context, world.facts));
}

}  // namespace
}  // namespace daybook::domain::document_test
