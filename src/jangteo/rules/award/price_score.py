"""The score of a price under qualification screening: weight, slope, a flat part near the top."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from jangteo.ground.errors import N_, Fault
from jangteo.ground.reason import Reason, Steps
from jangteo.ground.rounding import decimal_text
from jangteo.rules.award.order import points
from jangteo.rules.dated import Row

#: r is kept in ten-thousandths: rounded half up at the fifth decimal
GRAIN = 10_000


@dataclass(frozen=True, slots=True)
class PriceScore:
    """ratio: in ten-thousandths; points: exact."""

    ratio: int
    points: Fraction
    reasons: Sequence[Reason]


class Scale:
    """The price score of one tender: row, reserve price and A value fixed, asked for each amount.

    All is counted in whole numbers over one denominator. Law: 조달청 시설공사 적격심사세부기준
    [별표 1]–[별표 5] 제2호. Fault if A is not below the reserve price.
    """

    def __init__(self, row: Row, *, reserve_price: int, a_value: int = 0) -> None:
        if not 0 <= a_value < reserve_price:
            raise Fault("the A value lies below the reserve price")
        self.row, self.reserve, self.a_value = row, reserve_price, a_value
        weight, k, flat, least = (row.fraction(n) for n in ("weight", "k", "flat", "least"))
        basis, cap = row.fraction("basis"), row.fraction("cap")
        #: a ten-thousandth of the ratio costs k hundredths of a point
        grain = k / 100
        parts = (weight, grain * basis * 100, grain, flat, least)
        self.unit = lcm(*(part.denominator for part in parts))
        whole = [int(part * self.unit) for part in parts]
        self.weight, self.at_basis, self.grain, self.flat, self.least = whole
        self.cap = -(-cap * 100 // 1)

    def score(self, amount: int) -> PriceScore:
        """weight − k × |basis − r| × 100, r = (amount − A) / (reserve price − A); see the page."""
        whole = self.reserve - self.a_value
        ratio = (2 * GRAIN * (amount - self.a_value) + whole) // (2 * whole)
        flat = amount <= self.reserve and ratio >= self.cap
        found = (
            self.flat
            if flat
            else max(self.weight - abs(self.at_basis - self.grain * ratio), self.least)
        )
        score = Fraction(found, self.unit)
        return PriceScore(ratio, score, Steps(lambda: self._reasons(amount, ratio, score, flat)))

    def _reasons(self, amount: int, ratio: int, score: Fraction, flat: bool) -> list[Reason]:
        row, shown = self.row, decimal_text(Fraction(ratio, GRAIN), 4)
        first = row.reason(
            "award.screening.ratio",
            N_("({amount:,} − {a_value:,}) / ({reserve:,} − {a_value:,}) is {ratio}."),
            amount=amount, a_value=self.a_value, reserve=self.reserve, ratio=shown,
        )  # fmt: skip
        if flat:
            text = N_("From {cap} % of the reserve price on, the price scores {score} points.")
            said = {"cap": row.text("cap"), "score": points(score)}
            return [first, row.reason("award.screening.flat", text, **said)]
        text = N_("{weight} − {k} × |{basis} − {ratio}| × 100 is {score} points for the price.")
        second = row.reason(
            "award.screening.price", text,
            weight=points(row.fraction("weight")), k=points(row.fraction("k")),
            basis=points(row.fraction("basis") / 100), ratio=shown, score=points(score),
        )  # fmt: skip
        return [first, second]
