"""Schedules at their exact boundaries, and corrections."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from jangteo.ground.errors import Refusal, Refusals
from jangteo.records.journal.models import Entry
from jangteo.stages.tender import actions, queries
from tests.stages.tender.agency import DEADLINE, POSTED, Agency, kst, refused

pytestmark = pytest.mark.django_db
MOMENT = timedelta(microseconds=1)


def codes(agency: Agency, *, at: datetime = POSTED, **changed: Any) -> list[str]:
    number = agency.draft(at=at, **changed)
    return refused(queries.draft(agency.contract, number), at=at)


@pytest.mark.parametrize(
    ("price", "last_day"),
    [
        (999_999_999, kst(1, 23, 59)),  # seven days: 8…2 December
        (1_000_000_000, kst(23, 23, 59, month=11)),  # fifteen: 8 December … 24 November
        (4_999_999_999, kst(23, 23, 59, month=11)),
        (5_000_000_000, kst(29, 23, 59, month=10)),  # forty
    ],
)
def test_the_notice_period_ends_at_midnight_of_its_last_day(
    agency: Agency, price: int, last_day: datetime
) -> None:
    terms = {"estimated_price": price, "base_amount": price * 11 // 10}
    assert codes(agency, at=last_day, **terms) == []
    late = last_day + timedelta(minutes=1)
    assert codes(agency, at=late, **terms) == ["tender.notice_period.too_short"]


def test_an_urgent_notice_takes_five_days_and_a_reason(agency: Agency) -> None:
    for case in ("disaster", "similar"):
        urgent = {"urgency": case, "deadline": kst(7, 10)}
        assert codes(agency, **urgent) == ["tender.urgency.no_reason"]
        assert codes(agency, **urgent, urgency_reason="태풍 피해 복구") == []
    assert codes(agency, **urgent | {"urgency": ""}) == ["tender.notice_period.too_short"]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"bidding_from": DEADLINE - timedelta(hours=48)}, ""),
        ({"bidding_from": DEADLINE - timedelta(hours=48) + MOMENT}, "tender.window.too_short"),
        ({"bidding_from": POSTED}, ""),
        ({"bidding_from": POSTED - MOMENT}, "tender.window.before_notice"),
        ({"deadline": kst(9, 17)}, ""),
        ({"deadline": kst(9, 17) + MOMENT}, "tender.deadline.outside_hours"),
        ({"deadline": kst(9, 10) - MOMENT}, "tender.deadline.outside_hours"),
        ({"deadline": kst(12, 10)}, "tender.deadline.not_working_day"),
        ({"deadline": kst(25, 10)}, "tender.deadline.not_working_day"),
        ({"deadline": kst(12, 10), "deadline_reason": "공동 입찰"}, ""),
        ({"opening_at": kst(9, 11)}, ""),
        ({"opening_at": kst(9, 11, 1)}, "tender.opening.not_one_hour"),
    ],
)
def test_the_window_of_bids(agency: Agency, changed: dict[str, Any], code: str) -> None:
    assert codes(agency, **changed) == ([code] if code else [])


def test_the_suggested_schedule_is_lawful_and_the_earliest(agency: Agency) -> None:
    number = agency.draft()
    found = queries.suggestion(queries.draft(agency.contract, number), at=POSTED)
    assert found is not None
    assert (found.deadline, found.opening_at) == (kst(9, 10), kst(9, 11))
    assert found.bidding_from == kst(6, 10)
    assert found.reasons[0].code == "deadline.notice_period.earliest"
    changes = {"bidding_from": found.bidding_from, "deadline": found.deadline}
    actions.save_draft(by=agency.contract, at=POSTED, number=number, changes=changes)
    assert refused(queries.draft(agency.contract, number), at=POSTED) == []


def test_regions_only_for_small_works_and_trades_only_known_ones(agency: Agency) -> None:
    big = {"estimated_price": 1_000_000_000, "base_amount": 1_100_000_000, "licences": ["0037"]}
    early = kst(20, 9, month=11)
    assert "tender.licences.unknown" in codes(agency, licences=["9999"])
    assert "tender.regions.unknown" in codes(agency, regions=["99"])
    assert codes(agency, regions=["11"]) == []
    assert codes(agency, at=early, **big, regions=["11"]) == ["tender.regions.price_too_high"]


def test_a_correction_adds_five_days(agency: Agency) -> None:
    row = agency.publish()
    number = row.number
    actions.start_correction(by=agency.contract, at=kst(3, 9), number=number)
    actions.save_draft(
        by=agency.contract, at=kst(3, 9), number=number,
        changes={"correction_reason": "금액의 오기", "base_amount": 330_100_000},
    )  # fmt: skip

    def with_deadline(deadline: datetime) -> list[str]:
        actions.save_draft(
            by=agency.contract, at=kst(3, 9), number=number, changes={"deadline": deadline}
        )
        draft = queries.draft(agency.contract, number)
        return refused(draft, at=kst(3, 9), current=queries.notice(number))

    assert with_deadline(kst(11, 10)) == ["tender.correction.too_short"]
    assert with_deadline(kst(13, 10)) == [
        "tender.correction.too_short",
        "tender.deadline.not_working_day",
    ]
    assert with_deadline(kst(14, 10)) == []
    assert queries.notice(number).deadline == DEADLINE
    agency.custody(number, at=kst(3, 9))
    later = actions.correct(by=agency.contract, at=kst(3, 9), number=number)
    assert (later.version, later.deadline, later.base_amount) == (1, kst(14, 10), 330_100_000)
    assert later.rule_day == POSTED.date()
    assert later.scope == f"{number}/1/0/001/0"
    assert [one.version for one in queries.versions(number)] == [0, 1]
    assert queries.notice(number, 0).base_amount == 330_000_000
    assert not queries.notice(number, 0).in_force
    said = Entry.objects.get(kind="tender.correct").payload
    assert said["reason"] == "금액의 오기"
    assert said["altered"] == ["base_amount", "deadline", "opening_at"]
    assert said["keys_hash"] == later.keys_hash


def test_a_correction_needs_its_reason_and_comes_before_the_deadline(agency: Agency) -> None:
    row = agency.publish()
    for at in (DEADLINE, DEADLINE + MOMENT):
        with pytest.raises(Refusal) as refusal:
            actions.start_correction(by=agency.contract, at=at, number=row.number)
        assert refusal.value.code == "tender.correct.too_late"
    last = DEADLINE - MOMENT
    actions.start_correction(by=agency.contract, at=last, number=row.number)
    changes = {"deadline": kst(14, 10)}
    actions.save_draft(by=agency.contract, at=last, number=row.number, changes=changes)
    with pytest.raises(Refusals) as refusals:
        actions.ask_for_keys(by=agency.contract, at=last, number=row.number)
    assert [one.code for one in refusals.value.refusals] == ["tender.correct.no_reason"]
    actions.save_draft(
        by=agency.contract, at=last, number=row.number, changes={"correction_reason": "오기"}
    )
    agency.custody(row.number, at=last)
    with pytest.raises(Refusal) as refusal:
        actions.correct(by=agency.contract, at=DEADLINE, number=row.number)
    assert refusal.value.code == "tender.correct.too_late"
    assert queries.notice(row.number).version == 0
    assert actions.correct(by=agency.contract, at=last, number=row.number).version == 1


def test_a_local_government_corrects_slips_and_renotices_the_rest(town: Agency) -> None:
    row = town.publish()
    actions.start_correction(by=town.contract, at=kst(3, 9), number=row.number)
    words = {
        "correction_reason": "현장 이름의 오기", "deadline": kst(14, 10), "site": "푸른시 2131",
    }  # fmt: skip
    actions.save_draft(by=town.contract, at=kst(3, 9), number=row.number, changes=words)
    current = queries.notice(row.number)
    assert refused(queries.draft(town.contract, row.number), at=kst(3, 9), current=current) == []
    actions.save_draft(
        by=town.contract, at=kst(3, 9), number=row.number, changes={"base_amount": 330_100_000}
    )
    draft = queries.draft(town.contract, row.number)
    found = queries.problems(draft, at=kst(3, 9), current=current)
    assert [one.code for one in found] == ["tender.correction.substance"]
    assert found[0].law == "지방계약법 시행령 제33조제2항"


def test_a_correction_is_asked_again_what_another_base_amount_changes(agency: Agency) -> None:
    """69 % of the budget was given a reason; 25 % is another matter, other words are not."""
    row = agency.publish(budget_amount=478_260_869)
    actions.start_correction(by=agency.contract, at=kst(3, 9), number=row.number)

    def doubted(**changes: Any) -> list[str]:
        actions.save_draft(by=agency.contract, at=kst(3, 9), number=row.number, changes=changes)
        found = queries.care_for(agency.contract, row.number, at=kst(3, 9)).doubts
        return [one.finding.code for one in found if one.finding.field == "budget_amount"]

    assert doubted(description="지붕만 고칩니다.") == []
    assert doubted(base_amount=120_000_000, estimated_price=109_090_909) == [
        "entry.budget.far_below"
    ]


def test_a_correction_can_be_thrown_away(agency: Agency) -> None:
    row = agency.publish()
    actions.start_correction(by=agency.contract, at=POSTED, number=row.number)
    actions.abandon_correction(by=agency.contract, at=POSTED, number=row.number)
    assert queries.tender_for(agency.contract, row.number).draft is None
    with pytest.raises(Refusal) as refusal:
        actions.correct(by=agency.contract, at=POSTED, number=row.number)
    assert refusal.value.code == "tender.no_draft"


def test_each_person_sees_what_is_theirs_to_do(agency: Agency) -> None:
    def titles() -> list[tuple[str, str]]:
        people = (agency.contract, agency.opening)
        return [(t.title, t.state) for who in people for t in queries.tasks_for(who, POSTED)]

    number = agency.draft()
    assert titles() == [("Finish the notice: {title}", "todo")]
    asked = actions.ask_for_keys(by=agency.contract, at=POSTED, number=number)
    agency.custodians()
    assert titles()[0] == ("Read the worked examples: {title}", "todo")
    agency.read_examples(number)
    assert titles() == [
        ("The lot keys are being made: {title}", "waiting"),
        ("Make the lot keys: {title}", "todo"),
    ]
    agency.bring_keys(number, asked.scope, asked.deadline, at=POSTED)
    agency.bring_seed(number, asked.scope, at=POSTED)
    agency.custodians()
    assert titles() == [
        ("The figures are being entered a second time: {title}", "waiting"),
        ("Enter the figures a second time: {title}", "todo"),
    ]
    agency.care(number)
    assert titles() == [("Ready to publish: {title}", "todo")]
    actions.publish(by=agency.contract, at=POSTED, number=number)
    assert titles() == []


def test_a_correction_thrown_away_does_not_keep_the_next_from_its_keys(agency: Agency) -> None:
    number = agency.publish().number
    at = kst(3, 9)

    def begin(deadline: datetime) -> queries.DraftRow:
        actions.start_correction(
            by=agency.contract, at=at, number=number,
            changes={"correction_reason": "면적", "deadline": deadline},
        )  # fmt: skip
        return queries.draft(agency.contract, number)

    assert begin(kst(14, 10)).scope == f"{number}/1/0/001/0"
    agency.custody(number, at=at)
    actions.abandon_correction(by=agency.contract, at=at, number=number)
    again = begin(kst(15, 10))
    assert (again.scope, again.keys_asked) == (f"{number}/1/0/001/1", False)
    agency.custody(number, at=at)
    row = actions.correct(by=agency.contract, at=at, number=number)
    assert (row.version, row.scope, row.deadline) == (1, again.scope, kst(15, 10))
    assert begin(kst(22, 10)).scope == f"{number}/1/0/002/0"


def test_a_correction_begins_with_its_changes_or_not_at_all(agency: Agency) -> None:
    number = agency.publish().number
    with pytest.raises(Refusals):
        actions.start_correction(
            by=agency.contract, at=kst(3, 9), number=number, changes={"title": "가" * 201}
        )
    assert queries.tender_for(agency.contract, number).draft is None
    assert not Entry.objects.filter(kind="tender.start_correction").exists()


def test_a_deadline_on_a_day_off_takes_two_people_and_another_one_again(agency: Agency) -> None:
    off = {"deadline": kst(12, 10), "deadline_reason": "공동 입찰"}
    number = agency.draft(
        procedure="quotation", licences=["0001"], title="도로 보수공사", a_value=0, **off
    )
    code = "entry.deadline.unusual"

    def told() -> tuple[list[str], list[bool], list[str]]:
        doubts = queries.care_for(agency.contract, number, at=POSTED).doubts
        return (
            [one.finding.code for one in doubts], [one.two for one in doubts],
            [one.state for one in doubts],
        )  # fmt: skip

    assert told() == ([code], [True], ["open"])
    named = {"number": number, "code": code}
    actions.give_reason(by=agency.contract, at=POSTED, reason="두 기관이 같이 엽니다", **named)
    actions.agree_reason(by=agency.opening, at=POSTED, **named)
    assert told() == ([code], [True], ["answered"])
    moved = {"deadline": kst(13, 10)}
    actions.save_draft(by=agency.contract, at=POSTED, number=number, changes=moved)
    assert told() == ([code], [True], ["open"])
    between = {"deadline": kst(10, 10, 30)}
    actions.save_draft(by=agency.contract, at=POSTED, number=number, changes=between)
    found = queries.against(queries.draft(agency.contract, number), at=POSTED)
    assert [one.code for one in found] == ["entry.deadline.between_slots"]
