"""A notice from the first word to its publication."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from jangteo.ground.errors import Refusal, Refusals
from jangteo.records.account.queries import Actor
from jangteo.records.journal.actions import record
from jangteo.records.journal.models import Entry
from jangteo.records.vault import queries as vault
from jangteo.records.vault.seal import fresh_signing_key, sealer_hash
from jangteo.stages.tender import actions, queries
from jangteo.stages.tender.models import NoticeVersion, Tender
from tests.stages.tender.agency import DEADLINE, POSTED, Agency, kst, refused

pytestmark = pytest.mark.django_db


def gate() -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select number, lot, round, version, bidding_from, deadline, opening_at, keys_hash,"
            " buyer_id from jangteo_tender_gate"
        )
        return list(cursor.fetchall())


def test_a_published_notice_says_what_the_law_asks(agency: Agency) -> None:
    row = agency.publish()
    assert row.status == "active"
    assert (row.version, row.in_force, row.full_number) == (0, True, f"{row.number}-000")
    assert row.rule_day == POSTED.date()
    assert (row.range_low, row.range_high) == ("-2", "2")
    assert (row.price_unit, row.price_rounding) == (100, "up")
    assert (row.mean_of, row.mean_rounding) == ("displayed", "up")
    assert row.floor_rate == "89.745"
    assert row.opening_at == DEADLINE + timedelta(hours=1)
    assert set(row.rules) == {
        "price/range", "price/unit", "price/rounding", "price/mean_of", "price/mean_rounding",
        "price/floor_rate", "price/strata",
    }  # fmt: skip
    assert row.scope == f"{row.number}/1/0/000/0"
    assert row.keys == vault.keys_statement(row.scope).text
    assert row.sealer_hash == sealer_hash()
    assert not queries.tender_for(agency.contract, row.number).draft


def test_the_gate_holds_exactly_the_version_in_force(agency: Agency) -> None:
    assert gate() == []
    agency.draft()
    assert gate() == []
    row = agency.publish()
    first = (
        row.number, "1", 0, 0, row.bidding_from, row.deadline, row.opening_at, row.keys_hash,
        row.buyer_id,
    )  # fmt: skip
    assert gate() == [first]
    later = agency.correct(row.number, at=kst(3, 9), deadline=kst(14, 10))
    assert gate() == [
        (
            row.number, "1", 0, 1, later.bidding_from, kst(14, 10), kst(14, 11), later.keys_hash,
            row.buyer_id,
        )
    ]  # fmt: skip
    assert later.keys_hash != row.keys_hash
    actions.cancel(by=agency.contract, at=kst(4, 9), number=row.number, reason="예산 변경")
    assert gate() == []


def test_the_journal_promises_keys_seeds_and_sealer(agency: Agency) -> None:
    row = agency.publish()
    fact = Entry.objects.get(kind="tender.publish", tender=row.number)
    said = fact.payload
    assert said["keys_hash"] == row.keys_hash
    assert said["sealer_hash"] == sealer_hash()
    assert said["seed_commitments"] == vault.custody_state(row.scope).seeds
    assert set(said["seed_commitments"]) == {"agency", "platform"}
    assert said["rule_day"] == "2026-12-01"
    assert said["deadline"] == "2026-12-09T10:00:00+09:00"
    assert fact.actor_id == agency.contract.account_id
    assert "seed" not in said
    assert fact.law == "국가계약법 시행령 제35조, 지방계약법 시행령 제35조"


def test_a_published_version_can_be_neither_changed_nor_removed(agency: Agency) -> None:
    row = agency.publish()
    rows = NoticeVersion.objects.filter(tender_id=row.tender_id)
    for change in (lambda: rows.update(title="x"), rows.delete):
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            change()
    assert queries.notice(row.number).title == "복지관 지붕 보수공사"


def test_what_is_missing_is_named_all_at_once(agency: Agency) -> None:
    tender = actions.draft_tender(by=agency.contract, at=POSTED)
    with pytest.raises(Refusals) as refusals:
        actions.ask_for_keys(by=agency.contract, at=POSTED, number=tender.number)
    fields = {one.field for one in refusals.value.refusals if one.code == "tender.incomplete"}
    assert fields == {
        "title", "site", "base_amount", "estimated_price", "a_value", "bidding_from", "deadline",
    }  # fmt: skip
    assert vault.custody_state(f"{tender.number}/1/0/000/0").deadline is None


def test_nothing_is_published_without_all_keys_and_seeds(agency: Agency) -> None:
    number = agency.draft()
    agency.care(number)

    def codes() -> list[str]:
        with pytest.raises(Refusals) as refusals:
            actions.publish(by=agency.contract, at=POSTED, number=number)
        return [one.code for one in refusals.value.refusals]

    assert codes() == ["tender.keys.not_asked"]
    asked = actions.ask_for_keys(by=agency.contract, at=POSTED, number=number)
    assert codes() == ["tender.keys.incomplete"]
    agency.custodians()
    assert codes() == ["tender.keys.incomplete"]
    agency.bring_keys(number, asked.scope, asked.deadline, at=POSTED)
    agency.bring_seed(number, asked.scope, at=POSTED)
    assert codes() == ["tender.keys.incomplete"]  # the platform's seed
    agency.custodians()
    assert actions.publish(by=agency.contract, at=POSTED, number=number).version == 0
    with pytest.raises(Refusal) as again:
        actions.publish(by=agency.contract, at=POSTED, number=number)
    assert (again.value.code, again.value.status) == ("tender.publish.not_now", 409)


def test_another_deadline_needs_other_keys_but_another_title_does_not(agency: Agency) -> None:
    number = agency.draft()
    agency.custody(number)
    actions.save_draft(by=agency.contract, at=POSTED, number=number, changes={"title": "다른 이름"})
    assert queries.draft(agency.contract, number).keys_asked
    actions.save_draft(
        by=agency.contract, at=POSTED, number=number, changes={"deadline": kst(10, 10)}
    )
    assert not queries.draft(agency.contract, number).keys_asked
    with pytest.raises(Refusals) as refusals:
        actions.publish(by=agency.contract, at=POSTED, number=number)
    assert [one.code for one in refusals.value.refusals] == ["tender.keys.not_asked"]
    agency.custody(number)
    row = actions.publish(by=agency.contract, at=POSTED, number=number)
    assert row.scope == f"{number}/1/0/000/1"
    assert row.title == "다른 이름"


def test_asking_twice_changes_nothing_and_renewing_begins_anew(agency: Agency) -> None:
    number = agency.draft()
    first = actions.ask_for_keys(by=agency.contract, at=POSTED, number=number)
    assert actions.ask_for_keys(by=agency.contract, at=POSTED, number=number) == first
    fresh = actions.ask_for_keys(by=agency.contract, at=POSTED, number=number, renew=True)
    assert fresh.scope == f"{number}/1/0/000/1"
    assert Entry.objects.filter(kind="tender.ask_for_keys").count() == 2


def test_only_the_officers_own_enrolled_key_signs_the_lot_keys(agency: Agency) -> None:
    number = agency.draft()
    asked = actions.ask_for_keys(by=agency.contract, at=POSTED, number=number)
    own, agency.key = agency.key, fresh_signing_key()
    with pytest.raises(Refusal) as refusal:
        agency.bring_keys(number, asked.scope, asked.deadline, at=POSTED)
    assert refusal.value.code == "tender.custody.key_not_enrolled"
    agency.key = own
    agency.opening, agency.contract = agency.contract, agency.opening
    with pytest.raises(Refusal) as refusal:
        agency.bring_keys(number, asked.scope, asked.deadline, at=POSTED)
    assert (refusal.value.code, refusal.value.status) == ("tender.add_custody.forbidden", 403)
    assert vault.custody_state(asked.scope).keys == {}


def test_drafts_are_invisible_to_everybody_else(agency: Agency, town: Agency) -> None:
    number = agency.draft()
    unknown = "R26BK99999999"
    for outsider in (Actor.anyone(), town.contract, town.opening):
        for wanted in (number, unknown):
            with pytest.raises(Refusal) as refusal:
                queries.tender_for(outsider, wanted)
            assert (refusal.value.code, refusal.value.status) == ("tender.unknown", 404)
            assert wanted not in str(refusal.value)
            for verb in (actions.publish, actions.ask_for_keys, actions.start_correction):
                with pytest.raises(Refusal) as refusal:
                    verb(by=outsider, at=POSTED, number=wanted)
                assert (refusal.value.code, refusal.value.status) == ("tender.unknown", 404)
    assert queries.search("지붕").count == 0
    assert queries.my_tenders(town.contract) == []
    assert queries.tasks_for(town.contract, POSTED) == []
    with pytest.raises(Refusal):
        queries.notice(number)
    row = agency.publish()
    actions.start_correction(by=agency.contract, at=POSTED, number=row.number)
    assert queries.tender_for(town.contract, row.number).draft is None
    assert queries.tender_for(agency.opening, row.number).draft is not None
    with pytest.raises(Refusal) as refusal:
        queries.draft(town.contract, row.number)
    assert refusal.value.status == 403
    with pytest.raises(Refusal) as refusal:
        actions.publish(by=town.contract, at=POSTED, number=row.number)
    assert refusal.value.code == "tender.publish.forbidden"


def test_outsiders_read_only_published_facts_and_papers(agency: Agency, town: Agency) -> None:
    number = agency.draft()
    paper = actions.attach(
        by=agency.contract, at=POSTED, number=number, title="설계서.pdf",
        media_type="application/pdf", data=b"%PDF-1",
    )  # fmt: skip
    with pytest.raises(Refusal):
        queries.paper(Actor.anyone(), number, paper.id)
    agency.custody(number)
    actions.publish(by=agency.contract, at=POSTED, number=number)
    assert queries.paper(Actor.anyone(), number, paper.id)[1] == b"%PDF-1"
    actions.start_correction(by=agency.contract, at=POSTED, number=number)
    second = actions.attach(
        by=agency.contract, at=POSTED, number=number, title="정정.pdf",
        media_type="application/pdf", data=b"%PDF-2",
    )  # fmt: skip
    assert queries.paper(agency.opening, number, second.id)[1] == b"%PDF-2"
    with pytest.raises(Refusal) as refusal:
        queries.paper(town.contract, number, second.id)
    assert refusal.value.status == 404
    for kind in ("bid.submit", "opening.prepare"):
        record(kind, "bid:x", by=agency.opening, at=POSTED, tender=number)
    assert [fact.kind for fact in queries.history_for(Actor.anyone(), number)] == ["tender.publish"]
    inside = {fact.kind for fact in queries.history_for(agency.opening, number)}
    assert "tender.start_correction" in inside
    assert {"bid.submit", "opening.prepare"} & inside == set()


def test_fields_are_checked_as_they_are_typed(agency: Agency) -> None:
    number = agency.draft()
    wrong = {
        "base_amount": "330000000", "a_value": -1, "floor_rate": "89.7451", "price_rounding": "?",
        "licences": "0002", "deadline": kst(9, 10).replace(tzinfo=None), "colour": "red",
        "documents": [str(uuid.uuid4())],
    }  # fmt: skip
    with pytest.raises(Refusals) as refusals:
        actions.save_draft(by=agency.contract, at=POSTED, number=number, changes=wrong)
    assert {one.field for one in refusals.value.refusals} == set(wrong) - {"documents"}
    with pytest.raises(Refusal) as refusal:
        actions.save_draft(
            by=agency.contract, at=POSTED, number=number, changes={"documents": wrong["documents"]}
        )
    assert refusal.value.code == "tender.document.unknown"
    assert queries.draft(agency.contract, number).base_amount == 330_000_000


def test_a_floor_rate_of_ones_own_needs_a_reason(agency: Agency) -> None:
    number = agency.draft(floor_rate="87.745")
    row = queries.draft(agency.contract, number)
    assert refused(row, at=POSTED) == ["tender.floor_rate.unusual"]
    actions.save_draft(
        by=agency.contract, at=POSTED, number=number,
        changes={"floor_rate_reason": "옛 공고를 다시 낸 것입니다."},
    )  # fmt: skip
    assert refused(queries.draft(agency.contract, number), at=POSTED) == []
    agency.custody(number)
    row = actions.publish(by=agency.contract, at=POSTED, number=number)
    assert row.floor_rate == "87.745"
    assert "price/floor_rate" not in row.rules


def test_the_opening_closes_a_tender_once_and_not_before_the_deadline(agency: Agency) -> None:
    row = agency.publish()
    system = Actor.system("opening")
    with pytest.raises(Refusal) as refusal:
        actions.close(by=system, at=DEADLINE - timedelta(seconds=1), number=row.number, verb="open")
    assert refusal.value.code == "tender.close.too_early"
    with pytest.raises(Refusal) as refusal:
        actions.close(by=agency.contract, at=DEADLINE, number=row.number, verb="open")
    assert refusal.value.status == 403
    assert Tender.objects.get(number=row.number).status == "active"
    done = actions.close(by=agency.opening, at=DEADLINE, number=row.number, verb="open")
    assert done.status == "opened"
    with pytest.raises(Refusal) as refusal:
        actions.close(by=system, at=DEADLINE, number=row.number, verb="fail")
    assert refusal.value.code == "tender.fail.not_now"


def test_a_cancellation_says_why_and_comes_before_the_opening(agency: Agency) -> None:
    row = agency.publish()
    for reason in ("", "  ", "가" * 501):
        with pytest.raises(Refusal) as refusal:
            actions.cancel(by=agency.contract, at=POSTED, number=row.number, reason=reason)
        assert refusal.value.code == "tender.cancel.no_reason"
    with pytest.raises(Refusal) as refusal:
        actions.cancel(by=agency.contract, at=kst(9, 11), number=row.number, reason="너무 늦음")
    assert refusal.value.code == "tender.cancel.too_late"
    last = kst(9, 11) - timedelta(microseconds=1)
    done = actions.cancel(by=agency.contract, at=last, number=row.number, reason="예산 변경")
    assert (done.status, done.closing_reason) == ("cancelled", "예산 변경")
    assert queries.notice(row.number).closing_reason == "예산 변경"
