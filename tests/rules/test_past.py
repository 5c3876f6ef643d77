"""The past of the tables cannot be edited unseen, and no question falls between two rows."""

from datetime import date
from typing import Any

from jangteo.rules import dated, files, gaps, past
from jangteo.rules.files import names

ROW = {"id": "a", "since": date(2020, 1, 1), "law": "법 제1조", "source": "text", "sure": "stated"}


def _table(*rows: dict[str, Any], fields: tuple[str, ...] = (), ends: str = "") -> dated.Table:
    content = {"table": "x/y", "about": "test", "fields": list(fields), "row": list(rows)}
    return dated.build("x/y", content | ({"ends": ends} if ends else {}))


def test_every_row_is_as_it_was_laid_down_or_says_why_not() -> None:
    assert past.breaches() == []


def test_no_table_leaves_a_gap() -> None:
    found = [g for n in names() if "row" in files.toml(n) for g in gaps.gaps(dated.table(n))]
    assert found == []


def test_an_edited_row_is_seen_and_a_note_explains_it() -> None:
    one, two, three = (past.digest({**ROW, "value": value}) for value in "123")
    note = {"x/y:a": "2026-11-26: the gazette prints 2, we had read 1"}
    said = "x/y:a was edited; say in `corrected` when, what and why"
    unkept = "x/y:a was corrected; run ./jangteo rules lock, so that this form is kept too"
    laid = {"x/y:a": (one,)}
    assert list(past.compare({"x/y:a": one}, laid, {})) == []
    assert list(past.compare({"x/y:a": two}, laid, {})) == [said]
    assert list(past.compare({"x/y:a": two}, laid, {"x/y:a": "typo"})) == [said]
    assert list(past.compare({"x/y:a": two}, laid, note)) == [unkept]
    assert past.lines({"x/y:a": two}, laid, {}) == [f"{one} x/y:a"]
    assert past.lines({"x/y:a": two}, laid, note) == [f"{one} x/y:a", f"{two} x/y:a"]
    corrected = {"x/y:a": (one, two)}
    assert list(past.compare({"x/y:a": two}, corrected, note)) == []
    assert list(past.compare({"x/y:a": two}, corrected, {})) == [said]
    assert list(past.compare({"x/y:a": three}, corrected, note)) == [unkept]  # once more


def test_the_note_itself_does_not_change_the_digest() -> None:
    assert past.digest({**ROW, "corrected": "why"}) == past.digest(ROW)
    assert past.digest({**ROW, "since": date(2020, 1, 2)}) != past.digest(ROW)


def test_a_row_that_vanished_or_is_new_is_named() -> None:
    assert list(past.compare({}, {"x/y:a": ("1",)}, {})) == [
        "x/y:a was laid down once and is gone; end it with `until` instead"
    ]
    assert list(past.compare({"x/y:b": "1"}, {}, {})) == [
        "x/y:b is not in rows.lock yet; run ./jangteo rules lock"
    ]


def test_a_gap_in_time_and_one_between_bands() -> None:
    where = {"where": {"price": "0..10"}, "value": "1"}
    ended = _table({**ROW, **where, "until": date(2021, 1, 1)}, fields=("price",))
    assert gaps.gaps(ended) == ["x/y:a ends on 2021-01-01 and nothing follows for price 0"]
    told = _table(
        {**ROW, **where, "until": date(2021, 1, 1)}, fields=("price",), ends="it was repealed"
    )
    assert gaps.gaps(told) == []
    apart = _table(
        {**ROW, **where},
        {**ROW, "id": "b", "where": {"price": "11.."}, "value": "2"},
        fields=("price",),
    )
    assert gaps.gaps(apart) == ["x/y:a ends at 10 and x/y:b begins at 11 on 2020-01-01"]


def test_a_band_that_moves_leaves_no_gap() -> None:
    day = date(2021, 1, 1)
    rows = [
        {**ROW, "id": "low", "until": day, "where": {"price": "0..10"}, "value": "1"},
        {**ROW, "id": "high", "until": day, "where": {"price": "10.."}, "value": "2"},
        {**ROW, "id": "new-low", "since": day, "where": {"price": "0..12"}, "value": "1"},
        {**ROW, "id": "new-high", "since": day, "where": {"price": "12.."}, "value": "2"},
    ]
    assert gaps.gaps(_table(*rows, fields=("price",))) == []
    rows[2]["where"] = {"price": "0..10"}
    assert gaps.gaps(_table(*rows[:3], fields=("price",))) == [
        "x/y:high ends on 2021-01-01 and nothing follows for price 10"
    ]
