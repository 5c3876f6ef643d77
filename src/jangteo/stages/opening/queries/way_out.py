"""How an opening on hold may end: what is asked, by whom, and who may answer."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from jangteo.ground.errors import N_
from jangteo.records.account.queries import Actor, may, people_of
from jangteo.records.vault import queries as vault
from jangteo.stages.opening.models import Opening, WayOut
from jangteo.stages.opening.queries.state import opening_of
from jangteo.stages.opening.states import TABLE, WAYS
from jangteo.stages.tender.queries import notice
from jangteo.ui.shapes import DeskTask

_VERBS = ("ask_way_out", "open_again", "set_aside")
_LAW = TABLE.transition("open_again").law


@dataclass(frozen=True, slots=True)
class WayOutRow:
    """One wish. text: the way as a msgid; name: who asked; confirmed_at: None while open."""

    way: str
    text: str
    reason: str
    asked_by: UUID
    name: str
    asked_at: datetime
    confirmed_at: datetime | None


@dataclass(frozen=True, slots=True)
class WaysOut:
    """What an insider sees of the end of a hold.

    verbs: what this actor may do now; asked: the open wish; past: those that were confirmed;
    ways: keys of states.WAYS that can end this hold.
    """

    number: str
    verbs: frozenset[str]
    asked: WayOutRow | None
    past: tuple[WayOutRow, ...]
    ways: tuple[str, ...]


def ways_out(actor: Actor, number: str, *, at: datetime) -> WaysOut | None:
    """The ways out of a hold; None where there was no hold.

    Everybody sees what two people confirmed; only insiders what is asked and what may be done.
    """
    found = notice(number)
    own = actor.party_id is not None and actor.party_id == found.buyer_id
    inside = own or "operator" in actor.roles
    opening = opening_of(found)
    if opening is None:
        return None
    names = {person: name for person, name, _ in people_of(opening.buyer_id, at=at)}
    wishes = WayOut.objects.filter(opening=opening).order_by("asked_at", "id")
    rows = [_row(one, names) for one in wishes]
    past = tuple(row for row in rows if row.confirmed_at is not None)
    if not past and (opening.status != "hold" or not inside):
        return None
    asked = next((row for row in rows if row.confirmed_at is None), None) if inside else None
    return WaysOut(number, _verbs(actor, opening, asked), asked, past, _open_ways(found.scope))


def _open_ways(scope: str) -> tuple[str, ...]:
    """Nothing can be computed from envelopes whose keys were never asked for."""
    asked = vault.release_request(scope) is not None
    return tuple(way for way in WAYS if asked or way != "again")


def _row(one: WayOut, names: dict[UUID, str]) -> WayOutRow:
    return WayOutRow(
        one.way, WAYS[one.way], one.reason, one.asked_by, names.get(one.asked_by, ""),
        one.asked_at, one.confirmed_at,
    )  # fmt: skip


def _verbs(actor: Actor, opening: Opening, asked: WayOutRow | None) -> frozenset[str]:
    held = opening.status in TABLE.transition("open_again").source
    found = {verb for verb in _VERBS if held and may(actor, verb, opening)}
    answer = {"again": "open_again", "set_aside": "set_aside"}.get(asked.way) if asked else None
    mine = asked is not None and asked.asked_by == actor.account_id
    return frozenset(found & ({"ask_way_out"} | ({answer} - {None} if not mine else set())))


def tasks_on_hold(actor: Actor) -> list[DeskTask]:
    """What a hold asks of the agency's contract and approving officers."""
    if actor.party_id is None:
        return []
    tasks = []
    for opening in Opening.objects.filter(buyer_id=actor.party_id, status="hold"):
        asked = WayOut.objects.filter(opening=opening, confirmed_by=None).first()
        verbs = {"open_again", "set_aside"} if asked else {"ask_way_out"}
        if not any(may(actor, verb, opening) for verb in verbs):
            continue
        text = N_("“{title}” is on hold: say how it is to go on")
        if asked:
            text = N_("“{title}” is on hold: decide on what is asked")
        number = opening.tender_number
        tasks.append(
            DeskTask(text, {"title": notice(number).title}, f"/tenders/{number}/result",
                     None, _LAW, "todo", "")
        )  # fmt: skip
    return tasks
