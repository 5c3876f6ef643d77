"""The balance price (균형가격): the mean of what serious bids ask, without the ends."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from jangteo.ground.errors import N_
from jangteo.ground.reason import Reason, Steps
from jangteo.ground.rounding import round_to
from jangteo.rules.award.order import points
from jangteo.rules.dated import Row, table

TABLE = "award/balance_price"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tested:
    """A bid and what its price sheet shows: won, None where it was not looked at.

    mismatch: the sheet does not add up to the bid; negative: items below zero; fixed: the items
    that the agency fixed; labour: direct labour.
    """

    key: str
    amount: int
    mismatch: bool = False
    negative: bool = False
    fixed: int | None = None
    labour: int | None = None


@dataclass(frozen=True, slots=True)
class Own:
    """The agency's own figures in won, None where there are none."""

    reserve_price: int
    fixed: int | None = None
    labour: int | None = None


@dataclass(frozen=True, slots=True)
class Balance:
    """price: exact; counted, dropped: keys in the order of amount, then key."""

    price: Fraction
    counted: tuple[str, ...]
    dropped: tuple[str, ...]
    reasons: Sequence[Reason]


def serious(bids: Sequence[Tested], own: Own, row: Row) -> list[Tested]:
    """The bids that count for the balance price, by a row of award/comprehensive, lowest first.

    Left out are bids above the reserve price or below 70 % of it, with a sheet that differs or
    negative items, with less than 99.7 % of the fixed items or 80 % of direct labour. A bid at
    such a limit counts. Law: the ministers' standards under 국가계약법 시행령 제42조제6항 and
    지방계약법 시행령 제42조의3제3항. Nothing is rounded.
    """
    found = [one for one in bids if _serious(one, own, row)]
    return sorted(found, key=lambda one: (one.amount, one.key))


def _serious(one: Tested, own: Own, row: Row) -> bool:
    below = (
        (one.amount, own.reserve_price, "low"),
        (one.fixed, own.fixed, "fixed"),
        (one.labour, own.labour, "labour"),
    )
    return not (
        one.amount > own.reserve_price
        or one.mismatch
        or one.negative
        or any(
            theirs is not None and ours is not None and theirs * 100 < ours * row.fraction(name)
            for theirs, ours, name in below
        )
    )


def balance_price(
    counted: Sequence[Tested], *, row: Row, by: Row | None = None, on: date
) -> Balance | None:
    """The mean of the bids that count, `serious` ones lowest first, without the highest and lowest.

    row: of award/comprehensive; by: of award/balance_price, otherwise the one in force for so
    many bids. Shares are rounded as the row says; if nothing is left, the mean of all. None
    without a bid. The mean is exact. Law: as `serious`.
    """
    if not counted:
        return None
    n = len(counted)
    share = by or table(TABLE).on(on, regime=row.where["regime"], bids=n)
    top = _share(n, share.fraction("top"), row)
    fixed = "bottom_count" in share.values
    bottom = share.integer("bottom_count") if fixed else _share(n, share.fraction("bottom"), row)
    kept = list(counted)[bottom : max(n - top, bottom)] or list(counted)
    price = Fraction(sum(one.amount for one in kept), len(kept))
    names = {one.key for one in kept}
    dropped = tuple(one.key for one in counted if one.key not in names)
    return Balance(
        price, tuple(one.key for one in counted), dropped,
        Steps(lambda: [_why(share, n, len(kept), price)]),
    )  # fmt: skip


def _share(count: int, percent: Fraction, row: Row) -> int:
    return round_to(count * percent / 100, 1, row.text("rounding"))


def _why(row: Row, counted: int, kept: int, price: Fraction) -> Reason:
    text = N_("Of {counted} bids that count, {kept} are left in the middle; their mean is {price}.")
    return row.reason("award.balance.mean", text, counted=counted, kept=kept, price=shown(price))


def shown(price: Fraction) -> str:
    """A balance price as people write it: won, rounded half up at the third decimal."""
    return points(Fraction(round_to(price * 100, 1, "half_up"), 100))
