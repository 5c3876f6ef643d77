"""What a verb's refusal says has no code word in it, in either language."""

import importlib
import re
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import translation

from jangteo.ground.errors import Refusal
from jangteo.records.account.queries import Actor
from jangteo.records.journal.actions import move
from jangteo.ui.sentences import refusal_text

STAGES = ("registration", "tender", "bid", "opening", "award", "delivery", "payment")
AT = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
ROOMS = [importlib.import_module(f"jangteo.stages.{name}.states") for name in STAGES]
TABLES = [table for room in ROOMS for table in getattr(room, "TABLES", (room.TABLE,))]
VERBS = [
    pytest.param(one, row, id=f"{one.name}.{row.verb}") for one in TABLES for row in one.transitions
]


def said(table: Any, row: Any, by: Actor, status: str, language: str) -> str:
    thing = SimpleNamespace(state_table=table, status=status, **{table.owner_of(row.verb): None})
    with pytest.raises(Refusal) as caught:
        move(thing, row.verb, by=by, at=AT)
    caught.value.law = ""
    with translation.override(language):
        return refusal_text(caught.value)


@pytest.mark.parametrize(("table", "row"), VERBS)
def test_who_may_is_said_in_words(table: Any, row: Any) -> None:
    stranger = Actor(None, "x", roles=frozenset({"nobody"}))
    korean = said(table, row, stranger, next(iter(table.states)), "ko")
    assert re.search("[A-Za-z_]", korean) is None, korean
    assert "_" not in said(table, row, stranger, next(iter(table.states)), "en")


@pytest.mark.parametrize(("table", "row"), VERBS)
def test_where_a_thing_stands_is_said_in_words(table: Any, row: Any) -> None:
    everybody = Actor(None, "x", roles=frozenset(row.who))
    for status in set(table.states) - set(row.source):
        korean = said(table, row, everybody, status, "ko")
        assert re.search("[A-Za-z_]", korean) is None, korean
        assert "_" not in said(table, row, everybody, status, "en")
