"""A draft amendment ends what it answers, leaves the rest in force, and begins on its own day."""

import tomllib
from datetime import date, timedelta
from typing import Any

import pytest

from jangteo.ground.errors import Fault
from jangteo.interfaces.rehearsal.law import recompute
from jangteo.rules.amended import Succession, amended
from jangteo.rules.dated import Table, table

FLOOR = "price/floor_rate"
DAY = date(2027, 1, 4)
DRAFT = recompute.CASES.parent / "without-the-raise.toml"


def draft(row_id: str, band: str, value: str, **more: Any) -> dict[str, Any]:
    where = {
        "regime": "national", "procedure": "open", "category": "works", "estimated_price": band,
    }  # fmt: skip
    return {
        "id": row_id, "since": DAY, "where": where, "value": value, "law": "a draft",
        "source": "a draft", "sure": "assumed", **more,
    }  # fmt: skip


def rate(made: Table, won: int, on: date = DAY, regime: str = "national") -> str:
    where = {"regime": regime, "procedure": "open", "category": "works"}
    return made.on(on, estimated_price=won, **where).value


def test_a_band_that_moves_takes_the_place_of_what_it_covers() -> None:
    rows = [draft("low", "0..800000000", "90.745"), draft("middle", "800000000..5000000000", "88")]
    made, found = amended(FLOOR, rows)
    assert [rate(made, won) for won in (799_999_999, 800_000_000, 4_999_999_999)] == [
        "90.745", "88", "88",
    ]  # fmt: skip
    assert rate(made, 5_000_000_000) == "87.495"
    before = DAY - timedelta(days=1)
    assert [rate(made, won, before) for won in (799_999_999, 800_000_000)] == ["89.745"] * 2
    assert rate(made, 799_999_999, regime="local") == "89.745"
    assert found == (
        Succession(f"{FLOOR}:low", f"{FLOOR}:national-under-1bn-2026-01-30", DAY, False),
        Succession(f"{FLOOR}:middle", f"{FLOOR}:national-1bn-5bn-2026-01-30", DAY, True),
        Succession(f"{FLOOR}:middle", f"{FLOOR}:national-under-1bn-2026-01-30", DAY, False),
    )


def test_one_moved_band_alone_leaves_the_rest_of_the_old_row_in_force() -> None:
    made, _ = amended(FLOOR, [draft("low", "0..800000000", "90.745")])
    assert (rate(made, 799_999_999), rate(made, 800_000_000)) == ("90.745", "89.745")


def test_a_draft_that_names_what_it_replaces_ends_it_as_a_whole() -> None:
    rows = [draft("low", "0..800000000", "90.745", replaces=["national-under-1bn-2026-01-30"])]
    made, found = amended(FLOOR, rows)
    assert rate(made, 799_999_999) == "90.745"
    with pytest.raises(Exception, match="No rule in force"):
        rate(made, 800_000_000)
    assert [one.whole for one in found] == [True]


def test_a_later_row_of_the_law_ends_a_draft_that_begins_in_the_past() -> None:
    since = date(2024, 1, 1)
    made, found = amended(FLOOR, [draft("past", "0..1000000000", "91", since=since)])
    days = (date(2023, 12, 31), since, date(2026, 1, 29), date(2026, 1, 30))
    assert [rate(made, 1, on) for on in days] == ["87.745", "91", "91", "89.745"]
    old, new = (f"{FLOOR}:national-under-1bn-{day}" for day in ("2020-01-01", "2026-01-30"))
    past = f"{FLOOR}:past"
    assert found == (
        Succession(past, old, since, True),
        Succession(new, past, date(2026, 1, 30), True),
    )


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([draft("a", "0..8", "1"), draft("b", "7..9", "2")], "hold at the same time"),
        ([draft("national-under-1bn-2026-01-30", "0..8", "1")], "choose another"),
        ([draft("a", "0..8", "1", replaces=["nobody"])], "no such row"),
        ([draft("a", "0..8", "1", replaces="national")], "a list of row ids"),
    ],
)
def test_what_stays_ambiguous_is_refused(rows: list[dict[str, Any]], said: str) -> None:
    with pytest.raises(Fault, match=said):
        amended(FLOOR, rows)


def test_the_shipped_draft_undoes_the_raise_from_its_very_day_on() -> None:
    content = tomllib.loads(DRAFT.read_text(encoding="utf-8"))
    seen = 0
    for name, drafts in content.items():
        made, _ = amended(name, drafts["row"])
        for row in drafts["row"]:
            asked = {key: value.split("..")[0] for key, value in row["where"].items()}
            day = row["since"]
            before, raised = (table(name).on(on, **asked) for on in (day - timedelta(days=1), day))
            assert raised.period.since == day, row["id"]
            assert made.on(day, **asked).values == before.values != raised.values
            seen += 1
    assert seen == 31
    assert rate(amended(FLOOR, content[FLOOR]["row"])[0], 1, date(2026, 1, 30)) == "87.745"
