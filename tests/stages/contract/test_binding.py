"""Money that the budget system refused to bind is told again; nobody is left without a way out."""

import pytest

from jangteo.config import timetable
from jangteo.records.exchange import actions as exchange
from jangteo.records.journal.models import Entry
from jangteo.records.journal.queries import fact_of
from jangteo.records.message.models import Message
from jangteo.stages.contract import queries
from tests.stages.award.opened import AT, refused
from tests.stages.contract.signed import VALUE, Signed, active

pytestmark = pytest.mark.django_db


def refuse(key: str) -> None:
    exchange.send(at=AT, key=key)
    exchange.reject(at=AT, key=key, code="B104", answer={"reason": "예산과목이 없습니다."})


def again(made: Signed, who: str = "officer") -> None:
    made.do("bind_again", who, budget_line="402-01")


def test_what_the_budget_refused_to_bind_is_told_again_from_another_line() -> None:
    made = active()
    refused("contract.bind_again.not_refused", lambda: again(made), 409)
    first = f"{made.number}-new-0"
    refuse(first)
    assert "bind_again" in made.page("officer").verbs
    assert "bind_again" not in made.page("head0").verbs
    tasks = queries.tasks_for(made.here.who("officer"), AT)
    assert [t.url for t in tasks if "refused to bind" in t.title] == [f"/contracts/{made.number}"]
    refused("contract.bind_again.forbidden", lambda: again(made, "head0"), 403)
    again(made)
    assert made.told() == [("new", VALUE, first), ("new", VALUE, f"{first}-again-2")]
    assert (made.row().budget_line, made.row().status) == ("402-01", "active")
    assert "bind_again" not in made.page("officer").verbs
    refused("contract.bind_again.not_refused", lambda: again(made), 409)
    refuse(f"{first}-again-2")
    again(made)
    assert made.told()[-1] == ("new", VALUE, f"{first}-again-3")


def test_a_refused_change_is_told_again_as_a_change() -> None:
    made = active()
    exchange.send(at=AT, key=f"{made.number}-new-0")
    exchange.finish(at=AT, key=f"{made.number}-new-0", answer={"amount": VALUE})
    made.amend(value=VALUE + 10)
    refuse(f"{made.number}-change-1")
    again(made)
    assert made.told()[-1] == ("change", VALUE + 10, f"{made.number}-change-1-again-3")


def test_the_agency_hears_of_the_refusal_once() -> None:
    made = active()
    refuse(f"{made.number}-new-0")
    fact = fact_of(Entry.objects.get(kind="exchange.reject"))
    for listener in timetable.LISTENERS["exchange.reject"] * 2:
        listener(fact)
    found = Message.objects.filter(party=made.here.buyer, text__contains="refused to bind")
    assert [m.link for m in found] == [f"/contracts/{made.number}"]
