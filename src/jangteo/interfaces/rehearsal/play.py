"""One tender played through the public doors: published, bid for, opened."""

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import httpx
import stamina
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key

from jangteo.ground.errors import Fault, Refusal
from jangteo.interfaces.rehearsal.client import Doors, Person, answer, b64u, wait_for
from jangteo.records.vault import seal

#: intake cannot say whether it holds an envelope: the same one is sent again and counts once
UNSURE = ("bid.not_received", "bid.not_confirmed", "bid.arrival_unproven")
#: how often an envelope is sent
TRIES = 6
SIGNERS = ("contract_officer", "opening_officer")


@dataclass(frozen=True, slots=True)
class Agency:
    """The people of an agency, one an office: two for every act that needs two."""

    regime: str
    contract: Person
    opening: Person
    approving: Person
    inspector: Person
    disbursing: Person


@dataclass(frozen=True, slots=True)
class Supplier:
    """A supplier's agent with a token; identifier: its business number."""

    identifier: str
    name: str
    agent: Person


@dataclass(frozen=True, slots=True)
class SealedPrice:
    """What one supplier is to bid."""

    supplier: Supplier
    price: int
    picks: tuple[int, int]


def ask_for_keys(agency: Agency, number: str) -> None:
    """Let the contract officer ask the custodians for lot keys."""
    agency.contract.post(f"/tenders/{number}/keys")


def make_custody(agency: Agency, number: str) -> None:
    """Ask for lot keys, add the officer's own and the agency's seed, wait for the platform's."""
    ask_for_keys(agency, number)
    complete_custody(agency, number)


def complete_custody(agency: Agency, number: str) -> None:
    """Wait for the custodians' keys that were asked for; add the officer's and the seeds."""
    path = f"/tenders/{number}/custody"
    state = wait_for(
        lambda: agency.opening.get(path),
        lambda found: {"platform", "audit"} <= set(found["keys"]),
        what="the custodians' lot keys",
    )
    deadline = datetime.fromisoformat(state["deadline"])
    lot = seal.make_lot_keys(scope=state["scope"], custodian="officer", deadline=deadline)
    key, signature = agency.opening.sign(lot.statement.encode())
    officer = {"statement": lot.statement, "signer_key": key, "signature": signature, "wrapped": ""}
    agency.opening.post(f"{path}/officer", officer)
    keys = agency.opening.get(path)["keys_statement"]
    seed = seal.seal_seed(scope=state["scope"], maker="agency", keys_statement=keys)
    agency.opening.post(f"{path}/seed", {"sealed": seed.sealed, "commitment": seed.commitment})
    wait_for(
        lambda: agency.contract.get(path),
        lambda found: found["complete"],
        what="the platform's seed",
    )
    take_care(agency, number)


#: figures that decide the award, as a notice names them
FIGURES = (
    "base_amount", "a_value", "base_net_cost", "difficulty", "range_low", "range_high",
    "price_unit", "price_rounding", "mean_of", "mean_rounding", "floor_rate",
)  # fmt: skip


def take_care(agency: Agency, number: str) -> None:
    """Let the opening officer enter the figures a second time, and both answer what is doubted."""
    path = f"/tenders/{number}/care"
    care = agency.contract.get(path)
    if care["second_entry"]["state"] == "missing":
        drafted = agency.contract.get(f"/tenders/{number}/draft")
        figures = {name: drafted[name] for name in FIGURES}
        care = agency.opening.post(f"{path}/second-entry", figures)
    shown = agency.contract.get(path)["examples"]  # none where no screening is known
    if shown and not shown["seen"]:
        agency.contract.post(f"{path}/examples", {"examples": shown["hash"]})
    for warning in care["warnings"]:
        if warning["state"] == "answered":
            continue
        answer = {"warning": warning["code"], "reason": "설계서와 대조하여 확인하였습니다."}
        agency.contract.post(f"{path}/reasons", answer)
        if care["two_override"]:
            agency.opening.post(f"{path}/agreements", {"warning": warning["code"]})


def draft(agency: Agency, terms: dict[str, Any]) -> str:
    """Draft a tender with all its terms; its number."""
    number = str(agency.contract.post("/tenders", {"title": terms["title"]})["number"])
    agency.contract.put(f"/tenders/{number}/draft", terms)
    return number


def draft_quotation(agency: Agency, terms: dict[str, Any]) -> str:
    """Begin a small-value quotation in one step; its number."""
    return str(agency.contract.post("/tenders/quotations", terms)["number"])


def publish(agency: Agency, terms: dict[str, Any], *, rates: Sequence[str] = ()) -> str:
    """Draft, give the sandbox its rates if any, make the keys, publish; the tender's number."""
    number = draft(agency, terms)
    if rates:
        agency.contract.put(f"/sandbox/tenders/{number}/rates", {"rates": list(rates)})
    make_custody(agency, number)
    put_out(agency, number)
    return number


def put_out(agency: Agency, number: str) -> None:
    """Publish what is ready; a doubt that another notice raised meanwhile is answered as well."""
    try:
        agency.contract.post(f"/tenders/{number}/publish")
    except Refusal as doubted:
        if not doubted.code.startswith("entry."):
            raise
        take_care(agency, number)
        agency.contract.post(f"/tenders/{number}/publish")


def send_bid(doors: Doors, number: str, bid: SealedPrice) -> dict[str, Any]:
    """Take a ticket, seal, hand the envelope to intake: hash (hex), phrase and receipt."""
    return hand_in(doors, *seal_price(number, bid))


def hand_in(doors: Doors, ticket: str, sealed: seal.SealedEnvelope) -> dict[str, Any]:
    """Hand in a sealed envelope as intake's answers ask: again while it is unsure of it, and again
    where the line broke, which tells nothing. The same envelope counts once."""
    tries = stamina.retry_context(on=_unsure, attempts=TRIES, wait_max=2.0, timeout=None)
    for attempt in tries:
        with attempt:
            return post_envelope(doors, ticket, sealed)
    raise Fault("an envelope is handed in at least once")


def _unsure(error: Exception) -> bool:
    broken = isinstance(error, httpx.TransportError)
    return broken or (isinstance(error, Refusal) and error.code in UNSURE)


def seal_price(number: str, bid: SealedPrice) -> tuple[str, seal.SealedEnvelope]:
    """Take a ticket and seal: the ticket and the envelope that is to be handed in with it."""
    agent_private = generate_private_key(SECP256R1())
    ticket = bid.supplier.agent.post(
        f"/tenders/{number}/tickets", {"agent_key": seal.public_of(agent_private)}
    )
    context = seal.BidContext(
        tender=ticket["tender"],
        lot=ticket["lot"],
        round=ticket["round"],
        version=ticket["version"],
        supplier=ticket["supplier"],
    )
    sealed = seal.seal_bid(
        context=context,
        keys_statement=ticket["keys"],
        price=bid.price,
        picks=bid.picks,
        agent_private=agent_private,
    )
    return str(ticket["ticket"]), sealed


def post_envelope(doors: Doors, ticket: str, sealed: seal.SealedEnvelope) -> dict[str, Any]:
    """Hand a sealed envelope to intake; the receipt, or a Refusal with intake's code."""
    body = {
        "ticket": ticket,
        "envelope": b64u(sealed.envelope),
        "signature": b64u(sealed.signature),
    }
    try:
        answered = answer(doors.http.post(f"{doors.intake_url}/bids", json=body))
    except Refusal as refusal:
        if refusal.code != "bid.too_early":
            raise
        _wait_for_intakes_clock(doors)
        answered = answer(doors.http.post(f"{doors.intake_url}/bids", json=body))
    return {"hash": sealed.hash.hex(), **answered}


def _wait_for_intakes_clock(doors: Doors) -> None:
    """Intake hears a moment later that a sandbox's clock was moved; it never runs ahead."""
    at = datetime.fromisoformat(doors.as_().get("/time")["now"])
    wait_for(
        lambda: answer(doors.http.get(f"{doors.intake_url}/time")),
        lambda found: datetime.fromisoformat(found["time"]) >= at,
        what="intake to hear of the moved clock",
    )


def send_bids(
    doors: Doors, number: str, bids: Iterable[SealedPrice], *, at_once: int = 8
) -> list[dict[str, Any]]:
    """Send many bids, some at once; their receipts in the order of the bids."""
    with ThreadPoolExecutor(at_once) as pool:
        return list(pool.map(lambda bid: send_bid(doors, number, bid), bids))


def prepare_opening(
    agency: Agency, number: str, *, excluded: Iterable[tuple[str, str]] = ()
) -> None:
    """Begin the opening and set bids aside.

    excluded: (envelope hash in hex, ground code) of each bid set aside.
    """
    path = f"/tenders/{number}/opening"
    agency.opening.post(path)
    for envelope, ground in excluded:
        body = {"bid": envelope, "ground": ground}
        agency.opening.post(f"{path}/exclusions", body)


def close_and_sign(agency: Agency, number: str, *, roles: Iterable[str] = SIGNERS) -> None:
    """Close the set of envelopes and sign the request for the keys in these roles."""
    path = f"/tenders/{number}/opening"
    wait_for(
        lambda: agency.opening.get(path),
        lambda found: not found["unsettled"],
        what="the custodians' checks of the envelopes",
    )
    agency.opening.post(f"{path}/close")
    for role in roles:
        sign_request(agency, number, role)


def sign_request(agency: Agency, number: str, role: str) -> None:
    """Sign the request for the keys in a role; the set is closed."""
    path = f"/tenders/{number}/opening"
    statement = agency.opening.get(f"{path}/statement")["statement"]
    person = agency.contract if role == "contract_officer" else agency.opening
    key, signature = person.sign(statement.encode())
    body = {"role": role, "signer_key": key, "signature": signature}
    person.post(f"{path}/signatures", body)


def hold_opening(
    agency: Agency, number: str, *, excluded: Iterable[tuple[str, str]] = ()
) -> dict[str, Any]:
    """Exclude, close the set, sign by two people, wait for the keys, open; the result."""
    path = f"/tenders/{number}/opening"
    prepare_opening(agency, number, excluded=excluded)
    close_and_sign(agency, number)
    wait_for(
        lambda: agency.opening.get(path),
        lambda found: len(found["releases"]) >= 2 or found["refusals"],
        what="the custodians' price keys",
    )
    agency.opening.post(f"{path}/hold")
    result: dict[str, Any] = agency.opening.get(f"/tenders/{number}/result")
    return result


def iso(moment: datetime) -> str:
    """A moment as the API takes it."""
    return moment.isoformat()
