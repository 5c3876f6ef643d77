"""How an opening on hold may end: what is asked, by whom, who may answer, and past answers."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from jangteo.ground.errors import N_
from jangteo.records.account.queries import Actor, may, people_of
from jangteo.records.vault import queries as vault
from jangteo.records.wish.queries import ENDS, Manner, digest_of, may_do
from jangteo.stages.opening.models import Opening, WayOut
from jangteo.stages.opening.queries.state import opening_of
from jangteo.stages.opening.states import TABLE, WAYS
from jangteo.stages.tender.queries import notice
from jangteo.ui.shapes import DeskTask

_LAW = TABLE.transition("open_again").law
#: how the wish for a way out is spoken of
MANNER = Manner(
    word="way_out", nobody="opening.way_out.nobody", same_person="opening.way_out.same_person",
    not_this="opening.way_out.not_this", not_yours="opening.way_out.not_yours",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class WayOutRow:
    """One wish. text: the way as a msgid; name: who asked.

    ended: a key of ENDS, "" while open; answer: why it was refused; digest: of what was asked, to
    be confirmed or refused with.
    """

    way: str
    text: str
    reason: str
    asked_by: UUID
    name: str
    asked_at: datetime
    ended: str
    ended_at: datetime | None
    answer: str
    digest: str

    @property
    def ended_text(self) -> str:
        """How it ended, as a msgid; "" while it is open."""
        return ENDS[self.ended] if self.ended else ""


@dataclass(frozen=True, slots=True)
class WaysOut:
    """What an insider sees of the end of a hold.

    verbs: what this actor may do now; asked: the open wish; past: those that ended;
    ways: keys of states.WAYS that can end this hold.
    """

    number: str
    verbs: frozenset[str]
    asked: WayOutRow | None
    past: tuple[WayOutRow, ...]
    ways: tuple[str, ...]


def ways_out(actor: Actor, number: str, *, at: datetime) -> WaysOut | None:
    """The ways out of a hold; None where there was no hold.

    Everybody sees what two people confirmed; only insiders what is asked, what came to nothing and
    what may be done.
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
    past = tuple(row for row in rows if row.ended == "confirmed" or (inside and row.ended))
    if not past and (opening.status != "hold" or not inside):
        return None
    asked = next((row for row in rows if not row.ended), None) if inside else None
    verbs = _verbs(actor, opening, asked_of(opening))
    return WaysOut(number, verbs, asked, past, _open_ways(found.scope))


def asked_of(opening: Opening) -> WayOut | None:
    """What is asked about an opening and not decided; None if nothing is."""
    return WayOut.objects.filter(opening=opening, ended="").first()


def _open_ways(scope: str) -> tuple[str, ...]:
    """Nothing can be computed from envelopes whose keys were never asked for."""
    asked = vault.release_request(scope) is not None
    return tuple(way for way in WAYS if asked or way != "again")


def _row(one: WayOut, names: dict[UUID, str]) -> WayOutRow:
    return WayOutRow(
        one.way, WAYS[one.way], one.reason, one.asked_by, names.get(one.asked_by, ""),
        one.asked_at, one.ended, one.ended_at, one.answer, digest_of(one),
    )  # fmt: skip


def _verbs(actor: Actor, opening: Opening, asked: WayOut | None) -> frozenset[str]:
    if opening.status not in TABLE.transition("open_again").source:
        return frozenset()
    found = {"ask_way_out"} if may(actor, "ask_way_out", opening) else set[str]()
    if asked is not None:
        said = {"confirm": asked.decides, "refuse": MANNER.refuse, "withdraw": MANNER.withdraw}
        found |= {said[one] for one in may_do(actor, opening, asked, MANNER)}
    return frozenset(found)


def tasks_on_hold(actor: Actor) -> list[DeskTask]:
    """What a hold asks of the agency's contract and approving officers."""
    if actor.party_id is None:
        return []
    tasks = []
    for opening in Opening.objects.filter(buyer_id=actor.party_id, status="hold"):
        asked = asked_of(opening)
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
