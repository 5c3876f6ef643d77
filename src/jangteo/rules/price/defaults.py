"""The price terms a notice starts from, each with the dated row it comes from."""

from dataclasses import dataclass
from datetime import date

from jangteo.ground.errors import N_, Refusal
from jangteo.ground.reason import Reason
from jangteo.rules.dated import Row, RuleMissing, table

_SAID = {
    "price/range": N_("The preliminary prices lie from {low} to {high} % around the base amount."),
    "price/unit": N_("Preliminary prices are multiples of {value} won."),
    "price/rounding:up": N_("Preliminary prices are rounded up to their unit."),
    "price/rounding:half_even": N_(
        "Preliminary prices are rounded to the nearest unit, halves to the even one."
    ),
    "price/mean_of:displayed": N_("The reserve price is the mean of the displayed prices."),
    "price/mean_of:unrounded": N_("The reserve price is the mean of the unrounded prices."),
    "price/mean_rounding:up": N_("The mean is rounded up to a whole won."),
    "price/mean_rounding:half_up": N_("The mean is rounded to the nearest won."),
}


#: no floor rate is known -> what is said, how it is repaired, the article; by procedure
_NO_FLOOR = {
    "open": (
        N_("There is no qualification floor rate for an estimated price of {price:,} won."),
        N_("Works of this size are judged by another method; check the estimated price."),
        "국가계약법 시행령 제42조제4항 · 지방계약법 시행령 제42조제1항제1호",
    ),
    "quotation": (
        N_("There is no floor rate of quotations for an estimated price of {price:,} won."),
        N_("A quotation of this size is not possible; check the estimated price."),
        "국가계약법 시행령 제30조제5항 · 지방계약법 시행령 제30조제5항",
    ),
}


@dataclass(frozen=True, slots=True)
class FloorRate:
    """rate: percent with three decimals; row: "" where it is not a row's own."""

    rate: str
    row: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Defaults:
    """Terms as the notice stores them; `rows` names the row of each table used.

    range_low, range_high: percent, "-3" and "3"; unit: won; price_rounding and mean_rounding:
    values of ground.rounding.Rounding; mean_of: "displayed" or "unrounded".
    """

    regime: str
    category: str
    on: date
    range_low: str
    range_high: str
    unit: int
    price_rounding: str
    mean_of: str
    mean_rounding: str
    rows: dict[str, str]
    reasons: tuple[Reason, ...]

    def floor_rate(self, estimated_price: int) -> FloorRate:
        """See the function of the same name."""
        return floor_rate(self.regime, self.category, estimated_price, on=self.on)


def defaults(regime: str, category: str, on: date, unit: int | None = None) -> Defaults:
    """Range, unit, roundings and mean mode for a notice posted `on` a day.

    regime "national" or "local"; category "works", "goods" or "services". The officer may
    choose another unit, and the roundings follow the unit. Law: the ministers' standards under
    국가계약법 시행령 제9조제4항 and 지방계약법 시행령 제10조제4항. RuleMissing if no row holds.
    """
    span = table("price/range").on(on, regime=regime)
    base = table("price/unit").on(on, category=category)
    chosen = unit or base.integer()
    kinds = {name: _by_unit(name, on, chosen) for name in ("rounding", "mean_of", "mean_rounding")}
    used = [span, *([base] if unit in (None, base.integer()) else []), *kinds.values()]
    return Defaults(
        regime=regime,
        category=category,
        on=on,
        range_low=span.text("low"),
        range_high=span.text("high"),
        unit=chosen,
        price_rounding=kinds["rounding"].value,
        mean_of=kinds["mean_of"].value,
        mean_rounding=kinds["mean_rounding"].value,
        rows={row.table: row.id for row in used},
        reasons=tuple(_reason(row) for row in used),
    )


def _by_unit(name: str, on: date, unit: int) -> Row:
    return table(f"price/{name}").on(on, unit=unit)


def _reason(row: Row) -> Reason:
    said = _SAID.get(f"{row.table}:{row.values.get('value', '')}") or _SAID[row.table]
    return row.reason("price.defaults.row", said, sure=row.sure, **row.values)


def floor_rate(
    regime: str, category: str, estimated_price: int, *, on: date, procedure: str = "open"
) -> FloorRate:
    """The floor rate of a notice, by procedure, estimated price (without VAT) and notice day.

    category "simple_labour" for services of simple labour. Law, qualification: 국가계약법 시행령
    제42조제5항 and the procurement service's works standard, 지방계약법 시행령 제42조제2항;
    quotation: the ministers' standards under 제30조제5항 of both decrees. It is the notice's day
    that counts, never the opening's. Refusal "price.floor_rate.none" where no floor rate is known:
    national works from 10 billion won and local works from 30 billion are judged by another method.
    Of difficult works it is the rate of difficulty 1.00: see `award.screening.raised`.
    """
    try:
        row = table("price/floor_rate").on(
            on,
            regime=regime,
            procedure=procedure,
            category=category,
            estimated_price=estimated_price,
        )
    except RuleMissing as missing:
        text, repair, law = _NO_FLOOR[procedure]
        raise Refusal(
            "price.floor_rate.none",
            text,
            repair=repair,
            law=law,
            field="estimated_price",
            price=estimated_price,
        ) from missing
    reason = row.reason(
        "price.floor_rate.row",
        N_("The floor rate for this estimated price and day of notice is {rate} %."),
        rate=row.value,
        price=estimated_price,
    )
    return FloorRate(row.value, row.id, (reason,))
