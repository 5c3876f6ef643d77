"""An opening that is computed once more comes out the same; under a draft of the law it may not."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from jangteo.ground.errors import Refusal
from jangteo.interfaces.rehearsal.law import change
from jangteo.records.journal.queries import history
from jangteo.rules import dated
from jangteo.stages.opening import queries
from jangteo.stages.opening.actions import again, opened_tenders
from jangteo.stages.opening.actions.again import Again, Came
from jangteo.stages.opening.models import Result
from tests.stages.opening.ceremony import Ceremony
from tests.stages.opening.test_full_opening import one

Begin = Callable[..., Ceremony]
DRAFT = """
[["price/floor_rate".row]]
id = "draft-local-under-1bn"
since = 2025-07-02
where.regime = "local"
where.procedure = "open"
where.category = "works"
where.estimated_price = "0..1000000000"
value = "90.745"
law = "a draft"
source = "a draft"
sure = "assumed"
"""


@pytest.fixture
def undrafted() -> Iterator[None]:
    """A rehearsal is a process of its own; a test gives the tables back."""
    yield
    dated._drafts.clear()


def test_history_comes_out_as_it_was_published(begin: Begin) -> None:
    made = one(begin)
    made.open()
    facts = len(history(tender=made.number))
    assert opened_tenders() == [made.number]
    found = again(made.number)
    assert list(found.differences()) == []
    assert found.now.floor_price == 127_262_135
    assert found.now.drawn == (3, 5, 7, 11)
    assert [amount for _, amount in found.now.first()] == [127_262_135]
    assert len(history(tender=made.number)) == facts


def test_another_rate_names_each_figure_that_differs(begin: Begin) -> None:
    made = one(begin)
    made.open()
    found = {
        what: (was, now)
        for what, was, now in again(made.number, {"floor_rate": "90"}).differences()
    }
    assert found["floor_price"] == ("127,262,135", "127,623,735")
    assert "reserve_price" not in found
    assert len([what for what in found if what.startswith("bid ")]) == 21


def test_a_draft_of_the_law_is_rehearsed_on_it(
    begin: Begin, tmp_path: Path, undrafted: None
) -> None:
    made = one(begin)
    made.open()
    path = tmp_path / "draft.toml"
    path.write_text(DRAFT, encoding="utf-8")
    before = change.standing()
    change.put_in(path)
    (found,) = change.rehearse(before)
    assert found.number == made.number
    assert found.terms == {"floor_rate": ("89.745", "90.745")}
    assert found.came is not None
    assert found.came.now.floor_price == 128_680_176
    assert [amount for _, amount in found.came.was.first()] == [127_262_135]
    assert [amount for _, amount in found.came.now.first()] == [130_000_000]
    ((_, first),) = [(what, now) for what, _, now in found.scores if what == "called first"]
    assert first == found.came.now.first()[0][0][:12]
    assert found.first_called()
    assert change.differs(found)


@pytest.mark.parametrize(
    "text",
    [
        "[", "x = 1", '[["price/floor_rate".row]]\nid = "a"', '[["no/such".row]]\nid = "a"',
        '["price/floor_rate"]\nrow = [1]', DRAFT.replace("1000000000", "many"),
        DRAFT + '[["no/such".row]]\nid = "a"',
    ],
)  # fmt: skip
def test_a_draft_that_cannot_be_read_changes_nothing(
    text: str, tmp_path: Path, undrafted: None
) -> None:
    path = tmp_path / "draft.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Refusal) as refused:
        change.put_in(path)
    assert refused.value.code == "rules.draft.unreadable"
    assert dated._drafts == {}


def test_both_calculations_are_found_of_every_ranked_bidder(begin: Begin) -> None:
    made = one(begin)
    made.open()
    for bid in made.bidders:
        ours, theirs = queries.two_results(made.number, bid.party.id)
        assert len(ours) == 64
        assert ours == theirs


def test_a_result_of_before_reports_were_kept_is_verified_once_more(begin: Begin) -> None:
    made = one(begin)
    made.open()
    who = made.bidders[0].party.id
    kept = queries.two_results(made.number, who)
    Result.objects.update(report={})
    assert queries.two_results(made.number, who) == kept
    assert kept[0] == kept[1] != ""
    shown = queries.calculations(made.agency.opening, made.number)
    assert [row.code for row in shown.checks][-1] == "V17"
    assert shown.differing == ()


def test_a_draft_that_no_rule_can_follow_is_named_and_stops_nothing(begin: Begin) -> None:
    made = one(begin)
    made.open()
    found = again(made.number, {"mean_of": "neither"})
    assert (
        found.now.code == "fault: a mean is taken of displayed or unrounded prices, not 'neither'"
    )
    assert found.now.first() == []
    assert found.was.code == "opening.ranked"


def test_another_lot_among_equals_is_a_difference() -> None:
    """It decides who is first; an opening from before lots were drawn has none to compare."""
    ranks = {"a" * 64: (100, 1, "", "90"), "b" * 64: (100, 1, "", "90")}
    was = Came("", ranks=ranks, lots={"a" * 64: "1" * 64, "b" * 64: "2" * 64})
    now = replace(was, lots={"a" * 64: "2" * 64, "b" * 64: "1" * 64})
    assert list(Again("R26BK00000001", was, was).differences()) == []
    assert list(Again("R26BK00000001", was, now).differences()) == [
        ("lot of bid aaaaaaaaaaaa", "1" * 64, "2" * 64),
        ("lot of bid bbbbbbbbbbbb", "2" * 64, "1" * 64),
    ]
    assert list(Again("R26BK00000001", replace(was, lots={}), now).differences()) == []
