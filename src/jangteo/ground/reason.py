"""Why a figure is what it is: one step of a computation, in words, with its article."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Reason:
    """One step a person can follow.

    code    stable: "price.reserve.mean_of_four"
    text    an English sentence marked with N_, with {placeholders} filled from params
    params  values as ints or strings, so that a reason can be stored as JSON
    law     the article or the published rule, in Korean as cited
    row     the dated-table row used: "price/rounding:national:works:2020-01-01", or ""
    """

    code: str
    text: str
    params: Mapping[str, Any] = field(default_factory=dict)
    law: str = ""
    row: str = ""

    def as_json(self) -> dict[str, Any]:
        """The stored form; `Reason(**value)` reads it back."""
        return {
            "code": self.code,
            "text": self.text,
            "params": dict(self.params),
            "law": self.law,
            "row": self.row,
        }
