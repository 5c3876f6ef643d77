"""What an officer may choose from, in the reader's language."""

from datetime import date

from django.utils.translation import get_language

from jangteo.rules.dated import table
from jangteo.rules.eligibility.licence import licences
from jangteo.rules.eligibility.region import regions


def _korean() -> bool:
    return (get_language() or "ko").startswith("ko")


def region_choices(on: date) -> list[tuple[str, str]]:
    """(code, name) of the provinces and metropolitan cities on a day."""
    return [(one.code, one.ko if _korean() else one.en) for one in regions(on)]


def licence_choices(on: date) -> list[tuple[str, str]]:
    """(code, name) of the trades on a day."""
    return [(one.code, one.ko if _korean() else one.en) for one in licences(on)]


def unit_choices(on: date) -> list[int]:
    """Price units, in won, for which a rounding is known on a day."""
    return sorted(int(row.where["unit"]) for row in table("price/rounding").all_on(on))


def names(codes: tuple[str, ...], choices: list[tuple[str, str]]) -> str:
    """The names of codes, for a sentence."""
    known = dict(choices)
    return ", ".join(known.get(code, code) for code in codes)
