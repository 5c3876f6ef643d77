"""Rounding is always named: four ways, on exact fractions."""

import math
from enum import StrEnum
from fractions import Fraction


class Rounding(StrEnum):
    """How a fraction becomes a multiple of a unit.

    UP         절상: to the next multiple not below the value (towards plus infinity)
    DOWN       절사: to the next multiple not above the value (towards minus infinity)
    HALF_UP    사사오입: to the nearest multiple, the half goes up
    HALF_EVEN  to the nearest multiple, the half goes to the even one
    """

    UP = "up"
    DOWN = "down"
    HALF_UP = "half_up"
    HALF_EVEN = "half_even"


def _whole(value: Fraction, rounding: Rounding) -> int:
    if rounding is Rounding.UP:
        return math.ceil(value)
    if rounding is Rounding.DOWN:
        return math.floor(value)
    if rounding is Rounding.HALF_UP:
        return math.floor(value + Fraction(1, 2))
    return round(value)


def round_to(value: Fraction | int, unit: int, rounding: Rounding | str) -> int:
    """The multiple of `unit` (a whole number of won, at least 1) that `rounding` names."""
    if unit < 1:
        raise ValueError("a rounding unit is at least 1")
    return _whole(Fraction(value) / unit, Rounding(rounding)) * unit


def round_places(value: Fraction | int, places: int, rounding: Rounding | str) -> Fraction:
    """The value with so many decimals: 2 places of 1235.165 rounded UP are 1235.17."""
    if places < 0:
        raise ValueError("decimal places are counted from 0")
    scale = 10**places
    return Fraction(_whole(Fraction(value) * scale, Rounding(rounding)), scale)


def decimal_text(value: Fraction, places: int) -> str:
    """A value that has at most so many decimals, written with exactly so many: "90.721".

    ValueError if it has more, so that nothing is rounded without a name.
    """
    scaled = value * 10**places
    if scaled.denominator != 1:
        raise ValueError(f"{value} has more than {places} decimals")
    digits = str(abs(scaled.numerator)).rjust(places + 1, "0")
    sign = "-" if scaled < 0 else ""
    return f"{sign}{digits[:-places]}.{digits[-places:]}" if places else sign + digits
