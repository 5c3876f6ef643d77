"""The console blocks of docs/api.md give the answers that stand below them."""

import json
import re
import shlex
from typing import Any

import httpx
import pytest

from jangteo.interfaces.rehearsal.stack import Stack
from tests.docs.pages import ROOT

BLOCK = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)
FLAGS = {"-X": "method", "-H": "header", "-d": "data"}

pytestmark = pytest.mark.journey


def steps() -> list[tuple[str, str]]:
    """(command, what is said below it) of all blocks, in order."""
    found: list[tuple[str, str]] = []
    for block in BLOCK.findall((ROOT / "docs" / "api.md").read_text()):
        for line in block.splitlines():
            if line.startswith("$ "):
                found.append((line[2:], ""))
            else:
                found[-1] = (found[-1][0], found[-1][1] + line)
    return found


def call(command: str, site: str, token: str) -> str:
    """What curl would print, read from the same words."""
    given: dict[str, list[str]] = {"method": [], "header": [], "data": [], "url": []}
    words = iter(shlex.split(command.replace("$TOKEN", token))[1:])
    for word in words:
        if word in FLAGS:
            given[FLAGS[word]].append(next(words))
        elif word != "-s":
            given["url"].append(word)
    answer = httpx.request(
        (given["method"] or ["GET"])[0],
        given["url"][0].replace("http://localhost:8400", site),
        headers=dict(header.split(": ", 1) for header in given["header"]),
        content="".join(given["data"]).encode(),
        timeout=30,
    )
    return json.dumps(answer.json(), ensure_ascii=False)


def matches(said: str, answered: str) -> bool:
    """Whether an answer is what the page says, “…” standing for anything."""
    pattern = ".*".join(re.escape(part) for part in said.split("…"))
    return re.fullmatch(pattern, answered, re.DOTALL) is not None


def test_the_page_calls_something() -> None:
    assert [command for command, _ in steps() if command.startswith("curl ")] != []


def test_every_call_is_answered_as_the_page_says(stack: Stack) -> None:
    token, differences = "", []
    for command, said in steps():
        if command.startswith("TOKEN="):
            continue
        answered = call(command, stack.site_url, token)
        fields: Any = json.loads(answered)
        token = fields.get("token", token)
        if not matches(said, answered):
            differences.append((command, said, answered))
    assert differences == []
