"""The glossary names every word of procurement that the code uses, and no word that it does not."""

import importlib
import re
from functools import cache
from typing import Any

import pytest
from django.apps import apps

from jangteo.records.vault.statements import CUSTODIANS
from jangteo.stages.opening import states as opening
from jangteo.stages.registration import states as registration
from jangteo.stages.tender import states as tender
from tests.docs.pages import ROOT

PAGE = (ROOT / "docs" / "glossary.md").read_text()
TERMS, _, EXCEPTIONS = PAGE.partition("## Not terms")
STAGES = (
    "registration", "tender", "bid", "opening", "award", "contract", "delivery", "payment",
)  # fmt: skip
#: closed list -> its values; those of exclusions stand with their articles in docs/states.md
LISTS: dict[str, Any] = {
    "regime": registration.REGIMES,
    "category": tender.CATEGORIES,
    "service_kind": tender.SERVICE_KINDS,
    "procedure": tender.PROCEDURES,
    "award_method": tender.AWARD_METHODS,
    "urgency": tender.URGENCIES,
    "rounding": tender.ROUNDINGS,
    "mean_of": tender.MEANS,
    "remark": opening.REMARKS,
    "outcome": opening.OUTCOMES,
    "custodian": CUSTODIANS,
}


@cache
def rows() -> list[list[str]]:
    """The cells of every row of every table, heads left out."""
    lines = [line for line in TERMS.splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [row for row in cells if row[0] != "English" and set(row[0]) != {"-"}]


def codes(text: str) -> list[str]:
    return re.findall(r"`([a-z][a-z0-9_.]*)`", text)


def named() -> list[str]:
    return [code for row in rows() for code in codes(row[0])]


def fields() -> set[str]:
    models = [m for m in apps.get_models() if m._meta.app_label.startswith("jangteo_")]
    return {field.name for model in models for field in model._meta.concrete_fields}


def states_and_verbs() -> set[str]:
    found = set()
    for stage in STAGES:
        room = importlib.import_module(f"jangteo.stages.{stage}.states")
        for table in getattr(room, "TABLES", (room.TABLE,)):
            found |= {f"{table.name}.{name}" for name in table.states}
            found |= {f"{table.name}.{row.verb}" for row in table.transitions}
    return found


def listed() -> set[str]:
    return {f"{name}.{value}" for name, values in LISTS.items() for value in values if value}


def roles() -> set[str]:
    return {*registration.ROLES, registration.APPLICANT}


def test_every_row_is_whole() -> None:
    assert [row for row in rows() if len(row) != 5] == []
    assert [row[0] for row in rows() if not re.search("[가-힣]", row[1]) or not row[2]] == []


def test_no_word_stands_twice() -> None:
    twice = {code for code in named() if named().count(code) > 1}
    assert twice == set()


def test_every_field_is_a_term_or_a_documented_exception() -> None:
    assert fields() - set(named()) - set(codes(EXCEPTIONS)) == set()


def test_exceptions_are_fields_and_no_terms() -> None:
    exceptions = set(codes(EXCEPTIONS))
    assert exceptions - fields() == set()
    assert exceptions & set(named()) == set()


@pytest.mark.parametrize("words", [states_and_verbs, listed, roles], ids=lambda f: f.__name__)
def test_every_state_verb_role_and_value_has_its_row(words: Any) -> None:
    assert words() - set(named()) == set()


def test_every_word_is_used() -> None:
    known = fields() | states_and_verbs() | listed() | roles()
    assert set(named()) - known == set()


def test_no_screen_uses_a_word_we_do_not_use() -> None:
    unwanted = [word.strip() for row in rows() for word in row[4].split(",") if word.strip()]
    texts = "\n".join(path.read_text() for path in (ROOT / "locale" / "ko").glob("*.po"))
    said = " ".join(re.findall(r'^msgid "(.*)"$', texts, re.MULTILINE))
    found = [word for word in unwanted if re.search(rf"\b{re.escape(word)}s?\b", said, re.I)]
    assert found == []
