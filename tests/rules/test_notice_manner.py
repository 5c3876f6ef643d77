"""Notice periods with a site briefing, by negotiation and in two stages, at each band's edge.

The days are typed from 제35조 of both decrees: counting from the day before 10 December, 5 days end
on 4 December, 7 on the 2nd, 10 on 29 November, 20 on the 19th, 30 on the 9th, 40 on 30 October.
"""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from jangteo.ground.clock import KST
from jangteo.ground.errors import Fault, Refusals
from jangteo.rules.dated import table
from jangteo.rules.deadline.manner import Manner
from jangteo.rules.deadline.notice_period import (
    check_schedule,
    earliest_deadline_day,
    latest_posting_day,
)
from jangteo.rules.deadline.window import Schedule

TENTH = date(2026, 12, 10)
ON = date(2026, 11, 24)
BN, M = 10**9, 10**6
NAT, LOC = "국가계약법 시행령 제35조", "지방계약법 시행령 제35조"
AFTER = {
    5: date(2026, 12, 4),
    7: date(2026, 12, 2),
    10: date(2026, 11, 29),
    20: date(2026, 11, 19),
    30: date(2026, 11, 9),
    40: date(2026, 10, 30),
}


@pytest.mark.parametrize(
    ("regime", "method", "category", "price", "urgency", "days", "law"),
    [
        ("national", "negotiation", "services", 230 * M - 1, "", 10, NAT + "제5항제2호"),
        ("national", "negotiation", "services", 230 * M, "", 40, NAT + "제5항"),
        ("national", "dialogue", "goods", 230 * M, "", 40, NAT + "제5항"),
        ("national", "negotiation", "services", 9 * BN, "similar", 10, NAT + "제5항제1호"),
        ("national", "two_stage", "goods", 9 * BN, "", 7, NAT + "제1항"),
        ("national", "simultaneous", "goods", 9 * BN, "", 7, NAT + "제1항"),
        ("national", "two_stage", "goods", 1, "similar", 5, NAT + "제4항제4호"),
        ("local", "negotiation", "services", 100 * M - 1, "", 10, LOC + "제5항제1호"),
        ("local", "negotiation", "services", 100 * M, "", 20, LOC + "제5항제2호"),
        ("local", "dialogue", "services", BN - 1, "", 20, LOC + "제5항제2호"),
        ("local", "negotiation", "services", BN, "", 40, LOC + "제5항제3호"),
        ("local", "negotiation", "services", BN, "linked", 10, LOC + "제6항"),
        ("local", "two_stage", "goods", 100 * M - 1, "", 10, LOC + "제5항제1호"),
        ("local", "two_stage", "goods", 100 * M, "", 20, LOC + "제5항제2호"),
        ("local", "simultaneous", "services", BN - 1, "", 20, LOC + "제5항제2호"),
        ("local", "two_stage", "goods", BN, "", 40, LOC + "제5항제3호"),
        ("local", "two_stage", "goods", BN, "similar", 10, LOC + "제6항"),
    ],
)
def test_proposals_and_specifications(
    regime: str, method: str, category: str, price: int, urgency: str, days: int, law: str
) -> None:
    asked = {"regime": regime, "category": category, "estimated_price": price, "urgency": urgency}
    found = latest_posting_day(TENTH, on=ON, manner=Manner(method=method), **asked)
    assert (found.day, found.days, found.reasons[0].law) == (AFTER[days], days, law)
    earliest = earliest_deadline_day(on=AFTER[days], manner=Manner(method=method), **asked)
    assert (earliest.day, earliest.days) == (TENTH, days)


@pytest.mark.parametrize(("regime", "law"), [("national", NAT), ("local", LOC)])
@pytest.mark.parametrize("price", [1, BN, 40 * BN])
def test_a_notice_before_a_site_briefing(regime: str, law: str, price: int) -> None:
    deadline = date(2027, 2, 10)
    asked = {"regime": regime, "category": "works", "estimated_price": price, "on": ON}
    for prequalified, days, own in ((False, 7, "제2항"), (True, 30, "제2항 단서")):
        manner = Manner(briefing=TENTH, prequalified=prequalified)
        found = latest_posting_day(deadline, manner=manner, **asked)
        assert (found.day, found.days, found.reasons[0].law) == (AFTER[days], days, law + own)
        assert found.reasons[0].params["briefing"] == "2026-12-10"
        # an urgent notice is counted from the deadline whatever the day of the briefing
        urgent = latest_posting_day(deadline, manner=manner, urgency="disaster", **asked)
        assert (urgent.day, urgent.days) == (date(2027, 2, 4), 5)


@pytest.mark.parametrize(
    ("regime", "case", "law"),
    [("national", "similar", NAT + "제4항제4호"), ("local", "similar", LOC + "제4항제5호")],
)
def test_a_case_as_urgent_as_those_listed(regime: str, case: str, law: str) -> None:
    for category, manner in (
        ("works", Manner()),
        ("works", Manner(briefing=date(2026, 12, 8))),
        ("works", Manner(briefing=date(2026, 12, 8), prequalified=True)),
        ("goods", Manner()),
    ):
        found = latest_posting_day(
            TENTH, regime=regime, category=category, estimated_price=9 * BN, urgency=case, on=ON,
            manner=manner,
        )  # fmt: skip
        assert (found.day, found.reasons[0].law) == (AFTER[5], law)


@pytest.mark.parametrize(
    ("regime", "price", "deadline"),
    [
        # posted on 24 November, briefed on 2 December at the earliest; 7, 15 and 33 days behind it
        ("national", BN - 1, date(2026, 12, 10)),
        ("national", BN, date(2026, 12, 18)),
        ("local", 5 * BN - 1, date(2026, 12, 18)),
        ("local", 5 * BN, date(2027, 1, 5)),
    ],
)
def test_the_earliest_deadline_lies_behind_the_briefing(
    regime: str, price: int, deadline: date
) -> None:
    asked = {"regime": regime, "category": "works", "estimated_price": price, "on": ON}
    held = date(2026, 12, 2)
    for briefing, later in ((ON, 0), (held, 0), (held + timedelta(days=2), 2)):
        found = earliest_deadline_day(manner=Manner(briefing=briefing), **asked)
        assert found.day == deadline + timedelta(days=later)
        assert found.reasons[0].params["day"] == "2026-12-02"
        assert "현장" not in found.reasons[1].text
        assert found.reasons[1].law.startswith(("국가계약법 시행령 제14조의2", "지방계약법 시행령"))
    urgent = earliest_deadline_day(manner=Manner(briefing=held), urgency="disaster", **asked)
    assert (urgent.day, urgent.days) == (date(2026, 12, 3), 5)  # the briefing comes first


def _codes(posted: date, manner: Manner, deadline: date = TENTH, **more: object) -> list[str]:
    at = datetime(deadline.year, deadline.month, deadline.day, 10, tzinfo=KST)
    morning = datetime(posted.year, posted.month, posted.day, 9, tzinfo=KST)
    schedule = Schedule(morning, at - timedelta(hours=48), at, at + timedelta(hours=1))
    asked: dict[str, Any] = {
        "regime": "local",
        "category": "works",
        "estimated_price": 1,
        "on": posted,
        **more,
    }
    try:
        reasons = check_schedule(schedule, manner=manner, **asked)
    except Refusals as refused:
        assert all(one.law and one.repair for one in refused.refusals)
        return [one.code for one in refused.refusals]
    return [reason.code for reason in reasons[:2]]


def test_a_schedule_with_a_briefing_at_its_edges() -> None:
    good = ["deadline.notice_period.latest", "deadline.briefing.latest"]
    held = Manner(briefing=date(2026, 12, 2))
    assert _codes(date(2026, 11, 24), held) == good
    assert _codes(date(2026, 11, 25), held) == ["tender.notice_period.too_short"]
    late = Manner(briefing=date(2026, 12, 3))
    assert _codes(date(2026, 11, 25), late) == ["tender.briefing.too_late"]
    assert _codes(date(2026, 11, 26), late) == [
        "tender.notice_period.too_short",
        "tender.briefing.too_late",
    ]
    urgent = _codes(date(2026, 12, 4), Manner(briefing=date(2026, 12, 9)), urgency="disaster")
    assert urgent == ["deadline.notice_period.latest", "deadline.window.kept"]
    on_the_day = _codes(date(2026, 12, 4), Manner(briefing=TENTH), urgency="disaster")
    assert on_the_day == ["tender.briefing.too_late"]


@pytest.mark.parametrize(
    ("category", "manner"),
    [
        ("works", Manner(method="negotiation")),
        ("goods", Manner(briefing=TENTH)),
        ("goods", Manner(method="two_stage", briefing=TENTH)),
        ("works", Manner("quotation", briefing=TENTH)),
        ("goods", Manner("quotation", "two_stage")),
    ],
)
def test_what_the_law_does_not_know_is_no_notice(category: str, manner: Manner) -> None:
    with pytest.raises(Fault):
        latest_posting_day(
            TENTH, regime="local", category=category, estimated_price=1, on=ON, manner=manner
        )


def test_every_row_of_the_notice_period_is_asked_by_some_notice() -> None:
    kinds = {row.where["kind"] for row in table("deadline/notice_period").rows}
    briefed = [Manner(briefing=ON), Manner(briefing=ON, prequalified=True)]
    purchases = [Manner(), *(Manner(method=one) for one in ("negotiation", "two_stage"))]
    reached = {one.kind("works") for one in (Manner(), *briefed)}
    reached |= {one.kind("goods") for one in (*purchases, Manner("quotation"))}
    assert reached == kinds
