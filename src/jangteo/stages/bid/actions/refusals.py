"""Every way in which a bid is refused: one sentence, one repair, one article, one HTTP status."""

from dataclasses import dataclass
from typing import Any

from jangteo.ground.errors import N_, Refusal

_DECREE = "전자조달법 시행령 제5조"
_INVALID = "국가계약법 시행규칙 제44조"


@dataclass(frozen=True, slots=True)
class Sentence:
    """What a bidder is told; text and repair are msgids with {placeholders}."""

    text: str
    repair: str
    law: str = ""
    status: int = 422


REFUSALS = {
    "bid.not_open": Sentence(
        N_("This tender does not take bids now."),
        N_("Look at the tender's page: it says what happened and what comes next."),
        _DECREE,
        409,
    ),
    "bid.version_not_in_force": Sentence(
        N_("The notice was corrected after you began; a bid for the earlier notice is void."),
        N_("Read the corrected notice and prepare your bid again."),
        "국가계약법 시행령 제33조제2항",
        409,
    ),
    "bid.too_early": Sentence(
        N_("Bidding has not begun."), N_("Send your bid after the bidding begins."), _DECREE, 409
    ),
    "bid.late": Sentence(
        N_("Your bid arrived at or after the deadline."),
        N_("A late bid cannot be taken. The time of the server when its last byte came counts."),
        _INVALID,
        409,
    ),
    "bid.no_standing": Sentence(
        N_("Your organisation has no registration in force."),
        N_("Complete your registration, then prepare your bid again."),
        _INVALID,
        403,
    ),
    "bid.already_received": Sentence(
        N_("A bid of your organisation for this tender has already been received."),
        N_("A bid once received cannot be changed or withdrawn. Look at its receipt."),
        "전자조달법 시행령 제5조제3항",
        409,
    ),
    "bid.found_malformed": Sentence(
        N_("This very envelope was received before and was found to be malformed."),
        N_("Prepare your bid again; the new envelope takes its place."),
        status=409,
    ),
    "bid.may_not": Sentence(
        N_("You cannot bid for this tender."),
        N_("Look at the reasons on the tender's bidding page."),
        _INVALID,
        403,
    ),
    "bid.bad_agent_key": Sentence(
        N_("The key for this bid is not a P-256 public key."),
        N_("Send the 65-byte uncompressed point in base64url without padding."),
        status=400,
    ),
    "bid.ticket_forged": Sentence(
        N_("This ticket was not made by this platform."),
        N_("Ask for a new ticket on the bidding page."),
        status=403,
    ),
    "bid.ticket_expired": Sentence(
        N_("Your ticket is more than fifteen minutes old."),
        N_("Ask for a new ticket and send the same envelope again."),
        status=403,
    ),
    "bid.malformed_request": Sentence(
        N_("The request is not in the form {form}."),
        N_("See the description of the bid intake in the API documentation."),
        status=400,
    ),
    "bid.malformed_envelope": Sentence(
        N_("The envelope is not a sealed bid: {what}."),
        N_("Seal the bid again with the bidding page or with `jangteo seal`."),
        status=400,
    ),
    "bid.another_envelope": Sentence(
        N_("The envelope names another {what} than your ticket."),
        N_("Seal the bid for this tender, notice version and organisation."),
        status=400,
    ),
    "bid.too_large": Sentence(
        N_("The request is larger than a sealed bid can be."),
        N_("Send only the ticket, the envelope and the signature."),
        status=413,
    ),
    "bid.too_slow": Sentence(
        N_("The request did not arrive completely in time, so it was not received."),
        N_("Check your connection and send the same envelope again."),
        status=408,
    ),
    "bid.not_received": Sentence(
        N_("Your bid was NOT received: the database cannot be reached."),
        N_("The page sends the same envelope again by itself; any other program has to do so."),
        "전자조달법 제7조",
        503,
    ),
    "bid.not_confirmed": Sentence(
        N_("It is not certain that your bid was received."),
        N_("Send the same envelope again: it never counts twice and gives the same receipt."),
        status=503,
    ),
    "bid.arrival_unproven": Sentence(
        N_("The time at which your bid arrived could not be recorded."),
        N_("Send the same envelope again: it never counts twice and gives the same receipt."),
        status=503,
    ),
    "bid.no_such_path": Sentence(
        N_("There is nothing at this address."),
        N_("Bids are sent by POST to /bids."),
        status=404,
    ),
}
REFUSALS["bid.undecided"] = REFUSALS["bid.not_confirmed"]


def refuse(code: str, *, field: str = "", **params: Any) -> Refusal:
    """The Refusal of a code, for pages and the API."""
    row = REFUSALS[code]
    return Refusal(
        code,
        row.text,
        repair=row.repair,
        law=row.law,
        field=field,
        status=row.status,
        **params,
    )
