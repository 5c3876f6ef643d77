"""Lists of tenders: the public search, and what an officer is working on."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.db.models import F, OuterRef, Q, Subquery

from jangteo.ground.errors import N_, Refusal
from jangteo.records.account.queries import Actor
from jangteo.stages.tender.models import Draft, NoticeVersion, Tender
from jangteo.stages.tender.queries.rows import INSIDE, NoticeRow, notices_of
from jangteo.stages.tender.states import STANDINGS

#: what the public may ask for, with its label; "bidding" and "waiting" divide "active" by time
STATUSES = {
    "": N_("All"),
    "active": N_("Published"),
    **{key: said for key, said in STANDINGS.items() if key != "draft"},
}
LONGEST, MOST_WORDS = 200, 10
SORTS = {
    "-published": ("-published_at", "-tender__number"),
    "deadline": ("deadline", "tender__number"),
    "-deadline": ("-deadline", "-tender__number"),
    "-amount": ("-base_amount", "-tender__number"),
    "amount": ("base_amount", "tender__number"),
}


@dataclass(frozen=True, slots=True)
class SearchRow:
    """One line of the search; every field is published."""

    number: str
    version: int
    title: str
    buyer_id: uuid.UUID
    buyer_name: str
    status: str
    site: str
    regions: tuple[str, ...]
    base_amount: int
    published_at: datetime
    bidding_from: datetime
    deadline: datetime
    opening_at: datetime
    procedure: str
    award_method: str


@dataclass(frozen=True, slots=True)
class SearchPage:
    """A page of the search; pages counts from 1 and is at least 1."""

    rows: list[SearchRow]
    count: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class MyTender:
    """One line of an officer's list; notice is None before the first publication."""

    number: str
    title: str
    status: str
    version: int
    drafting: bool
    saved_at: datetime | None
    notice: NoticeRow | None


class Dated(Protocol):
    """Anything with a tender's state and schedule; without a schedule it was never published."""

    @property
    def status(self) -> str: ...
    @property
    def bidding_from(self) -> datetime | None: ...
    @property
    def deadline(self) -> datetime | None: ...


def stands(row: Dated, at: datetime) -> str:
    """Where a tender stands at a moment: a key of STANDINGS."""
    if row.status != "active":
        return row.status
    if row.bidding_from is not None and at < row.bidding_from:
        return "coming"
    return "bidding" if row.deadline is not None and at < row.deadline else "waiting"


def _in_status(status: str, at: datetime | None) -> Q:
    active = Q(tender__status="active")
    if status and at is None and status in ("bidding", "coming", "waiting"):
        return active
    match status:
        case "":
            return Q()
        case "bidding":
            return active & Q(bidding_from__lte=at, deadline__gt=at)
        case "coming":
            return active & Q(bidding_from__gt=at)
        case "waiting":
            return active & Q(deadline__lte=at)
        case _:
            return Q(tender__status=status)


def _search_row(found: NoticeVersion) -> SearchRow:
    tender = found.tender
    return SearchRow(
        tender.number, found.version, found.title, tender.buyer_id, tender.buyer_name,
        tender.status, found.site, tuple(found.regions), found.base_amount or 0,
        found.published_at, found.bidding_from, found.deadline, found.opening_at,
        found.procedure, found.award_method,
    )  # type: ignore[arg-type]  # fmt: skip


def search(
    text: str = "",
    *,
    status: str = "",
    region: str = "",
    sort: str = "-published",
    page: int = 1,
    per_page: int = 20,
    at: datetime | None = None,
) -> SearchPage:
    """Published tenders whose title, agency or number holds every word of the text.

    status: a key of STATUSES; region: two-digit code (also finds those open to all regions);
    sort: a key of SORTS; a page beyond the last gives the last. Refusal `tender.search.too_long`.
    """
    _searchable(text)
    rows = NoticeVersion.objects.filter(version=F("tender__version"))
    rows = rows.filter(_in_status(status, at))
    for word in text.split():
        rows = rows.filter(
            Q(title__icontains=word)
            | Q(tender__buyer_name__icontains=word)
            | Q(tender__number__istartswith=word.partition("-")[0])
        )
    if region:
        rows = rows.filter(Q(regions=[]) | Q(regions__contains=[region]))
    count = rows.count()
    pages = max(1, -(-count // per_page))
    page = min(max(1, page), pages)
    ordered = rows.order_by(*SORTS.get(sort, SORTS["-published"])).select_related("tender")
    part = ordered.defer("keys")[(page - 1) * per_page : page * per_page]
    return SearchPage([_search_row(found) for found in part], count, page, pages)


def _searchable(text: str) -> None:
    """Refusal `tender.search.too_long` (400): every word is looked for in every notice."""
    if len(text) > LONGEST or len(text.split()) > MOST_WORDS:
        raise Refusal(
            "tender.search.too_long",
            N_("A search takes at most {words} words and {letters} characters."),
            repair=N_("Leave out some words; a few of them find more."),
            field="q",
            status=400,
            words=MOST_WORDS,
            letters=LONGEST,
        )


def my_tenders(actor: Actor) -> list[MyTender]:
    """All tenders of the actor's agency, newest first, for its own officers; else nothing."""
    if actor.party_id is None or not actor.roles & INSIDE:
        return []
    title = Draft.objects.filter(tender=OuterRef("pk")).values("title")[:1]
    saved = Draft.objects.filter(tender=OuterRef("pk")).values("saved_at")[:1]
    rows = Tender.objects.filter(buyer_id=actor.party_id).annotate(
        draft_title=Subquery(title), draft_saved_at=Subquery(saved)
    )
    published = {row.number: row for row in notices_of(actor.party_id)}
    return [_my_tender(one, published.get(one.number)) for one in rows.order_by("-number")]


def _my_tender(tender: Tender, found: NoticeRow | None) -> MyTender:
    drafting = getattr(tender, "draft_saved_at", None) is not None
    title = found.title if found else getattr(tender, "draft_title", "") or ""
    return MyTender(
        tender.number, title, tender.status, tender.version, drafting,
        getattr(tender, "draft_saved_at", None), found,
    )  # fmt: skip
