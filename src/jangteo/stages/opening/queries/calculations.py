"""Both calculations of an opening side by side: the platform's rules and the verifier's."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from jangteo.ground.errors import N_, Refusal
from jangteo.records.account.queries import Actor
from jangteo.stages.opening.models import Result
from jangteo.stages.opening.queries.figures import recomputed, report_of, stated
from jangteo.stages.opening.queries.result import found_of, result
from jangteo.stages.opening.queries.rows import ResultRow
from jangteo.stages.opening.states import CHECKS, OUTCOMES, REMARKS

#: what is always shown, differing or not, in the order of the law
MAIN = (
    "drawn", "reserve_price", "floor_price", "net_cost_line", "outcome.outcome", "outcome.code",
)  # fmt: skip

#: a place of the bundle -> what stands there; n: a number, name: the bidder
LABELS = (
    (r"drawn", N_("Numbers drawn")),
    (r"supplied", N_("Numbers supplied")),
    (r"reserve_price", N_("Reserve price")),
    (r"floor_price", N_("Floor price")),
    (r"net_cost", N_("Net cost within the reserve price")),
    (r"net_cost_line", N_("Net-cost line")),
    (r"outcome\.outcome", N_("Outcome")),
    (r"outcome\.code", N_("Code of the outcome")),
    (r"outcome\.law", N_("Article of the outcome")),
    (r"prices\[(?P<n>\d+)\]\.rate", N_("Rate of number {n}")),
    (r"prices\[(?P<n>\d+)\]\.price", N_("Preliminary price of number {n}")),
    (r"prices\[(?P<n>\d+)\]\.picked", N_("Picks of number {n}, all bids")),
    (r"prices\[(?P<n>\d+)\]\.counted", N_("Picks of number {n}, without excluded bids")),
    (r"opened\.(?P<bid>\w+)\.amount", N_("Amount of {name}")),
    (r"opened\.(?P<bid>\w+)\.picks", N_("Picks of {name}")),
    (r"opened\.(?P<bid>\w+)\.check", N_("Check that the envelope of {name} failed")),
    (r"ranking\.(?P<bid>\w+)\.rank", N_("Rank of {name}")),
    (r"ranking\.(?P<bid>\w+)\.remark", N_("Remark of {name}")),
    (r"ranking\.(?P<bid>\w+)\.tiebreak", N_("Number of {name} in the lot")),
    (r"ranking\.(?P<bid>\w+)\.rate", N_("Displayed rate of {name}")),
)
WORDS = REMARKS | OUTCOMES
_WON = re.compile(r"(reserve|floor)_price|net_cost(_line)?|.*\.(price|amount)")


@dataclass(frozen=True, slots=True)
class Shown:
    """A value as a page shows it. kind: won (an int), word (a msgid), text, or none."""

    kind: str
    value: Any


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One figure twice: what the rules (ours) and what the verifier (theirs) found.

    check: the verifier's number; place: where it stands in the bundle; label: a msgid with
    `params`.
    """

    check: str
    place: str
    label: str
    params: Mapping[str, Any]
    ours: Shown
    theirs: Shown
    same: bool


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One numbered check of the verifier; state: same, different or not_applicable."""

    code: str
    title: str
    state: str


@dataclass(frozen=True, slots=True)
class Calculations:
    """rows: the main figures and whatever differs; attempt: 0 for the first calculation."""

    number: str
    attempt: int
    outcome: str
    verified: str
    program: str
    checks: tuple[CheckRow, ...]
    rows: tuple[FigureRow, ...]

    @property
    def differing(self) -> tuple[FigureRow, ...]:
        """The figures that the two calculations do not agree on."""
        return tuple(row for row in self.rows if not row.same)


def inside(actor: Actor, found: ResultRow) -> bool:
    """Whether an actor is of the agency, or the operator."""
    own = actor.party_id is not None and actor.party_id == found.buyer_id
    return own or "operator" in actor.roles


def beside(actor: Actor, found: ResultRow) -> Calculations | None:
    """Both calculations for the result page: on hold because they differ, and only for insiders."""
    if found.verified != "different" or not inside(actor, found):
        return None
    return calculations(actor, found.number)


def calculations(actor: Actor, number: str) -> Calculations:
    """The platform's figures beside the verifier's, of the last calculation.

    While the opening is on hold only for the agency's people and the operator: Refusal
    `opening.calculations.hold` (403). `opening.calculations.none` (404) where nothing was verified.
    """
    known, _, _ = found_of(number)
    if known.outcome == "hold" and not inside(actor, result(number)):
        raise Refusal(
            "opening.calculations.hold",
            N_("This opening is on hold; its figures are not published."),
            repair=N_("The agency decides how to go on and says so on the tender's page."),
            status=403,
        )
    report = report_of(known)
    if not report:
        raise Refusal(
            "opening.calculations.none",
            N_("There is no second calculation of this opening."),
            repair=N_("The result page says why."),
            status=404,
        )
    return _side_by_side(number, known, report)


def _side_by_side(number: str, known: Result, report: Mapping[str, Any]) -> Calculations:
    whole = json.loads(bytes(known.bundle))
    checks, ours, theirs = report.get("checks", []), stated(whole), recomputed(report)
    names = {one["hash"][:12]: one["name"] for one in whole["envelopes"]}
    where = {place: one["check"] for one in checks for place in one.get("found", {})}
    said = {row["where"]: (one["check"], row) for one in checks for row in one["differences"]}
    rows = []
    for place in [*MAIN, *(name for name in said if name not in MAIN)]:
        check, told = said.get(place, (where.get(place, ""), {}))
        mine = ours.get(place, told.get("bundle"))
        other = theirs.get(place, told.get("ours"))
        if mine is not None or other is not None:
            rows.append(_row(check, place, names, mine, other, same=place not in said))
    return Calculations(
        number, known.attempt, known.outcome, known.verified, report.get("program", ""),
        tuple(CheckRow(c["check"], CHECKS.get(c["check"], c["title"]), c["state"]) for c in checks),
        tuple(rows),
    )  # fmt: skip


def _row(
    check: str, place: str, names: Mapping[str, str], ours: Any, theirs: Any, *, same: bool
) -> FigureRow:
    label, params = "{place}", {"place": place}  # type: tuple[str, dict[str, Any]]
    for pattern, text in LABELS:
        if match := re.fullmatch(pattern, place):
            given = match.groupdict()
            bid = given.get("bid", "")
            label, params = text, {"name": names.get(bid, bid)}
            params |= {"n": int(given["n"]) + 1} if "n" in given else {}
    return FigureRow(check, place, label, params, _shown(place, ours), _shown(place, theirs), same)


def _shown(place: str, value: Any) -> Shown:
    if value is None:
        return Shown("none", "")
    if isinstance(value, list):
        return Shown("text", ", ".join(map(str, value)) or "–")
    if isinstance(value, int) and _WON.fullmatch(place):
        return Shown("won", value)
    return Shown("word", WORDS[value]) if value in WORDS else Shown("text", value)
