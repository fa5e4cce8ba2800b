"""What a reply must look like by the OpenAPI document: status, content type, header fields, body. Used by check_exchanges.py."""
import copy
import json
import re
import urllib.parse

import jsonschema

RFC3339 = re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$")
# Refused before any path is looked at: broken HTTP, and what nobody has ever heard of.
BEFORE_ROUTING = {400, 404, 405, 408, 413, 414, 431, 501, 505}
formats = jsonschema.FormatChecker()


@formats.checks("date-time")
def is_time(value):
    return not isinstance(value, str) or RFC3339.match(value) is not None


def media_type(content_type):
    return content_type.split(";")[0].strip().lower()


class Contract:
    def __init__(self, document):
        self.document = document
        self.validators = {}
        self.operations = {}
        self.by_id = {}
        for path, item in document["paths"].items():
            for method, operation in item.items():
                self.operations[(method.upper(), tuple(path.strip("/").split("/")))] = operation
                self.by_id[operation["operationId"]] = operation

    def resolved(self, node):
        while "$ref" in node:
            target = self.document
            for part in node["$ref"].removeprefix("#/").split("/"):
                target = target[part]
            node = target
        return node

    def find(self, method, path):
        """The operation, a word of the path before a parameter."""
        segments = tuple(path.strip("/").split("/"))
        best = None
        for (known, template), operation in self.operations.items():
            if known != method or len(template) != len(segments):
                continue
            if all(t.startswith("{") or t == s for t, s in zip(template, segments)):
                parameters = sum(t.startswith("{") for t in template)
                if best is None or parameters < best[0]:
                    best = (parameters, operation)
        return best[1] if best else None

    def errors(self, schema, value):
        key = json.dumps(schema, sort_keys=True)
        if key not in self.validators:
            whole = {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "components": self.document["components"]}
            self.validators[key] = jsonschema.Draft202012Validator(whole, format_checker=formats)
        return [f"/{'/'.join(map(str, e.absolute_path))}: {e.message[:300]}" for e in self.validators[key].iter_errors(value)]

    def complaints(self, exchange):
        """Everything about one exchange that the document does not allow."""
        status, headers = exchange["status"], {name.lower(): value for name, value in exchange["headers"]}
        path, _, query = exchange["target"].partition("?")
        operation = self.find(exchange["method"], urllib.parse.unquote(path))
        if operation is None:
            # A browser's preflight is the frame's own, and has nothing but header fields (Fetch standard).
            if status == 204 and exchange["method"] == "OPTIONS" and "access-control-allow-methods" in headers:
                return [] if not exchange["body"] else ["a preflight is answered with a body"]
            if status not in BEFORE_ROUTING:
                return [f"there is no such operation, and yet it is answered with {status}"]
            return self.body_complaints({"content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}},
                                        headers, exchange["body"])
        response = operation["responses"].get(str(status))
        if response is None:
            return [f"the status {status} is not documented: {exchange['body'][:200]}"]
        response = self.resolved(response)
        found = self.header_complaints(response, headers)
        if "fields" in urllib.parse.parse_qs(query):
            response = self.trimmed(response)
        found += self.body_complaints(response, headers, exchange["body"])
        if status < 300:
            found += self.request_complaints(operation, exchange, query)
        return found

    def trimmed(self, response):
        """With fields= a reply shows those alone, so that none of a row's is required."""
        content = {}
        for kind, media in response.get("content", {}).items():
            schema = copy.deepcopy(media["schema"])
            if "$ref" in schema:
                schema = copy.deepcopy(self.resolved(schema))
                schema.pop("required", None)
            elif "data" in schema.get("properties", {}):
                row = copy.deepcopy(self.resolved(schema["properties"]["data"]["items"]))
                row.pop("required", None)
                schema["properties"]["data"]["items"] = row
            content[kind] = {**media, "schema": schema}
        return {**response, "content": content}

    def header_complaints(self, response, headers):
        found = []
        for name, header in response.get("headers", {}).items():
            header = self.resolved(header)
            value = headers.get(name.lower())
            if value is None:
                if header.get("required"):
                    found.append(f"the header field {name} is missing")
                continue
            found += [f"header field {name} {error}" for error in self.errors(header["schema"], value)]
        return found

    def body_complaints(self, response, headers, body):
        content = response.get("content")
        if content is None:
            return [f"a body where there is none: {body[:100]}"] if body else []
        sent = media_type(headers.get("content-type", ""))
        if sent not in content:
            return [f"the content type is {sent!r}, documented are {sorted(content)}"]
        if not sent.endswith("json"):
            return []
        try:
            value = json.loads(body)
        except ValueError as wrong:
            return [f"the body is not JSON: {wrong}"]
        return [f"body {error}" for error in self.errors(content[sent]["schema"], value)]

    def request_complaints(self, operation, exchange, query):
        """What was accepted must be what the document says may be sent."""
        found = []
        known = {p["name"]: p for p in map(self.resolved, operation["parameters"]) if p["in"] == "query"}
        for name, value in urllib.parse.parse_qsl(query, keep_blank_values=True):
            if name not in known:
                found.append(f"the parameter {name} is accepted and not documented")
                continue
            schema = known[name]["schema"]
            schema = schema["items"] if schema.get("type") == "array" else schema
            if schema.get("type") == "integer":
                value = int(value) if re.fullmatch(r"-?\d+", value) else value
            found += [f"parameter {name} {error}" for error in self.errors(schema, value)]
        body = operation.get("requestBody")
        sent = exchange.get("sent", "")
        if body and (sent or body.get("required")):
            schema = body["content"]["application/json"]["schema"]
            found += [f"accepted body {error}" for error in self.errors(schema, json.loads(sent))]
        return found
