"""Enter an organisation."""

import uuid
from datetime import datetime

from jangteo.ground.errors import N_, Refusal
from jangteo.records.party.models import Party


def enter_party(
    *, at: datetime, kind: str, identifier: str, name: str, region: str, name_en: str = ""
) -> Party:
    """Enter an organisation once; Refusal `party.known` (409) if its number is taken."""
    if Party.objects.filter(kind=kind, identifier=identifier).exists():
        raise Refusal(
            "party.known",
            N_("An organisation with the number {identifier} is already registered."),
            repair=N_("Ask its representative to add you as a person instead."),
            field="identifier",
            status=409,
            identifier=identifier,
        )
    return Party.objects.create(
        kind=kind, identifier=identifier, name=name, name_en=name_en, region=region, created_at=at
    )


def correct_party(party_id: uuid.UUID, *, name: str, region: str) -> None:
    """Correct an organisation's name or place; its kind and number never change."""
    Party.objects.filter(pk=party_id).update(name=name, region=region)
