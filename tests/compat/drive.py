#!/usr/bin/env python3
"""Drives the platform's API of a running Daybook as its client does: drive.py URL (published | contract).

With the published client, or with the same calls made from the contract: every method, what the platform itself does wrong, and what
Daybook's own API shows of it."""
import base64
import json
import sys
import threading
import unittest
import uuid

from calls import FromContract, Published, Refused, send

URL = ""
BASE = "/compat/platform"
HOW = FromContract
PASSWORD = "a long day in the book"
NOWHERE = "01a00000-0000-7000-8000-000000000009"
CALLED = set()
OPEN = []

KEYS = {
    "token": {"token", "user"},
    "user": {"id", "name", "email", "avatar_url", "created_at"},
    "workspace": {"id", "name", "slug", "description", "settings", "created_at"},
    "member": {"id", "workspace_id", "user_id", "role", "created_at"},
    "project": {"id", "workspace_id", "title", "description", "icon", "status", "lead_type", "lead_id", "created_at"},
    "issue": {"id", "workspace_id", "project_id", "title", "description", "status", "priority", "assignee_type", "assignee_id", "creator_type",
              "creator_id", "number", "identifier", "parent_issue_id", "created_at"},
    "comment": {"id", "issue_id", "author_type", "author_id", "parent_id", "content", "type", "created_at"},
    "agent": {"id", "workspace_id", "name", "avatar_url", "runtime_mode", "instructions", "status", "max_concurrent_tasks", "owner_type",
              "owner_id", "created_at"},
    "label": {"id", "workspace_id", "name", "color"},
    "dependency": {"id", "issue_id", "depends_on_issue_id", "type"},
    "activity": {"id", "workspace_id", "entity_type", "entity_id", "issue_id", "actor_type", "actor_id", "action", "details", "created_at"},
}


def new_name(what):
    return f"{what} {uuid.uuid4().hex[:12]}"


class Caller:
    """A client of somebody new. Notes which methods were called."""

    def __init__(self, name=None):
        self.client = HOW(URL + BASE)
        OPEN.append(self.client)
        self.email = f"{uuid.uuid4().hex}@example.org"
        self.signed_up = self.register(self.email, PASSWORD, name)
        self.id = self.signed_up["user"]["id"]

    def __getattr__(self, name):
        CALLED.add(name)
        return getattr(self.client, name)

    def at(self, method, path, body=None, text=None, token=None):
        """A request that the client has no method for."""
        return send(URL + BASE + "/api/v1" + path, method, self.client.token if token is None else token, body, text)

    def own(self, method, path, body=None):
        """One of Daybook's own API, with the same token; what was written can be read there once the client has read anything."""
        if method == "GET":
            self.client.get_me()
        return send(f"{URL}/api/v1{path}", method, self.client.token, body)


class Platform(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.ann = Caller()
        self.w = self.ann.create_workspace("Platform")["id"]

    def tearDown(self):
        while OPEN:
            OPEN.pop()._end()

    def shaped(self, kind, value):
        self.assertEqual(set(value), KEYS[kind], kind)
        if "created_at" in value:
            self.assertRegex(value["created_at"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$")
        return value

    def refused(self, status, call, /, *arguments, **named):
        with self.assertRaises(Refused) as caught:
            call(*arguments, **named)
        self.assertEqual(caught.exception.status, status, caught.exception)
        self.assertEqual(set(caught.exception.body), {"detail"})
        return caught.exception.body["detail"]

    def told(self, status, answer, detail=None):
        self.assertEqual(answer.status, status, answer.text)
        if detail is not None:
            self.assertEqual(answer.body, {"detail": detail})
        return answer.body


class EveryMethod(Platform):
    def test_accounts(self):
        name = new_name("ann")
        ann = Caller(name)
        self.shaped("token", ann.signed_up)
        self.shaped("user", ann.signed_up["user"])
        self.assertEqual(ann.signed_up["user"]["name"], name)
        self.assertEqual(ann.get_me(), ann.signed_up["user"])
        self.assertEqual(ann.login(ann.email, PASSWORD)["user"], ann.signed_up["user"])
        self.assertEqual(self.refused(401, ann.login, ann.email, "another password"), "Invalid email or password")
        claims = json.loads(base64.urlsafe_b64decode(ann.client.token.split(".")[1] + "=="))
        self.assertEqual(claims["exp"] - claims["iat"], 30 * 24 * 3600, "nobody refreshes it")
        self.assertEqual(ann.list_workspaces(), [], "the personal workspace is none of theirs")

    def test_workspaces_and_members(self):
        ann, bob, w = self.ann, Caller(), self.w
        shown = self.shaped("workspace", ann.get_workspace(w))
        self.assertEqual((shown["name"], shown["settings"], shown["description"]), ("Platform", {}, None))
        self.assertEqual(ann.list_workspaces(), [shown])
        changed = ann.update_workspace(w, description="Ours", settings={"theme": {"dark": True}})
        self.assertEqual((changed["description"], changed["settings"]), ("Ours", {"theme": {"dark": True}}))
        self.assertEqual(ann.get_workspace(w), changed)

        joined = self.shaped("member", ann.add_member(w, bob.id))
        self.assertEqual((joined["user_id"], joined["role"]), (bob.id, "member"))
        self.assertEqual([member["role"] for member in ann.list_members(w)], ["owner", "member"])
        self.assertEqual(ann.update_member_role(w, bob.id, "admin")["role"], "admin")
        self.assertEqual(self.refused(403, bob.update_member_role, w, bob.id, "member"), "Cannot change your own role")
        self.refused(403, ann.remove_member, w, ann.id)
        ann.remove_member(w, bob.id)
        self.assertEqual(len(ann.list_members(w)), 1)
        self.assertEqual(self.refused(404, ann.remove_member, w, bob.id), "Member not found")
        ann.delete_workspace(w)
        self.assertEqual(ann.list_workspaces(), [])

    def test_projects(self):
        ann, w = self.ann, self.w
        project = self.shaped("project", ann.create_project(w, "First", "words"))
        self.assertEqual((project["title"], project["status"], project["lead_id"]), ("First", "planned", None))
        self.assertEqual(ann.list_projects(w), [project])
        changed = ann.update_project(w, project["id"], title="Second", status="in_progress", lead_type="member", lead_id=ann.id)
        self.assertEqual((changed["title"], changed["status"], changed["lead_id"]), ("Second", "in_progress", ann.id))
        self.assertEqual(ann.get_project(w, project["id"]), changed)
        self.assertEqual(ann.get_project_stats(w, project["id"]), {"total": 0, "by_status": {}})
        issues = [ann.create_issue(w, f"{i}", project_id=project["id"]) for i in range(3)]
        ann.update_issue(w, issues[0]["id"], status="done")
        self.assertEqual(ann.get_project_stats(w, project["id"]), {"total": 3, "by_status": {"backlog": 2, "done": 1}})
        ann.delete_project(w, project["id"])
        self.assertEqual(ann.list_projects(w), [])
        self.assertEqual({issue["project_id"] for issue in ann.list_issues(w)}, {None}, "issues live on without their project")
        self.assertEqual(self.refused(404, ann.get_project, w, project["id"]), "Project not found")

    def test_issues_and_comments(self):
        ann, w = self.ann, self.w
        first = self.shaped("issue", ann.create_issue(w, "First", "words"))
        self.assertEqual((first["number"], first["identifier"], first["status"], first["priority"]), (1, "ISS-1", "backlog", "none"))
        self.assertEqual((first["creator_type"], first["creator_id"], first["assignee_type"]), ("user", ann.id, None))
        second = ann.create_issue(w, "Second", priority="urgent", assignee_type="member", assignee_id=ann.id, parent_issue_id=first["id"])
        self.assertEqual((second["assignee_type"], second["assignee_id"], second["parent_issue_id"]), ("member", ann.id, first["id"]))
        agent = ann.create_agent(w, "Worker")
        third = ann.create_issue(w, "Third", assignee_type="agent", assignee_id=agent["id"])
        self.assertEqual(third["assignee_type"], "agent")
        self.assertEqual(ann.list_issues(w), [first, second, third])
        self.assertEqual(ann.list_issues(w, limit=1, offset=1), [second])
        changed = ann.update_issue(w, first["id"], title="Changed", status="in_review", priority="low", description=None)
        self.assertEqual((changed["title"], changed["status"], changed["priority"], changed["description"]), ("Changed", "in_review", "low", "words"))
        self.assertEqual(ann.get_issue(w, first["id"]), changed)
        self.assertEqual(ann.list_issues(w, status="in_review"), [changed])
        self.assertEqual(ann.list_issues(w, status="no such word"), [])

        comment = self.shaped("comment", ann.add_comment(w, first["id"], "hello"))
        answer = ann.add_comment(w, first["id"], "hello yourself", parent_id=comment["id"])
        self.assertEqual((comment["author_type"], comment["author_id"], answer["parent_id"]), ("member", ann.id, comment["id"]))
        self.assertEqual(ann.list_comments(w, first["id"]), [comment, answer])
        ann.delete_issue(w, first["id"])
        self.assertEqual(len(ann.list_issues(w)), 2)
        self.assertEqual(ann.create_issue(w, "Fourth")["number"], 4, "numbers are not given twice")

    def test_agents(self):
        ann, w = self.ann, self.w
        agent = self.shaped("agent", ann.create_agent(w, "Worker", instructions="work", max_concurrent_tasks=3))
        self.assertEqual((agent["status"], agent["runtime_mode"], agent["owner_id"], agent["owner_type"]), ("offline", "local", ann.id, None))
        self.assertEqual(ann.list_agents(w), [agent])
        changed = ann.update_agent(w, agent["id"], status="working", runtime_mode="cloud")
        self.assertEqual((changed["status"], changed["runtime_mode"], changed["max_concurrent_tasks"]), ("working", "cloud", 3))
        self.assertEqual(ann.get_agent(w, agent["id"]), changed)
        self.assertEqual(ann.list_agents(w, status="working"), [changed])
        self.assertEqual(ann.list_agents(w, status="offline"), [])
        ann.delete_agent(w, agent["id"])
        self.assertEqual(ann.list_agents(w), [])

    def test_labels_and_dependencies(self):
        ann, w = self.ann, self.w
        first, second = ann.create_issue(w, "First")["id"], ann.create_issue(w, "Second")["id"]
        label = self.shaped("label", ann.create_label(w, "bug"))
        self.assertEqual(label["color"], "#6B7280")
        changed = ann.update_label(w, label["id"], name="defect", color="#FF0000")
        self.assertEqual((changed["name"], changed["color"]), ("defect", "#FF0000"))
        self.assertEqual(ann.list_labels(w), [changed])
        ann.add_label_to_issue(w, first, label["id"])
        self.assertEqual(ann.list_issue_labels(w, first), [changed])
        ann.remove_label_from_issue(w, first, label["id"])
        ann.remove_label_from_issue(w, first, label["id"])
        self.assertEqual(ann.list_issue_labels(w, first), [])
        ann.delete_label(w, label["id"])
        self.assertEqual(ann.list_labels(w), [])

        edge = self.shaped("dependency", ann.create_dependency(w, first, second))
        self.assertEqual((edge["issue_id"], edge["depends_on_issue_id"], edge["type"]), (first, second, "blocks"))
        self.assertEqual(ann.list_dependencies(w, first), [edge])
        self.assertEqual(ann.list_dependencies(w, second), [edge])
        ann.delete_dependency(w, first, edge["id"])
        self.assertEqual(ann.list_dependencies(w, first), [])
        self.assertEqual(self.refused(404, ann.delete_dependency, w, first, edge["id"]), "Dependency not found")

    def test_activity(self):
        ann, w = self.ann, self.w
        issue = ann.create_issue(w, "First")
        ann.update_issue(w, issue["id"], status="todo")
        newest, oldest = (self.shaped("activity", entry) for entry in ann.list_issue_activity(w, issue["id"]))
        self.assertEqual((oldest["action"], oldest["details"]), ("issue.created", {"title": "First", "identifier": "ISS-1"}))
        self.assertEqual((newest["action"], newest["details"]), ("issue.updated", {"fields": {"status": "todo"}}))
        self.assertEqual((newest["entity_type"], newest["entity_id"], newest["issue_id"]), ("issue", issue["id"], issue["id"]))
        self.assertEqual((newest["actor_type"], newest["actor_id"]), ("member", ann.id))
        self.assertEqual(ann.list_workspace_activity(w, limit=1), [newest])
        self.assertEqual(ann.list_issue_activity(w, issue["id"], limit=1, offset=1), [oldest])


class WhatThePlatformDoesWrong(Platform):
    def test_issues_can_be_made_at_the_same_time(self):
        made, lock = [], threading.Lock()

        def make():
            for _ in range(5):
                answer = self.ann.at("POST", f"/workspaces/{self.w}/issues/", {"title": "one of many"})
                with lock:
                    made.append(answer)

        threads = [threading.Thread(target=make) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual({answer.status for answer in made}, {201})
        self.assertEqual(sorted(answer.body["number"] for answer in made), list(range(1, 41)))
        self.assertEqual(len(self.ann.list_issues(self.w, limit=200)), 40)

    def test_words_that_are_none_are_refused_by_name(self):
        w, issue = self.w, self.ann.create_issue(self.w, "First")["id"]
        agent = self.ann.create_agent(w, "Worker")["id"]
        for method, path, field in (("POST", f"/workspaces/{w}/issues/", "status"), ("PATCH", f"/workspaces/{w}/issues/{issue}", "status"),
                                    ("PATCH", f"/workspaces/{w}/issues/{issue}", "priority"), ("PATCH", f"/workspaces/{w}/agents/{agent}", "status"),
                                    ("POST", f"/workspaces/{w}/agents/", "runtime_mode"), ("POST", f"/workspaces/{w}/members", "role"),
                                    ("POST", f"/workspaces/{w}/issues/{issue}/dependencies/", "type")):
            body = {"title": "a", "name": "a", "user_id": self.ann.id, "depends_on_issue_id": issue, field: "bogus"}
            refusal = self.told(422, self.ann.at(method, path, body))["detail"]
            self.assertEqual([(entry["type"], entry["loc"], entry["input"]) for entry in refusal], [("enum", ["body", field], "bogus")])

    def test_bodies_are_refused_by_place(self):
        path = f"/workspaces/{self.w}/issues/"
        self.assertEqual(self.told(422, self.ann.at("POST", path, {}))["detail"][0]["type"], "missing")
        self.assertEqual(self.told(422, self.ann.at("POST", path, {"title": 5}))["detail"][0]["loc"], ["body", "title"])
        self.assertEqual(self.told(422, self.ann.at("POST", path, text="{no"))["detail"][0]["type"], "json_invalid")
        self.assertEqual(self.told(422, self.ann.at("POST", path, {"title": " "}))["detail"][0]["loc"], ["body", "title"])
        self.told(201, self.ann.at("POST", path, {"title": "a", "unknown": 1}))
        for query in ("limit=0", "limit=201", "limit=x", "offset=-1"):
            self.assertEqual(self.told(422, self.ann.at("GET", f"{path}?{query}"))["detail"][0]["loc"], ["query", query.split("=")[0]])
        criteria = {"title": "a", "status": "todo", "acceptance_criteria": ["it works", "it lasts"]}
        issue = self.told(201, self.ann.at("POST", path, criteria))
        self.assertEqual(issue["status"], "todo")
        self.assertEqual(self.ann.own("GET", f"/workspaces/{self.w}/issues/{issue['id']}").body["acceptance_criteria"], "it works\nit lasts")

    def test_what_has_something_in_it_can_be_deleted(self):
        ann, w = self.ann, self.w
        issue, other = ann.create_issue(w, "First")["id"], ann.create_issue(w, "Second")["id"]
        label = ann.create_label(w, "bug")["id"]
        ann.add_comment(w, issue, "hello")
        ann.add_label_to_issue(w, issue, label)
        ann.create_dependency(w, issue, other)
        ann.delete_label(w, label)
        ann.delete_issue(w, issue)
        ann.delete_workspace(w)
        self.assertEqual(self.refused(403, ann.get_workspace, w), "Not a member of this workspace or insufficient role")

    def test_what_is_there_already_is_a_conflict(self):
        ann, bob, w = self.ann, Caller(), self.w
        first, second = ann.create_issue(w, "First")["id"], ann.create_issue(w, "Second")["id"]
        label = ann.create_label(w, "bug")["id"]
        ann.add_member(w, bob.id)
        ann.add_label_to_issue(w, first, label)
        ann.create_dependency(w, first, second)
        self.refused(409, ann.add_member, w, bob.id)
        self.refused(409, ann.add_label_to_issue, w, first, label)
        self.refused(409, ann.create_dependency, w, first, second)
        self.refused(422, ann.create_dependency, w, first, first)
        refusal = self.refused(409, ann.register, ann.email, PASSWORD)
        self.assertNotRegex(refusal, r"(?i)\$2b\$|argon|insert|select")
        self.assertEqual(ann.create_workspace("My  Team!!")["slug"].split("-")[:2], ["my", "team"])

    def test_references_that_lead_nowhere_are_named(self):
        ann, w = self.ann, self.w
        issue = ann.create_issue(w, "First")["id"]
        self.assertEqual(self.refused(404, ann.create_issue, w, "a", project_id=NOWHERE), "Project not found")
        self.assertEqual(self.refused(404, ann.create_issue, w, "a", parent_issue_id=NOWHERE), "Issue not found")
        self.assertEqual(self.refused(404, ann.create_issue, w, "a", assignee_type="member", assignee_id=NOWHERE), "Assignee not found")
        self.assertEqual(self.refused(404, ann.add_comment, w, issue, "a", parent_id=NOWHERE), "Comment not found")
        self.assertEqual(self.refused(404, ann.add_member, w, NOWHERE), "User not found")
        self.assertEqual(self.refused(404, ann.add_label_to_issue, w, issue, NOWHERE), "Label not found")
        for junk in (NOWHERE, "junk"):
            self.assertEqual(self.refused(404, ann.get_issue, w, junk), "Issue not found")
            self.assertEqual(self.refused(403, ann.get_workspace, junk), "Not a member of this workspace or insufficient role")

    def test_nothing_is_told_to_strangers(self):
        ann, bob, w = self.ann, Caller(), self.w
        own = bob.create_workspace("Other")["id"]
        issue, project = ann.create_issue(w, "First")["id"], ann.create_project(w, "First")["id"]
        ann.create_issue(w, "Second", project_id=project)
        outside = "Not a member of this workspace or insufficient role"
        for call in (bob.get_workspace, bob.list_members, bob.list_issues, bob.list_projects, bob.list_labels, bob.list_workspace_activity):
            self.assertEqual(self.refused(403, call, w), outside)
        self.assertEqual(self.refused(403, bob.create_issue, w, "a"), outside)
        self.assertEqual(self.refused(403, bob.list_issues, w, status="no such word"), outside)
        self.assertEqual(self.refused(404, bob.get_issue, own, issue), "Issue not found")
        self.assertEqual(self.refused(404, bob.delete_project, own, project), "Project not found")
        self.assertEqual(len(ann.list_issues(w, project_id=project)), 1)
        member = Caller()
        ann.add_member(w, member.id)
        self.refused(403, member.delete_workspace, w)
        self.refused(403, member.delete_project, w, project)
        self.assertEqual(len(ann.list_issues(w, project_id=project)), 1, "whoever may not delete it changes nothing")

    def test_sign_in(self):
        ann = self.ann
        self.told(401, send(URL + BASE + "/api/v1/auth/me", "GET"), "Missing Authorization header")
        self.told(401, ann.at("GET", "/auth/me", token="nonsense"), "Invalid or expired token")
        self.told(404, ann.at("GET", "/no/such/path"), "Not Found")
        self.told(405, ann.at("PUT", "/workspaces/"), "Method Not Allowed")
        self.assertEqual(send(URL + BASE + "/health", "GET").body, {"status": "ok"})
        for path in ("/workspaces", "/workspaces/", f"/workspaces/{self.w}/labels/", f"/workspaces/{self.w}/issues"):
            self.told(200, ann.at("GET", path))
        self.assertEqual(ann.own("DELETE", f"/me/sessions/{self.session()}").status, 204)
        self.told(401, ann.at("POST", "/workspaces/", {"name": "a"}), "Invalid or expired token")
        self.told(401, ann.at("GET", "/auth/me"), "Invalid or expired token")

    def session(self):
        return self.ann.own("GET", "/me/sessions").body["data"][0]["id"]


class SeenAlike(Platform):
    def test_daybooks_own_api_shows_the_same_things(self):
        ann, w = self.ann, self.w
        project = ann.create_project(w, "Through the client")["id"]
        made = ann.create_issue(w, "Through the client", project_id=project)
        own = ann.own("GET", f"/workspaces/{w}/issues/{made['id']}?expand=project").body
        self.assertEqual((own["title"], own["identifier"], own["project"]["name"]), ("Through the client", "ISS-1", "Through the client"))
        opened = ann.own("POST", f"/workspaces/{w}/issues", {"title": "Through our own", "status": "needs_approval"})
        self.assertEqual(opened.status, 201, opened.text)
        shown = ann.get_issue(w, opened.body["id"])
        self.assertEqual((shown["title"], shown["identifier"], shown["status"]), ("Through our own", "ISS-2", "in_review"))
        self.assertEqual([issue["id"] for issue in ann.list_issues(w, status="in_review")], [opened.body["id"]])


def tearDownModule():
    client = HOW(URL + BASE)
    everything = client.names()
    client._end()
    if not everything - CALLED and len(everything) == 42:
        print(f"{len(everything)} of {len(everything)} methods, by {HOW.__name__}")
    else:
        raise AssertionError(f"{len(everything)} methods, and never called: {sorted(everything - CALLED)}")


if __name__ == "__main__":
    URL = sys.argv[1]
    HOW = {"published": Published, "contract": FromContract}[sys.argv[2]]
    unittest.main(argv=sys.argv[:1])
