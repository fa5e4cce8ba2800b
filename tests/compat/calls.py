"""The 42 calls of the PraisonAI Platform's client, twice over with the same names: by the published client, and by its contract with
nothing but Python's own library. A refusal is `Refused`, whichever way it came."""
import asyncio
import inspect
import json
import urllib.error
import urllib.request
from urllib.parse import urlencode

API = "/api/v1"
SECONDS = 60  # for one answer


class Refused(Exception):
    def __init__(self, status, body):
        super().__init__(f"{status} {body}")
        self.status, self.body = status, body


class Answer:
    def __init__(self, status, headers, text):
        self.status, self.headers, self.text = status, headers, text
        self.body = json.loads(text) if text else None


def send(url, method, token=None, body=None, text=None):
    """One request, followed nowhere, with the header fields that the client sends."""
    headers = {"Content-Type": "application/json"}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    data = text.encode() if text is not None else None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data=data, method=method, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=SECONDS) as reply:
            return Answer(reply.status, reply.headers, reply.read().decode())
    except urllib.error.HTTPError as refusal:
        with refusal:
            return Answer(refusal.code, refusal.headers, refusal.read().decode())


def some(**fields):
    return {name: value for name, value in fields.items() if value is not None}


class FromContract:
    """As the contract says that the client calls."""

    def __init__(self, base):
        self.base, self.token = base, None

    def names(self):
        return {name for name, _ in inspect.getmembers(FromContract, inspect.isfunction) if not name.startswith("_")} - {"names"}

    def _end(self):
        pass

    def _call(self, method, path, body=None, **query):
        query = urlencode(some(**query))
        answer = send(self.base + API + path + (f"?{query}" if query else ""), method, self.token, body)
        if not 200 <= answer.status < 300:
            raise Refused(answer.status, answer.body)
        return answer.body

    def _signed_in(self, reply):
        self.token = reply["token"]
        return reply

    def register(self, email, password, name=None):
        return self._signed_in(self._call("POST", "/auth/register", {"email": email, "password": password, "name": name}))

    def login(self, email, password):
        return self._signed_in(self._call("POST", "/auth/login", {"email": email, "password": password}))

    def get_me(self):
        return self._call("GET", "/auth/me")

    def create_workspace(self, name, slug=None, description=None):
        return self._call("POST", "/workspaces/", some(name=name, slug=slug, description=description))

    def list_workspaces(self):
        return self._call("GET", "/workspaces/")

    def get_workspace(self, w):
        return self._call("GET", f"/workspaces/{w}")

    def update_workspace(self, w, **fields):
        return self._call("PATCH", f"/workspaces/{w}", fields)

    def delete_workspace(self, w):
        self._call("DELETE", f"/workspaces/{w}")

    def add_member(self, w, user, role="member"):
        return self._call("POST", f"/workspaces/{w}/members", {"user_id": user, "role": role})

    def list_members(self, w):
        return self._call("GET", f"/workspaces/{w}/members")

    def update_member_role(self, w, user, role):
        return self._call("PATCH", f"/workspaces/{w}/members/{user}", {"role": role})

    def remove_member(self, w, user):
        self._call("DELETE", f"/workspaces/{w}/members/{user}")

    def create_project(self, w, title, description=None):
        return self._call("POST", f"/workspaces/{w}/projects/", some(title=title, description=description))

    def list_projects(self, w):
        return self._call("GET", f"/workspaces/{w}/projects/")

    def get_project(self, w, project):
        return self._call("GET", f"/workspaces/{w}/projects/{project}")

    def update_project(self, w, project, **fields):
        return self._call("PATCH", f"/workspaces/{w}/projects/{project}", fields)

    def delete_project(self, w, project):
        self._call("DELETE", f"/workspaces/{w}/projects/{project}")

    def get_project_stats(self, w, project):
        return self._call("GET", f"/workspaces/{w}/projects/{project}/stats")

    def create_issue(self, w, title, description=None, project_id=None, priority="none", assignee_type=None, assignee_id=None, parent_issue_id=None):
        return self._call("POST", f"/workspaces/{w}/issues/", some(title=title, priority=priority, description=description, project_id=project_id,
                                                                    assignee_type=assignee_type, assignee_id=assignee_id, parent_issue_id=parent_issue_id))

    def list_issues(self, w, status=None, project_id=None, limit=None, offset=None):
        return self._call("GET", f"/workspaces/{w}/issues/", status=status, project_id=project_id, limit=limit, offset=offset)

    def get_issue(self, w, issue):
        return self._call("GET", f"/workspaces/{w}/issues/{issue}")

    def update_issue(self, w, issue, **fields):
        return self._call("PATCH", f"/workspaces/{w}/issues/{issue}", fields)

    def delete_issue(self, w, issue):
        self._call("DELETE", f"/workspaces/{w}/issues/{issue}")

    def add_comment(self, w, issue, content, parent_id=None):
        return self._call("POST", f"/workspaces/{w}/issues/{issue}/comments", some(content=content, parent_id=parent_id))

    def list_comments(self, w, issue):
        return self._call("GET", f"/workspaces/{w}/issues/{issue}/comments")

    def create_agent(self, w, name, runtime_mode="local", instructions=None, max_concurrent_tasks=1):
        return self._call("POST", f"/workspaces/{w}/agents/", some(name=name, runtime_mode=runtime_mode, instructions=instructions,
                                                                    max_concurrent_tasks=max_concurrent_tasks))

    def list_agents(self, w, status=None, limit=None, offset=None):
        return self._call("GET", f"/workspaces/{w}/agents/", status=status, limit=limit, offset=offset)

    def get_agent(self, w, agent):
        return self._call("GET", f"/workspaces/{w}/agents/{agent}")

    def update_agent(self, w, agent, **fields):
        return self._call("PATCH", f"/workspaces/{w}/agents/{agent}", fields)

    def delete_agent(self, w, agent):
        self._call("DELETE", f"/workspaces/{w}/agents/{agent}")

    def create_label(self, w, name, color="#6B7280"):
        return self._call("POST", f"/workspaces/{w}/labels", {"name": name, "color": color})

    def list_labels(self, w):
        return self._call("GET", f"/workspaces/{w}/labels")

    def update_label(self, w, label, **fields):
        return self._call("PATCH", f"/workspaces/{w}/labels/{label}", fields)

    def delete_label(self, w, label):
        self._call("DELETE", f"/workspaces/{w}/labels/{label}")

    def add_label_to_issue(self, w, issue, label):
        self._call("POST", f"/workspaces/{w}/issues/{issue}/labels/{label}")

    def remove_label_from_issue(self, w, issue, label):
        self._call("DELETE", f"/workspaces/{w}/issues/{issue}/labels/{label}")

    def list_issue_labels(self, w, issue):
        return self._call("GET", f"/workspaces/{w}/issues/{issue}/labels")

    def create_dependency(self, w, issue, depends_on_issue_id, dep_type="blocks"):
        return self._call("POST", f"/workspaces/{w}/issues/{issue}/dependencies/", {"depends_on_issue_id": depends_on_issue_id, "type": dep_type})

    def list_dependencies(self, w, issue):
        return self._call("GET", f"/workspaces/{w}/issues/{issue}/dependencies/")

    def delete_dependency(self, w, issue, dependency):
        self._call("DELETE", f"/workspaces/{w}/issues/{issue}/dependencies/{dependency}")

    def list_workspace_activity(self, w, limit=None, offset=None):
        return self._call("GET", f"/workspaces/{w}/activity", limit=limit, offset=offset)

    def list_issue_activity(self, w, issue, limit=None, offset=None):
        return self._call("GET", f"/workspaces/{w}/issues/{issue}/activity", limit=limit, offset=offset)


class Published:
    """The published client, each call run to its end."""

    def __init__(self, base):
        from praisonai_platform import PlatformClient
        self._client = PlatformClient(base)
        self._loop = asyncio.new_event_loop()
        self._loop.run_until_complete(self._client.__aenter__())
        # Its own limit is 5 s, which a busy machine that runs tests may pass.
        self._client._client.timeout = SECONDS

    @property
    def token(self):
        return self._client._token

    def names(self):
        return {name for name, _ in inspect.getmembers(type(self._client), inspect.iscoroutinefunction) if not name.startswith("_")}

    def _end(self):
        self._loop.run_until_complete(self._client.__aexit__())
        self._loop.close()

    def __getattr__(self, name):
        import httpx
        call = getattr(self._client, name)

        def finished(*arguments, **named):
            try:
                return self._loop.run_until_complete(call(*arguments, **named))
            except httpx.HTTPStatusError as refusal:
                raise Refused(refusal.response.status_code, refusal.response.json()) from None

        return finished
