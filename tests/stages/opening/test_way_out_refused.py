"""The second person refuses a way out of a hold, or it is withdrawn; the hold goes on."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from jangteo.records.account.models import Account, Membership
from jangteo.records.account.queries import Actor, actor_for
from jangteo.records.journal.models import Entry
from jangteo.records.journal.queries import now
from jangteo.records.message.queries import inbox
from jangteo.stages.opening import actions, queries
from jangteo.stages.opening.models import Opening, Result, WayOut
from jangteo.stages.tender.queries import notice
from tests.stages.opening.ceremony import Ceremony
from tests.stages.opening.test_both_calculations import browser, held
from tests.stages.opening.test_doors import Door
from tests.stages.opening.test_way_out import again, approver, aside, ask, hear, read, refused

__all__ = ["held"]
NO = "먼저 계산식을 고쳐야 합니다."
ASKED = "is on hold: decide on what is asked"
SAY = "is on hold: say how it is to go on"


def refuse(made: Ceremony, by: Actor, reason: str = NO, digest: str = "") -> WayOut:
    seen = digest or read(made)
    return actions.refuse_way_out(by=by, at=now(), number=made.number, reason=reason, digest=seen)


def withdraw(made: Ceremony, by: Actor) -> WayOut:
    return actions.withdraw_way_out(by=by, at=now(), number=made.number)


def test_the_second_person_refuses_with_a_reason_and_the_agency_alone_is_told(
    held: Ceremony,
) -> None:
    second, contract, page = approver(held), held.agency.contract, f"/tenders/{held.number}/result"
    ask(held, "set_aside")
    refused("opening.way_out.reason", lambda: refuse(held, second, " "), 422)
    row = refuse(held, second)
    assert (row.ended, row.ended_by, row.answer) == ("refused", second.account_id, NO)
    assert (notice(held.number).status, Opening.objects.get().status) == ("hold", "hold")
    told = Entry.objects.get(kind="opening.refuse_way_out")
    assert told.payload == {"wish": "set_aside", "reason": NO}
    before = len(inbox(held.bidders[0].party.pk))
    hear(held.number, "opening.refuse_way_out")
    said = [one.text for one in inbox(held.notice.buyer_id)]
    assert said.count("“{title}”: the way out of the hold is refused; see why.") == 1
    assert len(inbox(held.bidders[0].party.pk)) == before
    for who in (contract, second):
        shown = browser(who).get(page).content.decode()
        assert NO in shown and "Refused with a reason" in shown
    for stranger in (None, held.bidders[0].actor()):
        assert NO not in browser(stranger).get(page).content.decode()
    assert Door(None, held.number).get("/way-out").json()["past"] == []
    assert SAY in browser(contract).get("/desk").content.decode()
    assert ASKED not in browser(second).get("/desk").content.decode()


def test_after_a_refusal_nothing_is_confirmed_until_another_wish_is_asked(held: Ceremony) -> None:
    second = approver(held)
    ask(held, "again")
    seen = read(held)
    refuse(held, second)
    refused("opening.way_out.nobody", lambda: again(held, second))
    refused("opening.way_out.nobody", lambda: refuse(held, second))
    refused("opening.way_out.nobody", lambda: withdraw(held, held.agency.contract))
    ask(held, "again", reason="고쳤습니다.")
    refused("opening.way_out.not_this", lambda: refuse(held, second, digest=seen))
    refused(
        "opening.way_out.not_this",
        lambda: actions.open_again(by=second, at=now(), number=held.number, digest=seen),
    )
    assert Result.objects.count() == 1, "nothing was computed on a wish that nobody read"
    again(held, second)
    assert [row.ended for row in WayOut.objects.order_by("asked_at")] == ["refused", "confirmed"]
    ways = queries.ways_out(Actor.anyone(), held.number, at=now())
    assert ways is not None
    assert [(row.ended, row.reason) for row in ways.past] == [("confirmed", "고쳤습니다.")]


def test_a_wish_is_withdrawn_by_its_side_and_refused_by_the_other(held: Ceremony) -> None:
    second, contract = approver(held), held.agency.contract
    ask(held, "again")
    ask(held, "set_aside")
    rows = WayOut.objects.order_by("asked_at", "id")
    assert [(row.way, row.ended) for row in rows] == [("again", "withdrawn"), ("set_aside", "")]
    refused("opening.withdraw_way_out.forbidden", lambda: withdraw(held, second), 403)
    refused("opening.refuse_way_out.forbidden", lambda: refuse(held, contract), 403)
    account = Account.objects.get(pk=contract.account_id)
    Membership.objects.create(
        account=account, party_id=held.notice.buyer_id, role="approving_officer", since=now()
    )
    both = actor_for(account, held.notice.buyer_id, at=now())
    refused("opening.way_out.same_person", lambda: refuse(held, both))
    ways = queries.ways_out(both, held.number, at=now())
    assert ways is not None and ways.verbs == {"ask_way_out", "withdraw_way_out"}
    withdraw(held, contract)
    assert [row.ended for row in rows.all()] == ["withdrawn", "withdrawn"]
    refused("opening.way_out.nobody", lambda: aside(held, second))
    assert (notice(held.number).status, Result.objects.count()) == ("hold", 1)


def test_by_page_and_machine(held: Ceremony) -> None:
    second, contract = approver(held), held.agency.contract
    page = f"/tenders/{held.number}"
    ask(held, "again")
    shown = browser(second).get(f"{page}/result").content.decode()
    assert "Refuse with this reason" in shown and "Withdraw what is asked for" not in shown
    own = browser(contract).get(f"{page}/result").content.decode()
    assert "Withdraw what is asked for" in own and "Refuse with this reason" not in own
    seen = {"digest": read(held)}
    assert browser(second).post(f"{page}/way-out/refuse", seen).status_code == 422
    done = browser(second).post(f"{page}/way-out/refuse", seen | {"reason": NO})
    assert (done.status_code, WayOut.objects.get().answer) == (302, NO)
    asked = Door(contract, held.number).post("/way-out", {"way": "again", "reason": "고침"}).json()
    assert asked["verbs"] == ["ask_way_out", "withdraw_way_out"]
    assert [(row["ended"], row["answer"]) for row in asked["past"]] == [("refused", NO)]
    body = {"digest": asked["asked"]["digest"], "reason": "아직입니다."}
    no = Door(second, held.number).post("/way-out/refuse", body).json()
    assert (no["asked"], [row["answer"] for row in no["past"]]) == (None, [NO, "아직입니다."])
    ask(held, "again")
    assert browser(contract).post(f"{page}/way-out/withdraw").status_code == 302
    ask(held, "set_aside")
    back = Door(contract, held.number).post("/way-out/withdraw")
    assert (back.status_code, back.json()["asked"]) == (200, None)
    ended = [row.ended for row in WayOut.objects.order_by("asked_at", "id")]
    assert ended == ["refused", "refused", "withdrawn", "withdrawn"]


def wall(says: str, do: Callable[[], Any]) -> None:
    with pytest.raises(IntegrityError, match=says), transaction.atomic():
        do()


def test_the_database_keeps_a_wish_as_it_was_asked_and_ended(held: Ceremony) -> None:
    second = approver(held)
    row = ask(held, "again")
    one = WayOut.objects.filter(pk=row.pk)
    wall("never deleted", one.delete)
    for changed in ({"reason": "a"}, {"way": "set_aside"}, {"asked_by": second.account_id}):
        wall("as it was asked", lambda changed=changed: one.update(**changed))
    late = {"ended_by": second.account_id, "ended_at": now()}
    wall("refused_with_a_reason", lambda: one.update(ended="refused", **late))
    wall("wayout_ends_once", lambda: one.update(ended="refused", answer="a"))
    wall("outlives the hold", lambda: Opening.objects.update(status="published"))
    same = {"opening": row.opening, "way": "again", "reason": "a", "asked_by": row.asked_by,
            "asked_at": now()}  # fmt: skip
    wall("one_open_way_out", lambda: WayOut.objects.create(**same))
    wall("decided then", lambda: WayOut.objects.create(**same, ended="withdrawn", **late))
    refuse(held, second)
    wall("stays as it is", lambda: one.update(answer="b"))
    wall("stays as it is", lambda: one.update(ended="confirmed", answer=""))
    Opening.objects.update(status="set_aside")
    wall("what cannot be", lambda: WayOut.objects.create(**same))
    assert WayOut.objects.count() == 1
