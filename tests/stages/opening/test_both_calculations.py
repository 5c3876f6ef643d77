"""A verifier that computes otherwise: hold, both calculations side by side, and no award."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as configured
from django.test import Client

from jangteo.records.account.models import Account
from jangteo.records.account.queries import Actor
from jangteo.stages.opening import queries
from jangteo.stages.opening.models import OpenedBid, Result
from jangteo.stages.tender.queries import notice
from tests.stages.opening.ceremony import Ceremony
from tests.stages.opening.examples import ONE, ONE_RATES
from tests.stages.opening.test_doors import Door

Begin = Callable[..., Ceremony]
#: the formula of the floor price in the verifier, and another that forgets to round up
FORMULA = "price = ceil((self.reserve - self.a_value) * number(rate) / 100 + self.a_value)"
WRONG = FORMULA.replace("ceil", "floor") + " - 1_000_000"
RESERVE, FLOOR = 141_804_150, 127_262_135
#: the first lies between the wrong floor and the right one
BIDS = [(126_500_000, (5, 7)), (130_000_000, (5, 7)), (131_000_000, (11, 3))]


def doctored(folder: Path) -> Path:
    """A root whose verifier is the real one but for one formula."""
    source = (Path(configured.ROOT) / "verifier" / "jangteo_verify.py").read_text()
    assert source.count(FORMULA) == 1
    (folder / "verifier").mkdir(parents=True)
    (folder / "verifier" / "jangteo_verify.py").write_text(source.replace(FORMULA, WRONG))
    return folder


@pytest.fixture
def held(begin: Begin, tmp_path: Path, settings: Any) -> Ceremony:
    """An opening on hold: the verifier's file has another formula for the floor."""
    made = begin(rates=ONE_RATES, **ONE)
    made.receive_all(BIDS)
    root = configured.ROOT
    settings.ROOT = doctored(tmp_path / "doctored")
    made.open()
    settings.ROOT = root
    return made


def browser(who: Actor | None, language: str = "en") -> Client:
    made = Client(headers={"accept-language": language})
    if who is not None:
        made.force_login(Account.objects.get(pk=who.account_id))
    return made


def test_the_figures_that_differ_stand_side_by_side(held: Ceremony) -> None:
    found = queries.calculations(held.agency.contract, held.number)
    assert (found.outcome, found.verified, found.attempt) == ("hold", "different", 0)
    rows = {row.place: row for row in found.rows}
    assert [row.place for row in found.rows if row.same] == [
        "drawn", "reserve_price", "net_cost_line", "outcome.outcome", "outcome.code",
    ]  # fmt: skip
    floor = rows["floor_price"]
    assert (floor.check, floor.ours.kind, floor.ours.value) == ("V15", "won", FLOOR)
    assert floor.theirs.value == FLOOR - 1_000_001
    low = held.bidders[0].party.name
    ranks = {row.params["name"]: row for row in found.rows if row.label == "Rank of {name}"}
    assert (ranks[low].ours.value, ranks[low].theirs.value) == (0, 1)
    assert {row.check for row in ranks.values()} == {"V16"}
    assert len(ranks) == 3
    states = {one.code: one.state for one in found.checks}
    assert [code for code, state in states.items() if state == "different"] == ["V15", "V16"]
    assert states["V14"] == "same"


def test_the_report_is_kept_and_nothing_of_the_result_is(held: Ceremony) -> None:
    known = Result.objects.get()
    assert known.report["result"] == "different"
    assert known.report["sha256"] == known.bundle_hash
    assert (known.reserve_price, known.floor_price, OpenedBid.objects.count()) == (None, None, 0)
    assert notice(held.number).status == "hold"


def test_insiders_see_both_on_the_result_page_and_nobody_else_does(held: Ceremony) -> None:
    page = f"/tenders/{held.number}/result"
    for who in (held.agency.contract, held.agency.opening):
        shown = browser(who).get(page).content.decode()
        assert "Both calculations" in shown
        assert "127,262,135" in shown and "126,262,134" in shown
        assert f"Rank of {held.bidders[0].party.name}" in shown
    korean = browser(held.agency.contract, "ko").get(page).content.decode()
    assert "두 계산" in korean and "127,262,135" in korean
    for other in (None, held.bidders[0].actor()):
        hidden = browser(other).get(page).content.decode()
        assert "on hold" in hidden
        assert "127,262,135" not in hidden and "Both calculations" not in hidden


def test_machines_of_insiders_read_both_and_others_are_refused(held: Ceremony) -> None:
    told = Door(held.agency.contract, held.number).get("/calculations").json()
    assert (told["verified"], told["program"] != "") == ("different", True)
    (floor,) = [row for row in told["figures"] if row["place"] == "floor_price"]
    assert floor == {"check": "V15", "place": "floor_price", "text": "낙찰하한가", "same": False,
                     "ours": "127262135", "theirs": "126262134"}  # fmt: skip
    for other in (None, held.bidders[0].actor()):
        no = Door(other, held.number).get("/calculations")
        assert (no.status_code, no.json()["error"]["code"]) == (403, "opening.calculations.hold")


def test_both_calculations_of_a_published_result_are_public_and_equal(begin: Begin) -> None:
    made = begin(rates=ONE_RATES, **ONE)
    made.receive_all(BIDS)
    made.open()
    told = Door(None, made.number).get("/calculations").json()
    assert (told["outcome"], told["verified"]) == ("published", "same")
    assert {row["same"] for row in told["figures"]} == {True}
    assert [row["place"] for row in told["figures"]] == [
        "drawn", "reserve_price", "floor_price", "net_cost_line", "outcome.outcome",
        "outcome.code",
    ]  # fmt: skip
    assert (
        "Both calculations"
        not in browser(made.agency.contract).get(f"/tenders/{made.number}/result").content.decode()
    )


def test_everybody_sees_that_it_is_on_hold_and_not_the_figures(held: Ceremony) -> None:
    (row,) = Client().get("/api/v1/operations/holds").json()
    assert (row["number"], row["code"]) == (held.number, "opening.hold.verifier")
    shown = browser(None).get("/operations").content.decode()
    assert held.notice.title in shown and "came to another answer" in shown
    assert "127,262,135" not in shown
