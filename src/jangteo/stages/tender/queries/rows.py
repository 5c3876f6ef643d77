"""What others see of a tender: frozen rows, fetched through the check."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from django.db.models import F

from jangteo.ground.errors import N_, Refusal
from jangteo.records.account.queries import Actor
from jangteo.stages.tender.models import Draft, NoticeVersion, Tender
from jangteo.stages.tender.states import TOLD

#: roles of the buyer's people who see what is being prepared
INSIDE = frozenset({"contract_officer", "opening_officer"})


@dataclass(frozen=True, slots=True, kw_only=True)
class TermsRow:
    """What a notice says. Money in whole won, rates as text in percent; see models.Terms."""

    title: str
    description: str
    site: str
    regime: str
    category: str
    service_kind: str
    procedure: str
    award_method: str
    urgency: str
    urgency_reason: str
    base_amount: int | None
    estimated_price: int | None
    budget_amount: int | None
    a_value: int | None
    base_net_cost: int | None
    difficulty: str
    floor_rate: str
    floor_rate_reason: str
    range_low: str
    range_high: str
    price_unit: int | None
    price_rounding: str
    mean_of: str
    mean_rounding: str
    licences: tuple[str, ...]
    regions: tuple[str, ...]
    bidding_from: datetime | None
    deadline: datetime | None
    opening_at: datetime | None
    deadline_reason: str
    documents: tuple[str, ...]


TERMS = tuple(field.name for field in fields(TermsRow))


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftRow(TermsRow):
    """The text being prepared for the version `next_version`.

    scope: what its lot keys belong to; keys_asked: whether they were asked for this deadline;
    hidden: the sheet of amounts is left out for a reader who may still enter it blind.
    """

    number: str
    next_version: int
    saved_at: datetime
    correction_reason: str
    custody_attempt: int
    keys_asked: bool
    scope: str
    hidden: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TenderRow:
    """A tender as this actor may see it; draft only for the buyer's own people.

    version: the last published one, -1 before the first.
    """

    id: uuid.UUID
    number: str
    status: str
    version: int
    buyer_id: uuid.UUID
    buyer_name: str
    rule_day: date | None
    created_at: datetime
    closing_reason: str
    draft: DraftRow | None

    @property
    def published(self) -> bool:
        """Whether outsiders may see it."""
        return self.version >= 0


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeRow(TermsRow):
    """One published version; status, rule_day and in_force are the tender's at this moment.

    tender_id is for foreign keys of later stages. rules: dated-table row ids by table.
    """

    tender_id: uuid.UUID
    number: str
    version: int
    lot: str
    round: int
    scope: str
    buyer_id: uuid.UUID
    buyer_name: str
    status: str
    in_force: bool
    rule_day: date
    rules: dict[str, str]
    keys: str
    keys_hash: str
    sealer_hash: str
    published_at: datetime
    published_by: uuid.UUID
    correction_reason: str
    closing_reason: str

    @property
    def full_number(self) -> str:
        """The number people cite, with its version: R26BK00000001-000."""
        return f"{self.number}-{self.version:03d}"

    @property
    def told(self) -> bool:
        """Whether the result of the opening is published, whatever followed."""
        return self.status in TOLD


def scope_of(number: str, version: int, attempt: int) -> str:
    """What lot keys belong to; one lot and no re-bid so far."""
    return f"{number}/1/0/{version:03d}/{attempt}"


def unknown() -> Refusal:
    """The one answer for what is not there and for what this actor may not know of."""
    return Refusal(
        "tender.unknown",
        N_("There is no published tender with this number."),
        repair=N_("Check the number, or search by title or agency."),
        status=404,
    )


def _terms(found: Draft | NoticeVersion) -> dict[str, Any]:
    values = {name: getattr(found, name) for name in TERMS}
    for name in ("licences", "regions", "documents"):
        values[name] = tuple(values[name])
    return values


def draft_row(found: Draft, tender: Tender) -> DraftRow:
    """The frozen form of a draft."""
    version = tender.version + 1
    return DraftRow(
        number=tender.number,
        next_version=version,
        saved_at=found.saved_at,
        correction_reason=found.correction_reason,
        custody_attempt=found.custody_attempt,
        keys_asked=found.keys_deadline is not None and found.keys_deadline == found.deadline,
        scope=scope_of(tender.number, version, found.custody_attempt),
        **_terms(found),
    )


def _notice_row(found: NoticeVersion) -> NoticeRow:
    tender = found.tender
    if tender.rule_day is None:  # the publication that made this version set it
        raise unknown()
    return NoticeRow(
        tender_id=tender.pk,
        number=tender.number,
        version=found.version,
        lot=found.lot,
        round=found.round,
        scope=found.scope,
        buyer_id=tender.buyer_id,
        buyer_name=tender.buyer_name,
        status=tender.status,
        in_force=tender.version == found.version,
        rule_day=tender.rule_day,
        rules=dict(found.rules),
        keys=found.keys,
        keys_hash=found.keys_hash,
        sealer_hash=found.sealer_hash,
        published_at=found.published_at,
        published_by=found.published_by,
        correction_reason=found.correction_reason,
        closing_reason=tender.closing_reason,
        **_terms(found),
    )


def whole(row: DraftRow) -> DraftRow:
    """The draft with what was left out for its reader: to be judged, never to be shown."""
    if not row.hidden:
        return row
    found = Draft.objects.select_related("tender").get(tender__number=row.number)
    return draft_row(found, found.tender)


def is_inside(actor: Actor, buyer_id: uuid.UUID) -> bool:
    """Whether the actor is one of the buyer's people who prepare and open tenders."""
    return actor.party_id == buyer_id and bool(actor.roles & INSIDE)


def outsider() -> Refusal:
    """`tender.pages.forbidden` (403): the preparing pages, asked for by others than officers."""
    return Refusal(
        "tender.pages.forbidden",
        N_("These pages are for an agency's contract and opening officers."),
        repair=N_("Sign in as one of them; published notices are under Tenders."),
        status=403,
    )


def tender_row(tender: Tender, shown: DraftRow | None) -> TenderRow:
    """The frozen form of a tender, with what its reader may see of the draft."""
    return TenderRow(
        id=tender.pk,
        number=tender.number,
        status=tender.status,
        version=tender.version,
        buyer_id=tender.buyer_id,
        buyer_name=tender.buyer_name,
        rule_day=tender.rule_day,
        created_at=tender.created_at,
        closing_reason=tender.closing_reason,
        draft=shown,
    )


def tender_named(number: str) -> TenderRow:
    """A tender without its draft, for the platform's own work; `tender.unknown` (404)."""
    tender = Tender.objects.filter(number=number).first()
    if tender is None:
        raise unknown()
    return tender_row(tender, None)


def notice(number: str, version: int | None = None) -> NoticeRow:
    """A published version, by default the one in force; Refusal `tender.unknown` (404)."""
    rows = NoticeVersion.objects.select_related("tender").filter(tender__number=number)
    if version is not None:
        rows = rows.filter(version=version)
    found = rows.order_by("-version").first()
    if found is None:
        raise unknown()
    return _notice_row(found)


def current_notice(number: str) -> NoticeRow | None:
    """The version in force, or None before the first publication."""
    found = NoticeVersion.objects.select_related("tender").filter(tender__number=number)
    last = found.order_by("-version").first()
    return _notice_row(last) if last else None


def notices_of(buyer_id: uuid.UUID) -> list[NoticeRow]:
    """The versions in force of all of an agency's published notices, in one question."""
    rows = NoticeVersion.objects.select_related("tender").filter(tender__buyer_id=buyer_id)
    return [_notice_row(row) for row in rows.filter(version=F("tender__version"))]


def versions(number: str) -> list[NoticeRow]:
    """All published versions, oldest first; Refusal `tender.unknown` (404) if there are none."""
    found = versions_of([number]).get(number)
    if not found:
        raise unknown()
    return found


def versions_of(numbers: Iterable[str]) -> dict[str, list[NoticeRow]]:
    """The same of many tenders by their numbers, in one question; who has none is left out."""
    rows = NoticeVersion.objects.select_related("tender").filter(tender__number__in=list(numbers))
    found: dict[str, list[NoticeRow]] = {}
    for row in rows.order_by("version"):
        found.setdefault(row.tender.number, []).append(_notice_row(row))
    return found
