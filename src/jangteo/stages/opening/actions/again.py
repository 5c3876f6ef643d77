"""Compute a published opening once more, from what was opened, and hold it against what stands."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from jangteo.ground.errors import Fault, Refusal
from jangteo.stages.opening.actions.case import gather, unseal, unseal_seeds
from jangteo.stages.opening.actions.holding import Finding, come
from jangteo.stages.opening.models import OpenedBid, Opening, PreliminaryPrice, Result
from jangteo.stages.opening.queries.figures import recomputed
from jangteo.stages.opening.queries.state import last_result
from jangteo.stages.opening.queries.verifier import verify
from jangteo.stages.tender.queries import NoticeRow, notice

SECOND = "second engine"
#: remarks of bids that no ranking holds
_UNRANKED = ("void", "excluded", "unranked")


@dataclass(frozen=True, slots=True)
class Came:
    """How an opening came out. Money in won, None if nothing was drawn.

    drawn: numbers in ascending order; ranks: envelope hash -> (amount, rank, remark, rate); lots:
    of bids that share a rank, envelope hash -> the number that each drew, the least comes first.
    """

    code: str
    reserve_price: int | None = None
    floor_price: int | None = None
    net_cost_line: int | None = None
    drawn: tuple[int, ...] = ()
    ranks: Mapping[str, tuple[int, int, str, str]] = field(default_factory=dict)
    lots: Mapping[str, str] = field(default_factory=dict)

    def first(self) -> list[tuple[str, int]]:
        """Who is first in rank: (envelope hash, amount), several if they bid the same."""
        return sorted((key, row[0]) for key, row in self.ranks.items() if row[1] == 1)


@dataclass(frozen=True, slots=True)
class Again:
    """One opening: as it was published, and as it comes out now; equal if nothing differs."""

    number: str
    was: Came
    now: Came

    def differences(self) -> Iterator[tuple[str, str, str]]:
        """(what, was, now) for each figure and each bid that differs."""
        for name in ("code", "reserve_price", "floor_price", "net_cost_line", "drawn"):
            one, other = getattr(self.was, name), getattr(self.now, name)
            if one != other:
                yield name, _said(one), _said(other)
        for key in sorted({*self.was.ranks, *self.now.ranks}):
            one, other = self.was.ranks.get(key), self.now.ranks.get(key)
            if one != other:
                yield f"bid {key[:12]}", _said(one), _said(other)
        for key in sorted(self.was.lots):  # openings from before lots were drawn have none
            one, other = self.was.lots[key], self.now.lots.get(key)
            if one != other:
                yield f"lot of bid {key[:12]}", _said(one), _said(other)


def opened_tenders() -> list[str]:
    """The numbers of all tenders whose bids were opened and whose result stands, in order."""
    rows = Result.objects.exclude(outcome="hold").filter(opening__opened__isnull=False)
    return sorted(set(rows.values_list("opening__tender__number", flat=True)))


def verified_tenders() -> list[str]:
    """The numbers of all tenders on whose standing result the second engine agreed, in order.

    Those that failed before anything was opened are among them.
    """
    rows = Result.objects.exclude(outcome="hold").exclude(verified="none")
    return sorted(set(rows.values_list("opening__tender__number", flat=True)))


def again(number: str, terms: Mapping[str, Any] | None = None) -> Again:
    """Draw, price, rank once more by the rules of today's program; nothing is written.

    terms: terms of the notice to put in place of its own, for a rehearsal of a change of law. The
    law of the tender's own rule day holds. Refusal `tender.unknown` (404).
    """
    found = notice(number)
    opening = Opening.objects.get(
        tender_id=found.tender_id, lot=found.lot, round=found.round, version=found.version
    )
    case = gather(opening, found)
    now = _come(replace(found, **(terms or {})), case)
    return Again(number, _stored(opening), now)


def verified_again(number: str) -> list[tuple[str, str, str]]:
    """(what, was, now) where the second engine says otherwise of the frozen bundle than it did.

    Nothing is written; silence is a difference, and so is a bundle that is not the one that was
    frozen. Nothing where nothing was asked of it.
    """
    found = notice(number)
    opening = Opening.objects.get(
        tender_id=found.tender_id, lot=found.lot, round=found.round, version=found.version
    )
    known = last_result(opening)
    if known is None or known.verified == "none":
        return []
    frozen = bytes(known.bundle)
    lines = [("bundle", known.bundle_hash, hashlib.sha256(frozen).hexdigest())]
    try:
        verdict = verify(frozen)
    except Refusal as no:
        lines.append((SECOND, known.verified, f"no answer: {no.params['why']}"))
    else:
        lines.append((SECOND, known.verified, verdict.said))
        lines += _figures(known.report, verdict.report)
    return [line for line in lines if line[1] != line[2]]


def _figures(was: Mapping[str, Any], now: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """Each figure of two reports; nothing of an opening from before reports were kept."""
    if not was:
        return []
    one, other = recomputed(was), recomputed(now)
    places = [*one, *(place for place in other if place not in one)]
    return [(f"{SECOND} {place}", _said(one.get(place)), _said(other.get(place)))
            for place in places]  # fmt: skip


def _come(found: NoticeRow, case: Any) -> Came:
    opened = unseal(case)
    try:
        return _found(come(found, opened, unseal_seeds(case)))
    except Refusal as no:
        return Came(no.code)
    except Fault as no:  # a draft of the law may ask for what no rule can do; the others go on
        return Came(f"fault: {no}")


def _found(finding: Finding) -> Came:
    figures = finding.figures
    if figures is None:
        return Came(finding.code)
    ranks = {
        key: (one.amount, one.rank, one.remark, one.rate) for key, one in figures.ranked.items()
    }
    drawn = tuple(sorted(figures.draw.chosen))
    line = figures.net.line if figures.net else None
    lots = {key: tie.number for key, tie in figures.ties.items()}
    return Came(finding.code, figures.reserve.price, figures.floor.price, line, drawn, ranks, lots)


def _stored(opening: Opening) -> Came:
    known = last_result(opening)
    if known is None:
        return Came("")
    if known.reserve_price is None:
        return Came(known.code)
    drawn = PreliminaryPrice.objects.filter(opening=opening, drawn=True)
    bids = OpenedBid.objects.filter(opening=opening).exclude(remark__in=_UNRANKED)
    ranks = {bid.hash: (bid.amount or 0, bid.rank, bid.remark, bid.rate) for bid in bids}
    numbers = tuple(sorted(drawn.values_list("number", flat=True)))
    lots = {bid.hash: bid.tiebreak for bid in bids if bid.tiebreak}
    return Came(
        known.code, known.reserve_price, known.floor_price, known.net_cost_line, numbers, ranks,
        lots,
    )  # fmt: skip


def _said(value: Any) -> str:
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, tuple):
        return " ".join(_said(one) for one in value) or "-"
    return str(value) if value is not None else "-"
