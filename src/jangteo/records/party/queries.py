"""Ask for organisations."""

import uuid
from dataclasses import dataclass

from jangteo.ground.errors import N_, Refusal
from jangteo.records.party.models import Party


@dataclass(frozen=True, slots=True)
class PartyRow:
    """What screens and other stages see of an organisation."""

    id: uuid.UUID
    kind: str
    identifier: str
    name: str
    name_en: str
    region: str


def _row(party: Party) -> PartyRow:
    return PartyRow(party.id, party.kind, party.identifier, party.name, party.name_en, party.region)


def party(party_id: uuid.UUID) -> PartyRow:
    """One organisation by its id; Refusal `party.unknown` (404) if there is none."""
    found = Party.objects.filter(pk=party_id).first()
    if found is None:
        raise Refusal(
            "party.unknown",
            N_("There is no such organisation."),
            repair=N_("Look it up again by its number or name."),
            status=404,
        )
    return _row(found)


def party_by_identifier(kind: str, identifier: str) -> PartyRow | None:
    """One organisation by its institution code or business number, or None."""
    found = Party.objects.filter(kind=kind, identifier=identifier).first()
    return _row(found) if found else None


def parties(kind: str) -> list[PartyRow]:
    """All organisations of a kind, by name."""
    return [_row(found) for found in Party.objects.filter(kind=kind)]


def names(ids: "set[uuid.UUID]") -> dict[uuid.UUID, str]:
    """Names by id, for lists."""
    return dict(Party.objects.filter(pk__in=ids).values_list("pk", "name"))


def parties_by_id(ids: "set[uuid.UUID]") -> dict[uuid.UUID, PartyRow]:
    """Organisations by id in one question, for lists that show more than names."""
    return {found.id: _row(found) for found in Party.objects.filter(pk__in=ids)}
