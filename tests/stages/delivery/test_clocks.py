"""The days of an inspection, counted out by hand; what lateness costs; what desks say of both."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jangteo.ground.clock import KST
from jangteo.rules.calendar import is_working_day
from jangteo.stages.delivery import queries
from jangteo.stages.delivery.models import Delivery, Inspection
from jangteo.stages.delivery.queries.clocks import day_of, end_of, last_day
from jangteo.stages.delivery.queries.rows import InspectionRow
from tests.stages.delivery.works import AT, DAY, TODAY, VALUE, Works, works

pytestmark = pytest.mark.django_db


def kst(year: int, month: int, day: int, hour: int = 12) -> datetime:
    return datetime(year, month, day, hour, tzinfo=KST)


@pytest.mark.parametrize(
    ("notified", "last"),
    [
        # a Tuesday; fourteen days on is a Tuesday
        (kst(2026, 11, 24), date(2026, 12, 8)),
        # just before and just after midnight in Korea
        (kst(2026, 11, 24, 23), date(2026, 12, 8)),
        (kst(2026, 11, 25, 0), date(2026, 12, 9)),
        # Friday the 11th: fourteen days on is Christmas, a Friday; then a weekend; so Monday
        (kst(2026, 12, 11), date(2026, 12, 28)),
        # Saturday the 12th: the fourteenth day is a Saturday
        (kst(2026, 12, 12), date(2026, 12, 28)),
        # Friday the 18th: the fourteenth day is New Year's Day, a Friday
        (kst(2026, 12, 18), date(2027, 1, 4)),
        # 24 January: the fourteenth day is Seollal (Sunday 7 February), its days off until Tuesday
        (kst(2027, 1, 24), date(2027, 2, 10)),
    ],
)
def test_fourteen_days_from_the_notice_and_over_holidays(notified: datetime, last: date) -> None:
    here = works()
    row = here.request(at=notified, done_on=date(2026, 11, 20))
    assert last_day(row.due) == last
    assert row.due == datetime.combine(last + DAY, datetime.min.time(), tzinfo=KST)
    assert row.rules["due"]["law"] == "지방계약법 시행령 제64조제1항, 제5항"


def test_each_correction_begins_the_days_anew() -> None:
    here = works()
    here.request(at=kst(2026, 11, 24))
    here.mend(at=kst(2026, 12, 8), by_day=date(2026, 12, 9))
    first = here.again(at=kst(2026, 12, 9), done_on=date(2026, 12, 8))
    assert last_day(first.due) == date(2026, 12, 23)
    here.mend(at=kst(2026, 12, 10), by_day=date(2026, 12, 11))
    second = here.again(at=kst(2026, 12, 11), done_on=date(2026, 12, 11))
    assert last_day(second.due) == date(2026, 12, 28)


@settings(max_examples=25,
          suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
@given(steps=st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), max_size=4))
def test_the_last_notice_alone_decides_when_the_inspection_is_due(
    steps: list[tuple[int, int]],
) -> None:
    """However often it was mended, the days are those of a first notice on the last one's day."""
    here, at = works(), AT
    row = here.request(at=at)
    for found_after, mended_after in steps:
        at += found_after * DAY
        here.mend(at=at, by_day=day_of(at))
        at += mended_after * DAY
        row = here.again(at=at, done_on=day_of(at))
    fresh = works().request(at=at)
    assert (row.due, row.rules["due"]) == (fresh.due, fresh.rules["due"])
    assert row.notified_at == at
    assert is_working_day(last_day(row.due))
    assert 14 <= (last_day(row.due) - day_of(at)).days <= 14 + 6


def seen(here: Works, at: datetime, who: str = "inspector") -> InspectionRow:
    row = queries.delivery_for(here.who(who), here.number, at=at).current
    assert row is not None
    return row


def test_an_inspection_is_late_from_the_moment_its_last_day_is_over() -> None:
    here = works()
    here.request()
    end = datetime(2026, 12, 8, 15, 0, tzinfo=UTC)
    assert not seen(here, end - timedelta(seconds=1)).late
    assert seen(here, end).late
    here.accept(at=end)
    (row,) = queries.delivery_for(here.who("inspector"), here.number, at=AT).inspections
    assert (row.late, row.status) == (True, "accepted")


def test_a_correction_is_late_from_the_moment_its_own_day_is_over() -> None:
    here = works()
    here.request()
    here.mend(by_day=TODAY)
    end = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
    row = seen(here, end - timedelta(seconds=1))
    assert (row.late, row.until, row.correction is not None) == (False, end, True)
    assert seen(here, end).late


def damages(here: Works, at: datetime) -> tuple[int, int, bool, bool] | None:
    found = queries.damages_of(here.number, at=at)
    return found and (found.amount, found.days, found.capped, found.so_far)


def test_damages_grow_until_the_completion_is_notified_and_accepted() -> None:
    """0.5 thousandths of 100,000,000 won are 50,000 won a day; 31 March 2027 is the last day."""
    here = works()
    assert damages(here, kst(2027, 3, 31, 23)) is None
    assert damages(here, kst(2027, 4, 1, 0)) == (50_000, 1, False, True)
    assert damages(here, kst(2027, 4, 10)) == (500_000, 10, False, True)
    here.request(VALUE, "completion", at=kst(2027, 4, 10), done_on=date(2027, 4, 9))
    assert damages(here, kst(2027, 4, 20)) == (500_000, 10, False, True)
    here.mend(at=kst(2027, 4, 20), by_day=date(2027, 4, 30))
    assert damages(here, kst(2027, 4, 21)) == (1_050_000, 21, False, True)
    here.again(at=kst(2027, 4, 25), done_on=date(2027, 4, 25))
    here.accept(at=kst(2027, 4, 30))
    assert damages(here, kst(2027, 12, 31)) == (1_250_000, 25, False, False)


def test_damages_are_capped_and_parts_that_were_only_paid_for_lower_nothing() -> None:
    here = works()
    here.request(90_000_000)
    here.accept()
    here.change(ends=date(2026, 11, 24))
    assert damages(here, kst(2026, 11, 26)) == (100_000, 2, False, True)
    here.change(starts=date(2025, 1, 1), ends=date(2025, 4, 1))
    assert damages(here, kst(2026, 11, 22)) == (30_000_000, 600, False, True)
    assert damages(here, kst(2026, 11, 23)) == (30_000_000, 601, True, True)


def test_damages_stop_with_a_termination_and_move_with_the_last_day() -> None:
    here = works()
    here.change(ends=date(2026, 11, 14))
    assert damages(here, AT) == (500_000, 10, False, True)
    here.change(ends=date(2026, 11, 20))
    assert damages(here, AT) == (200_000, 4, False, True)
    here.terminate()
    assert damages(here, AT + 30 * DAY) == (200_000, 4, False, False)


def test_a_completion_notified_in_time_costs_nothing_however_late_the_inspector_comes() -> None:
    here = works()
    here.request(VALUE, "completion", at=kst(2027, 3, 31), done_on=date(2027, 3, 31))
    here.accept(at=kst(2027, 5, 31))
    assert damages(here, kst(2027, 6, 1)) is None


def tasks(here: Works, who: str, at: datetime = AT) -> list[tuple[str, datetime | None, str]]:
    found = queries.tasks_for(here.who(who), at)
    assert {task.url for task in found} <= {f"/contracts/{here.number}/delivery"}
    assert all(task.law for task in found)
    assert {task.state for task in found} <= {"todo", "waiting"}
    assert all((task.state == "waiting") == bool(task.who) for task in found)
    return [(task.title.format(**task.params), task.due, task.who) for task in found]


def test_what_desks_say_on_the_way() -> None:
    here, title = works(started=False), "복지관 지붕 보수공사"
    first, last = end_of(date(2026, 11, 1)), end_of(date(2027, 3, 31))
    assert tasks(here, "claimant") == [(f"Begin the works of “{title}” and say so", first, "")]
    waits = f"“{title}”: the supplier begins the works"
    assert tasks(here, "checker") == [(waits, first, "representative")]
    assert tasks(here, "inspector") == []
    here.start()
    assert tasks(here, "claimant") == [(f"Notify what is done of “{title}”", last, "")]
    assert tasks(here, "checker") == []
    due = here.request(1_000_000).due
    inspects = f"“{title}”: the agency inspects 1000000 won"
    assert tasks(here, "claimant") == [(inspects, due, "inspector")]
    assert tasks(here, "inspector") == [(f"Inspect 1000000 won of “{title}”", due, "")]
    assert tasks(here, "checker") == [(f"Inspect 1000000 won of “{title}”", due, "inspector")]
    here.mend()
    until = end_of(date(2026, 12, 4))
    mends = f"Mend what was found at “{title}” and notify it"
    assert tasks(here, "claimant") == [(mends, until, "")]
    waits = f"“{title}”: the supplier mends what was found"
    assert tasks(here, "inspector") == [(waits, until, "representative")]
    for who in ("payer", "approver", "agent"):
        assert tasks(here, who) == []
    here.again()
    here.accept()
    here.request(99_000_000, "completion")
    here.accept()
    assert tasks(here, "claimant") == tasks(here, "inspector") == tasks(here, "checker") == []


def test_a_stranger_sees_no_delivery_in_any_list() -> None:
    here, there = works(), works()
    here.request()
    for who in ("inspector", "claimant"):
        assert queries.inspections_of(there.who(who), at=AT) == []
        rows = queries.deliveries_of(there.who(who), at=AT)
        assert [row.number for row in rows] == [there.number]


def joined(first: Works, second: Works) -> None:
    """The second contract becomes one of the first one's agency."""
    buyer = first.contract.buyer_id
    second.change(buyer_id=buyer)
    Delivery.objects.filter(contract_number=second.number).update(buyer_id=buyer)
    Inspection.objects.filter(contract_number=second.number).update(buyer_id=buyer)


def test_the_list_of_inspections_has_the_soonest_first_and_corrections_last() -> None:
    here, early, mended = works(), works(), works()
    here.request(at=AT + DAY)
    early.request(5)
    mended.request(7)
    mended.mend(by_day=TODAY)
    joined(here, early)
    joined(here, mended)
    found = queries.inspections_of(here.who("inspector"), at=AT)
    assert [row.number for row, _ in found] == [early.number, here.number, mended.number]
    assert [one.amount for _, one in found] == [5, 30_000_000, 7]
    assert [("accept" in row.verbs, row.left) for row, _ in found] == [
        (True, VALUE), (True, VALUE), (False, VALUE),
    ]  # fmt: skip
    here.withdraw()
    assert len(queries.inspections_of(here.who("checker"), at=AT)) == 2
    assert queries.inspections_of(here.who("claimant"), at=AT) == []
