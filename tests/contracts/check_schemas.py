"""The JSON Schemas of the events are schemas, and the golden events are valid by them; so are the examples in OpenAPI.

Uses python3-jsonschema and its copy of the 2020-12 metaschema.
"""
import json
import pathlib
import sys

try:
    import jsonschema
except ImportError:
    print("Skipped: python3-jsonschema is not installed.")
    sys.exit(77)

found = []


def complain(where, error):
    found.append(f"{where}: at /{'/'.join(map(str, error.absolute_path))}: {error.message}")


def check_events():
    schemas = {}
    for file in sorted(pathlib.Path("schemas/events").glob("*.json")):
        schema = json.loads(file.read_text())
        for error in jsonschema.Draft202012Validator(jsonschema.Draft202012Validator.META_SCHEMA).iter_errors(schema):
            complain(file, error)
        schemas[file.stem] = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
    return schemas


def check_golden_events(schemas):
    """A golden file holds the data of one event, under the name of its type and version."""
    count = 0
    for file in sorted(pathlib.Path("tests/golden/events").rglob("*.json")):
        name = next((name for name in schemas if file.name.startswith(name + ".")), None)
        if name is None:
            found.append(f"{file}: there is no schema for it")
            continue
        golden = json.loads(file.read_text())
        for error in schemas[name].iter_errors(golden.get("data", golden)):
            complain(file, error)
        count += 1
    return count


def check_examples():
    document = json.loads(pathlib.Path("schemas/openapi.json").read_text())
    count = 0

    def visit(node):
        nonlocal count
        if isinstance(node, dict):
            if "example" in node and "schema" in node:
                schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **node["schema"],
                          "components": document["components"]}
                for error in jsonschema.Draft202012Validator(schema).iter_errors(node["example"]):
                    complain(f"the example of {node['schema']}", error)
                count += 1
            for child in node.values():
                visit(child)
        elif isinstance(node, list):
            for child in node:
                visit(child)

    visit(document["paths"])
    for name, schema in document["components"]["schemas"].items():
        for error in jsonschema.Draft202012Validator(jsonschema.Draft202012Validator.META_SCHEMA).iter_errors(schema):
            complain(name, error)
    return count


schemas = check_events()
golden = check_golden_events(schemas)
examples = check_examples()
print(f"{len(schemas)} schemas, {golden} golden events, {examples} examples; {len(found)} complaints")
for complaint in found:
    print(complaint)
if not schemas or not golden or not examples:
    print("something that should be checked is not there")
    sys.exit(1)
sys.exit(1 if found else 0)
