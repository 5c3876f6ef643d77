"""From the preparation of an opening to its result, by people who may and people who may not."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import connections

from jangteo.interfaces.rehearsal.simulation import bidding, figures
from jangteo.interfaces.rehearsal.simulation.cast import Officer
from jangteo.interfaces.rehearsal.simulation.market import Deal, Market
from jangteo.interfaces.rehearsal.simulation.watch import Violation, trace
from jangteo.records.vault import queries as vault
from jangteo.records.vault import seal
from jangteo.records.vault.canonical import b64u
from jangteo.records.vault.statements import released_text
from jangteo.stages.opening import actions

ROLES = ("contract_officer", "opening_officer")
STATUS = {"published": "opened", "failed": "unsuccessful", "hold": "hold"}


def prepare(market: Market, deal: Deal) -> None:
    """Begin; doing it again is allowed."""
    market.must(actions.prepare, by=deal.agency.opening.actor, number=deal.number)
    deal.opening = "prepared"


def exclude(market: Market, deal: Deal) -> None:
    """Set one bid aside on a ground; the same one twice is refused."""
    at_hand = [one for one in deal.promised() if not one.found]
    if not at_hand:
        return
    one = market.chance.choice(at_hand)
    market.do(
        actions.exclude, allowed=one.hash not in deal.excluded,
        by=deal.agency.opening.actor, number=deal.number, bid_hash=one.hash,
        ground="not_qualified", note="면허 없음",
    )  # fmt: skip
    deal.excluded.add(one.hash)


def close_set(market: Market, deal: Deal) -> None:
    """Check what came in, wait for the opening time and close the set.

    Sometimes a custodian is away; then its checks are waited for a minute and no longer.
    """
    chance = market.chance
    away = chance.random() < 0.2
    bidding.check(
        market, (chance.choice(("platform", "audit")),) if away else ("platform", "audit")
    )
    if away:
        market.note("custodian away")
    market.forward_to(deal.due("opening_at"))
    market.forward_by(timedelta(seconds=61))
    made = market.must(actions.close_set, by=deal.agency.opening.actor, number=deal.number)
    sound = [one for one in deal.promised() if not one.found]
    if made.bids != len(sound):
        raise Violation(f"{len(sound)} receipts are sound, the closed set holds {made.bids}")
    deal.opening = "closed_set"


def _signature(officer: Officer, text: str) -> dict[str, Any]:
    return {
        "signer_key": officer.public,
        "signature": b64u(seal.sign(officer.key, text.encode())),
    }


def sign(market: Market, deal: Deal) -> None:
    """The next of the two signatures; with both, the keys are asked for."""
    left = [role for role in ROLES if role not in deal.signed]
    role = market.chance.choice(left)
    officer = {"contract_officer": deal.agency.contract, "opening_officer": deal.agency.opening}[
        role
    ]
    text = actions.statement(number=deal.number)
    market.must(
        actions.sign_request, by=officer.actor, number=deal.number, role=role,
        **_signature(officer, text),
    )  # fmt: skip
    deal.signed.add(role)
    if len(deal.signed) == len(ROLES):
        deal.opening = "requested"


def release(market: Market, deal: Deal) -> None:
    """Some custodians answer, or the officer gives its own key: any two of three are enough."""
    who = market.chance.choice((("platform", "audit"), ("platform",), ("audit",), (), "officer"))
    if who == "officer":
        officer_key(market, deal)
    elif who:
        bidding.check(market, who)
    market.note(f"{who}")


def officer_key(market: Market, deal: Deal) -> None:
    """The officer's key instead of a custodian's that withholds its own."""
    scope, officer = deal.force.scope, deal.agency.opening
    private = b64u(deal.privates[scope])
    text = released_text(scope=scope, custodian="officer", price_private=private)
    market.must(
        actions.release_officer_key, by=officer.actor, number=deal.number, price_private=private,
        **_signature(officer, text),
    )  # fmt: skip


def hold(market: Market, deal: Deal) -> None:
    """Open; sometimes four times at once. Without two keys nothing may come of it."""
    sound = [one for one in deal.promised() if not one.found]
    few = sum(one.hash not in deal.excluded for one in sound) < deal.needed
    asked = deal.opening == "requested"
    enough = len(vault.releases(deal.force.scope)) >= 2
    lawful = (few and deal.opening in ("closed_set", "requested")) or (asked and enough)
    by, number = deal.agency.opening.actor, deal.number
    if lawful and market.chance.random() < 0.3:
        at_once(lambda: actions.hold_opening(by=by, at=market.now(), number=number).pk)
        market.note("four at once")
    made = market.do(actions.hold_opening, allowed=lawful, by=by, number=number)
    if made is None:
        return
    deal.opening, deal.status = "done", STATUS[made.outcome]
    market.outcomes[made.outcome] = market.outcomes.get(made.outcome, 0) + 1
    market.note(f"{made.outcome} {made.code}")
    figures.check(deal, made)


def at_once(action: Callable[[], UUID]) -> None:
    """Four threads, each with its own connection; all must get the same answer."""

    def one() -> UUID:
        try:
            return action()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        answers = [task.result() for task in [pool.submit(one) for _ in range(4)]]
    if len(set(answers)) != 1:
        raise Violation("two openings at once came to two results")


def again(market: Market, deal: Deal) -> None:
    """Opening what is opened returns the same; everything else is over."""
    if deal.opening == "done":
        market.must(actions.hold_opening, by=deal.agency.opening.actor, number=deal.number)


def wrong(market: Market, deal: Deal) -> None:
    """Something that this person may not do, or that nobody may do yet or any more."""
    mine, number = deal.agency, deal.number
    supplier = market.chance.choice(market.suppliers).actor
    other = market.chance.choice([one for one in market.agencies if one is not mine])
    bare = {"bid_hash": "0" * 64, "ground": "not_qualified"}
    fake = {"signer_key": mine.opening.public, "signature": b64u(bytes(64))}
    deeds: list[tuple[Callable[..., Any], dict[str, Any]]] = [
        (actions.prepare, {"by": supplier}),
        (actions.prepare, {"by": mine.contract.actor}),
        (actions.prepare, {"by": other.opening.actor}),
        (actions.exclude, {"by": mine.opening.actor, **bare}),
        (actions.exclude, {"by": mine.opening.actor, **bare, "ground": "ugly"}),
        (actions.hold_opening, {"by": other.opening.actor}),
        (actions.hold_opening, {"by": supplier}),
        (actions.close_set, {"by": mine.contract.actor}),
        (actions.sign_request, {"by": mine.contract.actor, "role": "opening_officer", **fake}),
        (actions.sign_request, {"by": other.contract.actor, "role": "contract_officer", **fake}),
    ]
    if not deal.opening:
        words = {"by": mine.opening.actor}
        deeds += [(actions.close_set, words), (actions.hold_opening, words)]
        if market.now() < deal.due("deadline"):
            deeds += [(actions.prepare, words)] * 3
    if deal.opening == "prepared":
        deeds.append((actions.hold_opening, {"by": mine.opening.actor}))
    if deal.opening == "prepared" and market.now() < deal.due("opening_at"):
        deeds += [(actions.close_set, {"by": mine.opening.actor})] * 3
    if deal.opening in ("closed_set", "requested") and deal.promised():
        late = {"bid_hash": deal.promised()[0].hash, "ground": "withdrawn"}
        deeds.append((actions.exclude, {"by": mine.opening.actor, **late}))
    action, words = market.chance.choice(deeds)
    market.do(action, allowed=False, number=number, **words)


def sign_again(market: Market, deal: Deal) -> None:
    """A person who has signed signs once more: nothing changes."""
    text = actions.statement(number=deal.number)
    officer = deal.agency.contract
    before = trace()
    market.must(
        actions.sign_request, by=officer.actor, number=deal.number, role="contract_officer",
        **_signature(officer, text),
    )  # fmt: skip
    if trace() != before:
        raise Violation("a second signature of the same person left a trace")
