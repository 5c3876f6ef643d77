"""Who is registered as what; what the operator and the organisation have to do."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Q
from django.utils.functional import lazy
from django.utils.translation import get_language

from jangteo.ground.errors import N_, Refusal
from jangteo.records.account.queries import Actor, may, parties_with, people_of
from jangteo.records.party.queries import PartyRow, parties_by_id
from jangteo.records.party.queries import parties as parties_of_kind
from jangteo.rules.eligibility.licence import licences
from jangteo.rules.eligibility.region import regions
from jangteo.stages.registration.models import Licence, Registration
from jangteo.stages.registration.states import BY_OPERATOR, ROLES
from jangteo.ui.shapes import DeskTask

_LAW = "국가계약법 시행규칙 제15조"
_name = lazy(lambda ko, en: ko if (get_language() or "ko").startswith("ko") else en, str)

#: code -> name in the reader's language; the rules' tables, as they stand after their last change
REGIONS = {one.code: _name(one.ko, one.en) for one in regions(date.max)}
LICENCES = {one.code: _name(one.ko, one.en) for one in licences(date.max)}


@dataclass(frozen=True, slots=True)
class LicenceRow:
    """A licence: its trade (see LICENCES), the certificate's number, the day it was given.

    approved: the operator has accepted it; before that it does not count.
    """

    code: str
    number: str
    since: date
    approved: bool = False


@dataclass(frozen=True, slots=True)
class RegistrationRow:
    """A registration with its organisation; note: why it was sent back."""

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
    licences: tuple[LicenceRow, ...]

    @property
    def active(self) -> bool:
        """Whether the organisation may take part."""
        return self.status == "active"


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person and the roles held in an organisation."""

    account: uuid.UUID
    name: str
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SupplierFacts:
    """What the eligibility rules ask of a supplier on a day."""

    party_id: uuid.UUID
    active: bool
    region: str
    licences: frozenset[str]


def registration_of(party_id: uuid.UUID) -> RegistrationRow:
    """The registration of an organisation; Refusal `registration.unknown` (404)."""
    return _one(Q(party_id=party_id))


def registration_for(actor: Actor, registration_id: uuid.UUID) -> RegistrationRow:
    """One registration for the operator or its own people; 404 for anyone else."""
    row = _one(Q(pk=registration_id))
    if "operator" not in actor.roles and row.party_id != actor.party_id:
        raise _unknown()
    return row


def registrations(actor: Actor, status: str = "") -> list[RegistrationRow]:
    """All registrations for the operator, the longest waiting first; Refusal 403 for others."""
    if "operator" not in actor.roles:
        raise Refusal(
            "registration.list.forbidden",
            N_("Only the platform's operator sees this list."),
            repair=N_("Your own registration is on the page of your organisation."),
            status=403,
        )
    return _rows(Q(status=status) if status else Q())


def supplier_facts(party_id: uuid.UUID, on: date) -> SupplierFacts:
    """What a supplier is on a day: in good standing, where, with which approved licences."""
    row = registration_of(party_id)
    held = frozenset(one.code for one in row.licences if one.approved and one.since <= on)
    return SupplierFacts(party_id, row.active, row.region, held)


def fetch(registration_id: uuid.UUID) -> Registration:
    """The record itself, locked, for this stage's actions; Refusal 404."""
    found = Registration.objects.select_for_update().filter(pk=registration_id).first()
    if found is None:
        raise _unknown()
    return found


def fetch_of(party_id: uuid.UUID) -> Registration:
    """The record of an organisation, locked, for this stage's actions; Refusal 404."""
    found = Registration.objects.select_for_update().filter(party_id=party_id).first()
    if found is None:
        raise _unknown()
    return found


def tasks_for(actor: Actor, at: datetime) -> list[DeskTask]:
    """What registration asks of a person now."""
    if "operator" in actor.roles:
        return _of_operator(at)
    if actor.party_id is None or actor.party_kind == "platform":
        return []
    row = registration_of(actor.party_id)
    if row.status == "returned":
        return [
            DeskTask(
                N_("Correct your registration and submit it again: {reason}"),
                {"reason": row.note},
                f"/registrations/{row.id}",
                law=_LAW,
            )
        ]
    if row.status == "submitted":
        title = N_("The platform's operator is checking your registration")
        link = f"/registrations/{row.id}"
        return [DeskTask(title, {}, link, law=_LAW, state="waiting", who="operator")]
    return _missing_officer(actor, row, at)


def _of_operator(at: datetime) -> list[DeskTask]:
    """Papers and licences to check, and agencies that cannot open yet."""
    waiting = Licence.objects.filter(approved_at=None).values("party_id")
    lacking = _lacking(at)
    active = Q(status="active")
    return [
        *(_to_check(row) for row in _rows(Q(status="submitted"))),
        *(
            DeskTask(
                N_("Check a new licence of {name}"),
                {"name": row.name},
                f"/registrations/{row.id}",
                law=_LAW,
            )
            for row in _rows(active & Q(party_id__in=waiting))
        ),
        *(
            DeskTask(
                N_("Enter officers of {name}: {roles}"),
                {"name": row.name, "roles": ", ".join(lacking[row.party_id])},
                f"/registrations/{row.id}/people/add",
                law=_LAW,
            )
            for row in _rows(active & Q(party_id__in=lacking))
        ),
    ]


def _to_check(row: RegistrationRow) -> DeskTask:
    title = N_("Check the registration of {name}")
    return DeskTask(title, {"name": row.name}, f"/registrations/{row.id}", law=_LAW)


def _missing_officer(actor: Actor, row: RegistrationRow, at: datetime) -> list[DeskTask]:
    """Without its officers an agency cannot open, award or pay; it is told before it matters."""
    if row.kind != "agency" or "contract_officer" not in actor.roles:
        return []
    held = {role for _, _, role in people_of(row.party_id, at=at)}
    missing = [role for role in ROLES if role in BY_OPERATOR - held]
    if not missing:
        return []
    title = N_("Your agency still needs officers whom the platform's operator enters: {roles}")
    params = {"roles": ", ".join(missing)}
    return [DeskTask(title, params, "/people", law=_LAW, state="waiting", who="operator")]


def _lacking(at: datetime) -> dict[uuid.UUID, list[str]]:
    """Agencies that lack officers whom only the operator enters, with these officers' roles."""
    agencies = [one.id for one in parties_of_kind("agency")]
    found: dict[uuid.UUID, list[str]] = {}
    for role in (role for role in ROLES if role in BY_OPERATOR):
        having = set(parties_with(role, at=at))
        for party_id in agencies:
            if party_id not in having:
                found.setdefault(party_id, []).append(role)
    return found


def people_for(actor: Actor, party_id: uuid.UUID, at: datetime) -> list[PersonRow]:
    """Who acts for an organisation, for its own people and the operator; 404 for others."""
    row = registration_of(party_id)
    if "operator" not in actor.roles and row.party_id != actor.party_id:
        raise _unknown()
    return people_in(party_id, at)


def people_in(party_id: uuid.UUID, at: datetime) -> list[PersonRow]:
    """Who acts for an organisation, whoever asks."""
    held: dict[uuid.UUID, PersonRow] = {}
    for account_id, name, role in people_of(party_id, at=at):
        known = held.get(account_id, PersonRow(account_id, name, ()))
        held[account_id] = replace(known, roles=(*known.roles, role))
    return list(held.values())


def may_add_person(actor: Actor) -> bool:
    """Whether an actor may enter people of the organisation it acts for."""
    found = Registration.objects.filter(party_id=actor.party_id).first()
    return bool(found and found.status == "active" and may(actor, "add_person", found))


def _one(where: Q) -> RegistrationRow:
    rows = _rows(where)
    if not rows:
        raise _unknown()
    return rows[0]


def _rows(where: Q) -> list[RegistrationRow]:
    found = list(Registration.objects.filter(where).order_by("submitted_at", "id"))
    ids = {one.party_id for one in found}
    parties = parties_by_id(ids)
    licences: dict[uuid.UUID, list[LicenceRow]] = {}
    for one in Licence.objects.filter(party_id__in=ids).order_by("code"):
        row = LicenceRow(one.code, one.number, one.since, one.approved_at is not None)
        licences.setdefault(one.party_id, []).append(row)
    return [
        _row(one, parties[one.party_id], tuple(licences.get(one.party_id, ()))) for one in found
    ]


def _row(one: Registration, party: PartyRow, licences: tuple[LicenceRow, ...]) -> RegistrationRow:
    return RegistrationRow(
        one.id, party.id, party.kind, party.name, party.identifier, one.status, one.regime,
        party.region, one.representative, one.address, one.submitted_at, one.note, licences,
    )  # fmt: skip


def _unknown() -> Refusal:
    return Refusal(
        "registration.unknown",
        N_("There is no such registration."),
        repair=N_("Go back to your desk."),
        status=404,
    )


def count_able(licences: Collection[str], regions: Collection[str]) -> tuple[int, int]:
    """How many active suppliers hold one of the licences in one of the regions, of how many.

    No licences, or no regions, ask for none; only an agency has a regime.
    """
    active = Registration.objects.filter(status="active", regime="")
    suppliers = set(active.values_list("party_id", flat=True))
    able = set(suppliers)
    if licences:
        held = Licence.objects.filter(code__in=licences, approved_at__isnull=False)
        able &= set(held.values_list("party_id", flat=True))
    if regions:
        able &= {one.id for one in parties_of_kind("supplier") if one.region in regions}
    return len(able), len(suppliers)
