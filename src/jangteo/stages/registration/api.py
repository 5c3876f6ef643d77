"""The same, for machines."""

import uuid
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.http import HttpRequest
from ninja import Field, Router, Schema, Status

from jangteo.records.account import throttle
from jangteo.records.account.actions import issue_token
from jangteo.records.account.queries import people_of
from jangteo.stages.registration import actions, queries
from jangteo.stages.registration.queries import LicenceRow

router = Router()


class LicenceIn(Schema):
    """A licence of a supplier of works; code as in the list of licences, "0001"."""

    code: str
    number: str
    since: date


class LicenceOut(LicenceIn):
    """A licence; it counts once the operator has approved it."""

    approved: bool


class LicenceSeen(Schema):
    """The licence as the operator saw it."""

    code: str
    number: str


class _OrganisationIn(Schema):
    name: str
    name_en: str = ""
    identifier: str
    region: str
    representative: str
    address: str
    username: str
    password: str | None = None


class SupplierIn(_OrganisationIn):
    """A supplier: business number of ten digits, province of two, and its representative."""

    licences: list[LicenceIn]


class AgencyIn(_OrganisationIn):
    """An agency: institution code of seven characters; regime national or local."""

    regime: str


class PapersIn(Schema):
    """Corrected papers; number and kind stay."""

    name: str
    region: str
    representative: str
    address: str
    licences: list[LicenceIn] = Field(default_factory=list)


class RegistrationOut(Schema):
    """A registration and what is known of its organisation."""

    id: uuid.UUID
    party_id: uuid.UUID
    kind: str
    name: str
    identifier: str
    status: str
    regime: str
    region: str
    representative: str
    address: str
    submitted_at: datetime
    note: str
    licences: list[LicenceOut]


class SubmittedOut(RegistrationOut):
    """The registration with the token of whoever acts first; it can be read only here."""

    token: str


class ReasonIn(Schema):
    """Why the papers are returned."""

    reason: str


class PersonIn(Schema):
    """A person; roles: contract_officer, inspector and those below; representative, bidding_agent.

    Opening, approving and disbursing officers are entered by the platform's operator alone.
    """

    username: str
    name: str
    roles: list[str]
    password: str | None = None


class PersonOut(Schema):
    """The person's account; its token is given only to the operator, or where the roles are ones

    that whoever enters the person holds too. Others sign in and make their own. Read only here.
    """

    account: uuid.UUID
    token: str | None


class PersonRowOut(Schema):
    """Somebody who acts for an organisation."""

    account: uuid.UUID
    name: str
    roles: list[str]


class RoleIn(Schema):
    """The role that ends."""

    role: str


class RevokedOut(Schema):
    """How many tokens are worthless now."""

    revoked: int


@router.post("/registrations/suppliers", response={201: SubmittedOut}, auth=None)
def register_supplier(request: HttpRequest, body: SupplierIn) -> Status:
    """Ask to be registered as a supplier; anyone may."""
    words = body.model_dump() | {"licences": _licences(body.licences)}
    return _submitted(request, actions.register_supplier, words)


@router.post("/registrations/agencies", response={201: SubmittedOut}, auth=None)
def register_agency(request: HttpRequest, body: AgencyIn) -> Status:
    """Ask to be registered as an agency; anyone may."""
    return _submitted(request, actions.register_agency, body.model_dump())


@router.get("/registrations", response=list[RegistrationOut])
def registrations(request: HttpRequest, status: str = "") -> list[queries.RegistrationRow]:
    """All registrations, for the operator."""
    return queries.registrations(request.actor, status)


@router.get("/registrations/{registration_id}", response=RegistrationOut)
def registration(request: HttpRequest, registration_id: uuid.UUID) -> queries.RegistrationRow:
    """One registration, for the operator and its own people."""
    return queries.registration_for(request.actor, registration_id)


@router.post("/registrations/{registration_id}/approve", response=RegistrationOut)
def approve(request: HttpRequest, registration_id: uuid.UUID) -> queries.RegistrationRow:
    """Register the organisation (operator)."""
    actions.approve(by=request.actor, at=request.at, registration_id=registration_id)
    return queries.registration_for(request.actor, registration_id)


@router.post("/registrations/{registration_id}/send-back", response=RegistrationOut)
def send_back(
    request: HttpRequest, registration_id: uuid.UUID, body: ReasonIn
) -> queries.RegistrationRow:
    """Return the papers with a reason (operator)."""
    actions.send_back(
        by=request.actor, at=request.at, registration_id=registration_id, reason=body.reason
    )
    return queries.registration_for(request.actor, registration_id)


@router.post("/registrations/{registration_id}/resubmit", response=RegistrationOut)
def resubmit(
    request: HttpRequest, registration_id: uuid.UUID, body: PapersIn
) -> queries.RegistrationRow:
    """Hand in corrected papers."""
    words = body.model_dump() | {"licences": _licences(body.licences)}
    actions.resubmit(by=request.actor, at=request.at, registration_id=registration_id, **words)
    return queries.registration_for(request.actor, registration_id)


@router.post("/parties/{party_id}/people", response={201: PersonOut})
def add_person(request: HttpRequest, party_id: uuid.UUID, body: PersonIn) -> Status:
    """Enter a person with roles in an organisation."""
    with transaction.atomic():
        account = actions.add_person(
            by=request.actor, at=request.at, party_id=party_id, **body.model_dump()
        )
        token = None
        if "operator" in request.actor.roles or request.actor.roles.issuperset(body.roles):
            token = issue_token(
                at=request.at, account_id=account.pk, party_id=party_id, label="first token"
            )
    return Status(201, {"account": account.pk, "token": token})


@router.get("/parties/{party_id}/people", response=list[PersonRowOut])
def people(request: HttpRequest, party_id: uuid.UUID) -> list[queries.PersonRow]:
    """Who acts for an organisation, for its own people and the operator."""
    return queries.people_for(request.actor, party_id, request.at)


@router.post("/parties/{party_id}/people/{account}/end-role", response=list[PersonRowOut])
def end_role(
    request: HttpRequest, party_id: uuid.UUID, account: uuid.UUID, body: RoleIn
) -> list[queries.PersonRow]:
    """End a person's role from now on."""
    actions.end_role(
        by=request.actor, at=request.at, party_id=party_id, account_id=account, role=body.role
    )
    return queries.people_in(party_id, request.at)


@router.post("/parties/{party_id}/people/{account}/revoke-tokens", response=RevokedOut)
def revoke_tokens(request: HttpRequest, party_id: uuid.UUID, account: uuid.UUID) -> dict[str, int]:
    """Make every token of a person for this organisation worthless."""
    revoked = actions.revoke_tokens(
        by=request.actor, at=request.at, party_id=party_id, account_id=account
    )
    return {"revoked": revoked}


@router.post("/parties/{party_id}/licences", response={201: RegistrationOut})
def add_licence(request: HttpRequest, party_id: uuid.UUID, body: LicenceIn) -> Status:
    """Enter one more licence of a supplier; it counts once the operator approves it."""
    actions.add_licence(
        by=request.actor, at=request.at, party_id=party_id, licence=LicenceRow(**body.model_dump())
    )
    return Status(201, queries.registration_of(party_id))


@router.post("/parties/{party_id}/licences/approve", response=RegistrationOut)
def approve_licence(
    request: HttpRequest, party_id: uuid.UUID, body: LicenceSeen
) -> queries.RegistrationRow:
    """Accept a licence that waits (operator)."""
    actions.approve_licence(by=request.actor, at=request.at, party_id=party_id, **body.model_dump())
    return queries.registration_of(party_id)


def _submitted(request: HttpRequest, action: Any, words: dict[str, Any]) -> Status:
    throttle.count(request.META["REMOTE_ADDR"])
    with transaction.atomic():
        made = action(by=request.actor, at=request.at, **words)
        first = people_of(made.party_id, at=request.at)[0]
        token = issue_token(
            at=request.at, account_id=first[0], party_id=made.party_id, label="first token"
        )
    row = queries.registration_of(made.party_id)
    shown = {name: getattr(row, name) for name in RegistrationOut.model_fields}
    return Status(201, shown | {"token": token})


def _licences(given: list[LicenceIn]) -> list[LicenceRow]:
    return [LicenceRow(**one.model_dump()) for one in given]
