"""Ask to be registered, and ask again after the papers came back."""

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import TypedDict, Unpack

from django.db import transaction

from jangteo.ground.clock import KST
from jangteo.ground.text import business_number_plain
from jangteo.records.account.actions import enter_account, give_role
from jangteo.records.account.queries import Actor
from jangteo.records.journal.actions import begin, move
from jangteo.records.party.actions import correct_party, enter_party
from jangteo.stages.registration import states
from jangteo.stages.registration.actions.check import (
    Papers,
    check_papers,
    check_password,
    check_username,
)
from jangteo.stages.registration.models import Licence, Registration
from jangteo.stages.registration.queries import LicenceRow, fetch


class _Words(TypedDict, total=False):
    name_en: str
    password: str | None


class _Facts(_Words):
    name: str
    identifier: str
    region: str
    representative: str
    address: str
    username: str


class SupplierWords(_Facts):
    """name, identifier (ten digits), region (two digits), representative, address, licences;

    username and password (None: signs in by other means) of the representative.
    """

    licences: Sequence[LicenceRow]


class AgencyWords(_Facts):
    """The same of an agency; identifier: seven digits; regime: national or local.

    representative is its contract officer, who acts first for it.
    """

    regime: str


def register_supplier(*, by: Actor, at: datetime, **words: Unpack[SupplierWords]) -> Registration:
    """Ask to be registered as a supplier; Refusals name every field that is wrong."""
    number = business_number_plain(words["identifier"])
    return _submit(by, at, Papers("supplier", **{**words, "identifier": number}))


def register_agency(*, by: Actor, at: datetime, **words: Unpack[AgencyWords]) -> Registration:
    """Ask to be registered as an agency; Refusals name every field that is wrong."""
    return _submit(by, at, Papers("agency", **words))


@transaction.atomic
def resubmit(
    *,
    by: Actor,
    at: datetime,
    registration_id: uuid.UUID,
    name: str,
    region: str,
    representative: str,
    address: str,
    licences: Sequence[LicenceRow] = (),
) -> Registration:
    """Hand in corrected papers after they came back; kind and number stay what they were."""
    registration = fetch(registration_id)
    party = registration.party
    check_papers(
        Papers(
            party.kind, name, party.identifier, region, representative, address,
            regime=registration.regime, licences=licences,
        ),
        on=at.astimezone(KST).date(),
    )  # fmt: skip
    move(registration, "resubmit", by=by, at=at)
    correct_party(party.pk, name=name, region=region)
    Registration.objects.filter(pk=registration.pk).update(
        representative=representative, address=address, submitted_at=at, note=""
    )
    Licence.objects.filter(party=party).delete()
    _keep_licences(party.pk, licences)
    registration.refresh_from_db()
    return registration


@transaction.atomic
def _submit(by: Actor, at: datetime, papers: Papers) -> Registration:
    check_papers(papers, on=at.astimezone(KST).date())
    check_username(papers.username)
    check_password(papers.password)
    party = enter_party(
        at=at, kind=papers.kind, identifier=papers.identifier, name=papers.name,
        name_en=papers.name_en, region=papers.region,
    )  # fmt: skip
    registration = Registration(
        party=party, regime=papers.regime, representative=papers.representative,
        address=papers.address, submitted_at=at,
    )  # fmt: skip
    begin(registration, "submit", by=by, at=at, payload={"kind": papers.kind, "name": papers.name})
    _keep_licences(party.pk, papers.licences)
    account = enter_account(
        username=papers.username, name=papers.representative, password=papers.password
    )
    give_role(at=at, account_id=account.pk, party_id=party.pk, role=states.APPLICANT)
    return registration


def _keep_licences(party_id: uuid.UUID, licences: Sequence[LicenceRow]) -> None:
    Licence.objects.bulk_create(
        Licence(party_id=party_id, code=one.code, number=one.number, since=one.since)
        for one in licences
    )
