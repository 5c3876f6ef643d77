"""What bidders do: tickets, envelopes good and bad, early, late, twice, and at the last moment."""

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from jangteo.interfaces.rehearsal.simulation.cast import Supplier
from jangteo.interfaces.rehearsal.simulation.custodians import NAMES
from jangteo.interfaces.rehearsal.simulation.intake import Request, body_of
from jangteo.interfaces.rehearsal.simulation.market import Deal, Envelope, HeldTicket, Market
from jangteo.interfaces.rehearsal.simulation.watch import Violation, trace
from jangteo.records.vault import seal
from jangteo.records.vault.canonical import b64u, canonical, digest, read_canonical
from jangteo.records.vault.statements import CUSTODIANS
from jangteo.stages.bid.actions import check_signatures, make_ticket, tell_malformed
from jangteo.stages.bid.actions.receipt import verify_receipt
from jangteo.stages.bid.actions.receive import Answer
from jangteo.stages.bid.actions.refusals import REFUSALS

FLAWS = ("platform", "audit", "signature", "body", "officer")


@dataclass(frozen=True, slots=True)
class Parcel:
    """A request ready to be sent, what is in it, and when its last byte arrives."""

    envelope: Envelope
    held: HeldTicket
    body: bytes
    arrival: datetime

    @property
    def key(self) -> tuple[str, str, int, int]:
        """What only one envelope may have."""
        ticket = self.held.issued
        return (ticket.tender, ticket.supplier, ticket.version, ticket.attempt)


def take_ticket(market: Market, deal: Deal, supplier: Supplier) -> HeldTicket | None:
    """Ask for a ticket; the law says beforehand who gets one."""
    key = seal.fresh_signing_key()
    inside = deal.due("bidding_from") <= market.now() < deal.due("deadline")
    lawful = deal.status == "active" and inside and deal.eligible(supplier)
    lawful = lawful and deal.standing(supplier) is None
    issued = market.do(
        make_ticket, allowed=lawful, by=supplier.actor, number=deal.number,
        agent_key=seal.public_of(key),
    )  # fmt: skip
    return HeldTicket(supplier, issued, key) if issued else None


def price_and_picks(market: Market, deal: Deal) -> tuple[int, tuple[int, int]]:
    """A price around what wins, sometimes another's own; numbers by the tender's style."""
    chance, base = market.chance, deal.force.base_amount or 0
    low, high = (86_000, 102_000) if chance.random() < 0.5 else (89_000, 92_500)
    price = base * chance.randrange(low, high) // 100_000 + 7  # never a public amount
    others = deal.promised()
    if others and (deal.style == "same_price" or chance.random() < 0.2):
        price = others[0].price
    pool = {"shortage": (3, 11), "ties": (2, 5, 9, 14)}.get(deal.style, tuple(range(1, 16)))
    one, other = chance.sample(pool, 2)
    return price, (one, other)


def parcel(market: Market, deal: Deal, held: HeldTicket, flaw: str = "") -> Parcel:
    """Seal a bid under a ticket, with or without a flaw; it arrives now."""
    ticket = held.issued
    price, picks = price_and_picks(market, deal)
    made = seal.seal_bid(
        context=seal.BidContext(
            ticket.tender, ticket.lot, ticket.round, ticket.version, ticket.supplier
        ),
        keys_statement=ticket.keys, price=price, picks=picks, agent_private=held.key,
        chance=market.chance.randbytes,
    )  # fmt: skip
    data, signature = made.envelope, made.signature
    if flaw in (*CUSTODIANS, "body"):
        data = canonical(_spoilt(read_canonical(data), flaw))
        signature = seal.sign(held.key, bytes.fromhex(digest(data)))
    if flaw == "signature":
        signature = seal.sign(seal.fresh_signing_key(), made.hash)
    envelope = Envelope(
        held.supplier, ticket.version, ticket.attempt, digest(data), price, picks, flaw, ""
    )
    body = body_of(ticket.ticket, b64u(data), b64u(signature))
    return Parcel(envelope, held, body, market.now())


def _spoilt(value: dict[str, object], flaw: str) -> dict[str, object]:
    def other(text: str) -> str:
        return text[:30] + ("A" if text[30] != "A" else "B") + text[31:]

    if flaw == "body":
        return {**value, "body": other(str(value["body"]))}
    shares = [dict(one) for one in value["shares"]]  # type: ignore[attr-defined]
    place = CUSTODIANS.index(flaw)
    shares[place]["ct"] = other(shares[place]["ct"])
    return {**value, "shares": shares}


def acceptable(market: Market, deal: Deal, one: Parcel) -> bool:
    """Whether the law takes this request, as long as no other of its key was taken."""
    ticket, now = one.held.issued, market.now()
    in_force = deal.status == "active" and ticket.keys_hash == deal.force.keys_hash
    inside = deal.due("bidding_from") <= one.arrival < deal.due("deadline")
    fresh = one.arrival < ticket.expires and now - one.arrival <= timedelta(seconds=5)
    return in_force and inside and fresh


def send(market: Market, deal: Deal, groups: Sequence[Sequence[Parcel]]) -> None:
    """Send groups at once and hold each answer against the law and against what was promised."""
    before, taken = trace(), {_key(one) for one in deal.envelopes}
    flat = [one for group in groups for one in group]
    lawful = [acceptable(market, deal, one) and _key(one.envelope) not in taken for one in flat]
    requests = [[Request(one.body, one.arrival) for one in group] for group in groups]
    answers = [one for group in market.intake.receive(requests) for one in group]
    new = 0
    for one, answer, may_be in zip(flat, answers, lawful, strict=True):
        if answer.kind == "received":
            _received(market, deal, one, answer, may_be=may_be)
            new += 1
        elif answer.kind == "known":
            _known(deal, one, answer)
        else:
            _refused(market, answer)
    if not new and trace() != before:
        raise Violation("bids were refused but left a trace")
    expected = {one.key for one, may_be in zip(flat, lawful, strict=True) if may_be}
    if new != len(expected):
        raise Violation(f"{len(expected)} bids were lawful, {new} were received")


def _key(one: Envelope) -> tuple[str, int, int]:
    return (one.supplier.identifier, one.version, one.attempt)


def _received(market: Market, deal: Deal, one: Parcel, answer: Answer, *, may_be: bool) -> None:
    if not may_be:
        raise Violation(f"an unlawful bid of {one.envelope.supplier.identifier} was received")
    receipt = json.loads(answer.receipt)
    if not verify_receipt(receipt, public_key=market.intake.public_key):
        raise Violation("a receipt does not verify")
    if receipt["leaf"]["hash"] != one.envelope.hash:
        raise Violation("a receipt names another envelope")
    deal.envelopes.append(replace(one.envelope, receipt=answer.receipt))
    market.note("received")


def _known(deal: Deal, one: Parcel, answer: Answer) -> None:
    held = {each.hash: each.receipt for each in deal.envelopes}
    if held.get(one.envelope.hash) != answer.receipt:
        raise Violation("the same envelope was given another receipt")


def _refused(market: Market, answer: Answer) -> None:
    if answer.code not in REFUSALS or answer.receipt:
        raise Violation(f"a bid was refused by an unknown code {answer.code!r}")
    market.refused(answer.code)


def bid(market: Market, deal: Deal) -> None:
    """One supplier that means to bid does; now and then with a flaw, or twice at once."""
    if not deal.wanted:
        return
    supplier = deal.wanted.pop(0)
    held = take_ticket(market, deal, supplier)
    if held is None:
        return
    flaw = market.chance.choice(FLAWS) if market.chance.random() < 0.2 else ""
    first = parcel(market, deal, held, flaw)
    race = market.chance.random() < 0.15
    if race and not flaw:  # whichever of the two is first, what comes later is the same
        second = parcel(market, deal, held)
        together = market.chance.random() < 0.5
        send(market, deal, [[first, second]] if together else [[first], [second]])
    else:
        send(market, deal, [[first]])
    if market.chance.random() < 0.2:
        send(market, deal, [[first]])
    if flaw and market.chance.random() < 0.5:
        deal.wanted.append(supplier)


def bid_in_a_group(market: Market, deal: Deal) -> None:
    """Everybody who still means to bid is written in one group."""
    parcels = []
    for supplier in deal.wanted:
        held = take_ticket(market, deal, supplier)
        if held is not None:
            parcels.append(parcel(market, deal, held))
    deal.wanted.clear()
    send(market, deal, [parcels])


def hold_a_ticket(market: Market, deal: Deal) -> None:
    """Take a ticket and wait."""
    held = take_ticket(market, deal, market.chance.choice(market.suppliers))
    if held is not None:
        deal.held.append(held)


def use_a_ticket(market: Market, deal: Deal) -> None:
    """Use a ticket that has waited: too old, too late, for a version gone by, or in time."""
    if deal.held:
        held = deal.held.pop(0)
        send(market, deal, [[parcel(market, deal, held)]])


def intrude(market: Market, deal: Deal) -> None:
    """Somebody asks for a ticket who may have no right to one."""
    chance = market.chance
    strangers = [one.contract.actor for one in market.agencies]
    if chance.random() < 0.3:
        market.do(
            make_ticket, allowed=False, by=chance.choice(strangers), number=deal.number,
            agent_key=seal.public_of(seal.fresh_signing_key()),
        )  # fmt: skip
    else:
        hold_a_ticket(market, deal)


def forge(market: Market, deal: Deal) -> None:
    """A forged ticket, a ticket for another envelope, and bytes that are no request."""
    held = take_ticket(market, deal, market.chance.choice(market.suppliers))
    if held is None:
        return
    good = parcel(market, deal, held)
    fields = json.loads(good.body)
    token = fields["ticket"]
    forged = token[:-2] + ("AA" if token[-2:] != "AA" else "QQ")
    envelope = read_canonical(_decoded(fields["envelope"]))
    foreign = canonical({**envelope, "supplier": "0000000000"})
    bodies = [
        body_of(forged, fields["envelope"], fields["signature"]),
        body_of(token, b64u(foreign), fields["signature"]),
        body_of(token, fields["envelope"][:-4], fields["signature"]),
        b"{}",
        b"\xff\x00",
    ]
    late = good.arrival - timedelta(days=400)
    send(market, deal, [[replace(good, body=body, arrival=late) for body in bodies]])
    deal.held.append(held)


def _decoded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def photo_finish(market: Market, deal: Deal) -> None:
    """At the deadline: a microsecond before counts, the deadline itself does not."""
    market.forward_to(deal.due("deadline") - timedelta(minutes=5))
    able = [one for one in market.suppliers if deal.eligible(one) and not deal.standing(one)]
    chosen = market.chance.sample(able, min(3, len(able)))
    held = [one for one in (take_ticket(market, deal, each) for each in chosen) if one]
    market.forward_to(deal.due("deadline") + timedelta(milliseconds=20))
    moments = [-timedelta(microseconds=1), timedelta(0), timedelta(milliseconds=20)]
    parcels = [
        replace(parcel(market, deal, one), arrival=deal.due("deadline") + moment)
        for one, moment in zip(held, moments, strict=False)
    ]
    send(market, deal, [parcels])


def false_start(market: Market, deal: Deal) -> None:
    """The moment bidding begins: a microsecond before is too early."""
    able = [one for one in deal.wanted if not deal.standing(one)]
    market.forward_to(deal.due("bidding_from") + timedelta(milliseconds=20))
    if not able:
        return
    held = take_ticket(market, deal, able[0])
    if held is not None:
        early = deal.due("bidding_from") - timedelta(microseconds=1)
        send(market, deal, [[replace(parcel(market, deal, held), arrival=early)]])
        deal.held.append(held)


def check(market: Market, names: Sequence[str] = NAMES) -> None:
    """Custodians and the sequencer's chores check what came in and tell bidders of what is bad."""
    market.custodians_work(names)
    check_signatures(at=market.now())
    tell_malformed(at=market.now())
    for deal in market.deals:
        for one in deal.envelopes:
            one.found |= one.flaw == "signature"
