"""Every link leads somewhere; every file, function and command that a document names exists."""

import importlib
import re
import types
from functools import cache
from pathlib import Path

import pytest

from jangteo.config.commands.__main__ import names as commands
from tests.docs.pages import HOUSE, ROOT, anchors, defines, links, pages, spans

NAMED = re.compile(r"(?P<path>[\w./-]+\.(?:py|js|html|toml|css))(?::(?P<name>[A-Za-z_][\w.]*))?")
RULE = re.compile(r"(?:jangteo\.)?((?:rules|ground|records)(?:\.[A-Za-z_]\w*)+)(?:\(.*\))?")
COMMAND = re.compile(r"\./jangteo +([a-z_]+)((?: +[^\s`|]+)*)")
PLACES = (ROOT, HOUSE, HOUSE / "rules" / "data")


def ids(path: Path) -> str:
    return str(path.relative_to(ROOT))


def place(path: str, page: Path) -> Path | None:
    found = (base / path for base in (*PLACES, page.parent) if (base / path).is_file())
    return next(found, None)


def test_there_are_documents() -> None:
    assert {ROOT / "README.md", ROOT / "README.ko.md", ROOT / "docs" / "tour.md"} <= set(pages())


@pytest.mark.parametrize("page", pages(), ids=ids)
def test_every_link_leads_somewhere(page: Path) -> None:
    broken = []
    for target in links(page):
        path, _, anchor = target.partition("#")
        there = (page.parent / path).resolve() if path else page
        if not there.exists() or (anchor and anchor not in anchors(there)):
            broken.append(target)
    assert broken == []


@pytest.mark.parametrize("page", pages(), ids=ids)
def test_every_named_file_and_function_exists(page: Path) -> None:
    missing = []
    for span in spans(page):
        said = NAMED.fullmatch(span)
        if said is None or ("/" not in said["path"] and said["name"] is None):
            continue
        there = place(said["path"], page)
        if there is None or (said["name"] and not defines(there, said["name"])):
            missing.append(span)
    assert missing == []


@pytest.mark.parametrize("page", pages(), ids=ids)
def test_every_named_rule_exists(page: Path) -> None:
    missing = []
    for span in spans(page):
        said = RULE.fullmatch(span)
        if said and not exists(said[1]) and f'"{span}"' not in sources():
            missing.append(span)
    assert missing == []


@cache
def sources() -> str:
    """All of the source: codes of refusals look like dotted names."""
    return "".join(path.read_text() for path in HOUSE.rglob("*.py"))


def exists(dotted: str) -> bool:
    """Whether a dotted name below jangteo leads to a module or something in it."""
    parts, thing = dotted.split("."), None
    for count in range(len(parts), 0, -1):
        name = f"jangteo.{'.'.join(parts[:count])}"
        try:
            thing = importlib.import_module(name)
        except ModuleNotFoundError:
            continue
        break
    for part in parts[count:]:
        thing = getattr(thing, part, None)
    return thing is not None if count < len(parts) else isinstance(thing, types.ModuleType)


@pytest.mark.parametrize("page", pages(), ids=ids)
def test_every_command_and_option_exists(page: Path) -> None:
    wrong = []
    for name, rest in COMMAND.findall(page.read_text()):
        source = HOUSE / "config" / "commands" / f"{name}.py"
        if name not in commands():
            wrong.append(f"./jangteo {name}")
            continue
        passed_on = name in ("test", "lock")
        options = [word for word in re.findall(r"(--[a-z-]+)", rest) if word != "--help"]
        wrong += [
            f"./jangteo {name} {option}"
            for option in options
            if not passed_on and f'"{option}"' not in source.read_text()
        ]
    assert wrong == []
