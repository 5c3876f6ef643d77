"""Lay down a new rule: new rule ROOM/NAME makes module, table, page, case file and its test."""

import argparse
import datetime
import re
from pathlib import Path
from string import Template

from jangteo.config.machine import ROOT, Trouble

NAME = re.compile(r"[a-z][a-z0-9_]*/[a-z][a-z0-9_]*")
INDEX = ROOT / "docs" / "rules" / "README.md"
AFTER = "\nHow a table is written:"

MODULE = '''"""$title: say in a line what the law asks and what this answers."""

from dataclasses import dataclass
from datetime import date

from jangteo.ground.errors import N_
from jangteo.ground.reason import Reason
from jangteo.rules.dated import table


@dataclass(frozen=True, slots=True)
class Found:
    """value: as the row in force has it."""

    value: str
    reasons: tuple[Reason, ...]


def $name(*, on: date) -> Found:
    """What holds on a day. RuleMissing where no row does. Law: $law."""
    row = table("$room/$name").on(on)
    text = N_("$sentence")
    return Found(row.value, (row.reason("$room.$name.found", text, value=row.value),))
'''
TABLE = """table = "$room/$name"
about = "$title: what each row holds, with its unit."
fields = []

[[row]]
id = "$since"
since = $since
value = "$value"
law = "$law"
source = "$source"
sure = "assumed"
"""
PAGE = """# $title

`rules.$room.$name`: `$name`. Table `$room/$name`. Law: $law.

What it asks for, the formula, how it is rounded, an example; where the sources are unsure.
"""
CASE = """about = "$title: a worked example."
on = $since
value = "$value"
law = "$law"
"""
TEST = '''"""$title: the worked example to the letter."""

import tomllib
from pathlib import Path

from jangteo.rules.$room.$name import $name

CASE = Path(__file__).parent / "cases" / "$name.toml"


def test_the_worked_example() -> None:
    case = tomllib.loads(CASE.read_text(encoding="utf-8"))
    found = $name(on=case["on"])
    assert found.value == case["value"]
    assert [reason.law for reason in found.reasons] == [case["law"]]
'''


def run(arguments: list[str]) -> int:
    """Write the files, none of which may exist, and name them."""
    parser = argparse.ArgumentParser(prog="./jangteo new", description=__doc__)
    parser.add_argument("what", choices=("rule",))
    parser.add_argument("name", help="room and name, such as price/ceiling")
    parser.add_argument("--law", required=True, help="the article, such as 국가계약법 시행령 제9조")
    parser.add_argument("--source", required=True, help="where the value was read")
    parser.add_argument("--value", required=True, help="what the first row holds")
    parser.add_argument("--since", required=True, help="the first day it holds, YYYY-MM-DD")
    given = parser.parse_args(arguments)
    words = _words(given)
    made = {path: Template(text).substitute(words) for path, text in _files(words).items()}
    there = [path.relative_to(ROOT) for path in made if path.exists()]
    if there:
        raise Trouble(f"{there[0]} is there already; take another name.")
    if not (ROOT / "src" / "jangteo" / "rules" / words["room"]).is_dir():
        raise Trouble(f"rules has no room {words['room']!r}; see docs/rules/README.md for those.")
    for path, text in made.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        print(path.relative_to(ROOT))
    _index(words)
    print("Next: write what it means, ./jangteo translate, ./jangteo rules lock, ./jangteo check.")
    return 0


def _words(given: argparse.Namespace) -> dict[str, str]:
    if not NAME.fullmatch(given.name):
        raise Trouble("A rule is named by its room and itself in small letters: price/ceiling.")
    texts = (given.law, given.source, given.value)
    if not all(text.strip() and not set(text) & set('"\\\n$') for text in texts):
        raise Trouble("Law, source and value are plain texts of one line without quotation marks.")
    try:
        datetime.date.fromisoformat(given.since)
    except ValueError:
        raise Trouble("--since is a day, such as 2026-01-30.") from None
    room, name = given.name.split("/")
    title = name.replace("_", " ").capitalize()
    return {
        "room": room, "name": name, "title": title, "law": given.law, "source": given.source,
        "value": given.value, "since": given.since, "sentence": title + " is {value}.",
    }  # fmt: skip


def _files(words: dict[str, str]) -> dict[Path, str]:
    room, name = words["room"], words["name"]
    rules, tests = ROOT / "src" / "jangteo" / "rules", ROOT / "tests" / "rules"
    return {
        rules / room / f"{name}.py": MODULE,
        rules / "data" / room / f"{name}.toml": TABLE,
        ROOT / "docs" / "rules" / f"{name.replace('_', '-')}.md": PAGE,
        tests / "cases" / f"{name}.toml": CASE,
        tests / f"test_{name}.py": TEST,
    }


def _index(words: dict[str, str]) -> None:
    """A line in the index of rules, before what follows its table."""
    line = "| $title | [$lower](" + words["name"].replace("_", "-") + ".md) | `$room/$name` |\n"
    text = INDEX.read_text(encoding="utf-8")
    row = Template(line).substitute(words, lower=words["title"].lower())
    INDEX.write_text(text.replace(AFTER, row.rstrip("\n") + "\n" + AFTER, 1), encoding="utf-8")
