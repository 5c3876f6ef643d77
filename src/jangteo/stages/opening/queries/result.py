"""What an opening found: public as soon as it is published."""

from typing import Any

from jangteo.ground.errors import N_, Refusal
from jangteo.records.account.queries import Actor
from jangteo.records.vault.form import CHECKS
from jangteo.stages.opening.models import OpenedBid, Opening, PreliminaryPrice, Result, WayOut
from jangteo.stages.opening.queries.rows import (
    BidRow,
    MyResult,
    PriceRow,
    ResultLine,
    ResultRow,
)
from jangteo.stages.opening.queries.state import (
    closed_hashes,
    exclusions_of,
    last_result,
    opening_of,
    suppliers,
)
from jangteo.stages.opening.states import REMARKS, articles
from jangteo.stages.tender.queries import NoticeRow, difficulty_law, floor_reasons, notice

#: why an opening came out as it did
SENTENCES = {
    "opening.ranked": N_(
        "The bids are opened and ranked. The first in rank is examined for the award next."
    ),
    "opening.failed.too_few": N_(
        "The tender failed: competition needs two valid bids, and fewer were left before the keys "
        "were asked for. No price was read."
    ),
    "opening.failed.too_few_opened": N_(
        "The tender failed: competition needs two valid bids, and fewer could be read."
    ),
    "opening.failed.none_inside": N_(
        "The tender failed: every bid lies above the reserve price, or below the floor price or "
        "the net-cost line."
    ),
    "opening.hold.set_changed": N_(
        "The opening is on hold: the set of envelopes is not the one that was closed and signed."
    ),
    "opening.hold.seed": N_(
        "The opening is on hold: a seed of the preliminary prices does not match what was "
        "committed to at publication. There is never a second draw."
    ),
    "opening.hold.verifier": N_(
        "The opening is on hold: the independent verifier came to another answer."
    ),
}

#: the same where another procedure than competition says it in words of its own
OWN_SENTENCES = {
    "quotation": {
        "opening.ranked": N_(
            "The quotations are opened and ranked. The lowest at or above the floor price is asked "
            "for the contract next."
        ),
        "opening.failed.too_few": N_(
            "No contract: fewer quotations than the law asks for were left before the keys were "
            "asked for. No price was read. Quotations are asked for again."
        ),
        "opening.failed.too_few_opened": N_(
            "No contract: fewer quotations than the law asks for could be read. Quotations are "
            "asked for again."
        ),
        "opening.failed.none_inside": N_(
            "No contract: no quotation lies between the floor price and the reserve price. "
            "Quotations are asked for again."
        ),
    },
}
_FIRST = N_("You are first in rank. The agency examines you for the award next.")
_OWN_FIRST = {
    "quotation": N_("You are first in rank. The agency asks you for the contract next."),
}

#: for every other code: that of the rule which gave no figure; its own words stand in the steps
RULE_REFUSED = N_(
    "The opening is on hold: a rule gives no figure for this tender. The keys were released and "
    "nothing is drawn again."
)


def _unpublished() -> Refusal:
    return Refusal(
        "opening.result.none",
        N_("This tender has not been opened yet."),
        repair=N_("The result appears here as soon as the opening is held."),
        status=404,
    )


def found_of(number: str) -> tuple[Result, Opening, NoticeRow]:
    """The last result of the version in force; Refusal `opening.result.none` (404) without one."""
    told = notice(number)
    opening = opening_of(told)
    known = last_result(opening) if opening else None
    if opening is None or known is None:
        raise _unpublished()
    return known, opening, told


def result(number: str) -> ResultRow:
    """The result of the notice version in force; Refusal `opening.result.none` (404) before it.

    On hold no price, draw or bid is shown.
    """
    known, opening, told = found_of(number)
    on_hold = known.outcome == "hold"
    prices = PreliminaryPrice.objects.filter(opening=opening).order_by("number")
    bids = OpenedBid.objects.filter(opening=opening)
    closed = set(bids.values_list("hash", flat=True)) or closed_hashes(told)
    return ResultRow(
        number=number, version=opening.version, title=told.title, buyer_id=told.buyer_id,
        buyer=told.buyer_name, regime=told.regime, outcome=known.outcome, code=known.code,
        procedure=told.procedure, sentence=_sentence(told.procedure, known.code), law=known.law,
        base_amount=told.base_amount or 0,
        a_value=told.a_value or 0, difficulty=told.difficulty,
        difficulty_law=difficulty_law(told, on=told.rule_day), floor_rate=told.floor_rate,
        reserve_price=known.reserve_price, floor_price=known.floor_price,
        floor_rate_reasons=floor_reasons(told, on=told.rule_day),
        base_net_cost=told.base_net_cost, net_cost_line=known.net_cost_line,
        prices=() if on_hold else _prices(prices, known.drawn_from),
        bids=() if on_hold else _bids(bids),
        exclusions=exclusions_of(opening, closed), steps=known.steps, rules=known.rules,
        rates_from=known.rates_from, verified=known.verified, root=opening.closed_root,
        count=opening.bids, bundle_hash=known.bundle_hash, bundle_size=len(known.bundle),
        opened_at=known.published_at, set_aside=_set_aside(opening),
    )  # fmt: skip


def _set_aside(opening: Opening) -> str:
    if opening.status != "set_aside":
        return ""
    said = WayOut.objects.filter(opening=opening, way="set_aside", ended="confirmed")
    return str(said.values_list("reason", flat=True).first() or "")


def _sentence(procedure: str, code: str) -> str:
    own = OWN_SENTENCES.get(procedure, {})
    return own.get(code) or SENTENCES.get(code, RULE_REFUSED)


def _prices(rows: Any, counted: list[int]) -> tuple[PriceRow, ...]:
    return tuple(
        PriceRow(r.number, r.rate, r.price, r.picked, counted[r.number - 1], r.drawn) for r in rows
    )


def _bids(rows: Any) -> tuple[BidRow, ...]:
    """Ranked bids first, then the others by how near they came."""
    found = list(rows)
    named = suppliers(row.supplier_id for row in found)
    order = list(REMARKS)
    found.sort(
        key=lambda r: (r.rank == 0, r.rank, order.index(r.remark), r.amount or 0, str(r.bid_id))
    )
    return tuple(
        BidRow(
            r.rank, r.supplier_id, *named[r.supplier_id], r.hash, r.amount, r.rate, r.remark,
            REMARKS[r.remark], tuple(r.picks), r.check_failed,
            CHECKS.get(r.check_failed, ""), tuple(r.reasons), r.tiebreak,
        )
        for r in found
    )  # fmt: skip


def bundle(actor: Actor, number: str) -> tuple[bytes, str]:
    """The frozen bundle and its SHA-256 in hex.

    While the opening is on hold only the agency's people and the operator may have it.
    """
    known, opening, _ = found_of(number)
    inside = actor.party_id == opening.buyer_id or "operator" in actor.roles
    if known.outcome == "hold" and not inside:
        raise Refusal(
            "opening.bundle.hold",
            N_("This opening is on hold; its data are not published."),
            repair=N_("The agency decides how to go on and says so on the tender's page."),
            status=403,
        )
    return bytes(known.bundle), known.bundle_hash


def latest_results(n: int = 10) -> list[ResultLine]:
    """The newest results, published or failed."""
    rows = (
        Result.objects.exclude(outcome="hold").select_related("opening").defer("bundle", "report")
    )
    lines = []
    for row in rows.order_by("-published_at")[:n]:
        told = notice(row.opening.tender_number, row.opening.version)
        first = OpenedBid.objects.filter(opening=row.opening, rank=1).first()
        name = suppliers([first.supplier_id])[first.supplier_id][0] if first else ""
        lines.append(
            ResultLine(
                told.number, told.title, told.buyer_name, row.outcome, row.reserve_price,
                row.opening.bids, name, first.amount if first else None, row.published_at,
            )
        )  # fmt: skip
    return lines


def my_result(actor: Actor, number: str) -> MyResult:
    """What the result means for the actor's company: "why not me", in one sentence."""
    found = result(number)
    mine = next((bid for bid in found.bids if bid.supplier_id == actor.party_id), None)
    excluded = next((x for x in found.exclusions if x.supplier_id == actor.party_id), None)
    law = articles(found)
    if excluded is not None:
        text = N_("Your bid was excluded before the opening: {ground} {note}")
        return MyResult(mine, text, {"ground": excluded.ground, "note": excluded.note},
                        excluded.article)  # fmt: skip
    if found.outcome == "hold":
        return MyResult(mine, found.sentence, {}, found.law)
    if mine is None and found.outcome == "failed":
        return MyResult(None, found.sentence, {}, found.law)
    if mine is None:
        return MyResult(None, N_("Your company sent no bid to this tender."), {}, "")
    return _why(mine, found, law)


def _why(mine: BidRow, found: ResultRow, law: dict[str, str]) -> MyResult:
    amount = {"amount": mine.amount or 0, "reserve": found.reserve_price or 0,
              "floor": found.floor_price or 0}  # fmt: skip
    match mine.remark:
        case "void":
            text = N_("Your envelope could not be read (check {check}). {finding}")
            told = {"check": mine.check, "finding": mine.finding}
            return MyResult(mine, text, told, law["void"])
        case "above_reserve":
            over = (mine.amount or 0) - (found.reserve_price or 0)
            text = N_("Your bid is {over} won above the reserve price of {reserve} won.")
            return MyResult(mine, text, {**amount, "over": over}, law["award"])
        case "below_floor":
            under = (found.floor_price or 0) - (mine.amount or 0)
            text = N_("Your bid is {under} won below the floor price of {floor} won.")
            return MyResult(mine, text, {**amount, "under": under}, law["award"])
        case "below_net_cost":
            line = found.net_cost_line or 0
            text = N_("Your bid is {under} won below the net-cost line of {line} won.")
            why = {**amount, "line": line, "under": line - (mine.amount or 0)}
            return MyResult(mine, text, why, law["net_cost"])
        case "unranked":
            return MyResult(mine, found.sentence, amount, found.law)
    if mine.rank == 1:
        text = _OWN_FIRST.get(found.procedure, _FIRST)
        return MyResult(mine, text, amount, law["award"])
    first = found.ranked[0]
    gap = (mine.amount or 0) - (first.amount or 0)
    text = N_("You are number {rank} of {of}: {first} bid {gap} won less.")
    told = {**amount, "rank": mine.rank, "of": len(found.ranked), "first": first.supplier,
            "gap": gap}  # fmt: skip
    return MyResult(mine, text, told, law["award"])
