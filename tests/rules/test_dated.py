"""Dated tables: what holds on a day, and what a table must not be."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from jangteo.ground.errors import Fault
from jangteo.rules import dated, files

ROW = {"id": "a", "since": date(2020, 1, 1), "law": "법 제1조", "source": "text", "sure": "stated"}


def _table(*rows: dict[str, Any], fields: tuple[str, ...] = ()) -> dated.Table:
    content = {"table": "x/y", "about": "test", "fields": list(fields), "row": list(rows)}
    return dated.build("x/y", content)


@pytest.mark.parametrize("name", [n for n in files.names() if n != "calendar/holidays"])
def test_every_table_is_sound_and_every_row_has_its_law(name: str) -> None:
    for row in dated.table(name).rows:
        assert row.law
        assert row.source
        assert row.sure in dated.SURE
        assert dated.row(row.id) is row


def test_there_are_tables_for_all_rules_of_price() -> None:
    needed = {"unit", "rounding", "mean_of", "mean_rounding", "range", "strata", "floor_rate"}
    assert needed <= {n.partition("/")[2] for n in files.names() if n.startswith("price/")}


def test_a_row_ends_where_its_successor_begins() -> None:
    table = _table(
        {**ROW, "value": "1"}, {**ROW, "id": "b", "since": date(2025, 7, 1), "value": "2"}
    )
    assert table.on(date(2025, 6, 30)).value == "1"
    assert table.on(date(2025, 7, 1)).value == "2"
    assert table.on(date(2025, 7, 1)).fraction() == Fraction(2)
    assert [row.value for row in table.all_on(date(2025, 7, 1))] == ["2"]
    with pytest.raises(dated.RuleMissing) as missing:
        table.on(date(2019, 12, 31))
    assert missing.value.code == "rules.dated.missing"
    assert missing.value.params["day"] == "2019-12-31"


def test_an_explicit_end_leaves_a_gap_that_is_refused() -> None:
    table = _table({**ROW, "value": "1", "until": date(2021, 1, 1)})
    assert table.on(date(2020, 12, 31)).value == "1"
    with pytest.raises(dated.RuleMissing):
        table.on(date(2021, 1, 1))


def test_ranges_and_wildcards() -> None:
    rows = [
        {**ROW, "id": "low", "where": {"price": "0..1000", "kind": "*"}, "value": "1"},
        {**ROW, "id": "high", "where": {"price": "1000..", "kind": "works"}, "value": "2"},
    ]
    table = _table(*rows, fields=("price", "kind"))
    on = date(2026, 1, 1)
    assert table.on(on, price=999, kind="goods").value == "1"
    assert table.on(on, price=1000, kind="works").value == "2"
    with pytest.raises(dated.RuleMissing):
        table.on(on, price=1000, kind="goods")
    with pytest.raises(Fault):
        table.on(on, price=1000)


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [{**ROW, "value": "1", "law": " "}],
        [{**ROW, "value": "1", "source": ""}],
        [{**ROW, "value": "1", "sure": "maybe"}],
        [{**ROW, "value": "1", "since": "2020-01-01"}],
        [{**ROW}],
        [{**ROW, "value": 1}],
        [{**ROW, "value": {"a": 1}}],
        [{**ROW, "value": "1", "where": {"kind": "works"}}],
        [{**ROW, "value": "1"}, {**ROW, "value": "1", "since": date(2021, 1, 1)}],
        [{**ROW, "value": "1"}, {**ROW, "id": "b", "value": "1"}],
        [
            {**ROW, "value": "1", "until": date(2021, 1, 1)},
            {**ROW, "id": "b", "since": date(2021, 6, 1), "value": "2"},
        ],
    ],
)
def test_tables_that_break_the_form(rows: list[dict[str, Any]]) -> None:
    with pytest.raises(Fault):
        _table(*rows)


@pytest.mark.parametrize(("one", "other"), [("0..10", "9..20"), ("*", "works"), ("5..", "0..6")])
def test_two_answers_to_one_question_are_a_fault(one: str, other: str) -> None:
    with pytest.raises(Fault, match="at the same time"):
        _table(
            {**ROW, "where": {"f": one}, "value": "1"},
            {**ROW, "id": "b", "where": {"f": other}, "value": "2"},
            fields=("f",),
        )


def test_unknown_tables_rows_and_values() -> None:
    for ask in (
        lambda: dated.table("no/such"),
        lambda: dated.row("price/unit:no-such"),
        lambda: dated.row("price/range:local-2020").value,
        lambda: dated.build("x/y", {"table": "x/z", "about": "a", "row": []}),
    ):
        with pytest.raises(Fault):
            ask()
