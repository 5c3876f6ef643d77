"""The documents of the repository as the tests read them: text, links, names."""

import ast
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HOUSE = ROOT / "src" / "jangteo"
LINK = re.compile(r"\]\(([^)\s]+)\)")
SPAN = re.compile(r"`([^`\n]+)`")
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
#: where documents lie, for a copy that is no clone
PLACES = ("*.md", "docs/**/*.md", "src/**/*.md", "tests/**/*.md", "verifier/*.md")
SCRIPT = r"(?:function|const|let|class)\s+{name}\b"


@cache
def pages() -> tuple[Path, ...]:
    """Every Markdown file that is or will be in the repository."""
    listed = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.md"]
    try:
        done = subprocess.run(listed, cwd=ROOT, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        done = subprocess.CompletedProcess(listed, 1, "", "")
    found = [ROOT / line for line in done.stdout.splitlines()]
    if not found:
        found = [path for place in PLACES for path in ROOT.glob(place)]
    return tuple(sorted(path for path in found if path.exists()))


def links(path: Path) -> Iterator[str]:
    """Where a page leads inside the repository; addresses of other sites are left out."""
    for target in LINK.findall(FENCE.sub("", path.read_text())):
        if not re.match(r"[a-z]+:", target):
            yield target


def anchors(path: Path) -> set[str]:
    """The anchors of a page's headings, as its viewers make them."""
    heads = re.findall(r"^#+ (.+)$", FENCE.sub("", path.read_text()), re.MULTILINE)
    plain = (re.sub(r"[^\w\- ]", "", head.lower()) for head in heads)
    return {head.replace(" ", "-") for head in plain}


def spans(path: Path) -> list[str]:
    """Everything a page sets as code inside a line."""
    return SPAN.findall(FENCE.sub("", path.read_text()))


@cache
def names(path: Path) -> frozenset[str]:
    """The functions, classes, methods and constants that a Python file defines."""
    found = set()
    for node in ast.parse(path.read_text()).body:
        found |= set(_named(node))
        if isinstance(node, ast.ClassDef):
            found |= {f"{node.name}.{name}" for part in node.body for name in _named(part)}
    return frozenset(found)


def _named(node: ast.stmt) -> Iterator[str]:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        yield node.name
    elif isinstance(node, ast.Assign):
        yield from (target.id for target in node.targets if isinstance(target, ast.Name))
    elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
        yield node.target.id


def defines(path: Path, name: str) -> bool:
    """Whether a Python file or script defines a name."""
    if path.suffix == ".py":
        return name in names(path)
    return bool(re.search(SCRIPT.format(name=re.escape(name)), path.read_text()))
