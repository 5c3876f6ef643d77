"""What a table must answer, what it names as missing, and that nothing else is left unanswered."""

from datetime import date
from typing import Any

import pytest

from jangteo.ground.errors import Fault
from jangteo.rules import answered, dated, files

SINCE = date(2026, 1, 1)
ROW = {"since": date(2020, 1, 1), "law": "법 제1조", "source": "text", "sure": "stated"}
LOW = {**ROW, "id": "low", "where": {"regime": "local", "price": "0..10"}, "value": "1"}
HIGH = {**ROW, "id": "high", "where": {"regime": "local", "price": "10..20"}, "value": "2"}
DOMAIN = {"since": SINCE, "where": {"regime": "local", "price": "0..20"}}
WHY = "the annex with this band is not at hand"


def _holes(*rows: dict[str, Any], domain: Any = DOMAIN, missing: Any = ()) -> answered.Holes:
    head = {"table": "x/y", "about": "test", "fields": ["regime", "price"]}
    content = head | {"row": list(rows), "domain": [domain], "missing": list(missing)}
    return answered.holes(dated.build("x/y", content), content)


def _tables() -> list[str]:
    return [name for name in files.names() if "row" in files.toml(name)]


def test_no_table_leaves_its_domain_unanswered() -> None:
    found = [answered.holes(dated.table(name), files.toml(name)) for name in _tables()]
    assert [one for holes in found for one in (*holes.faults, *holes.filled)] == []


@pytest.mark.parametrize(
    ("name", "where"),
    [
        ("award/screening", {"regime": "local", "category": "goods", "estimated_price": 10**9}),
        (
            "award/screening",
            {"regime": "local", "category": "services", "estimated_price": 5 * 10**8},
        ),
        ("eligibility/seat", {"regime": "local"}),
    ],
)
def test_what_is_named_as_missing_is_missing(name: str, where: dict[str, Any]) -> None:
    on = date(2026, 2, 1)
    with pytest.raises(dated.RuleMissing):
        dated.table(name).on(on, **where)
    assert answered.holes(dated.table(name), files.toml(name)).known


def test_what_no_row_ever_answered_is_seen() -> None:
    assert _holes(LOW, HIGH) == answered.Holes((), (), ())
    one = "x/y: no row answers regime local, price 10..20 on 2026-01-01"
    assert _holes(LOW).faults == (one,)
    both = {"since": SINCE, "where": {"regime": ["local", "national"], "price": "0.."}}
    assert _holes(LOW, HIGH, domain=both).faults == (
        "x/y: no row answers regime local, price 20.. on 2026-01-01",
        "x/y: no row answers regime national, price 0..10 on 2026-01-01",
        "x/y: no row answers regime national, price 10..20 on 2026-01-01",
        "x/y: no row answers regime national, price 20.. on 2026-01-01",
    )


def test_it_must_answer_on_every_day_since_the_domains_own() -> None:
    ended = {**HIGH, "until": date(2026, 7, 1)}
    assert _holes(LOW, ended).faults == (
        "x/y: no row answers regime local, price 10..20 on 2026-07-01",
    )
    late = {**HIGH, "since": date(2026, 3, 1)}
    assert _holes(LOW, late).faults == (
        "x/y: no row answers regime local, price 10..20 on 2026-01-01",
    )
    assert _holes(LOW, late, domain=DOMAIN | {"since": date(2026, 3, 1)}).faults == ()


def test_a_named_hole_is_listed_with_its_reason_and_covers_no_more() -> None:
    named = {"where": {"regime": "*", "price": "10..15"}, "why": WHY}
    found = _holes(LOW, missing=[named])
    assert found.faults == ("x/y: no row answers regime local, price 15..20 on 2026-01-01",)
    assert found.known == (f"x/y: price 10..15: {WHY}",)
    assert _holes(LOW, HIGH, missing=[named]) == answered.Holes((), (), ("x/y: price 10..15",))
    late = {**HIGH, "since": date(2026, 3, 1)}
    until = {"where": {"regime": "local", "price": "10..20"}, "until": date(2026, 3, 1), "why": WHY}
    assert _holes(LOW, late, missing=[until]).faults == ()
    assert _holes(LOW, missing=[until]).faults == (
        "x/y: no row answers regime local, price 10..20 on 2026-03-01",
    )
    gone = {**LOW, "since": date(2026, 3, 1)}
    assert len(_holes(gone, missing=[until]).faults) == 2


@pytest.mark.parametrize(
    ("domain", "missing"),
    [
        ({"since": SINCE, "where": {"regime": "local"}}, []),
        ({"where": {"regime": "local", "price": "0.."}}, []),
        ({"since": "2026-01-01", "where": {"regime": "local", "price": "0.."}}, []),
        (DOMAIN, [{"where": {"regime": "local", "price": "0.."}}]),
        (DOMAIN, [{"where": {"regime": "local", "price": "0.."}, "why": "unknown"}]),
    ],
)
def test_heads_that_break_the_form(domain: Any, missing: Any) -> None:
    with pytest.raises(Fault):
        _holes(LOW, domain=domain, missing=missing)
