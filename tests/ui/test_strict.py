"""A template that names what nobody gave fails in tests, and nowhere else."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.template import engines

from jangteo.ground.errors import Fault

ROOT = Path(__file__).parents[2]
LOAD = "{% load i18n ui %}"


class Row:
    """One row of a page, as templates meet it."""

    rank = 1
    nothing = None

    def of(self, year: int) -> int:
        return year


def shown(text: str, **given: Any) -> str:
    return engines["django"].from_string(LOAD + text).render(given)


@pytest.mark.parametrize(
    "text",
    [
        "{{ rnak }}", "{{ row.rnak }}", "{{ words.rnak }}", '{{ rnak|default:"1" }}',
        '<input name="rank" value="{{ row.rnak }}">', "{% with rank=rnak %}{{ rank }}{% endwith %}",
        "{% include 'ui/parts/messages.html' with messages=rnak %}", "{% field form.rnak %}",
        "{% blocktranslate %}Rank {{ rnak }}{% endblocktranslate %}",
        "{% blocktranslate with rank=row.rnak %}Rank {{ rank }}{% endblocktranslate %}",
        "{% if row %}{{ row.rnak|won }}{% endif %}",
    ],
)  # fmt: skip
def test_a_name_that_nobody_gave_fails(text: str) -> None:
    with pytest.raises(Fault, match=r"a template names .*rnak, which nobody gave"):
        shown(text, row=Row(), words={"rank": 1}, form={})


def test_what_cannot_be_shown_fails() -> None:
    with pytest.raises(Fault, match="wants arguments"):
        shown("{{ row.of }}", row=Row())


def test_who_asks_honestly_is_answered() -> None:
    text = "{% if rnak %}a{% elif row.rnak %}b{% else %}{{ row.rank }}{% endif %}"
    assert shown(text, row=Row()) == "1"
    assert shown("{% for one in rnak %}a{% endfor %}{{ row.nothing }}", row=Row()) == "None"


@pytest.mark.parametrize(
    ("sandbox", "strict", "found"),
    [("0", "1", "''"), ("", "1", "''"), ("1", "", "''"), ("1", "0", "''"), ("1", "1", "'%s'")],
)
def test_only_tests_of_a_practice_world_ask_for_it(
    sandbox: str, strict: str, found: str, tmp_path: Path
) -> None:
    said = {"JANGTEO_SANDBOX": sandbox, "JANGTEO_STRICT": strict, "JANGTEO_VAR": str(tmp_path)}
    code = "from jangteo.config import settings as s; print(repr(s.TEMPLATES[0]['OPTIONS']"
    done = subprocess.run(
        [sys.executable, "-c", f"{code}['string_if_invalid']))"], check=True, text=True,
        env={**os.environ, **said, "PYTHONPATH": str(ROOT / "src")}, cwd=ROOT, capture_output=True,
    )  # fmt: skip
    assert done.stdout == f"{found}\n"


def test_the_running_systems_of_tests_are_strict_too() -> None:
    assert os.environ["JANGTEO_STRICT"] == "1"
    assert settings.TEMPLATES[0]["OPTIONS"]["string_if_invalid"] == "%s"
