"""Why a figure is what it is: one step of a computation, in words, with its article."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, overload


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


class Steps(Sequence[Reason]):
    """Reasons put into words when somebody first asks for them, and the same ever after.

    Counting a year of tenders needs no words; a page needs them all. Equal to any sequence of
    the same reasons.
    """

    __slots__ = ("_made",)

    def __init__(self, make: Callable[[], Iterable[Reason]]) -> None:
        self._made: Callable[[], Iterable[Reason]] | tuple[Reason, ...] = make

    def _all(self) -> tuple[Reason, ...]:
        if not isinstance(self._made, tuple):
            self._made = tuple(self._made())
        return self._made

    @overload
    def __getitem__(self, place: int) -> Reason: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Reason, ...]: ...
    def __getitem__(self, place: int | slice) -> Reason | tuple[Reason, ...]:
        return self._all()[place]

    def __len__(self) -> int:
        return len(self._all())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and self._all() == tuple(other)

    def __repr__(self) -> str:
        return repr(self._all())
