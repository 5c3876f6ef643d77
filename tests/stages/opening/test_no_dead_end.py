"""Whatever is found late, an opening comes to an end: published, failed, or on hold with why."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings as configured
from django.db import connection
from django.test import Client
from django.utils.translation import override

import jangteo_verify
from jangteo.ground.errors import N_, Refusal
from jangteo.records.account.models import Account
from jangteo.records.account.queries import Actor
from jangteo.records.journal.queries import history, now
from jangteo.records.vault.models import ReleaseRefusal
from jangteo.records.vault.statements import share_check_text
from jangteo.stages.bid.models import SealedBid, ShareCheck
from jangteo.stages.opening import actions, queries
from jangteo.stages.opening.actions import holding
from jangteo.stages.opening.models import (
    Exclusion,
    OpenedBid,
    Opening,
    PreliminaryPrice,
    Result,
    WayOut,
)
from jangteo.stages.tender.queries import notice
from jangteo.ui.sentences import refusal_text
from tests.market import Bidder
from tests.stages.opening.ceremony import Ceremony, custodian
from tests.stages.opening.test_findings import change_commitment

Begin = Callable[..., Ceremony]
BIDS = [(308_000_000 + n, (n % 14 + 1, 15)) for n in range(5)]


def late_no(who: Bidder) -> None:
    """The audit custodian checks its share late and signs that it is unsound."""
    row = SealedBid.objects.get(supplier=who.party)
    with connection.cursor() as cursor:
        cursor.execute("delete from jangteo_bid_sharecheck where bid_id = %s", [row.pk])
    said = share_check_text(
        envelope_hash=bytes(row.hash).hex(), custodian="audit", sound=False, reason="V04"
    )
    ShareCheck.objects.create(
        bid=row, custodian="audit", sound=False, reason="V04",
        signature=custodian("audit").sign(said), at=now(),
    )  # fmt: skip


def bundle_of(made: Ceremony) -> bytes:
    return queries.bundle(made.agency.opening, made.number)[0]


def differing(data: bytes) -> list[str]:
    checks = jangteo_verify.Verifier(data).run()
    return [f"V{one.number}" for one in checks if one.differences]


def test_a_bid_excluded_and_then_found_unsound_counts_once(begin: Begin) -> None:
    made = begin()
    who = made.receive_all(BIDS[:3])
    made.forward(made.notice.deadline)
    actions.prepare(by=made.agency.opening, at=now(), number=made.number)
    made.exclude(who[0])
    late_no(who[0])
    made.forward(made.notice.opening_at)
    state = queries.opening_state(made.agency.opening, made.number, at=now())
    assert (state.count, state.standing, state.exclusions) == (2, 2, ())
    made.ask()
    made.custodians()
    made.hold()
    found = queries.result(made.number)
    assert (found.outcome, found.verified, found.exclusions) == ("published", "same", ())
    assert len(found.ranked) == 2
    assert json.loads(bundle_of(made))["exclusions"] == []
    assert Exclusion.objects.count() == 1
    closed = next(f for f in history(tender=made.number) if f.kind == "opening.close_set")
    assert closed.payload["excluded"] == 0


def test_a_set_that_changes_before_the_signatures_goes_on_hold(begin: Begin) -> None:
    made = begin()
    who = made.receive_all(BIDS[:3])
    made.prepare()
    made.exclude(who[0])
    made.close()
    with connection.cursor() as cursor:  # as whoever owns the tables could
        cursor.execute("set constraints all immediate")
        cursor.execute("alter table jangteo_bid_sharecheck disable trigger user")
    late_no(who[1])
    state = queries.opening_state(made.agency.opening, made.number, at=now())
    assert (state.changed, queries.panel(state, at=now())) == (True, "changed")
    assert "hold" in state.may
    made.hold()
    found = queries.result(made.number)
    assert (found.outcome, found.code) == ("hold", "opening.hold.set_changed")
    assert notice(made.number).status == "hold"
    assert OpenedBid.objects.count() == 0
    ways = queries.ways_out(made.agency.contract, made.number, at=now())
    assert ways is not None and ways.ways == ("set_aside",)
    account = Account.objects.get(pk=made.agency.contract.account_id)
    browser, page = Client(headers={"accept-language": "en"}), f"/tenders/{made.number}"
    browser.force_login(account)
    shown = browser.get(f"{page}/result").content.decode()
    assert 'value="set_aside"' in shown and 'value="again"' not in shown
    asked = {"way": "again", "reason": "다시"}
    assert browser.post(f"{page}/way-out/ask", asked).status_code == 422
    assert not WayOut.objects.exists()
    asked["way"] = "set_aside"
    assert browser.post(f"{page}/way-out/ask", asked).status_code == 302


@pytest.mark.parametrize(
    "script",
    [
        "import sys; sys.exit(2)",
        "import sys; sys.exit(3)",
        "raise RuntimeError('broken')",
        "import os; os.abort()",
        "import sys; sys.exit(0)",
        None,
    ],
    ids=["unreadable", "other", "crash", "killed", "silent", "missing"],
)
def test_a_verifier_without_an_answer_holds_nothing_up_for_ever(
    begin: Begin, tmp_path: Path, settings: object, script: str | None
) -> None:
    made = begin()
    made.receive_all(BIDS)
    made.prepare()
    made.ask()
    made.custodians()
    (tmp_path / "verifier").mkdir()
    if script is not None:
        (tmp_path / "verifier" / "jangteo_verify.py").write_text(script)
    root = configured.ROOT
    settings.ROOT = tmp_path  # type: ignore[attr-defined]
    with pytest.raises(Refusal) as caught:
        made.hold()
    assert (caught.value.code, caught.value.status) == ("opening.hold_opening.not_verified", 503)
    counted = (Result.objects.count(), OpenedBid.objects.count(), PreliminaryPrice.objects.count())
    assert counted == (0, 0, 0)
    assert Opening.objects.get().status == "requested"
    assert notice(made.number).status == "active"
    settings.ROOT = root  # type: ignore[attr-defined]
    made.hold()
    found = queries.result(made.number)
    assert (found.outcome, found.verified) == ("published", "same")


def test_a_rule_that_gives_no_figure_puts_it_on_hold_with_its_words(
    begin: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = begin()
    made.receive_all(BIDS)

    def no(*_: object) -> None:
        text = N_("The A value {a_value:,} is not below the reserve price {reserve:,}.")
        raise Refusal("price.floor.a_value_too_large", text, law="제42조", a_value=2, reserve=1)

    monkeypatch.setattr(holding, "find", no)
    made.open()
    found = queries.result(made.number)
    assert (found.outcome, found.code) == ("hold", "price.floor.a_value_too_large")
    assert (found.law, found.bids, found.prices) == ("제42조", (), ())
    (why,) = found.steps["outcome"]
    assert (why["code"], why["params"]) == (found.code, {"a_value": 2, "reserve": 1})
    assert (OpenedBid.objects.count(), notice(made.number).status) == (0, "hold")
    whole = json.loads(bundle_of(made))
    assert (len(whole["opened"]), len(whole["releases"])) == (5, 2)
    assert "prices" not in whole
    assert differing(bundle_of(made)) == []
    assert made.hold().code == found.code


def test_a_bundle_on_hold_for_a_seed_holds_what_shows_it(begin: Begin) -> None:
    made = begin()
    made.receive_all(BIDS)
    change_commitment(made)
    made.open()
    whole = json.loads(bundle_of(made))
    assert whole["outcome"]["code"] == "opening.hold.seed"
    assert {row["custodian"] for row in whole["releases"]} == {"platform", "audit"}
    assert [row["amount"] for row in whole["opened"] if "amount" in row]
    assert differing(bundle_of(made)) == []
    with pytest.raises(Refusal):
        queries.bundle(Actor.anyone(), made.number)


def test_why_a_custodian_refused_is_said_in_words(begin: Begin) -> None:
    made = begin()
    made.receive_all(BIDS)
    made.prepare()
    made.ask()
    ReleaseRefusal.objects.create(
        scope=made.notice.scope, custodian="platform", code="root_differs", at=now()
    )
    with pytest.raises(Refusal) as caught:
        made.hold()
    assert caught.value.code == "opening.hold_opening.keys_missing"
    with override("ko"):
        said = refusal_text(caught.value)
    assert "root_differs" not in said
    assert "Custodian" not in said
    assert "플랫폼" in said
