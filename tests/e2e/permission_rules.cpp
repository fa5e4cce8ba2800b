#include "tests/e2e/permission_rules.hpp"

#include <stdexcept>

namespace daybook::test {
namespace {

// Owners: everything, handing over and deleting the workspace too. Admins: members below an owner, settings,
// projects, what belongs to all. Members: issues, comments, documents, labels to put on them, agents, new projects.
// Viewers: reading, and leaving. Of accounts, workspaces, projects and issues here.
const std::map<std::string, Needs> of_people_and_issues{
    {"register", Needs::nothing},
    {"login", Needs::nothing},
    {"refresh", Needs::nothing},
    {"logout", Needs::nothing},
    {"requestPasswordReset", Needs::nothing},
    {"resetPassword", Needs::a_mail},
    {"verifyEmail", Needs::a_mail},
    {"livez", Needs::nothing},
    {"readyz", Needs::nothing},
    {"metrics", Needs::nothing},
    {"openapi", Needs::nothing},
    {"openapiRoot", Needs::nothing},

    {"getMe", Needs::sign_in},
    {"changeMe", Needs::sign_in},
    {"deleteMe", Needs::sign_in},
    {"changePassword", Needs::sign_in},
    {"requestVerification", Needs::sign_in},
    {"listMySessions", Needs::sign_in},
    {"revokeSession", Needs::sign_in},
    {"listMyNotifications", Needs::sign_in},
    {"getMyNotification", Needs::sign_in},
    {"readMyNotification", Needs::sign_in},
    {"readMyNotifications", Needs::sign_in},
    {"dismissMyNotification", Needs::sign_in},
    {"restoreMyNotification", Needs::sign_in},
    {"listMyIntegrations", Needs::sign_in},
    {"getMyIntegration", Needs::sign_in},
    {"connectMyIntegration", Needs::sign_in},
    {"reconfigureMyIntegration", Needs::sign_in},
    {"replaceMyIntegrationCredentials", Needs::sign_in},
    {"enableMyIntegration", Needs::sign_in},
    {"disableMyIntegration", Needs::sign_in},
    {"noteMyIntegrationSync", Needs::sign_in},
    {"removeMyIntegration", Needs::sign_in},
    {"restoreMyIntegration", Needs::sign_in},
    {"listMyAiProviders", Needs::sign_in},
    {"getMyAiProvider", Needs::sign_in},
    {"addMyAiProvider", Needs::sign_in},
    {"reconfigureMyAiProvider", Needs::sign_in},
    {"replaceMyAiProviderCredentials", Needs::sign_in},
    {"setMyAiProviderPrices", Needs::sign_in},
    {"noteMyAiProviderTest", Needs::sign_in},
    {"enableMyAiProvider", Needs::sign_in},
    {"disableMyAiProvider", Needs::sign_in},
    {"removeMyAiProvider", Needs::sign_in},
    {"restoreMyAiProvider", Needs::sign_in},
    {"getTreeHead", Needs::sign_in},
    {"proveInclusion", Needs::sign_in},
    {"proveConsistency", Needs::sign_in},
    {"listAuditEntries", Needs::admin},
    {"listAllAuditEntries", Needs::superuser},
    {"listUsers", Needs::superuser},
    {"getUser", Needs::superuser},
    {"eraseUser", Needs::superuser},
    {"changeUser", Needs::superuser},
    {"activateUser", Needs::superuser},
    {"deactivateUser", Needs::superuser},
    {"linkUserGoogleAccount", Needs::superuser},
    {"unlinkUserGoogleAccount", Needs::superuser},
    {"listWorkspaces", Needs::sign_in},
    {"createWorkspace", Needs::sign_in},
    {"listPlans", Needs::sign_in},
    {"getPlan", Needs::sign_in},
    {"publishPlan", Needs::superuser},
    {"changePlan", Needs::superuser},
    {"retirePlan", Needs::superuser},
    {"restorePlan", Needs::superuser},

    {"getWorkspace", Needs::viewer},
    {"listWorkspaceHistory", Needs::viewer},
    {"leaveWorkspace", Needs::viewer},
    {"changeWorkspace", Needs::admin},
    {"deleteWorkspace", Needs::owner},
    {"restoreWorkspace", Needs::owner},
    {"transferWorkspaceOwnership", Needs::owner},
    {"setWorkspacePlan", Needs::superuser},
    {"setWorkspaceQuota", Needs::superuser},
    {"suspendWorkspace", Needs::superuser},
    {"resumeWorkspace", Needs::superuser},
    {"changeWorkspaceBilling", Needs::owner},
    {"getWorkspaceBilling", Needs::admin},
    {"getWorkspaceQuota", Needs::viewer},
    {"getWorkspaceSubscription", Needs::viewer},
    {"listSubscriptions", Needs::viewer},
    {"getSubscription", Needs::viewer},
    {"listSubscriptionHistory", Needs::viewer},
    {"listSubscriptionPeriods", Needs::viewer},
    {"startSubscription", Needs::owner},
    {"changeSubscriptionPlan", Needs::owner},
    {"linkSubscriptionBilling", Needs::owner},
    {"cancelSubscription", Needs::owner},
    {"listUsageRecords", Needs::viewer},
    {"getUsageRecord", Needs::viewer},
    {"listUsageRecordHistory", Needs::viewer},
    {"getUsageSummary", Needs::viewer},
    {"recordUsageRecord", Needs::owner},
    {"adjustUsageRecord", Needs::owner},
    {"listMembers", Needs::viewer},
    {"getMember", Needs::viewer},
    {"listMemberHistory", Needs::viewer},
    {"addMember", Needs::admin},
    {"changeMember", Needs::admin},
    {"removeMember", Needs::admin},

    {"listInvitations", Needs::admin},
    {"getInvitation", Needs::admin},
    {"listInvitationHistory", Needs::admin},
    {"sendInvitation", Needs::admin},
    {"resendInvitation", Needs::admin},
    {"revokeInvitation", Needs::admin},
    {"getOffer", Needs::a_mail},
    {"acceptInvitation", Needs::a_mail},

    {"listLabels", Needs::viewer},
    {"getLabel", Needs::viewer},
    {"listLabelHistory", Needs::viewer},
    {"defineLabel", Needs::member},
    {"changeLabel", Needs::admin},
    {"deleteLabel", Needs::admin},
    {"restoreLabel", Needs::admin},

    {"listProjects", Needs::viewer},
    {"getProject", Needs::viewer},
    {"listProjectHistory", Needs::viewer},
    {"listProjectActivity", Needs::viewer},
    {"createProject", Needs::member},
    {"changeProject", Needs::admin},
    {"deleteProject", Needs::admin},
    {"restoreProject", Needs::admin},
    {"archiveProject", Needs::admin},
    {"unarchiveProject", Needs::admin},

    {"listCosts", Needs::viewer},
    {"getCostTotals", Needs::viewer},

    {"listIssues", Needs::viewer},
    {"getIssue", Needs::viewer},
    {"listIssueHistory", Needs::viewer},
    {"openIssue", Needs::member},
    {"changeIssue", Needs::member},
    {"deleteIssue", Needs::member},
    {"restoreIssue", Needs::member},
    {"assignIssue", Needs::member},
    {"unassignIssue", Needs::member},
    {"moveIssue", Needs::member},
    {"attachIssueLabel", Needs::member},
    {"attachIssueLabelByPath", Needs::member},
    {"detachIssueLabel", Needs::member},
    {"listIssueLabels", Needs::viewer},
    {"listLabelLinks", Needs::viewer},
    {"listIssueDependencies", Needs::viewer},
    {"listDependencies", Needs::viewer},
    {"addIssueDependency", Needs::member},
    {"removeIssueDependency", Needs::member},
    {"listIssueActivity", Needs::viewer},
    {"rankIssue", Needs::member},
    {"blockIssue", Needs::member},
    {"unblockIssue", Needs::member},
    {"tagIssue", Needs::member},
    {"untagIssue", Needs::member},
    {"linkIssueCommit", Needs::member},
    {"unlinkIssueCommit", Needs::member},
    {"watchIssue", Needs::viewer},
    {"unwatchIssue", Needs::viewer},
    {"listIssueChildren", Needs::viewer},
    {"listIssueIssues", Needs::viewer},
    {"listIssueProgress", Needs::viewer},
    {"listIssueWatchers", Needs::viewer},
    {"listIssueCommits", Needs::viewer},
    {"listWatchers", Needs::viewer},
    {"listCommits", Needs::viewer},
    {"listEpicFigures", Needs::viewer},

    {"listIssueComments", Needs::viewer},
    {"listComments", Needs::viewer},
    {"getComment", Needs::viewer},
    {"listCommentHistory", Needs::viewer},
    {"postComment", Needs::member},
    {"editComment", Needs::author},
    {"deleteComment", Needs::admin},
    {"restoreComment", Needs::admin},
    {"listCommentReplies", Needs::viewer},
    {"listCommentMentioned", Needs::viewer},
    {"listCommentReactions", Needs::viewer},
    {"reactComment", Needs::member},
    {"withdrawCommentReaction", Needs::member},
};

std::map<std::string, Needs> both() {
  auto all = of_people_and_issues;
  for (const auto& rule : rules_of_work())
    if (!all.insert(rule).second) throw std::logic_error(rule.first + " is written down twice");
  return all;
}

}  // namespace

const std::map<std::string, Needs>& rules() {
  static const auto all = both();
  return all;
}

const std::set<std::string>& for_agents() {
  static const std::set<std::string> some{"changeIssue", "blockIssue", "unblockIssue", "linkIssueCommit", "postComment",
                                          "requestExecutionByPath", "claimExecution"};
  return some;
}

const std::set<std::string>& not_for_keys() {
  static const std::set<std::string> some{"issueApiKey", "renameApiKey", "revokeApiKey", "deleteWorkspace", "restoreWorkspace", "transferWorkspaceOwnership",
                                          "leaveWorkspace"};
  return some;
}

}  // namespace daybook::test
