"""What departs from the tables is entered twice as well; nobody guesses the figures for ever."""

import pytest

from jangteo.records.account.queries import Actor
from jangteo.records.journal.models import Entry
from jangteo.stages.tender import actions, queries
from jangteo.stages.tender.models import SecondEntry
from tests.stages.tender.agency import POSTED, Agency
from tests.stages.tender.test_entry import colleague, enter, refusal, state

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "chosen"),
    [("mean_of", "unrounded"), ("mean_rounding", "down"), ("price_rounding", "half_up")],
)
def test_a_term_that_departs_from_the_table_is_entered_twice_as_well(
    agency: Agency, name: str, chosen: str
) -> None:
    number = agency.draft(**{name: chosen})
    assert enter(agency.opening, number) == (name,)
    assert enter(agency.opening, number, **{name: chosen}) == ()
    usual = {"mean_of": "displayed", "mean_rounding": "up", "price_rounding": "up"}[name]
    assert enter(agency.opening, agency.draft(), **{name: usual}) == ()  # the table's own


def test_nobody_guesses_for_ever(agency: Agency) -> None:
    number = agency.draft()
    third = colleague(agency, "third", "approving_officer")

    def left(who: Actor) -> tuple[int, bool]:
        row = queries.care_for(who, number, at=POSTED)
        return row.tries_left, row.may_enter

    for guess in (1, 2, 3):
        assert left(agency.opening) == (4 - guess, True)
        assert enter(agency.opening, number, a_value=guess) == ("a_value",)
    assert (left(agency.opening), left(third)) == ((0, False), (3, True))
    # the fourth would be right, and is not taken
    assert refusal(lambda: enter(agency.opening, number)) == ("tender.second_entry.spent", 409)
    assert SecondEntry.objects.count() == 3
    assert Entry.objects.filter(kind="tender.second_entry").count() == 3
    assert state(agency, number) == "differs"

    def save(a_value: int) -> None:
        actions.save_draft(
            by=agency.contract, at=POSTED, number=number, changes={"a_value": a_value}
        )

    save(12_345_678)  # nothing was changed, so nothing begins anew
    assert refusal(lambda: enter(agency.opening, number)) == ("tender.second_entry.spent", 409)
    save(12_345_679)
    assert left(agency.opening) == (3, True)
    assert enter(agency.opening, number) == ("a_value",)
    assert enter(third, number, a_value=12_345_679) == ()
    assert state(agency, number) == "done"


def test_the_reason_for_another_floor_rate_is_part_of_what_a_warning_was_answered_for(
    agency: Agency,
) -> None:
    number = agency.draft(floor_rate="88.745", floor_rate_reason="지침")
    told = {"number": number, "code": "entry.floor_rate.other_row"}
    actions.give_reason(by=agency.contract, at=POSTED, reason="발주부서 지침", **told)
    enter(agency.opening, number, floor_rate="88.745")
    actions.agree_reason(by=agency.opening, at=POSTED, **told)

    def answered() -> tuple[str, str]:
        row = queries.care_for(agency.contract, number, at=POSTED)
        return row.second.state, row.doubts[0].state

    assert answered() == ("done", "answered")
    changes = {"floor_rate_reason": "다른 지침"}
    actions.save_draft(by=agency.contract, at=POSTED, number=number, changes=changes)
    assert answered() == ("done", "open")
