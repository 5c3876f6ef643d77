"""The figures of an opening by their places in the bundle, of each of the two calculations."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from jangteo.stages.opening.models import OpenedBid, Result
from jangteo.stages.opening.queries.result import found_of
from jangteo.stages.opening.queries.verifier import verify

_PLAIN = ("drawn", "supplied", "reserve_price", "floor_price", "net_cost", "net_cost_line")
_PRICE = ("rate", "price", "picked", "counted")
_OPENED = ("amount", "picks", "check")
_RANKED = ("rank", "remark", "rate", "tiebreak")


def stated(whole: Mapping[str, Any]) -> dict[str, Any]:
    """What the platform found, read from its bundle; the places are named as the verifier does."""
    found = {name: whole[name] for name in _PLAIN if name in whole}
    found |= {f"outcome.{name}": whole["outcome"][name] for name in ("outcome", "code", "law")}
    for place, one in enumerate(whole.get("prices", [])):
        found |= {f"prices[{place}].{name}": one[name] for name in _PRICE}
    for part, names in (("opened", _OPENED), ("ranking", _RANKED)):
        for one in whole.get(part, []):
            found |= {f"{part}.{one['hash'][:12]}.{name}": one[name] for name in names
                      if name in one}  # fmt: skip
    return found


def recomputed(report: Mapping[str, Any]) -> dict[str, Any]:
    """What the verifier found by itself, read from its report."""
    found: dict[str, Any] = {}
    for one in report.get("checks", []):
        found |= one.get("found", {})
    return found


def digest(figures: Mapping[str, Any]) -> str:
    """SHA-256 (hex) of the canonical JSON of some figures; "" if one of them is missing."""
    if any(value is None for value in figures.values()):
        return ""
    text = json.dumps(figures, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def report_of(known: Result) -> dict[str, Any]:
    """What the verifier printed; a result of before reports were kept is verified once more."""
    if known.report or known.verified == "none":
        return known.report
    return verify(bytes(known.bundle)).report


def two_results(number: str, supplier_id: UUID) -> tuple[str, str]:
    """What each calculation found of one bidder, as hashes: the rules' and the verifier's.

    Both are of its bid's hash, amount, rank, remark and displayed rate, the reserve price, the
    floor price, the net-cost line if there is one, its lot if it shares a rank, and the outcome.
    "" where a calculation has not found all of them. Refusal `opening.result.none` (404),
    `opening.hold_opening.not_verified` (503).
    """
    known, opening, _ = found_of(number)
    bid = OpenedBid.objects.filter(opening=opening, supplier_id=supplier_id).first()
    if bid is None:
        return "", ""
    ours = {name: getattr(bid, name) for name in ("hash", "amount", "rank", "remark", "rate")}
    ours |= {name: getattr(known, name) for name in ("reserve_price", "floor_price", "outcome")}
    line = {} if known.net_cost_line is None else {"net_cost_line": known.net_cost_line}
    ours |= line
    found, key = recomputed(report_of(known)), bid.hash[:12]
    places = {
        "amount": f"opened.{key}.amount", "rank": f"ranking.{key}.rank",
        "remark": f"ranking.{key}.remark", "rate": f"ranking.{key}.rate",
        "reserve_price": "reserve_price", "floor_price": "floor_price",
        "outcome": "outcome.outcome",
    } | {name: name for name in line}  # fmt: skip
    if bid.tiebreak:
        ours |= {"tiebreak": bid.tiebreak}
        places |= {"tiebreak": f"ranking.{key}.tiebreak"}
    theirs = {name: found.get(place) for name, place in places.items()}
    theirs["hash"] = bid.hash if bid.hash in found.get("ranking", ()) else None
    return digest(ours), digest(theirs)
