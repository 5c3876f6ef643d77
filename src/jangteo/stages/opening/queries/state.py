"""How an opening stands, for the agency's people who hold it."""

from collections.abc import Iterable, Set
from datetime import datetime
from uuid import UUID

from jangteo.ground.errors import N_, Refusal
from jangteo.records.account.queries import Actor, may, people_of
from jangteo.records.log import merkle
from jangteo.records.party.queries import parties_by_id
from jangteo.records.vault import queries as vault
from jangteo.rules.award.outcome import fewest
from jangteo.stages.bid import queries as sealed
from jangteo.stages.opening.models import Opening, Result, Signature
from jangteo.stages.opening.queries.exclusions import excluded_of
from jangteo.stages.opening.queries.rows import (
    CustodianRow,
    EnvelopeRow,
    ExclusionRow,
    OpeningLine,
    OpeningState,
    SignatureRow,
)
from jangteo.stages.opening.states import CUSTODIANS, GROUNDS
from jangteo.stages.tender.queries import NoticeRow, notice, notices_of, stands

OFFICERS = frozenset({"opening_officer", "contract_officer"})


def opening_of(found: NoticeRow) -> Opening | None:
    """The opening of a notice version, or None before it is prepared."""
    return Opening.objects.filter(
        tender_id=found.tender_id, version=found.version, lot=found.lot, round=found.round
    ).first()


def last_result(opening: Opening) -> Result | None:
    """What counts of an opening's results: the last, for one on hold may be computed again."""
    return Result.objects.filter(opening=opening).order_by("-attempt").first()


def needed_of(found: NoticeRow) -> int:
    """How many valid bids the law asks for at least."""
    price = found.estimated_price or 0
    return fewest(
        regime=found.regime, on=found.rule_day, procedure=found.procedure, estimated_price=price
    ).integer()


def suppliers(ids: Iterable[UUID]) -> dict[UUID, tuple[str, str]]:
    """Name and identifier by id."""
    return {key: (row.name, row.identifier) for key, row in parties_by_id(set(ids)).items()}


def exclusions_of(opening: Opening, closed: Set[str]) -> tuple[ExclusionRow, ...]:
    """The bids of a closed set (hashes in hex) that were set aside, in the order of it."""
    rows = list(excluded_of(opening, closed).values())
    named = suppliers(row.supplier_id for row in rows)
    return tuple(
        ExclusionRow(
            row.hash, row.supplier_id, named[row.supplier_id][0],
            row.ground, GROUNDS[row.ground].text, row.article, row.note, row.at,
        )
        for row in rows
    )  # fmt: skip


def _envelopes(found: NoticeRow, excluded: set[str]) -> tuple[EnvelopeRow, ...]:
    bids = sealed.closed_set(found.number, found.version)
    named = suppliers(bid.supplier_id for bid in bids)
    rows = [
        EnvelopeRow(
            bytes(bid.hash).hex(), bid.supplier_id, *named[bid.supplier_id], bid.arrival,
            bytes(bid.hash).hex() in excluded,
        )
        for bid in bids
    ]  # fmt: skip
    return tuple(sorted(rows, key=lambda row: (row.arrival, row.hash)))


def closed_hashes(found: NoticeRow) -> set[str]:
    """The closed set as it stands now, by the envelopes' hashes in hex."""
    return {bytes(bid.hash).hex() for bid in sealed.closed_set(found.number, found.version)}


def _root(closed: Set[str]) -> str:
    return merkle.root(sorted(bytes.fromhex(one) for one in closed)).hex()


def _signatures(opening: Opening, at: datetime) -> tuple[SignatureRow, ...]:
    names = {person: name for person, name, _ in people_of(opening.buyer_id, at=at)}
    rows = Signature.objects.filter(opening=opening).order_by("at")
    return tuple(SignatureRow(r.role, r.account, names.get(r.account, ""), r.at) for r in rows)


def custodians_of(scope: str, *, asked: bool) -> tuple[CustodianRow, ...]:
    """What each custodian has done with the request for its key."""
    given, refused = vault.releases(scope), {}
    for name, code, at in vault.release_refusals(scope):
        refused[name] = (code, at)
    rows = []
    for name in CUSTODIANS:
        if name in given:
            rows.append(CustodianRow(name, "released"))
        elif name in refused:
            rows.append(CustodianRow(name, "refused", *refused[name]))
        else:
            rows.append(CustodianRow(name, "asked" if asked else "waiting"))
    return tuple(rows)


def _may(actor: Actor, opening: Opening, found: NoticeRow, signed: set[str]) -> frozenset[str]:
    verbs = {"prepare"} if not opening.status and may(actor, "prepare", opening) else set()
    for verb in ("exclude", "close_set", "sign_request", "release_officer_key", "publish", "fail",
                 "hold"):  # fmt: skip
        row = Opening.state_table.transition(verb)
        if opening.status in row.source and may(actor, verb, opening):
            verbs.add(verb)
    if "sign_request" in verbs:
        verbs |= {f"sign:{role}" for role in OFFICERS & actor.roles if role not in signed}
    return frozenset(verbs)


def opening_state(actor: Actor, number: str, *, at: datetime) -> OpeningState:
    """How an opening stands; Refusal `opening.forbidden` (403) for all but the agency's officers.

    Before the deadline it names no bid and no count.
    """
    found = notice(number)
    inside = actor.party_id == found.buyer_id and actor.roles & OFFICERS
    if not inside and "operator" not in actor.roles:
        raise Refusal(
            "opening.forbidden",
            N_("Only the agency's contract and opening officers follow an opening."),
            repair=N_("The result is published on the tender's page as soon as it is opened."),
            status=403,
        )
    known = opening_of(found)
    preparing = known is not None and known.status == "prepared"
    opening = known or Opening(buyer_id=found.buyer_id, status="", tender_number=number)
    signed = _signatures(known, at) if known else ()
    closed = closed_hashes(found) if known else set()
    excluded = exclusions_of(known, closed) if known else ()
    envelopes = _envelopes(found, {row.hash for row in excluded}) if known else ()
    return OpeningState(
        number=number, title=found.title, buyer_id=found.buyer_id, buyer=found.buyer_name,
        regime=found.regime, procedure=found.procedure, needed=needed_of(found),
        version=found.version, scope=found.scope, status=opening.status,
        tender_status=found.status, deadline=found.deadline, opening_at=found.opening_at,
        prepared_at=opening.prepared_at, closed_at=opening.closed_at, root=opening.closed_root,
        count=len(envelopes), statement=opening.statement,
        unsettled=sealed.unsettled(number, found.version, at) if preparing else 0,
        changed=bool(opening.closed_root) and _root(closed) != opening.closed_root,
        envelopes=envelopes, exclusions=excluded, signatures=signed,
        custodians=custodians_of(found.scope, asked=opening.status == "requested"),
        may=_may(actor, opening, found, {row.role for row in signed}),
    )  # type: ignore[arg-type]  # fmt: skip


def openings_of(actor: Actor, *, at: datetime) -> list[OpeningLine]:
    """The agency's openings: those whose deadline has passed or is near, soonest first."""
    if actor.party_id is None or not actor.roles & OFFICERS:
        return []
    known = {
        (row.tender_number, row.version): row
        for row in Opening.objects.filter(buyer_id=actor.party_id)
    }
    lines = [
        _line(found, known.get((found.number, found.version)), at)
        for found in notices_of(actor.party_id)
        if found.status != "cancelled"
    ]
    return sorted(lines, key=lambda line: (line.opening_at, line.number))


def _line(found: NoticeRow, opening: Opening | None, at: datetime) -> OpeningLine:
    signed = ()
    if opening is not None and opening.status == "closed_set":
        signed = tuple(Signature.objects.filter(opening=opening).values_list("role", flat=True))
    asked = opening is not None and opening.status == "requested"
    return OpeningLine(
        found.number, found.title, opening.status if opening else "", found.status,
        found.deadline, found.opening_at, signed, len(vault.releases(found.scope)) if asked else 0,
        stands(found, at),
    )  # type: ignore[arg-type]  # fmt: skip


def bidders(number: str) -> list[UUID]:
    """The suppliers whose bids are in the closed set of the version in force."""
    found = notice(number)
    return sorted({bid.supplier_id for bid in sealed.closed_set(number, found.version)})


def title_of(number: str) -> str:
    """What the notice in force is called."""
    return notice(number).title


def article_of(regime: str, ground: str) -> str:
    """The article of a ground of exclusion under a regime, "" if it is not one."""
    return GROUNDS[ground].article(regime) if ground in GROUNDS else ""
