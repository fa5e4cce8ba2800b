#!/usr/bin/env python3
"""Every page names what exists: relative links with their anchors, paths and files in backticks; and every page of docs/ can
be reached from docs/README.md."""
import os
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NOT_OURS = {".git", ".daybook", "build", "node_modules"}
# Made by a run, named by its page, and in no checkout.
MADE = (".daybook", "build/", "manifest.json", "/", "~", "$")
SUFFIXES = {".md", ".sh", ".cpp", ".hpp", ".py", ".sql", ".json", ".cmake", ".txt", ".conf", ".yaml", ".xml"}

FENCE = re.compile(r"^(```|~~~).*?^\1", re.M | re.S)
BLOCK = re.compile(r"^(?: {4,}|\t).*$", re.M)
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
CODE = re.compile(r"`([^`\n]+)`")
HEADING = re.compile(r"^#+ +(.+?) *$", re.M)
PATH = re.compile(r"\.{0,2}[\w.*<>+-]+(/[\w.*<>+-]+)*/?")


def tree():
    for folder, folders, files in os.walk(ROOT):
        folders[:] = [name for name in folders if name not in NOT_OURS]
        yield from (Path(folder) / name for name in files + folders)


def anchors(text):
    for heading in HEADING.findall(FENCE.sub("", text)):
        yield re.sub(r"\s", "-", re.sub(r"[^\w\s-]", "", heading.lower()))


def names_a_path(word, top):
    if not PATH.fullmatch(word) or word.startswith(MADE):
        return False
    return word.split("/")[0] in top and "/" in word or word.startswith("../") or Path(word).suffix in SUFFIXES


def exists(word, page, top, paths):
    """From the root or the page's folder, or, where it does not begin with a folder of the root, anywhere. What stands for
    several things, as <aggregate> does, exists when one of them does; so does a path without its ending."""
    name = os.path.normpath(page.parent.relative_to(ROOT) / word) if word.startswith("../") else word.rstrip("/")
    pattern = re.sub(r"<[^>]*>|\*+", "\0", name)
    pattern = re.escape(pattern).replace("\0", "[^/]*") + r"(\.\w+)?"
    starts = ["", re.escape(str(page.parent.relative_to(ROOT))) + "/"]
    if name.split("/")[0] not in top:
        starts.append("(.*/)?")
    return any(re.fullmatch(start + pattern, path) for start in starts for path in paths)


def check(page, text, top, paths):
    prose = BLOCK.sub("", FENCE.sub("", text))
    for target in LINK.findall(prose):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        goal = (page.parent / name).resolve() if name else page
        if not goal.exists():
            yield f"links to {target}, which does not exist"
        elif anchor and goal.suffix == ".md" and anchor not in anchors(goal.read_text()):
            yield f"links to {target}, and there is no such heading"
    for word in CODE.findall(prose):
        if names_a_path(word, top) and not exists(word, page, top, paths):
            yield f"names `{word}`, which does not exist"


def unreachable():
    start = ROOT / "docs" / "README.md"
    seen, todo = set(), [start]
    while todo:
        page = todo.pop()
        if page in seen or page.suffix != ".md" or not page.exists():
            continue
        seen.add(page)
        todo += [(page.parent / link.partition("#")[0]).resolve() for link in LINK.findall(page.read_text()) if ":" not in link]
    return sorted(set((ROOT / "docs").rglob("*.md")) - seen)


def main():
    files = sorted(tree())
    paths = [str(path.relative_to(ROOT)) for path in files]
    top = {path.name for path in files if path.parent == ROOT and path.is_dir()}
    pages = [path for path in files if path.suffix == ".md" and path.is_file()]
    wrong = [f"{page.relative_to(ROOT)} {what}" for page in pages for what in check(page, page.read_text(), top, paths)]
    wrong += [f"{page.relative_to(ROOT)} cannot be reached from docs/README.md" for page in unreachable()]
    print("\n".join(wrong) if wrong else f"{len(pages)} pages name only what exists.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
