"""Exact ratios: a rate in percent never passes through a binary float."""

import re
from dataclasses import dataclass
from fractions import Fraction

from jangteo.ground.errors import N_, Refusal
from jangteo.ground.rounding import Rounding, decimal_text, round_places

_PERCENT = re.compile(r"[+-]?\d{1,4}(?:\.\d{1,6})?")


@dataclass(frozen=True, slots=True, order=True)
class Rate:
    """A rate in percent, exact: Rate.parse("89.745").ratio == Fraction(89745, 100000)."""

    percent: Fraction

    @classmethod
    def parse(cls, text: str, *, places: int = 3, field: str = "") -> "Rate":
        """Read a percentage such as "89.745", "-3" or "89.745%".

        Raises Refusal "ground.rate.malformed" (400) if it is not one or has more decimals than
        `places`.
        """
        plain = text.strip().removesuffix("%").strip()
        digits = len(plain.partition(".")[2])
        if not plain.isascii() or not _PERCENT.fullmatch(plain) or digits > places:
            raise Refusal(
                "ground.rate.malformed",
                N_("“{typed}” is not a percentage with up to {places} decimals."),
                repair=N_("Type a number such as 89.745."),
                field=field,
                status=400,
                typed=text[:40],
                places=places,
            )
        return cls(Fraction(plain))

    @classmethod
    def of(cls, part: Fraction | int, whole: Fraction | int) -> "Rate":
        """What percentage `part` is of `whole`, exact. ValueError if the whole is zero."""
        if whole == 0:
            raise ValueError("a rate needs a whole that is not zero")
        return cls(Fraction(part) / Fraction(whole) * 100)

    @property
    def ratio(self) -> Fraction:
        """The same as a ratio: 1 for one hundred percent."""
        return self.percent / 100

    def text(self, places: int = 3, rounding: Rounding = Rounding.DOWN) -> str:
        """With exactly so many decimals, rounded as named: "90.721"."""
        return decimal_text(round_places(self.percent, places, rounding), places)
