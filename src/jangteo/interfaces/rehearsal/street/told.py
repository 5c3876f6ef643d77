"""An amount's trail as the commands print it: when, how much, by which article, on which page."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Told:
    """One step of the trail. amount: won, or None; page: a path of the site."""

    at: datetime
    step: str
    amount: int | None
    payee: str
    article: str
    page: str

    def as_json(self) -> dict[str, Any]:
        """The same as data; the moment as text."""
        return asdict(self) | {"at": self.at.isoformat()}


def told(trail: Mapping[str, Any]) -> list[Told]:
    """The steps of a trail as GET /contracts/{n}/trail tells it."""
    return [
        Told(
            datetime.fromisoformat(one["at"]), one["step"], one["amount"], one["payee"],
            one["article"], one["page"],
        )
        for one in trail["steps"]
    ]  # fmt: skip
