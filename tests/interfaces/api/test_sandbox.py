"""The door of a practice world: given rates, and nothing where there is no practice world."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from jangteo.interfaces.rehearsal import sandbox
from jangteo.records.account.actions import give_role, issue_token
from jangteo.records.account.models import Account
from jangteo.records.account.queries import Actor, actor_for
from jangteo.records.journal.models import Entry
from jangteo.stages.registration.actions import approve, register_agency
from jangteo.stages.tender.actions import draft_tender, save_draft

pytestmark = pytest.mark.django_db
AT = datetime(2026, 1, 5, tzinfo=UTC)
OPERATOR = Actor(None, "Operator", roles=frozenset({"operator"}))
RATES = [f"{97 + place * 2 // 5}.{place * 400 % 1000:03d}" for place in range(15)]


@pytest.fixture
def practice_world() -> None:
    sandbox.create(connection)


@pytest.fixture
def officer() -> Actor:
    asked = register_agency(
        by=Actor.anyone(), at=AT, name="조달구청", identifier="1741000", region="11",
        regime="local", representative="이두리", address="서울", username="duri",
    )  # fmt: skip
    approve(by=OPERATOR, at=AT, registration_id=asked.pk)
    return actor_for(Account.objects.get(), asked.party_id, at=AT)


@pytest.fixture
def number(officer: Actor) -> str:
    tender = draft_tender(by=officer, at=AT, title="청사 방수공사")
    changes = {"range_low": "-3", "range_high": "3"}
    save_draft(by=officer, at=AT, number=tender.number, changes=changes)
    found: str = tender.number
    return found


def give(actor: Actor, number: str, rates: list[str]) -> Any:
    assert actor.account_id is not None
    assert actor.party_id is not None
    token = issue_token(at=AT, account_id=actor.account_id, party_id=actor.party_id, label="t")
    return Client().put(
        f"/api/v1/sandbox/tenders/{number}/rates", {"rates": rates},
        content_type="application/json", headers={"Authorization": f"Bearer {token}"},
    )  # fmt: skip


def kept() -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute("select tender, rates from sandbox.given_rates")
        return cursor.fetchall()


@pytest.mark.usefixtures("practice_world")
def test_the_contract_officer_gives_the_rates_once(officer: Actor, number: str) -> None:
    for _ in range(2):
        answer = give(officer, number, RATES)
        assert (answer.status_code, answer.json()) == (200, {"rates": RATES})
    other = give(officer, number, RATES[::-1])
    assert (other.status_code, other.json()["error"]["code"]) == (409, "sandbox.rates.given")
    assert len(kept()) == 1
    (fact,) = Entry.objects.filter(kind="sandbox.give_rates")
    assert (fact.tender, fact.actor_name, list(fact.payload)) == (number, "이두리", ["sha256"])


@pytest.mark.usefixtures("practice_world")
@pytest.mark.parametrize(
    ("rates", "code"),
    [
        (RATES[:14], "shape"),
        ([*RATES[:14], "100.5"], "shape"),
        ([*RATES[:14], RATES[0]], "twice"),
        ([*RATES[:14], "103.001"], "outside"),
        ([*RATES[:14], "96.999"], "outside"),
    ],
)
def test_rates_that_cannot_be(officer: Actor, number: str, rates: list[str], code: str) -> None:
    answer = give(officer, number, rates)
    assert answer.json()["error"]["code"] == f"sandbox.rates.{code}"
    assert kept() == []


@pytest.mark.usefixtures("practice_world")
def test_nobody_else_gives_rates(officer: Actor, number: str) -> None:
    other = Account.objects.create_user("opener", "최다람")
    assert officer.party_id is not None
    give_role(at=AT, account_id=other.pk, party_id=officer.party_id, role="opening_officer")
    answer = give(actor_for(other, officer.party_id, at=AT), number, RATES)
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "sandbox.rates.forbidden")
    assert kept() == []


def test_where_there_is_no_practice_world_there_is_no_door(officer: Actor, number: str) -> None:
    answer = give(officer, number, RATES)
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "request.not_found")
