#!/usr/bin/env python3
"""Validates what the cases of tests/cases/cli print with --json against docs/reference/json, and holds
docs/reference/json.md to it. The cases' own test compares what they show with what the program prints.
With CM_UPDATE=1 the tables of the page are written anew. Exits with 77 where jsonschema is missing."""
import json
import os
import pathlib
import re
import sys
import warnings

try:
    import jsonschema
except ImportError:
    print("skipped: there is no python3-jsonschema here")
    sys.exit(77)

warnings.simplefilter("ignore")  # newer versions would have references resolved in another way

source = pathlib.Path(__file__).resolve().parent.parent
folder = source / "docs/reference/json"
page = source / "docs/reference/json.md"
shared = ("diagnostic", "events", "failed", "help", "waiting")
prisma = {"migrate dev": "dev", "migrate deploy": "deploy", "migrate status": "status", "migrate diff": "diff",
          "migrate reset": "reset", "migrate resolve": "resolve", "db push": "push", "db pull": "pull",
          "db seed": "seed", "db execute": "execute"}

schemas = {path.name.removesuffix(".schema.json"): json.loads(path.read_text()) for path in folder.glob("*.json")}
commands = sorted(name for name in schemas if name not in shared)
problems = []


def validator(schema):
    store = {one["$id"]: one for one in schemas.values()}
    resolver = jsonschema.RefResolver(schema["$id"], schema, store=store)
    return jsonschema.Draft202012Validator(schema, resolver=resolver)


def sections(path):
    name, text = None, []
    for line in path.read_text().split("\n"):
        head = re.fullmatch(r"-- (\S+) --", line)
        if head:
            if name:
                yield name, text
            name, text = head[1], []
        else:
            text.append(line)
    if name:
        yield name, text


def steps(lines):
    """Commands of a transcript with their output."""
    command, output, is_open = None, [], False
    for line in lines:
        if line.startswith("$ "):
            if command is not None:
                yield command, output
            command, output, is_open = line[2:], [], True
        elif is_open and line.startswith(">"):
            command += "\n" + line[2:]
        elif command is not None:
            is_open = False
            output.append(line)
    if command is not None:
        yield command, output


def command_of(text):
    words = text.split("cm-migrate", 1)[1].split()
    for at, word in enumerate(words):
        if " ".join(words[at:at + 2]) in prisma:
            return prisma[" ".join(words[at:at + 2])]
        if word in commands:
            return word
    return "help"


def unmasked(line):
    """The cases show times as `<time>`."""
    return line.replace('"timestamp":"<time>"', '"timestamp":"2026-01-01T00:00:00.000Z"')


def is_read_here(command):
    """What is written to a file or handed on to another program is not shown as it was."""
    return re.search(r"cm-migrate\b.* --json\b", command) and not re.search(r"\| (?!sed )|>|\.sh cm-migrate", command.split("\n")[0])


def check_schemas():
    for name, schema in schemas.items():
        jsonschema.Draft202012Validator.check_schema(schema)
        if schema["$id"] != name + ".schema.json":
            problems.append(f"{name}: $id is {schema['$id']}")


def check_outputs():
    seen = {name: set() for name in commands}
    events = set()
    count = 0
    for path in sorted((source / "tests/cases/cli").rglob("*.txtar")):
        for command, output in steps(dict(sections(path)).get("transcript", [])):
            if not is_read_here(command):
                continue
            name = command_of(command)
            lines = [line for line in output if line.startswith("{")]
            if not lines:
                problems.append(f"{path.name}: `{command}` prints no JSON")
            for line in lines:
                try:
                    value = json.loads(unmasked(line))
                except json.JSONDecodeError as wrong:
                    problems.append(f"{path.name}: {wrong}: {line}")
                    continue
                count += 1
                event = value.get("event", "")
                events.add(event)
                seen.setdefault(name, set()).add("failed" if event == "failed" else "done")
                is_failure = name == "help" and event == "failed"
                for error in validator(schemas["failed" if is_failure else name]).iter_errors(value):
                    best = jsonschema.exceptions.best_match([error])
                    problems.append(f"{path.name}: `{command}`: {best.message[:300]}\n    {line[:300]}")
    for name in commands:
        for what in {"failed", "done"} - seen[name]:
            problems.append(f"no case shows what `{name} --json` prints when it has {what}")
    print(f"{count} objects of {len(seen)} commands, events: {', '.join(sorted(events - {''}))}")


def type_of(schema):
    if "$ref" in schema:
        return "object"
    if "const" in schema or "enum" in schema:
        return "string"
    if "anyOf" in schema:
        return " or ".join(type_of(one) for one in schema["anyOf"])
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    if kinds == ["array"]:
        return "list of strings" if schema["items"].get("type") == "string" else "list of objects"
    return " or ".join(kinds)


def text_of(schema):
    text = schema.get("description", "")
    if "enum" in schema:
        text = f"{', '.join(f'`{one}`' for one in schema['enum'])}. {text}".strip()
    items = schema.get("items", {}) if schema.get("type") == "array" else schema
    if "anyOf" in items:
        items = items["anyOf"][0]
        text = text or items.get("description", "")
    if "properties" in items:
        inner = ", ".join(f"`{key}`" for key in items["properties"])
        text = f"{text} Holds {inner}.".strip()
    return text.replace("|", "\\|")


def table(schema, left_out=()):
    rows = ["| field | type | meaning |", "|---|---|---|"]
    for key, one in schema["properties"].items():
        if key not in left_out:
            absent = "" if key in schema["required"] else ", may be absent"
            rows.append(f"| `{key}` | {type_of(one)}{absent} | {text_of(one)} |")
    return rows


def tables():
    """What stands below the mark of the page."""
    ending = ("exitCode", "diagnostics", "database", "elapsedMs", "timestamp")
    lines = ["## Every result", "", *table(schemas["help"]["anyOf"][0] if "anyOf" in schemas["help"] else
                                          schemas["help"], ("text",)), ""]
    lines += ["## A diagnostic", "", *table(schemas["diagnostic"]), ""]
    lines += ["## Events", "", "| event | fields | when |", "|---|---|---|"]
    for one in schemas["events"]["anyOf"]:
        one = schemas[one["$ref"].removesuffix(".schema.json")] if "$ref" in one else one
        fields = [key for key in one["properties"] if key not in ("event", "timestamp")]
        lines.append(f"| `{one['properties']['event']['const']}` | {', '.join(f'`{key}`' for key in fields)} | "
                     f"{one.get('description', '')} |")
    lines.append("")
    for name in commands:
        first = schemas[name]["anyOf"][0]
        if "$ref" in first:
            last = schemas[name]["anyOf"][1]
            lines += [f"## {name}", "", "Events, then `finished`:", "",
                      *table(last, ("event", "timestamp")), ""]
        else:
            rows = table(first, ending)
            lines += [f"## {name}", "", *(rows if len(rows) > 2 else ["Only what every result has."]), ""]
    return "\n".join(lines).rstrip() + "\n"


def check_page():
    mark = "<!-- What follows is made from docs/reference/json by tests/json_outputs.py. -->\n\n"
    text = page.read_text()
    wanted = text.split(mark)[0] + mark + tables()
    if os.environ.get("CM_UPDATE") == "1":
        page.write_text(wanted)
    elif text != wanted:
        problems.append(f"{page.name} does not say what the schemas say: run it with CM_UPDATE=1")


check_schemas()
check_outputs()
check_page()
for problem in problems:
    print(problem)
sys.exit(1 if problems else 0)
