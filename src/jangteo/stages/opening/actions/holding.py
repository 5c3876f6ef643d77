"""Hold the opening: open all, compute, have it verified, write it down, publish; once."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from jangteo.ground.errors import N_, Fault, Refusal
from jangteo.ground.reason import Reason
from jangteo.records.account.queries import Actor, may
from jangteo.records.journal.actions import move
from jangteo.records.vault import queries as vault
from jangteo.records.verifier.asking import unlocked
from jangteo.records.verifier.queries import Verdict
from jangteo.rules.award.outcome import Outcome, outcome
from jangteo.rules.award.ranking import Ranked
from jangteo.stages.opening.actions.bundle import assemble, freeze
from jangteo.stages.opening.actions.case import Case, Opened, gather, unseal, unseal_seeds
from jangteo.stages.opening.actions.figures import Figures, find
from jangteo.stages.opening.actions.locked import locked
from jangteo.stages.opening.models import OpenedBid, Opening, PreliminaryPrice, Result
from jangteo.stages.opening.queries.state import last_result
from jangteo.stages.opening.queries.verifier import verify
from jangteo.stages.opening.states import CUSTODIANS, REFUSALS, articles
from jangteo.stages.tender import actions as tender
from jangteo.stages.tender.queries import NoticeRow

#: how it came out -> the verb of the opening and the tender's
VERBS = {"published": ("publish", "open"), "failed": ("fail", "fail"), "hold": ("hold", "hold")}


@dataclass(frozen=True, slots=True)
class Finding:
    """How an opening came out, and what was seen on the way."""

    outcome: str
    code: str
    law: str
    opened: Sequence[Opened] = ()
    figures: Figures | None = None
    why: Sequence[Reason] = ()

    @property
    def steps(self) -> dict[str, list[dict[str, Any]]]:
        """Figure -> its reasons as stored, and why it came out so."""
        steps = self.figures.steps if self.figures else {}
        return {**steps, "outcome": [one.as_json() for one in self.why]}


@unlocked
def hold_opening(*, by: Actor, at: datetime, number: str) -> Result:
    """Open all envelopes of a tender and publish what follows; a second call returns the same.

    Refusal `opening.hold_opening.forbidden` (403), `.before_deadline`, `.not_asked` or
    `.keys_missing` (409). What was drawn once is never drawn again, whatever is found later.
    """
    opening, found = locked(number)
    if not may(by, "publish", opening):
        raise Refusal(
            "opening.hold_opening.forbidden",
            N_("Only an opening officer of {agency} may open this tender."),
            repair=N_("Ask one of the agency's opening officers."),
            law=articles(found)["opening"],
            status=403,
            agency=found.buyer_name,
        )
    known = last_result(opening)
    if known is not None:
        return known
    _due(found, at)
    return compute(gather(opening, found), by=by, at=at)


def compute(case: Case, *, by: Actor, at: datetime) -> Result:
    """Find what follows from what lies on the table, have it verified, and write it down."""
    return _publish(case, _find(case), by=by, at=at)


def _due(found: NoticeRow, at: datetime) -> None:
    if found.deadline is None or at < found.deadline:
        raise Refusal(
            "opening.hold_opening.before_deadline",
            N_("Bids are still being taken. Nothing can be opened before the deadline."),
            repair=N_("Come back after the deadline: {deadline}."),
            law=articles(found)["opening"],
            status=409,
            deadline=found.deadline.isoformat() if found.deadline else "",
        )


def _find(case: Case) -> Finding:
    """In the order of the law; who is too few is not opened at all."""
    found, law = case.found, articles(case.found)["opening"]
    closed = case.opening.status in ("closed_set", "requested", "hold")
    if closed and not case.unchanged:
        return Finding("hold", "opening.hold.set_changed", law)
    few = _too_few(found, case.standing)
    if few and closed:
        return Finding("failed", "opening.failed.too_few", few.law, why=(few,))
    _asked(case)
    _keys_here(case)
    opened = unseal(case)
    try:
        seeds = unseal_seeds(case)
    except Fault:
        return Finding("hold", "opening.hold.seed", law, opened)
    try:
        return come(found, opened, seeds)
    except Refusal as no:
        why = Reason(no.code, no.text, no.params, no.law or law)
        return Finding("hold", no.code, no.law or law, opened, why=(why,))


def come(found: NoticeRow, opened: Sequence[Opened], seeds: tuple[bytes, bytes]) -> Finding:
    """What follows from the opened bids; Refusal if a rule gives no figure."""
    law = articles(found)["opening"]
    valid = sum(one.valid for one in opened)
    few = _too_few(found, valid)
    if few:
        return Finding("failed", "opening.failed.too_few_opened", few.law, opened, why=(few,))
    figures = find(found, opened, seeds)
    came = _outcome(found, valid, list(figures.ranked.values()))
    if came.kind == "failed":
        none = came.reasons[0].law
        return Finding("failed", "opening.failed.none_inside", none, opened, figures, came.reasons)
    return Finding("published", "opening.ranked", law, opened, figures, came.reasons)


def _outcome(found: NoticeRow, valid: int, ranked: Sequence[Ranked]) -> Outcome:
    """What the rule says of so many valid bids and their ranking."""
    return outcome(
        valid, ranked, regime=found.regime, on=found.rule_day, procedure=found.procedure,
        estimated_price=found.estimated_price or 0,
    )  # fmt: skip


def _too_few(found: NoticeRow, valid: int) -> Reason | None:
    """The reason why so many valid bids are too few, or None if they are not."""
    reason = _outcome(found, valid, ()).reasons[0]
    return reason if reason.code == "award.outcome.no_competition" else None


def _asked(case: Case) -> None:
    held = case.opening.status == "hold" and vault.release_request(case.found.scope) is not None
    if case.opening.status != "requested" and not held:
        raise Refusal(
            "opening.hold_opening.not_asked",
            N_("The keys have not been asked for yet."),
            repair=N_("Close the set, then let the contract officer and the opening officer sign."),
            law=articles(case.found)["opening"],
            status=409,
        )


def _keys_here(case: Case) -> None:
    if len(case.privates) >= 2:
        return
    no = vault.release_refusals(case.found.scope)
    raise Refusal(
        "opening.hold_opening.keys_missing",
        N_("Two of three custodians must release their key; released so far: {count}."),
        repair=N_(
            "A custodian refused: {refused}. Its reason: {why} Release the officer's own key."
        )
        if no
        else N_("Wait for the custodians, or release the officer's own key."),
        law=articles(case.found)["opening"],
        status=409,
        count=len(case.privates),
        **_refused(no),
    )


def _refused(no: Sequence[tuple[str, str, datetime]]) -> dict[str, Any]:
    """Who refused and why, each as a msgid; nothing if nobody did."""
    if not no:
        return {}
    who = dict.fromkeys(CUSTODIANS[name] for name, _, _ in no)
    why = dict.fromkeys(REFUSALS.get(code, REFUSALS["other"]) for _, code, _ in no)
    return {"refused": list(who), "why": list(why)}


def _publish(case: Case, finding: Finding, *, by: Actor, at: datetime) -> Result:
    """Freeze the bundle, have it verified, then write; a different answer puts all on hold."""
    rules = _rules(case.found, finding)
    came = (finding.outcome, finding.code, finding.law)
    frozen = freeze(
        assemble(case, finding.opened, finding.figures, outcome=came, rules=rules, at=at)
    )
    verdict = Verdict() if finding.outcome == "hold" else verify(frozen)
    if verdict.said == "different":
        law = articles(case.found)["opening"]
        finding = Finding("hold", "opening.hold.verifier", law)
    made = _write(case, finding, frozen, rules=rules, verdict=verdict, at=at)
    verb, tender_verb = VERBS[finding.outcome]
    payload = {"code": finding.code, "bundle": made.bundle_hash, "verified": verdict.said}
    move(case.opening, verb, by=by, at=at, payload=payload)
    tender.close(by=by, at=at, number=case.found.number, verb=tender_verb)
    return made


def _rules(found: NoticeRow, finding: Finding) -> dict[str, str]:
    """Table -> dated row: those the notice fixed and those the figures used."""
    rules = dict(found.rules)
    for reasons in finding.steps.values():
        for reason in reasons:
            if reason["row"]:
                rules[reason["row"].partition(":")[0]] = reason["row"]
    return rules


def _write(
    case: Case, finding: Finding, frozen: bytes, *, rules: dict[str, str], verdict: Verdict,
    at: datetime,
) -> Result:  # fmt: skip
    figures = finding.figures
    if finding.outcome != "hold":
        rows = [_bid_row(case.opening, finding, one) for one in finding.opened]
        OpenedBid.objects.bulk_create(rows)
    if figures is not None:
        PreliminaryPrice.objects.bulk_create(_price_rows(case.opening, figures))
    return Result.objects.create(
        opening=case.opening, attempt=Result.objects.filter(opening=case.opening).count(),
        outcome=finding.outcome, code=finding.code, law=finding.law,
        reserve_price=figures.reserve.price if figures else None,
        floor_price=figures.floor.price if figures else None,
        net_cost_line=figures.net.line if figures and figures.net else None,
        steps=finding.steps, rules=rules,
        counted=list(figures.draw.counts) if figures else [],
        drawn_from=list(figures.draw.drawn_from) if figures else [],
        rates_from=figures.rates.source if figures else "none", verified=verdict.said,
        report=verdict.report, bundle=frozen, bundle_hash=hashlib.sha256(frozen).hexdigest(),
        published_at=at,
    )  # fmt: skip


def _price_rows(opening: Opening, figures: Figures) -> list[PreliminaryPrice]:
    return [
        PreliminaryPrice(
            opening=opening, number=price.number, rate=price.rate, price=price.price,
            picked=figures.draw.counts[price.number - 1],
            drawn=price.number in figures.draw.chosen,
        )
        for price in figures.prices.prices
    ]  # fmt: skip


def _bid_row(opening: Opening, finding: Finding, one: Opened) -> OpenedBid:
    ranked = finding.figures.ranked.get(one.hash) if finding.figures else None
    tie = finding.figures.ties.get(one.hash) if finding.figures else None
    remark, reasons = "unranked", ()  # type: tuple[str, Sequence[Any]]
    if one.excluded:
        remark = "excluded"
    elif one.check:
        remark = "void"
    elif ranked is not None:
        remark, reasons = ranked.remark, [*ranked.reasons, *([tie.reason] if tie else [])]
    return OpenedBid(
        opening=opening, bid_id=one.bid.id, supplier_id=one.supplier.id, hash=one.hash,
        amount=one.amount, picks=list(one.picks), rate=ranked.rate if ranked else "",
        rank=ranked.rank if ranked else 0, remark=remark, check_failed=one.check,
        tiebreak=tie.number if tie else "",
        reasons=[reason.as_json() for reason in reasons],
    )  # fmt: skip
