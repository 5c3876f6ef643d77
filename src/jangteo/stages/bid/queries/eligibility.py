"""May this organisation bid, and why: each condition as a sentence with its article."""

from dataclasses import dataclass
from datetime import datetime

from jangteo.ground.errors import N_
from jangteo.ground.reason import Reason
from jangteo.records.account.queries import Actor, may
from jangteo.rules.eligibility import licence, region
from jangteo.stages.bid.models import SealedBid
from jangteo.stages.bid.queries.bids import my_bid
from jangteo.stages.registration.queries import supplier_facts
from jangteo.stages.tender.queries import NoticeRow, conditions, notice

_LAWS = {
    "national": ("국가계약법 시행령 제12조", "국가계약법 시행규칙 제44조"),
    "local": ("지방계약법 시행령 제13조", "지방계약법 시행규칙 제42조"),
}
_ELECTRONIC = "전자조달법 시행령 제5조"


@dataclass(frozen=True, slots=True)
class Check:
    """One condition; repair: what to do if it is not met, "" if nothing can be done."""

    passed: bool
    reason: Reason
    repair: str = ""


@dataclass(frozen=True, slots=True)
class MayBid:
    """The answer: allowed only if every check passed."""

    checks: tuple[Check, ...]

    @property
    def allowed(self) -> bool:
        """Whether a bid would be taken now."""
        return all(check.passed for check in self.checks)

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Every condition's reason, met or not."""
        return tuple(check.reason for check in self.checks)

    @property
    def obstacles(self) -> tuple[Check, ...]:
        """The conditions that are not met."""
        return tuple(check for check in self.checks if not check.passed)


def may_bid(actor: Actor, number: str, at: datetime) -> MayBid:
    """Whether the actor may bid for the version in force at this moment; `tender.unknown` (404)."""
    found = notice(number)
    who = _who(actor)
    if not who.passed or actor.party_id is None:
        return MayBid((who, _time(found, at)))
    facts = supplier_facts(actor.party_id, found.rule_day)
    law = _LAWS[found.regime]
    standing = Check(
        facts.active,
        Reason(
            "bid.registration",
            N_("Your registration is in force.")
            if facts.active
            else N_("Your registration is not in force yet."),
            {},
            law[0],
        ),
        N_("Complete your registration; the platform's operator checks it."),
    )
    regional = region.check(facts.region, found.regions, regime=found.regime, on=found.rule_day)
    trade = licence.check(facts.licences, found.licences, on=found.rule_day)
    eligible = [
        Check(regional.allowed, regional.reasons[0]),
        Check(trade.allowed, trade.reasons[0], N_("Add the licence to your registration.")),
        *_conditions(found),
    ]
    return MayBid((who, standing, *eligible, _time(found, at), _first(actor, found, law[1])))


def _conditions(found: NoticeRow) -> list[Check]:
    """What the procedure asks of the winner beside region and licence: said, not checked here."""
    return [Check(True, reason) for reason in conditions(found, on=found.rule_day)[1:]]


def _who(actor: Actor) -> Check:
    allowed = may(actor, "submit", SealedBid) and actor.party_kind == "supplier"
    text = (
        N_("You act for {supplier} as its representative or bidding agent.")
        if allowed
        else N_("Only a representative or bidding agent of a supplier may bid.")
    )
    params = {"supplier": actor.party_name} if allowed else {}
    repair = (
        N_("Ask your representative to make you a bidding agent.")
        if actor.signed_in
        else N_("Sign in first.")
    )
    return Check(allowed, Reason("bid.role", text, params, _ELECTRONIC), repair)


def _time(found: NoticeRow, at: datetime) -> Check:
    params: dict[str, str] = {}
    passed, repair = False, ""
    if found.status != "active" or found.deadline is None or found.bidding_from is None:
        code, text = "bid.not_open", N_("This tender does not take bids any more.")
    elif at < found.bidding_from:
        code, text = "bid.too_early", N_("Bidding begins at {moment}.")
        params["moment"] = found.bidding_from.isoformat()
        repair = N_("Come back when bidding has begun.")
    elif at >= found.deadline:
        code, text = "bid.late", N_("The deadline passed at {moment}.")
        params["moment"] = found.deadline.isoformat()
    else:
        code, text, passed = "bid.open", N_("Bids are taken until {moment}."), True
        params["moment"] = found.deadline.isoformat()
    return Check(passed, Reason(code, text, params, _ELECTRONIC), repair)


def _first(actor: Actor, found: NoticeRow, law: str) -> Check:
    mine = my_bid(actor, found.number)
    if mine is None:
        text = N_("Your organisation has not bid for this notice yet.")
        return Check(True, Reason("bid.first", text, {}, law))
    if mine.state == "malformed":
        text = N_("Your earlier envelope was found malformed; another one may be sent.")
        return Check(True, Reason("bid.again", text, {}, law))
    text = N_("A bid of your organisation was received at {moment}; it cannot be changed.")
    params = {"moment": mine.arrival.isoformat()}
    return Check(False, Reason("bid.already_received", text, params, f"{_ELECTRONIC}제3항"))
