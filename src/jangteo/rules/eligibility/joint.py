"""Joint contractors (공동수급체): how many, with which shares, and nobody twice in one tender."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from jangteo.ground.errors import N_
from jangteo.ground.reason import Reason
from jangteo.rules.dated import Row, table
from jangteo.rules.eligibility.verdict import Verdict
from jangteo.rules.price.displayed import bid_rate

TWICE = {
    "national": "국가계약법 시행규칙 제44조제1항제4호",
    "local": "지방계약법 시행규칙 제42조제4호",
}
PART = "국가계약법 시행규칙 제44조제2항"


@dataclass(frozen=True, slots=True)
class Member:
    """A firm of a joint contract; share: percent of the contract, exact."""

    key: str
    share: Fraction


@dataclass(frozen=True, slots=True)
class Entry:
    """A bid; people: its firms and their representatives; leading: those of the leading firm."""

    key: str
    leading: Collection[str]
    people: Collection[str]


@dataclass(frozen=True, slots=True)
class Twice:
    """Somebody stands behind several bids; whole: the whole bid is void, else that member alone."""

    key: str
    person: str
    whole: bool
    reason: Reason


def check(
    members: Sequence[Member], *, kind: str, regime: str, estimated_price: int, on: date
) -> Verdict:
    """Whether the members and shares of an agreement are within the limits.

    kind: joint (공동이행), divided (분담이행), lead (주계약자관리). Shares add up to the whole.
    Every breach is said. Law: 국가계약법 시행령 제72조제1항, 지방계약법 시행령 제88조제1항 and the
    ministers' standards. `on` is the tender's rule day. Nothing is rounded.
    """
    row = table("eligibility/joint").on(
        on, regime=regime, kind=kind, estimated_price=estimated_price
    )
    wrong = [*_numbers(row, members), *_shares(row, members)]
    fine = N_("{members} members, each with {least} % at least: within the limits.")
    said = {"members": len(members), "least": row.text("least_share")}
    return Verdict(not wrong, tuple(wrong) or (row.reason("eligibility.joint", fine, **said),))


def _numbers(row: Row, members: Sequence[Member]) -> list[Reason]:
    found = []
    most = row.integer("most")
    if not 2 <= len(members) <= most:
        text = N_("{members} members; there are two to {most}.")
        said = {"members": len(members), "most": most}
        found.append(row.reason("eligibility.joint.members", text, **said))
    if len({one.key for one in members}) != len(members):
        text = N_("A firm is a member once only.")
        found.append(row.reason("eligibility.joint.same", text))
    return found


def _shares(row: Row, members: Sequence[Member]) -> list[Reason]:
    total = sum((one.share for one in members), Fraction(0))
    found = []
    if total != 100:
        text = N_("The shares add up to {total} %, not to 100.")
        found.append(row.reason("eligibility.joint.total", text, total=_percent(total)))
    for one in members:
        if one.share < row.fraction("least_share") or one.share <= 0:
            text = N_("{member} has {share} %; {least} % is the least.")
            said = {
                "member": one.key, "share": _percent(one.share), "least": row.text("least_share"),
            }  # fmt: skip
            found.append(row.reason("eligibility.joint.share", text, **said))
    return found


def _percent(share: Fraction) -> str:
    return bid_rate(share.numerator, Fraction(100 * share.denominator))


def twice(entries: Sequence[Entry], *, regime: str) -> tuple[Twice, ...]:
    """Whoever stands behind several bids of one tender, and what is void for it.

    Firms with the same representative count as one person. All such bids are void as a whole;
    under the State Contracts Act a member that does not lead falls out alone. In the order of
    the bids, then of the names. Law: 국가계약법 시행규칙 제44조제1항제4호, 제2항; 지방계약법
    시행령 제88조제4항, 시행규칙 제42조제4호.
    """
    counts = Counter(person for one in entries for person in set(one.people))
    return tuple(
        _twice(one, person, regime)
        for one in entries
        for person in sorted(set(one.people))
        if counts[person] > 1
    )


def _twice(one: Entry, person: str, regime: str) -> Twice:
    whole = regime == "local" or person in one.leading
    text = (
        N_("{person} stands behind several bids: this one is void.")
        if whole
        else N_("{person} stands behind several bids and falls out of this one.")
    )
    law = TWICE[regime] if whole else f"{TWICE[regime]}, {PART}"
    return Twice(
        one.key, person, whole, Reason("eligibility.joint.twice", text, {"person": person}, law)
    )  # fmt: skip
