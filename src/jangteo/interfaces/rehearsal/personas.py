"""Whom a visitor of the practice world can act as; the world's builder makes their accounts."""

from dataclasses import dataclass

from jangteo.ground.errors import N_


@dataclass(frozen=True, slots=True)
class Persona:
    """key: what the button sends; username: the account's; first: where one lands."""

    key: str
    username: str
    label: str
    description: str
    first: str = "/desk"


PERSONAS = [
    Persona(
        "officer",
        "kim.contract",
        N_("Contract officer"),
        N_("Prepares the notice, examines candidates, signs the contract, checks claims."),
    ),
    Persona(
        "opener",
        "lee.opening",
        N_("Opening officer"),
        N_("Holds the opening on time and publishes the result at once."),
    ),
    Persona(
        "approver",
        "jung.approving",
        N_("Approving officer"),
        N_("Confirms or refuses an award as the second person."),
    ),
    Persona(
        "inspector",
        "han.inspector",
        N_("Inspector"),
        N_("Inspects the works in time: accepts them or says what must be mended."),
    ),
    Persona(
        "disburser",
        "seo.disbursing",
        N_("Disbursing officer"),
        N_("Orders payments before they are late, and sees each payee’s money arrive."),
    ),
    Persona(
        "builder",
        "park.builder",
        N_("Small builder, representative"),
        N_("Hands in papers, signs the contract, asks for inspection and for the money."),
    ),
    Persona(
        "agent",
        "choi.agent",
        N_("Small builder, bidding agent"),
        N_("Seals a price in the browser and keeps the receipt."),
    ),
    Persona(
        "subcontractor",
        "oh.subcontractor",
        N_("Subcontractor"),
        N_("Agrees to a subcontract and sees who holds the money until it is there."),
    ),
    Persona(
        "operator",
        "operator",
        N_("Platform operator"),
        N_("Checks registrations and sees trouble before people do."),
    ),
]


def persona(key: str) -> Persona | None:
    """The persona of a key, or None."""
    return next((one for one in PERSONAS if one.key == key), None)
