"""Two people end a hold: the same inputs computed again, or the opening set aside."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as configured
from django.db import IntegrityError, connection, transaction

from jangteo.config import timetable
from jangteo.ground.errors import Refusal
from jangteo.records.account.models import Account, Membership
from jangteo.records.account.queries import Actor, actor_for
from jangteo.records.journal.models import Entry
from jangteo.records.journal.queries import fact_of, now
from jangteo.records.message.queries import inbox
from jangteo.records.party.models import Party
from jangteo.records.wish.queries import digest_of
from jangteo.stages.award import actions as award
from jangteo.stages.award.models import Award, Examination
from jangteo.stages.award.queries import examinations
from jangteo.stages.opening import actions, queries
from jangteo.stages.opening.models import OpenedBid, Opening, Result, WayOut
from jangteo.stages.tender.queries import notice
from tests.market import person
from tests.stages.opening.ceremony import Ceremony
from tests.stages.opening.test_both_calculations import FLOOR, browser, doctored, held
from tests.stages.opening.test_doors import Door
from tests.stages.opening.test_no_dead_end import differing

__all__ = ["held"]

REASON = "검증 프로그램의 하한가 계산식을 고쳤습니다."


def approver(made: Ceremony) -> Actor:
    """An approving officer of the agency."""
    party = Party.objects.get(pk=made.notice.buyer_id)
    return actor_for(person(party, "approving_officer"), party.pk, at=now())


def ask(made: Ceremony, way: str, who: Actor | None = None, reason: str = REASON) -> Any:
    return actions.ask_way_out(
        by=who or made.agency.contract, at=now(), number=made.number, way=way, reason=reason
    )


def read(made: Ceremony) -> str:
    """The digest of what is asked and open; "" if nothing is."""
    found = WayOut.objects.filter(opening__tender_number=made.number, ended="").first()
    return digest_of(found) if found else ""


def again(made: Ceremony, by: Actor) -> Result:
    return actions.open_again(by=by, at=now(), number=made.number, digest=read(made))


def aside(made: Ceremony, by: Actor) -> Opening:
    return actions.set_aside(by=by, at=now(), number=made.number, digest=read(made))


def refused(code: str, do: Any, status: int = 409) -> None:
    with pytest.raises(Refusal) as caught:
        do()
    assert (caught.value.code, caught.value.status) == (code, status)


def hear(number: str, kind: str) -> None:
    for entry in Entry.objects.filter(tender=number, kind=kind):
        for listener in timetable.LISTENERS[kind]:
            listener(fact_of(entry))


def test_the_mended_engine_computes_again_from_the_same_inputs(held: Ceremony) -> None:
    second = approver(held)
    before = Result.objects.get()
    ask(held, "again")
    again(held, second)
    found = queries.result(held.number)
    assert (found.outcome, found.verified, found.floor_price) == ("published", "same", FLOOR)
    assert [bid.amount for bid in found.ranked] == [130_000_000, 131_000_000]
    assert (notice(held.number).status, Opening.objects.get().status) == ("opened", "published")
    first, then = Result.objects.order_by("attempt")
    assert (first.pk, first.outcome, first.attempt) == (before.pk, "hold", 0)
    assert (then.attempt, then.report["result"]) == (1, "same")
    one, other = (json.loads(bytes(row.bundle)) for row in (first, then))
    for part in ("notice", "keys", "seeds", "envelopes", "exclusions", "request", "releases"):
        assert one[part] == other[part], part
    assert one["drawn"] == other["drawn"]
    assert differing(bytes(then.bundle)) == []
    hear(held.number, "opening.publish")
    assert [row.rank for row in examinations(held.number)] == [1]
    assert queries.ways_out(Actor.anyone(), held.number, at=now()).past[0].reason == REASON


def test_an_engine_that_still_differs_leaves_it_on_hold(
    held: Ceremony, tmp_path: Path, settings: Any
) -> None:
    second = approver(held)
    ask(held, "again")
    root = configured.ROOT
    settings.ROOT = doctored(tmp_path / "still")
    again(held, second)
    settings.ROOT = root
    assert [row.verified for row in Result.objects.order_by("attempt")] == ["different"] * 2
    assert (notice(held.number).status, OpenedBid.objects.count()) == ("hold", 0)
    assert queries.calculations(held.agency.contract, held.number).attempt == 1
    ask(held, "again")
    again(held, second)
    assert queries.result(held.number).outcome == "published"


def test_other_inputs_are_refused_and_nothing_is_written(held: Ceremony) -> None:
    second = approver(held)
    ask(held, "again")
    with connection.cursor() as cursor:  # as whoever owns the tables could
        cursor.execute("set constraints all immediate")
        cursor.execute("alter table jangteo_bid_sealedbid disable trigger user")
        cursor.execute("update jangteo_bid_sealedbid set agent_key = agent_key || 'x'")
    refused(
        "opening.way_out.inputs",
        lambda: again(held, second),
    )
    assert (Result.objects.count(), notice(held.number).status) == (1, "hold")
    assert WayOut.objects.get().ended == ""


def test_set_aside_cancels_the_tender_and_tells_the_bidders(held: Ceremony) -> None:
    second = approver(held)
    ask(held, "set_aside", reason="면적을 잘못 공고했습니다.")
    refused("opening.way_out.nobody", lambda: again(held, second))
    aside(held, second)
    assert (notice(held.number).status, Opening.objects.get().status) == ("cancelled", "set_aside")
    hear(held.number, "opening.set_aside")
    told = [m.text for m in inbox(held.bidders[0].party.pk)]
    assert any("is set aside; the tender is cancelled" in text for text in told)
    page = browser(None).get(f"/tenders/{held.number}/result").content.decode()
    assert "면적을 잘못 공고했습니다." in page and "127,262,135" not in page
    refused("opening.ask_way_out.not_now", lambda: ask(held, "again"))
    refused("opening.way_out.nobody", lambda: again(held, second))
    assert (Result.objects.count(), OpenedBid.objects.count()) == (1, 0)


def test_one_person_alone_ends_no_hold(held: Ceremony) -> None:
    account = Account.objects.get(pk=held.agency.contract.account_id)
    Membership.objects.create(
        account=account, party_id=held.notice.buyer_id, role="approving_officer", since=now()
    )
    both = actor_for(account, held.notice.buyer_id, at=now())
    refused("opening.way_out.nobody", lambda: again(held, both))
    ask(held, "again", both)
    refused("opening.way_out.same_person", lambda: again(held, both))
    ask(held, "set_aside", both)
    refused(
        "opening.way_out.same_person",
        lambda: aside(held, both),
    )
    for other in (held.agency.opening, held.bidders[0].actor(), Actor.anyone()):
        refused("opening.open_again.forbidden", lambda by=other: again(held, by), 403)
        refused("opening.ask_way_out.forbidden", lambda by=other: ask(held, "again", by), 403)
    refused("opening.way_out.way", lambda: ask(held, "publish"), 422)
    refused("opening.way_out.reason", lambda: ask(held, "again", reason=" "), 422)
    wish = WayOut.objects.get(ended="")
    with pytest.raises(IntegrityError, match="wayout_by_two_people"), transaction.atomic():
        WayOut.objects.filter(pk=wish.pk).update(
            ended="confirmed", ended_by=wish.asked_by, ended_at=now()
        )
    assert (Result.objects.count(), notice(held.number).status) == (1, "hold")


def test_no_award_is_possible_on_hold_by_action_page_machine_or_sql(held: Ceremony) -> None:
    second, number = approver(held), held.number
    contract = held.agency.contract
    refused("award.unknown", lambda: award.call_next(by=contract, at=now(), number=number), 404)
    refused("award.unknown", lambda: award.propose(by=contract, at=now(), number=number), 404)
    refused("award.none", lambda: award.confirm(by=second, at=now(), number=number), 404)
    assert browser(contract).post(f"/tenders/{number}/award/propose").status_code == 404
    assert browser(second).post(f"/tenders/{number}/award/confirm").status_code == 404
    assert browser(contract).get(f"/tenders/{number}/award").status_code == 404
    assert Door(contract, number).post("/award/propose").status_code == 404
    assert Door(second, number).post("/award/confirm").status_code == 404
    assert not (Award.objects.exists() or Examination.objects.exists())
    with pytest.raises(IntegrityError, match="no award"), transaction.atomic():
        by_hand(held)
    assert not Award.objects.exists()


def by_hand(made: Ceremony) -> None:
    """An award and its examination written straight into the tables, two equal results and all."""
    sides = {
        "tender_id": made.notice.tender_id, "tender_number": made.number,
        "buyer_id": made.notice.buyer_id, "supplier": made.bidders[1].party,
        "bundle_hash": Result.objects.get().bundle_hash,
    }  # fmt: skip
    seen = Examination.objects.create(
        **sides, status="passed", rank=1, amount=130_000_000, called_at=now()
    )
    Award.objects.create(
        **sides, examination=seen, status="pending", value=130_000_000, found_by_rules="1" * 64,
        found_by_verifier="1" * 64, proposed_by=made.agency.contract.account_id, proposed_at=now(),
    )  # fmt: skip


def test_the_way_out_by_page_and_machine(held: Ceremony) -> None:
    second, page = approver(held), f"/tenders/{held.number}"
    shown = browser(held.agency.contract).get(f"{page}/result").content.decode()
    assert "How the hold ends" in shown and "Set the opening aside" in shown
    desk = browser(held.agency.contract).get("/desk").content.decode()
    assert "is on hold: say how it is to go on" in desk
    empty = browser(held.agency.contract).post(f"{page}/way-out/ask", {"way": "", "reason": ""})
    assert empty.status_code == 422
    asked = Door(held.agency.contract, held.number).post(
        "/way-out", {"way": "again", "reason": REASON}
    )
    assert (asked.status_code, asked.json()["asked"]["reason"]) == (200, REASON)
    assert "is on hold: decide on what is asked" in browser(second).get("/desk").content.decode()
    told = Door(second, held.number).get("/way-out").json()
    assert told["verbs"] == ["open_again", "refuse_way_out"]
    assert told["ways"] == ["again", "set_aside"]
    assert Door(None, held.number).get("/way-out").json() == {
        "number": held.number, "verbs": [], "ways": [], "asked": None, "past": [],
    }  # fmt: skip
    assert "Confirm: compute again" in browser(second).get(f"{page}/result").content.decode()
    no = browser(held.agency.contract).post(f"{page}/way-out/again")
    assert no.status_code == 403 and "You may not do this here." in no.content.decode()
    unread = browser(second).post(f"{page}/way-out/again")
    assert unread.status_code == 409 and "it was changed since" in unread.content.decode()
    done = browser(second).post(f"{page}/way-out/again", {"digest": told["asked"]["digest"]})
    assert (done.status_code, done["Location"]) == (302, f"{page}/result")
    after = browser(None, "ko").get(f"{page}/result").content.decode()
    assert "보류를 끝낸 방법" in after and REASON in after and "127,262,135" in after
    assert Door(None, held.number).get("/result").json()["verified"] == "same"
