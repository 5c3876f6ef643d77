"""A whole number of won, with its currency; rounding is always named."""

import re
from dataclasses import dataclass
from fractions import Fraction

from jangteo.ground.errors import N_, Refusal
from jangteo.ground.rounding import Rounding, round_to

_TYPED = re.compile(r"\d{1,3}(?:,\d{3})+|\d+")
_MOST = 10**15


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in the currency's smallest unit in use: for KRW, whole won."""

    amount: int
    currency: str = "KRW"

    def __post_init__(self) -> None:
        if type(self.amount) is not int:
            raise TypeError("an amount of money is a whole number")

    @classmethod
    def parse(cls, text: str, *, field: str = "") -> "Money":
        """Read what a person types: "1,234,500,000" or "1234500000", perhaps with 원.

        Raises Refusal "ground.money.malformed" (400) for anything but whole won from 0 up to
        a thousand trillion.
        """
        plain = text.strip().removesuffix("원").strip()
        if not plain.isascii() or not _TYPED.fullmatch(plain):
            raise _malformed(text, field)
        amount = int(plain.replace(",", ""))
        if amount > _MOST:
            raise _malformed(text, field)
        return cls(amount)

    def _same(self, other: "Money") -> None:
        if self.currency != other.currency:
            raise ValueError(f"{self.currency} and {other.currency} do not mix")

    def __add__(self, other: "Money") -> "Money":
        self._same(other)
        return Money(self.amount + other.amount, self.currency)

    def __sub__(self, other: "Money") -> "Money":
        self._same(other)
        return Money(self.amount - other.amount, self.currency)

    def __lt__(self, other: "Money") -> bool:
        self._same(other)
        return self.amount < other.amount

    def __le__(self, other: "Money") -> bool:
        self._same(other)
        return self.amount <= other.amount

    def times(self, ratio: Fraction | int, rounding: Rounding, unit: int = 1) -> "Money":
        """This amount multiplied by an exact ratio, rounded as named to multiples of `unit`."""
        return Money(round_to(self.amount * Fraction(ratio), unit, rounding), self.currency)

    def __str__(self) -> str:
        return f"{self.amount:,} {self.currency}"


def _malformed(text: str, field: str) -> Refusal:
    return Refusal(
        "ground.money.malformed",
        N_("“{typed}” is not an amount in whole won."),
        repair=N_("Type digits only; commas may separate thousands."),
        field=field,
        status=400,
        typed=text[:40],
    )
