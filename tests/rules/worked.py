"""The worked examples, computed again by the rules; what differs is named by its place."""

import tomllib
from collections.abc import Callable, Mapping
from datetime import timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

from jangteo.ground.errors import Fault, Refusal
from jangteo.ground.rounding import decimal_text, round_to
from jangteo.rules.award import negotiation, quotation, screening
from jangteo.rules.award.order import points
from jangteo.rules.award.price_score import Scale
from jangteo.rules.award.ranking import Bid, Ranked, rank
from jangteo.rules.dated import Row, table
from jangteo.rules.deadline.counting import passed
from jangteo.rules.deadline.steps import due
from jangteo.rules.payment.advance import settled_advance
from jangteo.rules.payment.damages import delay_damages
from jangteo.rules.payment.interest import accrued
from jangteo.rules.price.defaults import defaults, floor_rate
from jangteo.rules.price.displayed import bid_rate
from jangteo.rules.price.draw import draw
from jangteo.rules.price.floor import Floor, floor_price
from jangteo.rules.price.net_cost import net_cost_line
from jangteo.rules.price.preliminary import preliminary_prices, strata
from jangteo.rules.price.reserve import Reserve, mean, reserve_price, unit_price
from jangteo.rules.price.vat import amounts as with_tax
from jangteo.rules.security.bid import bid_security
from jangteo.rules.security.defect import defect_security
from jangteo.rules.security.performance import performance, works_bond

CASES = Path(__file__).parent / "cases"
Case = Mapping[str, Any]


def read(name: str) -> dict[str, Any]:
    return tomllib.loads((CASES / f"{name}.toml").read_text(encoding="utf-8"))


def differences(name: str, case: Case) -> list[str]:
    """Where a case file and the rules part: "bid[1].price: 84.8, the rules say 85"."""
    try:
        found = WORKED[name](case)
    except (Fault, Refusal, ValueError, KeyError) as no:
        return [f"{name}: the rules refuse it: {no}"]
    return [f"{name}: {text}" for text in _compared("", found, case)]


def _compared(place: str, found: Any, stored: Any) -> list[str]:
    if isinstance(found, Mapping):
        return [
            text
            for key, value in found.items()
            for text in _compared(f"{place}.{key}".lstrip("."), value, stored.get(key))
        ]
    if isinstance(found, list) and isinstance(stored, list) and len(found) == len(stored):
        pairs = enumerate(zip(found, stored, strict=True))
        return [text for at, (a, b) in pairs for text in _compared(f"{place}[{at}]", a, b)]
    return [] if found == stored else [f"{place}: {stored}, the rules say {found}"]


def _bounds(low: str, high: str, case: Case) -> list[str]:
    bounds = strata(low, high, on=case["on"]).bounds
    return [decimal_text(Fraction(b, 1000), 3) for b in bounds]


def _reserve(price: int) -> Reserve:
    return Reserve(price, Fraction(price), Fraction(price), ())


def ex_1(case: Case) -> dict[str, Any]:
    base, rates, on = int(case["base_amount"]), case["rates"], case["on"]
    terms = defaults("local", "works", on)
    low, high = terms.range_low, terms.range_high
    if not strata(low, high, on=on).fits(rates):
        raise Fault("the rates do not lie one in each cell")
    prices = preliminary_prices(base, rates, terms.unit, terms.price_rounding)
    drawn = draw(case["picks"], on=on)
    reserve = reserve_price(
        base, [rates[n - 1] for n in drawn.chosen], terms.unit, terms.price_rounding,
        terms.mean_of, terms.mean_rounding,
    )  # fmt: skip
    return {
        "range_low": low, "range_high": high, "unit": terms.unit,
        "bounds": _bounds(low, high, case),
        "prices": [one.price for one in prices.prices],
        "counts": list(drawn.counts), "drawn": list(drawn.chosen),
        "reserve_price": reserve.price,
        "bid": [{"rate": bid_rate(b["amount"], reserve.for_rates)} for b in case["bid"]],
    }  # fmt: skip


def ex_2(case: Case) -> dict[str, Any]:
    base, on = case["base_amount"], case["on"]
    terms = defaults("national", "works", on)
    drawn = draw(case["picks"], on=on)
    rates = case["drawn_rates"]
    prices = preliminary_prices(base, rates, terms.unit, terms.price_rounding).prices
    reserve = reserve_price(
        base, rates, terms.unit, terms.price_rounding, terms.mean_of, terms.mean_rounding
    )
    estimated = with_tax(base_amount=base, estimated_price=None, on=on).estimated_price
    rate = floor_rate("national", "works", estimated, on=on).rate
    floor = floor_price(reserve.price, rate, case["a_value"])
    return {
        "estimated_price": estimated, "unit": terms.unit, "counts": list(drawn.counts),
        "drawn": list(drawn.chosen), "drawn_prices": [one.price for one in prices],
        "reserve_price": reserve.price, "floor_rate": rate, "floor_price": floor.price,
        "floor_price_without_a": floor_price(reserve.price, rate).price,
        "bounds": _bounds(terms.range_low, terms.range_high, case),
        "bid": _ranked(case, reserve, floor, {**case, "regime": "national", "category": "works"}),
    }  # fmt: skip


def _ranked(case: Case, reserve: Reserve, floor: Floor, terms: Case) -> list[dict[str, Any]]:
    """Each bid of the case as ranked, with the score of those not above the reserve price."""
    bids = [Bid(str(bid["amount"]), bid["amount"]) for bid in case["bid"]]
    ranked = {one.amount: one for one in rank(bids, reserve, floor)}
    return [
        {key: value for key, value in _bid(ranked[bid["amount"]], reserve, terms).items()
         if key in bid}
        for bid in case["bid"]
    ]  # fmt: skip


def _row(terms: Case) -> Row:
    return table("award/screening").on(
        terms["on"], regime=terms["regime"], category=terms["category"],
        estimated_price=terms["estimated_price"],
    )  # fmt: skip


def _bid(one: Ranked, reserve: Reserve, terms: Case) -> dict[str, Any]:
    found: dict[str, Any] = {"rank": one.rank, "remark": one.remark, "rate": one.rate}
    if one.remark == "above_reserve":
        return found
    row = _row(terms)
    price = Scale(row, reserve_price=reserve.price, a_value=terms["a_value"]).score(one.amount)
    score = screening.marks(row).score(price)
    return found | {
        "ratio": points(Fraction(price.ratio, 10_000)), "price": points(score.price),
        "total": points(score.total), "passes": score.passes,
    }  # fmt: skip


def ex_3(case: Case) -> dict[str, Any]:
    seed = bytes.fromhex(case["shortage_seed"])
    drawn = draw(case["picks"], shortage_seed=seed, on=case["on"])
    prices = [Fraction(text) for text in case["unit_prices"]]
    return {
        "fractional_price": round_to(Fraction(case["fractional_mean"]), 1, "up"),
        "unit_price_mean": decimal_text(unit_price(prices, on=case["on"]), 2),
        "counts": list(drawn.counts), "drawn": list(drawn.chosen),
        "supplied": list(drawn.supplied),
        "shortage_mean": round_to(mean(case["shortage_prices"]), 1, "up"),
    }  # fmt: skip


def scores(case: Case) -> dict[str, Any]:
    """EX-4 and the scores of EX-6."""
    rate = floor_rate(case["regime"], case["category"], case["estimated_price"], on=case["on"]).rate
    floor = floor_price(case["reserve_price"], rate, case["a_value"])
    return {
        "floor_rate": rate, "floor_price": floor.price, "pass_mark": _row(case).text("pass"),
        "bid": _ranked(case, _reserve(case["reserve_price"]), floor, case),
    }  # fmt: skip


def ex_5(case: Case) -> dict[str, Any]:
    names = ("base_net_cost", "base_amount", "reserve_price", "regime", "category", "on")
    net = net_cost_line(**{name: case[name] for name in names})
    if net is None:
        raise Fault("there is a line")
    bids = [Bid(str(bid["amount"]), bid["amount"]) for bid in case["bid"]]
    ranked = rank(bids, _reserve(case["reserve_price"]), Floor(1, ()), net=net)
    remark = {one.amount: one.remark for one in ranked}
    return {
        "net_cost": net.net, "net_cost_line": net.line,
        "bid": [{"remark": remark[bid["amount"]]} for bid in case["bid"]],
    }  # fmt: skip


def ex_6(case: Case) -> dict[str, Any]:
    reserve, rate = case["reserve_price"], case["floor_rate"]
    return {
        "floor_price": floor_price(reserve, rate, case["a_value"]).price,
        "floor_price_without_a": floor_price(reserve, rate).price,
        "derived": [{"floor_rate": _derived(row)} for row in case["derived"]],
    }


def _derived(row: Case) -> str:
    """The ratio is rounded half up at four decimals, so the floor lies half a grain below."""
    lost = (Fraction(row["weight"]) - Fraction(row["needed"])) / Fraction(row["slope"])
    return decimal_text(Fraction(row["basis"]) - lost - Fraction("0.005"), 3)


def ex_7(case: Case) -> dict[str, Any]:
    return {"floor": [_quoted(case, one) for one in case["floor"]]}


def _quoted(case: Case, one: Case) -> dict[str, Any]:
    rate = floor_rate(
        case["regime"], one["category"], 10**7, on=case["on"], procedure="quotation"
    ).rate
    floor = floor_price(case["reserve_price"], rate)
    amounts = (one["below"], one["price"], one["price"] + 1)
    bids = [Bid(str(at), amount) for at, amount in enumerate(amounts)]
    ranked = quotation.rank(bids, _reserve(case["reserve_price"]), floor)
    first = [row.amount for row in ranked if row.rank == 1]
    below = next(row for row in ranked if row.amount == one["below"])
    return {
        "rate": rate, "price": floor.price, "below": floor.price - 1, "remark": below.remark,
        "chosen": first[0] if len(first) == 1 else first,
    }  # fmt: skip


def ex_8(case: Case) -> dict[str, Any]:
    proposals = [
        negotiation.Proposal(str(bid["amount"]), bid["amount"], Fraction(case["technical"]))
        for bid in case["bid"]
    ]
    terms = {
        "regime": case["regime"], "on": case["on"], "estimated_price": case["estimated_price"],
        "reserve_price": case["reserve_price"], "weights": tuple(case["weights"]),
    }  # fmt: skip
    usual = negotiation.rank(proposals, negotiation.Terms(**terms)).placed
    row = negotiation.Terms(**terms).row(negotiation.PRICE)
    lifted = Row(row.id, row.table, row.period, row.where, {**row.values, "lowest_clamped": "yes"},
                 row.law, row.source, row.sure)  # fmt: skip
    clamped = negotiation.Terms(**terms, rows={negotiation.PRICE: lifted})
    other = negotiation.rank(proposals, clamped).placed
    return {
        "bid": [
            {"price": points(one.scores["price"]), "total": points(one.scores["total"]),
             "rank": one.rank, "clamped": points(two.scores["price"])}
            for one, two in zip(usual, other, strict=True)
        ]
    }  # fmt: skip


def ex_9(case: Case) -> dict[str, Any]:
    found = []
    for one in case["case"]:
        damages = delay_damages(
            value=one["value"], accepted=one["accepted"], ends=case["ends"],
            done=case["ends"] + timedelta(days=one["days"]), regime=one["regime"],
            category=one["category"], on=case["on"],
        )  # fmt: skip
        found.append({"amount": damages.amount, "capped": damages.capped})
    return {"case": found}


def ex_10(case: Case) -> dict[str, Any]:
    on, value = case["on"], case["value"]
    last = due("payment", case["claimed"], regime="national", on=on).day
    late = (case["paid"] - last).days
    bond = works_bond(value=value, award_rate_percent=Fraction(90), regime="national", on=on)
    settled, _ = settled_advance(
        contract=case["contract"], advance=case["advance"], progress=case["progress"]
    )
    defect = defect_security(value=value, kind="manufacture", regime="local", on=on)
    return {
        "due": last, "late_days": late,
        "interest": accrued(case["amount"], Fraction(case["rate"]), late),
        "bid_bond": bid_security(amount=value, regime="national", on=on).amount,
        "performance": performance(value=value, regime="national", on=on).amount,
        "defect_goods": defect.amount, "works_bond": bond.amount, "settled": settled,
        "posting": [
            {"latest": passed(case["deadline"], one["days"], "calendar", -timedelta(days=1))}
            for one in case["posting"]
        ],
    }  # fmt: skip


WORKED: dict[str, Callable[[Case], dict[str, Any]]] = {
    "ex_1_local_works": ex_1,
    "ex_2_national_a_value": ex_2,
    "ex_3_rounding_and_shortage": ex_3,
    "ex_4_works_1bn": scores,
    "ex_5_net_cost": ex_5,
    "ex_6_floors": ex_6,
    "ex_6_scores": scores,
    "ex_7_quotation": ex_7,
    "ex_8_negotiation": ex_8,
    "ex_9_delay_damages": ex_9,
    "ex_10_clocks_and_money": ex_10,
}
