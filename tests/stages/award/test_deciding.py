"""An award is proposed by one person and confirmed by another; one stands a lot; it can end."""

import hashlib
import itertools
from dataclasses import replace
from fractions import Fraction
from random import Random
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from jangteo.records.account.models import Account, Membership
from jangteo.records.journal.actions import record
from jangteo.records.journal.queries import now
from jangteo.stages.award.actions.deciding import precedence, winner_of
from jangteo.stages.award.models import Annulment, Award, Examination
from jangteo.stages.award.queries import mistakes, tasks_for
from jangteo.stages.award.states import CAUSES
from jangteo.stages.opening.queries import result
from tests.owner import as_owner
from tests.stages.award.opened import (
    AT,
    BUNDLE,
    DAY,
    Opened,
    chairs,
    hear,
    kinds,
    opened,
    read,
    refused,
)

pytestmark = pytest.mark.django_db


def test_two_people_award_and_everybody_learns_why() -> None:
    here = opened()
    here.call()
    here.passed()
    made = here.do("propose", "officer")
    assert (made.status, made.value, made.bundle_hash) == ("pending", 97_908_840, BUNDLE)
    assert here.status() == "opened"
    made = here.do("confirm", "approver", AT + DAY)
    assert (made.status, made.confirmed_at) == ("active", AT + DAY)
    assert made.confirmed_by == here.who("approver").account_id != made.proposed_by
    assert made.contract_due.isoformat() == "2026-12-08T00:00:00+09:00"
    assert here.status() == "awarded"
    assert kinds(here.number)[-3:] == ["award.propose", "award.confirm", "tender.award"]
    hear("award.confirm")
    for who in ("bidder0", "bidder1", "bidder2"):
        assert here.inbox(who) == ["“복지관 지붕 보수공사” is awarded: see why, or why not you."]
    supplier = here.people["bidder0"][1].name
    assert here.why("bidder0") == "The tender is awarded to you with 97908840 won."
    assert here.why("bidder1") == (
        f"You are number 2 in rank. {supplier} was examined before you, passed, and is awarded "
        "with 97908840 won; your bid was 99000000 won."
    )


@pytest.mark.parametrize("regime", ["national", "local"])
def test_a_quotation_is_awarded_without_papers(regime: str) -> None:
    here = chairs(regime=regime)
    here.call()
    here.do("pass_review", "officer", scores={})
    here.do("propose", "officer")
    here.do("confirm", "approver")
    assert (here.status(), Award.objects.get().value) == ("awarded", 41_000_000)
    assert here.page("bidder1").why.law.endswith("시행령 제30조")


def test_nothing_is_proposed_before_a_candidate_has_passed() -> None:
    here = opened()
    refused("award.propose.nobody", lambda: here.do("propose", "officer"), 409)
    here.call()
    refused("award.propose.open", lambda: here.do("propose", "officer"), 409)
    here.submit()
    refused("award.propose.open", lambda: here.do("propose", "officer"), 409)
    assert not Award.objects.exists()


@pytest.mark.parametrize("who", ["approver", "opener", "inspector", "bidder0", "head0"])
def test_only_a_contract_officer_proposes(who: str) -> None:
    here = opened()
    here.call()
    here.passed()
    with pytest.raises(Exception) as caught:
        here.do("propose", who)
    assert caught.value.code in ("award.unknown", "award.propose.forbidden")
    assert not Award.objects.exists()


def test_whoever_proposed_does_not_confirm_whatever_roles_they_hold() -> None:
    here = opened()
    account, buyer = here.people["officer"]
    Membership.objects.create(
        account=Account.objects.get(pk=account.pk), party=buyer, role="approving_officer",
        since=now() - DAY,
    )  # fmt: skip
    here.call()
    here.passed()
    here.do("propose", "officer")
    refused("award.confirm.same_person", lambda: here.do("confirm", "officer"), 409)
    for who in ("opener", "head0", "bidder1"):
        with pytest.raises(Exception) as caught:
            here.do("confirm", who)
        assert caught.value.code in ("award.none", "award.confirm.forbidden"), who
    assert Award.objects.get().status == "pending"
    here.do("confirm", "approver")
    assert Award.objects.get().status == "active"


@pytest.mark.parametrize("verified", ["different", "none"])
def test_without_the_verifiers_word_nothing_is_proposed(verified: str) -> None:
    here = opened(verified=verified)
    here.call()
    here.passed()
    refused("award.propose.not_verified", lambda: here.do("propose", "officer"), 409)


def test_with_other_inputs_than_the_examined_ones_nothing_is_decided() -> None:
    here = opened()
    here.call()
    here.passed()
    Examination.objects.update(bundle_hash="c" * 64)
    refused("award.propose.not_verified", lambda: here.do("propose", "officer"), 409)
    Examination.objects.update(bundle_hash=BUNDLE)
    here.do("propose", "officer")
    with as_owner():
        Award.objects.update(bundle_hash="c" * 64)
    refused("award.propose.not_verified", lambda: here.do("confirm", "approver"), 409)
    assert here.status() == "opened"


def test_what_is_refused_can_be_proposed_again_or_fail() -> None:
    here = opened()
    here.call()
    here.passed()
    here.do("propose", "officer")
    refused("award.propose.exists", lambda: here.do("propose", "officer"), 409)
    refused("award.reason.missing", lambda: here.do("refuse", "approver", reason=""))
    refused("award.refuse.forbidden", lambda: here.do("refuse", "officer", reason="a"), 403)
    refused("award.fail.awarded", lambda: disqualify(here), 409)
    refused("award.fail.awarded", lambda: here.do("withdraw", "head0"), 409)
    made = here.do("refuse", "approver", reason="서류를 다시 보세요.")
    assert (made.status, made.reason) == ("unsuccessful", "서류를 다시 보세요.")
    refused("award.none", lambda: here.do("confirm", "approver"), 404)
    here.do("propose", "officer")
    here.do("refuse", "approver", reason="영업정지 중입니다.")
    disqualify(here)
    assert here.states() == [(1, "failed"), (2, "called")]
    assert here.status() == "opened"


def disqualify(here: Opened) -> None:
    here.do("fail_review", "officer", ground="disqualified", note="영업정지 중입니다.")


@pytest.mark.parametrize("cause", CAUSES)
def test_an_award_is_annulled_with_a_cause_and_the_next_is_called(cause: str) -> None:
    here = opened()
    here.awarded()
    here.do("ask_annulment", "officer", AT, cause=cause, reason="계약을 맺지 않았습니다.")
    assert (Award.objects.get().status, here.status()) == ("active", "awarded")
    assert not Annulment.objects.exists() and here.states() == [(1, "passed")]
    here.do("annul", "approver", AT + DAY)
    made = Annulment.objects.get()
    assert (made.cause, made.reason, made.award.status) == (
        cause, "계약을 맺지 않았습니다.", "cancelled",
    )  # fmt: skip
    assert made.asked_by == here.who("officer").account_id
    assert made.by == here.who("approver").account_id
    assert here.states() == [(1, "passed"), (2, "called")]
    assert here.status() == "opened"
    assert here.why("bidder0").endswith("계약을 맺지 않았습니다.")
    hear("award.annul")
    assert here.inbox("bidder2")[-1] == "The award of “복지관 지붕 보수공사” is annulled; see why."
    here.passed(1)
    here.do("propose", "officer")
    here.do("confirm", "approver")
    assert [row.status for row in Award.objects.order_by("proposed_at", "id")] == [
        "cancelled", "active",
    ]  # fmt: skip


def test_an_annulment_needs_a_cause_a_reason_and_no_contract() -> None:
    here = opened()
    refused("award.none", lambda: ask(here), 404)
    refused("award.none", lambda: here.do("annul", "approver"), 404)
    here.awarded()
    refused("award.annul.cause", lambda: ask(here, cause="weather"))
    refused("award.reason.missing", lambda: ask(here, reason=" "))
    refused("award.annul.nobody", lambda: here.do("annul", "approver"), 409)
    ask(here)
    by = here.who("officer")
    record("contract.draft", "contract:1", by=by, at=AT, tender=here.number)
    refused("award.annul.contract", lambda: ask(here), 409)
    refused("award.annul.contract", lambda: here.do("annul", "approver"), 409)
    record("contract.cancel", "contract:1", by=by, at=AT, tender=here.number)
    here.do("annul", "approver")
    assert Award.objects.get().status == "cancelled"
    refused("award.none", lambda: ask(here), 404)


def ask(here: Opened, who: str = "officer", **given: str) -> None:
    said = {"cause": "not_signed", "reason": "기한이 지났습니다."} | given
    here.do("ask_annulment", who, **said)


def test_one_person_alone_annuls_nothing_whatever_roles_they_hold() -> None:
    here = opened()
    account, buyer = here.people["officer"]
    Membership.objects.create(
        account=Account.objects.get(pk=account.pk), party=buyer, role="approving_officer",
        since=now() - DAY,
    )  # fmt: skip
    here.awarded()
    ask(here)
    refused("award.annul.same_person", lambda: here.do("annul", "officer"), 409)
    assert "annul" not in here.page("officer").verbs
    assert "annul" in here.page("approver").verbs
    ask(here, "approver", cause="formula", reason="하한율 오류")
    refused("award.annul.same_person", lambda: here.do("annul", "approver"), 409)
    for who in ("opener", "head0", "bidder1"):
        for verb, said in (("ask_annulment", {"cause": "gave_up", "reason": "a"}), ("annul", {})):
            with pytest.raises(Exception) as caught:
                here.do(verb, who, **said)
            assert caught.value.code in ("award.none", f"award.{verb}.forbidden"), who
    assert (Award.objects.get().status, mistakes().none) == ("active", True), "asked is not done"
    here.do("annul", "officer")
    assert Annulment.objects.get().cause == "formula", "the last wish counts"
    assert mistakes().counts["formula"][1] == 1
    assert kinds(here.number)[-5:-2] == ["award.ask_annulment", "award.ask_annulment",
                                         "award.annul"]  # fmt: skip


def test_nobody_confirms_an_annulment_that_was_not_read() -> None:
    here = opened()
    here.awarded()
    ask(here)
    seen = read(here.number, "annul")
    ask(here, cause="formula", reason="하한율 오류")
    for digest in (seen, ""):
        refused("award.annul.not_this",
                lambda digest=digest: here.do("annul", "approver", digest=digest), 409)  # fmt: skip
    assert (Award.objects.get().status, Annulment.objects.count()) == ("active", 0)
    assert "award.annul" not in kinds(here.number)
    here.do("annul", "approver", digest=read(here.number, "annul"))
    assert Annulment.objects.get().cause == "formula"


def test_desk_and_page_lead_two_people_through_an_annulment() -> None:
    here = opened()
    here.awarded()
    url, said = f"/tenders/{here.number}/award", {"cause": "data_entry", "reason": "면적 오류"}
    officer, approver = here.client("officer"), here.client("approver")
    assert officer.post(f"{url}/annulment", {"cause": "", "reason": ""}).status_code == 422
    assert officer.post(f"{url}/annulment", said).status_code == 302
    title = "Confirm the annulment of the award of “{title}”"
    desks = [[(one.title, one.who) for one in tasks_for(here.who(who), AT)]
             for who in ("officer", "approver")]  # fmt: skip
    assert desks == [[(title, "approving_officer")], [(title, "")]]
    assert "Confirm: annul the award" not in officer.get(url).content.decode()
    shown = approver.get(url).content.decode()
    assert "Confirm: annul the award" in shown and "면적 오류" in shown
    for who in ("bidder0", ""):
        assert "면적 오류" not in here.client(who).get(url).content.decode()
    assert officer.post(f"{url}/annul").status_code == 403
    assert approver.post(f"{url}/annul").status_code == 409
    seen = {"digest": read(here.number, "annul")}
    assert f'value="{seen["digest"]}"' in shown
    assert approver.post(f"{url}/annul", seen).status_code == 302
    assert Award.objects.get().status == "cancelled"
    assert "면적 오류" in here.client("bidder0").get(url).content.decode()
    assert tasks_for(here.who("approver"), AT)[0].title != title


def test_of_two_equal_bids_the_higher_score_wins_and_the_other_learns_it() -> None:
    here = opened((97_908_840, 97_908_840), ranks=(1, 1))
    here.call()
    here.passed(0, finance="9")
    here.passed(1, finance="9.5")
    here.do("propose", "officer")
    here.do("confirm", "approver")
    winner = here.people["bidder1"][1]
    assert Award.objects.get().supplier == winner
    assert here.why("bidder0") == (
        f"You passed. {winner.name} bid the same and comes before you by its higher score or, "
        "where that is the same too, by lot."
    )
    here.annul()
    here.do("propose", "officer")
    assert Award.objects.get(status="pending").supplier == here.people["bidder0"][1]


def test_of_two_equal_scores_a_lot_decides_that_anybody_can_repeat() -> None:
    here = opened((97_908_840, 97_908_840), ranks=(1, 1))
    here.call()
    here.passed(0)
    here.passed(1)
    rows, found = list(Examination.objects.all()), result(here.number)
    assert {winner_of(order, found).pk for order in itertools.permutations(rows)} == {
        winner_of(rows, found).pk
    }
    drawn = {bid.tiebreak: bid.supplier_id for bid in found.bids}
    assert len(drawn) == 2
    assert here.do("propose", "officer").supplier_id == drawn[min(drawn)]


def test_openings_from_before_bids_drew_numbers_keep_the_lot_they_had() -> None:
    here = opened((97_908_840, 97_908_840), ranks=(1, 1))
    here.call()
    here.passed(0)
    here.passed(1)
    rows, found = list(Examination.objects.all()), result(here.number)
    old = replace(found, bids=tuple(replace(bid, tiebreak="") for bid in found.bids))
    lots = {hashlib.sha256(f"{BUNDLE}:{row.supplier_id}".encode()).hexdigest(): row for row in rows}
    assert winner_of(rows, old) == lots[min(lots)]


@given(
    st.lists(
        st.tuples(
            st.integers(1, 3), st.sampled_from(["95", "95.5", "100", "", "9.999"]),
            st.integers(0, 9).map(str),
        ),
        min_size=1, max_size=6, unique_by=lambda row: row[2],
    ),
    st.randoms(),
)  # fmt: skip
def test_the_winner_bid_least_and_then_scored_highest(rows: list[Any], chance: Random) -> None:
    def first() -> Any:
        return min(rows, key=lambda row: precedence(*row))

    found = first()
    least = [row for row in rows if row[0] == min(row[0] for row in rows)]
    assert found in least
    highest = max(Fraction(row[1] or 0) for row in least)
    best = [row for row in least if Fraction(row[1] or 0) == highest]
    assert found in best
    assert found[2] == min(row[2] for row in best)
    chance.shuffle(rows)
    assert first() == found


def test_the_database_keeps_one_live_award_by_two_people() -> None:
    here = opened()
    here.awarded()
    names = [field.column for field in Award._meta.concrete_fields if field.column != "id"]
    table = "jangteo_award_award"
    copy = f"insert into {table} (id, {', '.join(names)}) select gen_random_uuid(), "
    assert "one_live_award_a_lot" in wall(f"{copy} {', '.join(names)} from {table}")
    pending = ", ".join("'pending'" if name == "status" else name for name in names)
    assert "one_live_award_a_lot" in wall(f"{copy} {pending} from {table}")
    assert "award_by_two_people" in wall(f"update {table} set confirmed_by = proposed_by")
    assert "active_award_confirmed" in wall(f"update {table} set confirmed_by = null")
    assert "award_value_positive" in wall(f"update {table} set value = 0")
    names = [field.column for field in Examination._meta.concrete_fields if field.column != "id"]
    table = "jangteo_award_examination"
    same = ", ".join(names)
    again = f"insert into {table} (id, {same}) select gen_random_uuid(), {same} from {table}"
    assert "one_examination_a_candidate" in wall(again)


def wall(sql: str) -> str:
    """What the database says when it refuses this."""
    caught_here = pytest.raises(IntegrityError)
    with caught_here as caught, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    return str(caught.value)
