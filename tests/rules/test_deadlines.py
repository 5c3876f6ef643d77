"""Notice periods, bidding hours and corrections, at their boundaries."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jangteo.ground.clock import KST
from jangteo.ground.errors import Refusals
from jangteo.rules.calendar import working_day_from
from jangteo.rules.dated import RuleMissing
from jangteo.rules.deadline.correction import check_correction, earliest_new_deadline
from jangteo.rules.deadline.notice_period import (
    check_schedule,
    earliest_deadline_day,
    latest_posting_day,
)
from jangteo.rules.deadline.window import Schedule, latest_bidding_start, opening_moment

TENTH = date(2026, 12, 10)
ON = date(2026, 11, 24)
BN = 10**9
URGENCIES = ["", "renotice", "early_budget", "linked", "disaster"]


@pytest.mark.parametrize(
    ("regime", "price", "urgency", "latest", "law"),
    [
        ("national", BN - 1, "", date(2026, 12, 2), "국가계약법 시행령 제35조제3항제1호"),
        ("national", BN, "", date(2026, 11, 24), "국가계약법 시행령 제35조제3항제2호"),
        ("national", 5 * BN - 1, "", date(2026, 11, 24), "국가계약법 시행령 제35조제3항제2호"),
        ("national", 5 * BN, "", date(2026, 10, 30), "국가계약법 시행령 제35조제3항제3호"),
        ("national", 5 * BN, "renotice", date(2026, 12, 4), "국가계약법 시행령 제35조제4항제1호"),
        ("national", 1, "early_budget", date(2026, 12, 4), "국가계약법 시행령 제35조제4항제1호의2"),
        ("national", 1, "linked", date(2026, 12, 4), "국가계약법 시행령 제35조제4항제2호"),
        ("local", BN - 1, "", date(2026, 12, 2), "지방계약법 시행령 제35조제3항제1호"),
        ("local", BN, "", date(2026, 11, 24), "지방계약법 시행령 제35조제3항제2호"),
        ("local", 5 * BN, "", date(2026, 11, 9), "지방계약법 시행령 제35조제3항제3호"),
        ("local", 26_499_999_999, "", date(2026, 11, 9), "지방계약법 시행령 제35조제3항제3호"),
        ("local", 26_500_000_000, "", date(2026, 10, 30), "지방계약법 시행령 제35조제3항제4호"),
        ("local", BN, "disaster", date(2026, 12, 4), "지방계약법 시행령 제35조제4항제4호"),
    ],
)
def test_works(regime: str, price: int, urgency: str, latest: date, law: str) -> None:
    found = latest_posting_day(
        TENTH, regime=regime, category="works", estimated_price=price, urgency=urgency, on=ON
    )
    assert found.day == latest
    assert found.reasons[0].law == law
    assert found.row == found.reasons[0].row


@pytest.mark.parametrize("regime", ["national", "local"])
def test_goods_and_services(regime: str) -> None:
    for category in ("goods", "services"):
        found = latest_posting_day(
            TENTH, regime=regime, category=category, estimated_price=9 * BN, on=ON
        )
        assert (found.day, found.days) == (date(2026, 12, 2), 7)


def test_unknown_cases_are_refused() -> None:
    for wrong in ({"regime": "private"}, {"urgency": "hurry"}):
        terms = {"regime": "local", "urgency": "", **wrong}
        with pytest.raises(RuleMissing):
            latest_posting_day(TENTH, category="works", estimated_price=1, on=ON, **terms)


@given(
    st.dates(date(2023, 6, 1), date(2028, 6, 1)),
    st.sampled_from(["national", "local"]),
    st.integers(1, 40 * BN),
    st.sampled_from(URGENCIES),
)
def test_earliest_deadline_and_latest_posting_are_one_rule(
    posted: date, regime: str, price: int, urgency: str
) -> None:
    terms = {"regime": regime, "category": "works", "estimated_price": price, "urgency": urgency}
    earliest = earliest_deadline_day(on=posted, **terms)
    assert latest_posting_day(earliest.day, on=posted, **terms).day == posted
    days = {5} if urgency else {7, 15, 30, 40}
    assert earliest.days in days
    assert (earliest.day - posted).days == earliest.days + 1


def _schedule(**changes: object) -> Schedule:
    deadline = datetime(2026, 12, 10, 10, tzinfo=KST)
    given = {
        "posted_at": datetime(2026, 12, 2, 23, 59, tzinfo=KST),
        "bidding_from": deadline - timedelta(hours=48),
        "deadline": deadline,
        "opening_at": deadline + timedelta(hours=1),
        **changes,
    }
    return Schedule(**given)  # type: ignore[arg-type]


def _codes(schedule: Schedule) -> list[str]:
    try:
        reasons = check_schedule(
            schedule, regime="local", category="works", estimated_price=1, on=date(2026, 12, 2)
        )
    except Refusals as refused:
        assert all(refusal.law and refusal.repair for refusal in refused.refusals)
        return [refusal.code for refusal in refused.refusals]
    assert [reason.code for reason in reasons] == [
        "deadline.notice_period.latest",
        "deadline.window.kept",
        "calendar.day",
    ]
    return []


def test_a_lawful_schedule() -> None:
    assert _codes(_schedule()) == []
    for hour in (10, 17):
        deadline = datetime(2026, 12, 10, hour, tzinfo=KST)
        assert _codes(_schedule(deadline=deadline, opening_at=deadline + timedelta(hours=1))) == []


def test_days_are_korean_days() -> None:
    late = datetime(2026, 12, 2, 15, 0, tzinfo=UTC)
    assert _codes(_schedule(posted_at=late)) == ["tender.notice_period.too_short"]
    assert _codes(_schedule(posted_at=late - timedelta(seconds=1))) == []


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        (
            {"bidding_from": datetime(2026, 12, 8, 10, 0, 1, tzinfo=KST)},
            ["tender.window.too_short"],
        ),
        (
            {"bidding_from": datetime(2026, 12, 2, 23, 58, tzinfo=KST)},
            ["tender.window.before_notice"],
        ),
        (
            {"opening_at": datetime(2026, 12, 10, 11, 1, tzinfo=KST)},
            ["tender.opening.not_one_hour"],
        ),
        (
            {
                "deadline": datetime(2026, 12, 10, 17, 0, 1, tzinfo=KST),
                "opening_at": datetime(2026, 12, 10, 18, 0, 1, tzinfo=KST),
            },
            ["tender.deadline.outside_hours"],
        ),
        (
            {
                "deadline": datetime(2026, 12, 12, 10, tzinfo=KST),
                "opening_at": datetime(2026, 12, 12, 11, tzinfo=KST),
            },
            ["tender.deadline.not_working_day"],
        ),
        (
            {
                "deadline": datetime(2026, 12, 12, 10, tzinfo=KST),
                "opening_at": datetime(2026, 12, 12, 11, tzinfo=KST),
                "deadline_reason": "행사 일정",
            },
            [],
        ),
    ],
)
def test_breaches(changes: dict[str, object], codes: list[str]) -> None:
    assert _codes(_schedule(**changes)) == codes


def test_a_day_off_of_the_agency_is_no_working_day() -> None:
    tenth, saturday = date(2026, 12, 10), date(2026, 12, 12)
    assert _codes(_schedule(days_off=frozenset({tenth}))) == ["tender.deadline.day_off"]
    assert _codes(_schedule(days_off=frozenset({date(2026, 12, 9), date(2026, 12, 11)}))) == []
    assert _codes(_schedule(days_off=frozenset({tenth}), deadline_reason="행사 일정")) == []
    deadline = datetime(2026, 12, 12, 10, tzinfo=KST)
    weekend = {"deadline": deadline, "opening_at": deadline + timedelta(hours=1)}
    assert _codes(_schedule(days_off=frozenset({saturday}), **weekend)) == [
        "tender.deadline.not_working_day"
    ]
    assert working_day_from(tenth) == tenth
    assert working_day_from(tenth, {tenth, date(2026, 12, 11)}) == date(2026, 12, 14)


def test_all_breaches_are_said_at_once() -> None:
    deadline = datetime(2026, 12, 5, 9, tzinfo=KST)
    broken = _schedule(deadline=deadline, bidding_from=deadline, opening_at=deadline)
    assert _codes(broken) == [
        "tender.notice_period.too_short",
        "tender.window.too_short",
        "tender.deadline.not_working_day",
        "tender.opening.not_one_hour",
    ]


def test_helpers_of_a_schedule() -> None:
    deadline = datetime(2026, 12, 10, 10, tzinfo=KST)
    assert opening_moment(deadline, on=ON) == datetime(2026, 12, 10, 11, tzinfo=KST)
    assert latest_bidding_start(deadline, on=ON) == datetime(2026, 12, 8, 10, tzinfo=KST)


OLD = datetime(2026, 12, 10, 10, tzinfo=KST)


def test_a_correction_adds_five_days() -> None:
    for regime in ("national", "local"):
        found = earliest_new_deadline(OLD, regime=regime, on=ON)
        assert (found.earliest, found.days) == (date(2026, 12, 15), 5)
        assert found.suggested == datetime(2026, 12, 15, 10, tzinfo=KST)
    saturday = earliest_new_deadline(OLD + timedelta(days=4), regime="local", on=ON)
    assert saturday.earliest == date(2026, 12, 19)
    assert saturday.suggested == datetime(2026, 12, 21, 10, tzinfo=KST)


def _correct(new: datetime, at: datetime, regime: str, changed: set[str]) -> list[str]:
    try:
        check_correction(OLD, new, corrected_at=at, regime=regime, changed=changed, on=ON)
    except Refusals as refused:
        return [refusal.code for refusal in refused.refusals]
    return []


def test_corrections_at_their_boundaries() -> None:
    good, before = OLD + timedelta(days=5), OLD - timedelta(seconds=1)
    assert _correct(good, before, "national", {"base_amount", "description"}) == []
    assert _correct(good.replace(hour=9), before, "local", {"description"}) == []
    assert _correct(good - timedelta(days=1), before, "national", set()) == [
        "tender.correction.too_short"
    ]
    assert _correct(good, OLD, "national", set()) == ["tender.correction.after_deadline"]
    for field in ("base_amount", "a_value", "floor_rate", "licences", "regions", "range_low"):
        assert _correct(good, before, "local", {field}) == ["tender.correction.substance"]
