"""What the operator sees of messages, and that nobody else sees it or a payee's account."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from jangteo.config import switchboard
from jangteo.interfaces.links.standing import tasks_for
from jangteo.interfaces.site.views.desk import tasks
from jangteo.records.account.actions import issue_token
from jangteo.records.account.queries import actor_for
from jangteo.records.exchange import actions as exchange
from jangteo.records.exchange.models import Exchange
from jangteo.records.journal.queries import now
from tests.interfaces.links.line import commitment, held, tell, transfer
from tests.market import party, person

pytestmark = pytest.mark.django_db
LIST = "/operations/exchange"


@pytest.fixture
def here() -> dict[str, Any]:
    """An operator and an agency's disbursing officer, each signed in and with a token."""
    found = {}
    for role, kind in (("operator", "platform"), ("disbursing_officer", "agency")):
        of = party(kind, {"platform": "0000001", "agency": "0000002"}[kind])
        account = person(of, role)
        page = Client(headers={"accept-language": "en"})
        page.force_login(account)
        token = issue_token(at=now(), account_id=account.pk, party_id=of.pk, label="test")
        machine = Client(headers={"authorization": f"Bearer {token}"})
        found[role] = (page, machine)
    return found


def lost(account: str = "110-123-456789") -> str:
    """A transfer whose answer was lost, with what went over the line."""
    told = transfer(account=account, payee_name="박노을")
    key = tell(told)
    exchange.send(at=now(), key=key)
    call = switchboard.LINKS["bank"].order(told, now())
    exchange.note(
        at=now(), key=key, address="http://127.0.0.1:1/bank", sent=call.body, received=b"",
        trouble="ReadTimeout: nothing came",
    )  # fmt: skip
    exchange.lose(at=now(), key=key)
    return key


def test_the_operator_sees_what_waits_and_why(here: dict[str, Any]) -> None:
    page, machine = here["operator"]
    unknown, refused = lost(), tell(commitment())
    exchange.send(at=now(), key=refused)
    exchange.reject(
        at=now(), key=refused, code="B105", answer={"reason": "예산 잔액이 부족합니다."}
    )
    said = page.get(LIST).content.decode()
    assert unknown in said
    assert refused not in said
    assert "ReadTimeout: nothing came" in said
    assert refused in page.get(f"{LIST}?shown=rejected").content.decode()
    found = machine.get(f"/api/v1{LIST}?shown=rejected").json()
    bank = next(one for one in found["systems"] if one["id"] == "bank")
    assert (bank["waiting"], bank["unknown"], bank["rejected"], bank["done"]) == (1, 1, 0, 0)
    (row,) = found["messages"]
    assert (row["key"], row["code"], row["reason"]) == (refused, "B105", "예산 잔액이 부족합니다.")


def test_evidence_is_shown_masked_and_kept_whole(here: dict[str, Any]) -> None:
    page, machine = here["operator"]
    key = lost("110-123-456789")
    said = page.get(f"{LIST}/{key}").content.decode()
    (seen,) = machine.get(f"/api/v1{LIST}/{key}").json()["evidence"]
    for text in (said, seen["sent"]):
        assert "********6789" in text
        assert "110123456789" not in text
        assert "박노을" not in text
        assert "**을" in text
    assert b"110123456789" in bytes(held(key).evidence.get().sent)
    assert "박노을".encode("cp949") in bytes(held(key).evidence.get().sent)


@pytest.mark.parametrize("path", [LIST, f"{LIST}/R26PC00000001-1-1"])
def test_nobody_else_sees_it(here: dict[str, Any], path: str) -> None:
    page, machine = here["disbursing_officer"]
    assert page.get(path).status_code == 403
    assert machine.get(f"/api/v1{path}").status_code == 403
    assert machine.get(f"/api/v1{path}").json()["error"]["code"] == "exchange.list.forbidden"
    nobody = Client().get(path)
    assert (nobody.status_code, nobody["Location"]) == (302, f"/sign-in?next={path}")
    assert Client().get(f"/api/v1{path}").status_code == 403


def test_an_unknown_key_is_said_to_be_unknown(here: dict[str, Any]) -> None:
    page, machine = here["operator"]
    assert page.get(f"{LIST}/nothing").status_code == 404
    assert machine.get(f"/api/v1{LIST}/nothing").json()["error"]["code"] == "exchange.unknown"


def test_a_system_without_an_address_is_named(here: dict[str, Any], settings: Any) -> None:
    cards = [link.card for link in switchboard.LINKS.values()]
    page, machine = here["operator"]
    settings.LINKS = [(card, True) for card in cards]
    assert "JANGTEO_LINK_BANK" not in page.get(LIST).content.decode()
    settings.LINKS = [(card, card.id != "bank") for card in cards]
    said = page.get(LIST).content.decode()
    assert "set JANGTEO_LINK_BANK." in said
    assert "JANGTEO_LINK_BUDGET" not in said
    systems = machine.get(f"/api/v1{LIST}").json()["systems"]
    assert {one["id"]: one["reachable"] for one in systems} == {"budget": True, "bank": False}


def test_the_operators_desk_says_which_system_is_silent() -> None:
    of = party("platform", "0000001")
    operator = actor_for(person(of, "operator"), of.pk, at=now())
    bank, told = switchboard.LINKS["bank"].card, now()
    first, second = tell(transfer()), tell(transfer())
    due = told + timedelta(days=5)
    Exchange.objects.filter(key=second).update(due=due)
    day, minute = timedelta(days=1), timedelta(minutes=1)
    assert tasks(operator, told + day - minute) == []
    (task,) = tasks(operator, told + day + minute)
    assert (task.params, task.due, task.url) == ({"system": bank.name, "count": 2}, due, LIST)
    Exchange.objects.filter(key__in=(first, second)).update(answered_at=told)
    assert tasks(operator, told + 9 * day) == []


def test_a_days_silence_is_no_concern_of_others() -> None:
    tell(transfer())
    of = party("agency", "0000002")
    officer = actor_for(person(of, "disbursing_officer"), of.pk, at=now())
    assert tasks_for(officer, now() + timedelta(days=9)) == []
