"""Cases and answers of docs/figures.md: every method, every remark, every refusal of the form."""

import copy
from typing import Any

import pytest

from jangteo.rules.award.case import in_force, written
from jangteo.rules.award.figures import answer
from jangteo.rules.dated import table

M = 10**6
PRICES = {
    "unit": 100, "price_rounding": "up", "mean_of": "displayed", "mean_rounding": "up",
    "rates": [
        "101.997", "98.298", "101.116", "99.578", "101.530", "99.199", "100.755", "102.480",
        "97.730", "98.762", "97.136", "97.955", "102.998", "99.943", "100.345",
    ],
}  # fmt: skip


BOUNDS = [97000, 97375, 97750, 98125, 98500, 98875, 99250, 99625, 100000, 100428, 100857,
          101285, 101714, 102142, 102571, 103000]  # fmt: skip
SEEDS = [bytes(range(32)).hex(), bytes(range(32, 64)).hex()]


def _case(method: str, bids: list[dict[str, Any]], **changed: Any) -> dict[str, Any]:
    case: dict[str, Any] = {
        "method": method, "regime": "national", "category": "works", "on": "2026-04-02",
        "estimated_price": 150 * M, "reserve_price": 1000, **changed,
    }  # fmt: skip
    case = {name: value for name, value in case.items() if value is not None}
    return {**case, "bids": bids, "rows": in_force(case)}


def _bids(*amounts: int, **more: Any) -> list[dict[str, Any]]:
    return [{"key": f"b{n}", "amount": amount, **more} for n, amount in enumerate(amounts)]


def _told(case: dict[str, Any]) -> list[tuple[str, int, str]]:
    return [(one["key"], one["rank"], one["remark"]) for one in answer(case)["bids"]]


def test_a_row_that_ended_is_written_with_its_end() -> None:
    row = table("price/floor_rate").row(
        "price/floor_rate:national-goods-below-threshold-2023-01-01"
    )
    assert written(row) == {
        "id": "price/floor_rate:national-goods-below-threshold-2023-01-01",
        "since": "2023-01-01", "until": "2026-01-08",
        "where": {
            "regime": "national", "procedure": "open", "category": "goods",
            "estimated_price": "0..220000000",
        },
        "values": {"value": "84.245"},
    }  # fmt: skip


def test_a_qualification_from_the_draw_to_the_chosen() -> None:
    bids = [
        {"key": key, "amount": amount, "picks": picks}
        for key, amount, picks in (
            ("a", 128_646_600, [5, 7]), ("b", 127_000_000, [5, 11]), ("c", 150_000_000, [3, 5]),
            ("d", 128_646_600, [7, 11]), ("x", 1, [3, 8]),
        )
    ]  # fmt: skip
    bids[4]["excluded"] = 1
    case = _case(
        "qualification", bids, regime="local", reserve_price=None, base_amount=141_614_000,
        drawing=PRICES,
    )  # fmt: skip
    found = answer(case)
    assert found["figures"]["drawn"] == [5, 7, 11, 3]
    assert found["figures"]["counts"][7] == 1
    assert found["figures"]["drawn_from"][7] == 0
    assert found["figures"]["reserve_price"] == 141_804_150
    assert found["figures"]["floor_price"] == 127_262_135
    assert _told(case) == [
        ("a", 1, "normal"), ("b", 0, "below_floor"), ("c", 0, "above_reserve"),
        ("d", 1, "normal"), ("x", 0, "excluded"),
    ]  # fmt: skip
    scores = {one["key"]: one["scores"] for one in found["bids"]}
    assert scores["a"] == {
        "ratio": "0.9072", "price": "85", "others": "10", "total": "95", "passes": "yes",
        "rate": "90.721",
    }  # fmt: skip
    assert scores["b"] == {"rate": "89.560"}
    assert scores["x"] == {}
    assert (found["outcome"], found["chosen"]) == ("opened", ["a", "d"])


def test_prices_from_seeds_are_those_of_the_page() -> None:
    terms = {name: value for name, value in PRICES.items() if name != "rates"}
    drawing = {**terms, "seeds": SEEDS, "range_low": "-3", "range_high": "3", "bounds": BOUNDS}
    drawing["shortage_seed"] = "".join(SEEDS)
    case = _case(
        "quotation", _bids(88_000_000, 90_000_000, picks=[2, 9]), reserve_price=None,
        base_amount=100_000_000, drawing=drawing, floor_rate="88",
    )  # fmt: skip
    found = answer(case)["figures"]
    assert found["prices"][:3] == [101_758_000, 98_316_000, 102_205_000]
    assert found["drawn"] == [2, 9, 1, 5]


@pytest.mark.parametrize(
    ("scores", "chosen"),
    [
        ([{"finance": "10"}, {"finance": "10"}], ["b0"]),
        ([{"finance": "9"}, {"finance": "10"}], ["b1"]),
        ([{"finance": "9.991"}, {"finance": "10"}], ["b0"]),
        ([{"finance": "9.981"}, {"finance": "10"}], ["b1"]),
        ([{"finance": "9"}, {"finance": "9"}], []),
        ([{"finance": "9", "reputation": "1"}, {"finance": "10"}], ["b0"]),
        ([{"finance": "10", "reputation": "-1"}, {"finance": "10"}], ["b1"]),
    ],
)
def test_the_lowest_that_passes_is_chosen(scores: list[Any], chosen: list[str]) -> None:
    bids = [{**bid, "scores": one} for bid, one in zip(_bids(975, 980), scores, strict=True)]
    assert answer(_case("qualification", bids))["chosen"] == chosen


def test_of_equal_amounts_the_better_examined_is_chosen() -> None:
    bids = [
        {"key": "a", "amount": 900, "scores": {"finance": "9.5"}},
        {"key": "b", "amount": 900, "scores": {"finance": "9.7"}},
        {"key": "c", "amount": 900, "scores": {"finance": "9.7"}},
        {"key": "d", "amount": 901},
    ]
    found = answer(_case("qualification", bids))
    assert found["chosen"] == ["b", "c"]
    assert [one["rank"] for one in found["bids"]] == [1, 1, 1, 4]


def test_difficulty_lowers_the_full_mark_of_wages() -> None:
    for difficulty, total in (("1", "100"), ("0.80", "98")):
        case = _case(
            "qualification", _bids(900, 901), estimated_price=7000 * M, difficulty=difficulty
        )
        assert answer(case)["bids"][0]["scores"]["total"] == total


@pytest.mark.parametrize(
    ("method", "remark", "chosen"),
    [("qualification", "below_net_cost", "b1"), ("lowest_price", "below_net_cost", "b1")],
)
def test_the_net_cost_line(method: str, remark: str, chosen: str) -> None:
    case = _case(method, _bids(950, 951, 970), base_amount=1000, base_net_cost=970)
    found = answer(case)
    assert found["figures"]["net_cost_line"] == 951
    assert (found["bids"][0]["remark"], found["chosen"]) == (remark, [chosen])
    assert answer({**case, "rows": {**case["rows"], "price/net_cost": []}})["chosen"] == ["b0"]


def test_the_two_stages() -> None:
    bids = [
        {"key": "a", "amount": 900, "qualified": 1, "technical": "88.50"},
        {"key": "b", "qualified": 0, "technical": "40"},
        {"key": "c", "amount": 1001, "qualified": 1, "technical": "90"},
    ]
    case = _case("two_stage", bids, category="goods")
    assert _told(case) == [("a", 1, "normal"), ("b", 0, "unqualified"), ("c", 0, "above_reserve")]
    assert answer(case)["bids"][0]["scores"] == {"technical": "88.5"}
    one = {**case, "bids": bids[:2]}
    assert answer(one)["outcome"] == "too_few"
    assert {bid["remark"] for bid in answer(one)["bids"]} == {"unranked"}
    assert answer({**one, "method": "simultaneous"})["chosen"] == ["a"]
    none = {**case, "method": "simultaneous", "bids": [bids[1], {**bids[1], "key": "z"}]}
    assert (answer(none)["outcome"], answer(none)["figures"]) == ("none_inside", {})


def _drawn(
    method: str, bids: list[dict[str, Any]], base: int = 100_000_000, **drawing: Any
) -> dict[str, Any]:
    whole = {**PRICES, "shortage_seed": "00", "range_low": "-3", "range_high": "3", **drawing}
    terms = {name: value for name, value in whole.items() if value is not None}
    return answer(
        _case(method, bids, category="goods", reserve_price=None, base_amount=base,
              floor_rate="88", drawing=terms)
    )  # fmt: skip


@pytest.mark.parametrize(("method", "counted"), [("two_stage", 4), ("simultaneous", 4)])
def test_picks_of_the_unqualified_count_nowhere(method: str, counted: int) -> None:
    bids = _bids(90_000_000, 91_000_000, picks=[5, 7], technical="80", qualified=1)
    bids.append({"key": "out", "amount": 1, "picks": [1, 2], "technical": "1", "qualified": 0})
    found = _drawn(method, bids)
    assert sum(found["figures"]["counts"]) == counted
    assert found["figures"]["drawn"][:2] == [5, 7]
    assert [one["scores"].get("rate", "") != "" for one in found["bids"]] == [True, True, False]


@pytest.mark.parametrize(
    ("picks", "drawing"),
    [
        ([5, "7"], {}), ([5, 16], {}), ([5, 5], {}), ([5], {}), ("57", {}),
        ([5, 7], {"unit": 0}), ([5, 7], {"mean_of": "guessed"}), ([5, 7], {"rates": ["100.000"]}),
        ([5, 7], {"price_rounding": "away"}), ([5, 7], {"shortage_seed": "xy"}),
        ([5, 7], {"rates": [100] * 15}), ([5, 7], {"rates": "x"}),
        ([5, 7], {"rates": None, "seeds": SEEDS, "bounds": ["97000", *BOUNDS[1:]]}),
        ([5, 7], {"rates": None, "seeds": SEEDS, "bounds": BOUNDS[:15]}),
        ([5, 7], {"rates": None, "seeds": [*SEEDS, SEEDS[0]], "bounds": BOUNDS}),
    ],
)  # fmt: skip
def test_a_drawing_that_cannot_be_is_refused(picks: Any, drawing: dict[str, Any]) -> None:
    bids = _bids(90_000_000, 91_000_000, picks=[5, 7])
    assert "refused" not in _drawn("quotation", bids)
    bids[1]["picks"] = picks
    assert _drawn("quotation", bids, **drawing) == {"refused": "form"}


def test_the_smallest_amounts_are_amounts() -> None:
    found = _drawn("quotation", _bids(1, 100, picks=[5, 7]), base=1)
    assert (found["figures"]["reserve_price"], found["chosen"]) == (100, ["b1"])
    assert _drawn("quotation", _bids(1, 100, picks=[5, 7]), base=0) == {"refused": "form"}
    bids = _bids(1, 2, technical="80", price_score="1", capability="1", social="1")
    for method in ("negotiation", "comprehensive"):
        case = _case(method, bids, category="services" if method == "negotiation" else "works")
        assert answer(case)["outcome"] in ("opened", "none_inside")
        assert answer({**case, "bids": [{**bids[0], "amount": 0}, bids[1]]}) == {"refused": "form"}


def test_a_price_is_drawn_or_given_not_both() -> None:
    bids = _bids(90_000_000, 91_000_000, picks=[5, 7])
    drawing = {**PRICES, "shortage_seed": "00"}
    case = _case("quotation", bids, base_amount=100_000_000, floor_rate="88", drawing=drawing)
    assert answer(case) == {"refused": "form"}
    del case["reserve_price"]
    assert answer(case)["figures"]["drawn"][:2] == [5, 7]


def test_a_negotiation_by_a_committee() -> None:
    def marks(*teams: str) -> list[dict[str, str]]:
        return [{"plan": "50", "team": team} for team in teams]

    bids = [
        {"key": "a", "amount": 990, "marks": marks("20", "25", "30"), "deduction": "5"},
        {"key": "b", "amount": 990, "marks": marks("18", "18", "30")},
        {"key": "c", "amount": 990, "marks": marks("17", "17.9", "40")},
    ]
    items = [{"code": "plan", "full": "50"}, {"code": "team", "full": "30"}]
    even = [
        {"key": "p", "amount": 990, "marks": [{"plan": "40", "team": "30"}] * 3},
        {"key": "t", "amount": 990, "marks": [{"plan": "45", "team": "25"}] * 3},
    ]
    tied = answer(_case("negotiation", even, category="services", items=items))
    assert tied["chosen"] == ["t"]
    assert answer(_case("negotiation", even, category="services"))["chosen"] == ["p", "t"]
    found = answer(_case("negotiation", bids, category="services", items=items))
    assert [(one["rank"], one["scores"]["technical"]) for one in found["bids"]] == [
        (1, "70"), (2, "68"), (0, "67.9"),
    ]  # fmt: skip
    assert found["bids"][2]["remark"] == "unqualified"
    assert found["figures"] == {"reserve_price": 1000, "reference": 1000, "ceiling": 1000}


def test_a_negotiation_may_do_without_a_reserve_price() -> None:
    bids = _bids(110_000, 110_001, technical="80")
    given: dict[str, Any] = {
        "category": "services", "reserve_price": None, "estimated_price": 100_000,
        "technical_weight": 90, "price_weight": 10,
    }  # fmt: skip
    local = answer(_case("negotiation", bids, regime="local", **given))
    assert local["figures"] == {"reference": 100_000, "ceiling": 110_000}
    assert [one["remark"] for one in local["bids"]] == ["normal", "above_reserve"]
    national = answer(_case("negotiation", bids, **given))
    assert national["figures"] == {"reference": 100_000}
    assert national["bids"][1]["scores"]["price"] == "9.9999"
    for method in ("qualification", "quotation", "lowest_price", "comprehensive"):
        without = {**_case(method, bids), "floor_rate": "88"}
        del without["reserve_price"]
        assert answer(without) == {"refused": "form"}
    for weight in ("price_weight", "technical_weight"):
        half = _case("negotiation", bids, **{**given, weight: None})
        assert answer(half) == {"refused": "form"}


def test_a_ceiling_follows_the_tax_that_the_case_brings() -> None:
    bids = _bids(119_000, 120_001, technical="80")
    given = {"category": "services", "reserve_price": None, "estimated_price": 100_000}
    case = _case("negotiation", bids, regime="local", **given)
    case["rows"] = copy.deepcopy(case["rows"])
    for row in case["rows"]["price/vat"]:
        row["values"]["value"] = "20"
    assert answer(case)["figures"]["ceiling"] == 120_000
    del case["rows"]["price/vat"]
    assert answer(case) == {"refused": "row"}
    assert answer({**case, "reserve_price": 120_000})["figures"]["ceiling"] == 120_000
    assert answer({**case, "regime": "national", "rows": _national(case)})["outcome"] == "opened"


def _national(case: dict[str, Any]) -> dict[str, Any]:
    rows = in_force({**case, "regime": "national"})
    return {name: found for name, found in rows.items() if name != "price/vat"}


def test_a_comprehensive_evaluation() -> None:
    bids = _bids(700, 850, 1000, price_score="50", capability="40", social="5")
    found = answer(_case("comprehensive", bids, estimated_price=20_000 * M))
    assert found["figures"]["balance_price"] == "850"
    assert [one["rank"] for one in found["bids"]] == [2, 1, 2]
    assert found["bids"][0]["scores"] == {
        "price": "50", "capability": "40", "social": "5", "total": "95",
    }  # fmt: skip


SOUND = _case("qualification", _bids(900, 950), a_value=10)


@pytest.mark.parametrize(
    ("path", "value", "code"),
    [
        (("method",), "guess", "form"),
        (("regime",), "public", "form"),
        (("on",), "soon", "form"),
        (("a_value",), 1000, "a_value"),
        (("a_value",), -1, "a_value"),
        (("a_value",), "1", "form"),
        (("reserve_price",), 0, "form"),
        (("reserve_price",), 1, "a_value"),
        (("reserve_price",), True, "form"),
        (("drawing",), {}, "form"),
        (("bids",), [], "form"),
        (("bids", 1, "key"), "b0", "form"),
        (("bids", 1, "amount"), 0, "form"),
        (("bids", 1, "excluded"), 2, "form"),
        (("bids", 1, "scores"), {"luck": "1"}, "form"),
        (("bids", 1, "scores"), {"finance": "1e1"}, "form"),
        (("floor_rate",), "x", "form"),
        (("rows",), {}, "row"),
        (("rows", "award/screening"), [], "row"),
        (("rows", "award/screening", 0, "since"), "2026-04-03", "row"),
        (("rows", "award/screening", 0, "where", "regime"), "local", "row"),
        (("rows", "award/screening", 0, "where"), {}, "row"),
        (("estimated_price",), 5000 * M, "row"),
        (("estimated_price",), -1, "form"),
        (("rows", "award/screening", 0, "until"), "2026-04-02", "row"),
        (("rows", "award/screening", 0, "until"), "2020-01-01", "form"),
        (("rows", "award/screening", 0), "x", "form"),
        (("rows",), "x", "form"),
        (("bids", 0), "x", "form"),
        (("bids", 0, "scores"), [], "form"),
        (("bids",), "x", "form"),
        (("base_net_cost",), 0, "form"),
        (("base_net_cost",), 1, "form"),
        (("difficulty",), "1.1234567", "form"),
    ],
)
def test_what_cannot_be_answered_is_refused(path: tuple[Any, ...], value: Any, code: str) -> None:
    case = copy.deepcopy(SOUND)
    inner: Any = case
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    assert answer(case) == {"refused": code}
    assert "refused" not in answer(SOUND)


@pytest.mark.parametrize(
    ("category", "price", "floor"),
    [
        ("goods", 100 * M, 843), ("goods_manufacture", 2000 * M, 805), ("sme_goods", 100 * M, 880),
        ("services", 100 * M, 880), ("special_works", 100 * M, 898),
    ],
)  # fmt: skip
def test_each_category_has_its_floor_and_passes_on_it(
    category: str, price: int, floor: int
) -> None:
    bids = _bids(floor, floor - 1)
    case = _case("qualification", bids, category=category, estimated_price=price)
    if category == "special_works":
        assert answer(case) == {"refused": "row"}
        case["floor_rate"] = "89.745"
    found = answer(case)
    assert found["figures"]["floor_price"] == floor
    assert (found["chosen"], found["bids"][1]["remark"]) == (["b0"], "below_floor")


def test_simple_labour_is_quoted_at_ninety_percent() -> None:
    case = _case("quotation", _bids(900, 899), category="simple_labour", estimated_price=10 * M)
    assert answer(case)["chosen"] == ["b0"]
    assert answer(case)["figures"]["floor_price"] == 900


def test_an_agency_may_have_fixed_items_of_nothing() -> None:
    bids = _bids(800, 900, price_score="1", capability="1", social="1", fixed=0, labour=0)
    case = _case("comprehensive", bids, fixed=0, labour=0)
    assert answer(case)["figures"]["balance_price"] == "850"
    assert "balance_price" not in answer({**case, "labour": 1})["figures"]
