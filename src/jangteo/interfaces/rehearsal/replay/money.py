"""Whether one real amount stands, to the won, at every step from the opening to the last payee."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from jangteo.ground.clock import KST
from jangteo.interfaces.rehearsal.street.told import Told, told

#: where the amount must stand, in the order of its way
PLACES = (
    "opened", "awarded", "contracted", "accepted", "claimed", "sum of leaves", "ordered",
    "credited",
)  # fmt: skip


@dataclass(slots=True)
class Money:
    """The way of one amount.

    published: won of rank 1, as published. stands: place -> won. steps: the trail as it was told.
    """

    notice: str
    published: int
    contract: str = ""
    stands: Mapping[str, int] = field(default_factory=dict)
    steps: list[Told] = field(default_factory=list)
    differences: list[str] = field(default_factory=list)


def money(
    notice: str, published: int, award: Mapping[str, Any], claim: Mapping[str, Any],
    trail: Mapping[str, Any],
) -> Money:  # fmt: skip
    """Hold the amount that was published against where it stands; each difference is named.

    award, claim and trail: as the API tells them.
    """
    opened = [one["amount"] for one in trail["steps"] if one["kind"] == "opening.publish"]
    stands = {
        "opened": opened[0] if len(opened) == 1 else 0,
        "awarded": award["value"],
        "sum of leaves": sum(one["amount"] for one in claim["leaves"]),
        **trail["sums"],
    }
    found = Money(notice, published, claim["contract_number"], stands, told(trail))
    found.differences = [
        f"{place}: ours {stands[place]}, published {published}"
        for place in PLACES
        if stands[place] != published
    ]
    found.differences += [
        f"{one.step}: no article or page" for one in found.steps if not one.article or not one.page
    ]
    return found


def report(found: Money, site: str) -> str:
    """The trail for people: each step with its amount, article and page; then what differs."""
    lines = [f"      {found.notice}: {found.published:,} won from the opening to the last payee"]
    for one in found.steps:
        amount = "" if one.amount is None else f"{one.amount:,} won"
        when = one.at.astimezone(KST)
        lines.append(f"      {when:%Y-%m-%d %H:%M} {amount:>18}  {one.step} {one.payee}".rstrip())
        lines.append(f"      {'':35}  {one.article} · {site}{one.page}")
    verdict = "the same won at every step" if not found.differences else "DIFFERENT"
    places = ", ".join(f"{place} {found.stands[place]:,}" for place in PLACES if found.stands)
    lines.append(f"      {found.notice} {verdict}: {places}")
    return "\n".join([*lines, *(f"      {found.notice} {text}" for text in found.differences)])


def as_json(found: Money) -> dict[str, Any]:
    """The same as data."""
    return {
        "notice": found.notice, "published": found.published, "contract": found.contract,
        "stands": dict(found.stands), "differences": found.differences,
        "trail": [one.as_json() for one in found.steps],
    }  # fmt: skip
